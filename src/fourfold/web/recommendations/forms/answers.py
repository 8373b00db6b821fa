"""What may be entered of an answer. Nothing must be: the checks stand beside the fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from fourfold.web.base.widgets import DayField
from fourfold.web.exhibits.forms.choosing import SomeOf
from fourfold.web.recommendations.actions.answering import AnswerText, EvidenceOffer, UpdateText
from fourfold.web.recommendations.actions.recording import PublicRecord
from fourfold.web.recommendations.models import Answer, Update
from fourfold.web.recommendations.rules.standing import SAYABLE, silence
from fourfold.web.supercomplaints.files import DOCUMENT_BYTES

LONG: Final = 20_000
POST_HINT: Final = "A post, not a person's name."
TEXTS: Final = tuple(AnswerText.__dataclass_fields__)


class AnswerForm(forms.Form):
    """An answer, as far as it is written."""

    position = forms.ChoiceField(
        label="Is the recommendation accepted?", required=False,
        choices=Answer.Position.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    status = forms.ChoiceField(
        label="Where it stands", choices=SAYABLE, widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands."},
    )  # fmt: skip
    initial_response = forms.CharField(
        label="Initial response", required=False, max_length=LONG, widget=forms.Textarea
    )
    plan = forms.CharField(
        label="What will be done", required=False, max_length=LONG, widget=forms.Textarea
    )
    due_on = DayField(label="By when", required=False)
    no_date_reason = forms.CharField(
        label="Why no date is possible", required=False, max_length=2000, widget=forms.Textarea
    )
    no_evidence_reason = forms.CharField(
        label="Why no evidence is attached", required=False, max_length=2000,
        widget=forms.Textarea,
    )  # fmt: skip
    owner = forms.CharField(label="Owner", required=False, max_length=200, help_text=POST_HINT)
    executive_lead = forms.CharField(
        label="Executive lead", required=False, max_length=200, help_text=POST_HINT
    )
    operational_lead = forms.CharField(
        label="Operational lead", required=False, max_length=200, help_text=POST_HINT
    )

    def __init__(self, *args: Any, answer: Answer, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.standing(answer))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["status"].choices = [*self.silent_choices(answer), *SAYABLE]

    def silent_choices(self, answer: Answer) -> list[tuple[str, str]]:
        """Return the silence that a draft may still stand at: saving asks for nothing."""
        past = answer.recommendation.supercomplaint.is_from_public_record
        status = Answer.Status(silence(is_past_record=past))
        return [(status.value, str(status.label))]

    def standing(self, answer: Answer) -> dict[str, Any]:
        """Return what stands on the answer."""
        return {name: getattr(answer, name) for name in TEXTS}

    def text(self) -> AnswerText:
        """Return what was entered."""
        return AnswerText(**{name: self.cleaned_data[name] for name in TEXTS})


class RecordForm(AnswerForm):
    """A public answer of an organisation whose people do not sign in here, with its source."""

    source_url = forms.URLField(
        label="Address where it is published", max_length=400, assume_scheme="https",
        error_messages={"required": "Enter the address where the organisation published this."},
    )  # fmt: skip
    answered_on = DayField(
        label="Day of the answer", required=False, help_text="Leave empty if the day was not seen."
    )

    def standing(self, answer: Answer) -> dict[str, Any]:
        """Return what stands on the answer, with its source."""
        more = {"source_url": answer.source_url, "answered_on": answer.answered_on}
        return {**super().standing(answer), **more}

    def silent_choices(self, answer: Answer) -> list[tuple[str, str]]:
        """Return none: what is recorded was said."""
        return []

    def record(self) -> PublicRecord:
        """Return what was entered."""
        given = self.cleaned_data
        return PublicRecord(self.text(), given["source_url"], given["answered_on"])


class UpdateForm(forms.Form):
    """A dated update, and where the answer stands with it."""

    on = DayField(label="Day", error_messages={"required": "Enter the day of the update."})
    text = forms.CharField(
        label="What has been done", max_length=LONG, widget=forms.Textarea,
        error_messages={"required": "Say what has been done."},
    )  # fmt: skip
    status = forms.ChoiceField(
        label="Where it stands now", required=False,
        choices=[("", "As before"), *SAYABLE],
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: date, update: Update | None = None, **kwargs: Any
    ) -> None:
        names = ("on", "text", "status")
        stands = {name: getattr(update, name) for name in names} if update else {"on": today}
        kwargs.setdefault("initial", stands)
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day lies in the future. Check the date.")
        return on

    def update(self) -> UpdateText:
        """Return what was entered."""
        return UpdateText(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """Evidence: a file, or the address of one."""

    title = forms.CharField(
        label="What it shows", max_length=200,
        error_messages={"required": "Say what the evidence shows."},
    )  # fmt: skip
    file = forms.FileField(
        label="File", required=False, max_length=500, allow_empty_file=False,
        help_text=f"At most {DOCUMENT_BYTES // 1000**2} MB.",
        error_messages={"empty": "The file is empty. Choose another one."},
    )  # fmt: skip
    url = forms.URLField(
        label="Or its address", required=False, max_length=400, assume_scheme="https"
    )
    is_public = forms.BooleanField(
        label="May be published with the answer", required=False,
        help_text="The file is published as it is, with its hidden properties. Check it first.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or {}
        both = bool(given.get("file")), bool(given.get("url"))
        if both == (True, True):
            self.add_error("url", "Attach a file or enter an address, not both.")
        if both == (False, False) and not {"file", "url"} & set(self.errors):
            self.add_error("file", "Choose a file, or enter an address.")
        return given

    def offer(self) -> EvidenceOffer:
        """Return what was offered."""
        given, file = self.cleaned_data, self.cleaned_data.get("file")
        return EvidenceOffer(
            title=given["title"],
            url=given["url"],
            is_public=given["is_public"],
            file_name=file.name if file else "",
            chunks=file.chunks() if file else (),
        )


class PublishForm(forms.Form):
    """Which updates go to the public."""

    updates = SomeOf(label="Updates to publish", required=False)

    def __init__(self, *args: Any, updates: Sequence[Update], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["updates"].offer(updates, lambda each: f"{each.on:%d %B %Y}: {each.text[:80]}")

    def chosen(self) -> frozenset[str]:
        """Return the references of the chosen updates."""
        return frozenset(update.ref for update in self.cleaned_data["updates"])
