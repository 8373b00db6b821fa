"""Forms about who may see a case."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from fourfold.web.base.widgets import DayField
from fourfold.web.cases.actions.need_to_know import AssignmentFacts
from fourfold.web.cases.models import Case
from fourfold.web.cases.rules.need_to_know import has_enough_words
from fourfold.web.cases.rules.people import day_end
from fourfold.web.users.models import Role, User

SENTENCE = "Write a sentence: a word or two do not explain it to those who read it later."


class UserChoice(forms.ModelChoiceField[User]):
    """A user by name, role and team."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the user."""
        team = f", {obj.team.name}" if obj.team else ""
        return f"{obj.name} ({obj.get_role_display()}{team})"


class AssignForm(forms.Form):
    """Who is assigned, why, and until when."""

    user = UserChoice(
        label="Who",
        queryset=User.objects.none(),
        to_field_name="ref",
        empty_label="Choose a person",
        error_messages={"required": "Choose a person."},
    )
    words = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        help_text="The task. For an advocate: how and when the victim agreed.",
    )
    to_on = DayField(
        label="Until and including", required=False, help_text="Leave it empty if there is no end."
    )

    def __init__(self, *args: Any, case: Case, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = case.display_zone
        self.fields["user"].queryset = users  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the words of consent where an advocate is assigned."""
        given = super().clean() or {}
        user = given.get("user")
        if user and user.role == Role.ADVOCATE and not given.get("words", "").strip():
            self.add_error("words", "Say how and when the victim agreed to an advocate.")
        return given

    def facts(self) -> AssignmentFacts:
        """Return what was told."""
        given = self.cleaned_data
        return AssignmentFacts(given["user"], given["words"], day_end(given["to_on"], self.zone))


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    reason = forms.CharField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": "Enter the reason."},
    )

    def clean_reason(self) -> str:
        """Refuse a reason that says nothing."""
        reason = str(self.cleaned_data["reason"])
        if not has_enough_words(reason):
            raise forms.ValidationError(SENTENCE)
        return reason


class ReviewForm(forms.Form):
    """What a supervisor or auditor says of a break-glass."""

    was_justified = forms.TypedChoiceField(
        label="Was it justified?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified."},
    )
    words = forms.CharField(
        label="What you looked at, and what you found",
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": "Enter what you found."},
    )

    def clean_words(self) -> str:
        """Refuse words that say nothing."""
        words = str(self.cleaned_data["words"])
        if not has_enough_words(words):
            raise forms.ValidationError(SENTENCE)
        return words
