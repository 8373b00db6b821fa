"""Forms of documents: a file with what is said of it, and a hand-over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field, initial_of
from fourfold.web.supercomplaints.actions.documents import DocumentFacts, HandOverFacts
from fourfold.web.supercomplaints.forms.complaints import line
from fourfold.web.supercomplaints.models import Document, Organisation
from fourfold.web.users.models import Role

BY_AUTHORITIES = (
    Document.Kind.MATERIAL, Document.Kind.LETTER, Document.Kind.SURVEY, Document.Kind.RESPONSE,
    Document.Kind.REPORT,
)  # fmt: skip


class DocumentForm(forms.Form):
    """A file to take in. A body gives evidence; an authority says what it is and who sees it."""

    file = forms.FileField(
        label="File",
        help_text="Up to 100 MB. It is kept as it is under its SHA-256, and never opened here.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose another.",
        },
    )
    title = line("Title", "What it is. Leave empty to use the name of the file.")
    from_whom = line("From whom", "Who handed it to you, or who wrote it.")
    kind = forms.ChoiceField(
        label="What is it?", choices=[(each.value, each.label) for each in BY_AUTHORITIES]
    )
    seen_by = forms.ChoiceField(
        label="Who may see it before anything is published?",
        choices=[each for each in Document.Seen.choices if each[0] != Document.Seen.GIVER],
        initial=Document.Seen.AUTHORITIES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_of_authority = role == Role.COMPLAINTS_OFFICER
        if not self.is_of_authority:
            del self.fields["kind"], self.fields["seen_by"]

    def facts(self, given_by: Organisation | None) -> DocumentFacts:
        """Return what was entered."""
        given = self.cleaned_data
        of_body = {"kind": Document.Kind.EVIDENCE, "seen_by": Document.Seen.PARTIES}
        said = given if self.is_of_authority else of_body
        return DocumentFacts(
            kind=said["kind"],
            seen_by=said["seen_by"],
            title=given["title"],
            file_name=given["file"].name,
            from_whom=given["from_whom"],
            given_by=given_by,
        )


class HandOverForm(MomentsForm):
    """A hand-over of a document."""

    at_on = day_field("Day", required=True)
    at_time = ClockField(label="Time")
    from_whom = line("From", required="Say who had it.")
    to_whom = line("To", required="Say who has it now.")
    reason = line("Why", required="Say why it was handed over.", most=300)

    def __init__(self, *args: Any, last: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"from_whom": last, **initial_of("at", timezone.now())}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Join day and time; a hand-over lies in the past."""
        given = super().clean() or {}
        given["at"] = self.moment("at")
        self.not_later_than_now("at", given["at"])
        return given

    def facts(self) -> HandOverFacts:
        """Return what was entered."""
        names: Sequence[str] = ("at", "from_whom", "to_whom", "reason")
        return HandOverFacts(**{name: self.cleaned_data[name] for name in names})
