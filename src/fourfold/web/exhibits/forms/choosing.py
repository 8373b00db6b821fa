"""Choose among records that were loaded once: a page asks the database for them one time only."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from fourfold.web.base.models import Referenced
from fourfold.web.exhibits.models import Authority

Label = Callable[[Any], str]


class OneOf(forms.TypedChoiceField):
    """A record by its reference, or none."""

    def offer(self, records: Sequence[Referenced], label: Label) -> None:
        """Set the records to choose from."""
        by_ref = {record.ref: record for record in records}
        self.choices = [("", "None"), *((record.ref, label(record)) for record in records)]
        self.coerce, self.empty_value = by_ref.__getitem__, None


class SomeOf(forms.TypedMultipleChoiceField):
    """Any number of records by their references."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, records: Sequence[Referenced], label: Label) -> None:
        """Set the records to choose from."""
        by_ref = {record.ref: record for record in records}
        self.choices = [(record.ref, label(record)) for record in records]
        self.coerce, self.empty_value = by_ref.__getitem__, []


def authority_label(authority: Authority) -> str:
    """Return an authority as a choice: its own number and its kind."""
    return f"{authority.reference} – {authority.get_kind_display()}"
