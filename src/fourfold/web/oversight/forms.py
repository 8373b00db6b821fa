"""The filter of the ledger, the end of the window, and the review of a signal."""

from datetime import date
from typing import Any

from django import forms

from fourfold.web.accountability.acts import ACTS
from fourfold.web.accountability.context import CHANNELS
from fourfold.web.base.widgets import DayField
from fourfold.web.oversight.models import SignalReview
from fourfold.web.oversight.selectors.ledger import INSTANCE, LOOKS, Wanted

GROUPS = {
    "login": "Signing in",
    "consult": "Looks",
    "disclose": "Disclosure",
    "export": "Exports and downloads",
    "collect": "Recording",
    "alter": "Changes",
    "combine": "Joining and comparing",
    "erase": "Erasing",
}
ANY = [("", "Any")]
WORDS = ("person", "case", "act", "outcome", "channel", "of", "kind")


def act_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every act in words, grouped by the operations of section 62."""
    return [
        (
            label,
            [(name, kind.sentence.capitalize()) for name, kind in ACTS.items() if kind.op == op],
        )
        for op, label in GROUPS.items()
        if any(kind.op == op for kind in ACTS.values())
    ]


class LedgerForm(forms.Form):
    """Who, which case, what, what came of it, how, when. All references: safe in an address."""

    person = forms.ChoiceField(label="Person", required=False)
    case = forms.RegexField(
        label="Case reference",
        regex=r"^C-[0-9A-Z]{10}$",
        required=False,
        strip=True,
        error_messages={"invalid": "A case reference looks like C-7K2M9QX4TA."},
    )
    act = forms.ChoiceField(label="Act", required=False)
    outcome = forms.ChoiceField(
        label="Outcome", required=False, choices=[*ANY, ("done", "Done"), ("refused", "Refused")]
    )
    channel = forms.ChoiceField(
        label="Channel",
        required=False,
        choices=[*ANY, *((name, name.capitalize()) for name in CHANNELS)],
    )
    day = DayField(label="Day", required=False)
    of = forms.ChoiceField(
        label="Entries of",
        required=False,
        choices=[("", "Your force"), (INSTANCE, "Nobody’s force")],
        help_text="Failed sign-ins and commands at the server belong to no force.",
    )
    kind = forms.ChoiceField(required=False, choices=[*ANY, (LOOKS, "Looks only")])
    first = forms.IntegerField(required=False, min_value=0)
    last = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [*ANY, *people]  # type: ignore[attr-defined]
        self.fields["act"].choices = [*ANY, *act_choices()]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what is asked for; a part that is not understood is left out."""
        self.is_valid()
        given = self.cleaned_data
        values: dict[str, Any] = {
            name: given.get(name) or ("" if name in WORDS else None) for name in self.fields
        }
        return Wanted(**values)


class WindowForm(forms.Form):
    """The last day of the window."""

    until = DayField(label="Show the four weeks up to", required=False)

    def day(self) -> date | None:
        """Return the day, or nothing for now."""
        self.is_valid()
        found: date | None = self.cleaned_data.get("until")
        return found


class ReviewForm(forms.Form):
    """What the auditor found."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=SignalReview.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found."},
    )
    words = forms.CharField(
        label="What you looked at, and why you say so",
        help_text="It cannot be changed later. Write what a stranger needs to follow you.",
        widget=forms.Textarea,
        max_length=4_000,
        error_messages={"required": "Say what you looked at and what you found."},
    )
    last_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
