"""Forms of the evidence log: a line, and what of the log is wanted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from fourfold.web.exhibits.forms.choosing import SomeOf
from fourfold.web.exhibits.forms.moments import day_field
from fourfold.web.supercomplaints.actions.evidence import EntryFacts
from fourfold.web.supercomplaints.forms.complaints import line, writing
from fourfold.web.supercomplaints.models import Document, EvidenceEntry
from fourfold.web.supercomplaints.selectors.evidence import Wanted

SEEN = tuple(each for each in Document.Seen.choices if each[0] != Document.Seen.GIVER)


class EntryForm(forms.Form):
    """A line of the evidence log."""

    kind = forms.ChoiceField(
        label="What was done?",
        choices=EvidenceEntry.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was done."},
    )
    on = day_field("Day", required=True, hint="The first day, if it took several.")
    to_on = day_field("Last day", hint="Leave empty if it was one day.")
    title = line("Title", "For example: Focus group with advocates.", required="Enter a title.")
    summary = writing("Summary", "What was done and what came of it. Name nobody who is at risk.")
    seen_by = forms.ChoiceField(
        label="Who may see this line?",
        choices=SEEN,
        initial=Document.Seen.AUTHORITIES,
        widget=forms.RadioSelect,
        help_text="Each document has its own answer to this. A document that somebody may not"
        " see does not show in a line that they may.",
    )
    documents = SomeOf(label="Documents", required=False)

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["documents"]
        field.offer(documents, lambda each: f"{each.title} ({each.get_seen_by_display()})")
        if not documents:
            del self.fields["documents"]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        given = super().clean() or {}
        if given.get("on") and given.get("to_on") and given["to_on"] < given["on"]:
            self.add_error("to_on", "The last day lies before the first. Check both days.")
        return given

    def facts(self) -> EntryFacts:
        """Return what was entered."""
        return EntryFacts(**{"documents": (), **self.cleaned_data})


class LogFilterForm(forms.Form):
    """What of the log is wanted."""

    kind = forms.ChoiceField(
        label="What was done", required=False,
        choices=[("", "Anything"), *EvidenceEntry.Kind.choices],
    )  # fmt: skip
    seen_by = forms.ChoiceField(
        label="Who may see it", required=False, choices=[("", "Anybody"), *SEEN]
    )
    unused = forms.BooleanField(label="No finding uses it yet", required=False)

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Return the choices of each field that has some, for the list of what is chosen."""
        return {"kind": list(EvidenceEntry.Kind.choices), "seen_by": list(SEEN)}


def wanted_of(query: QueryDict) -> tuple[LogFilterForm, Wanted]:
    """Return the filter's form and what it asks for; a value that is not known asks nothing."""
    form = LogFilterForm(query)
    form.is_valid()
    given = form.cleaned_data
    return form, Wanted(given.get("kind", ""), given.get("seen_by", ""), bool(given.get("unused")))
