"""Forms of single steps: whom to ask, sign-off, amendment, more time, a reply on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.surveys.actions.replying import Respondent
from fourfold.web.surveys.models import SurveyReply


class SomeOf(forms.TypedMultipleChoiceField):
    """Any number of records by their references."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, pairs: Sequence[tuple[Any, str]]) -> None:
        """Set the records to choose from, each with its words."""
        by_ref = {record.ref: record for record, _ in pairs}
        self.choices = [(record.ref, words) for record, words in pairs]
        self.coerce, self.empty_value = by_ref.__getitem__, []


class AskForm(forms.Form):
    """Whom to ask: all territorial forces in one tick, or some, or others."""

    every_force = forms.BooleanField(required=False)
    organisations = SomeOf(label="Or choose", required=False)

    def __init__(self, *args: Any, offered: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territorial = [
            each for each in offered if each.kind == Organisation.Kind.TERRITORIAL_FORCE
        ]
        fields: dict[str, Any] = self.fields
        fields["every_force"].label = f"All {len(self.territorial)} territorial forces"
        fields["organisations"].offer(
            [(each, f"{each.name} ({each.get_kind_display()})") for each in offered]
        )

    def chosen(self) -> list[Organisation]:
        """Return who was chosen, each once."""
        picked = list(self.cleaned_data["organisations"])
        every = self.territorial if self.cleaned_data["every_force"] else []
        return list({each.pk: each for each in [*every, *picked]}.values())

    def clean(self) -> dict[str, Any]:
        """Refuse an empty choice."""
        given = super().clean() or {}
        if not self.errors and not given.get("every_force") and not given.get("organisations"):
            self.add_error("organisations", "Choose at least one organisation.")
        return given


class RespondentForm(forms.Form):
    """Who answers for the force. It is never published."""

    name = forms.CharField(label="Name", max_length=150)
    post = forms.CharField(label="Rank or post", max_length=150)
    contact = forms.CharField(
        label="How to reach them", max_length=200, required=False,
        help_text="An address or a number. The authorities see it, nobody else.",
    )  # fmt: skip

    def __init__(self, *args: Any, reply: SurveyReply, **kwargs: Any) -> None:
        initial = {
            "name": reply.respondent_name,
            "post": reply.respondent_post,
            "contact": reply.respondent_contact,
        }
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)

    def respondent(self) -> Respondent:
        """Return what was entered."""
        return Respondent(**self.cleaned_data)


class SignForm(forms.Form):
    """Sign-off by a named senior officer."""

    name = forms.CharField(
        label="Name of the senior officer", max_length=150,
        help_text="Who answers for the reply, such as the assistant chief constable for crime.",
    )  # fmt: skip
    post = forms.CharField(label="Rank and post", max_length=150)
    is_agreed = forms.BooleanField(
        label="This officer has read the reply and signs it off for the force.",
        error_messages={"required": "Tick this once the officer has read the reply."},
    )


class AmendmentForm(forms.Form):
    """Why an answer changes after sign-off, and who stands behind it."""

    reason = forms.CharField(
        label="Why it changes", max_length=2_000, widget=forms.Textarea,
        error_messages={"required": "Say why the answer changes."},
    )  # fmt: skip
    asked_for_by = forms.CharField(
        label="Who of the force stands behind the change", max_length=200,
        help_text="Name and post.",
        error_messages={"required": "Name the person, with the post."},
    )  # fmt: skip


class MoreTimeForm(forms.Form):
    """Until when one force may still reply."""

    until_on = DayField(label="May reply until the end of")


class PaperForm(forms.Form):
    """How a reply came that is entered by the authority."""

    came_as = forms.CharField(
        label="How it came", max_length=300,
        help_text="Such as: a signed letter with a spreadsheet, by post.",
    )  # fmt: skip
    came_on = DayField(label="The day it came", required=False)
