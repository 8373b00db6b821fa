"""Filter and decision over proposals."""

from typing import Any

from django import forms

from fourfold.web.exhibits.models import Proposal
from fourfold.web.exhibits.selectors.proposals import Facets, Filter

ANY = [("", "Any")]


class FilterForm(forms.Form):
    """What to show; every choice says how many there are."""

    state = forms.ChoiceField(label="Decided or not", required=False)
    source = forms.ChoiceField(label="From which number or account", required=False)
    strength = forms.ChoiceField(label="Strength of the attribution", required=False)
    means = forms.ChoiceField(label="Channel", required=False)
    week = forms.ChoiceField(label="Week", required=False)

    def __init__(self, chosen: Filter, facets: Facets) -> None:
        super().__init__(initial={**chosen.__dict__}, auto_id="filter-%s")
        states = [*Proposal.State.choices, ("all", "All")]
        self._choose("state", [(v, f"{w} ({facets.states.get(v, 0):,})") for v, w in states])
        self._choose("source", ANY + facets.sources)
        self._choose("strength", ANY + facets.strengths)
        self._choose("means", ANY + facets.means)
        self._choose("week", ANY + facets.weeks)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class DecisionForm(forms.Form):
    """Accept, or decline with a reason."""

    decision = forms.ChoiceField(choices=[("accept", "Accept"), ("decline", "Decline")])
    scope = forms.ChoiceField(
        choices=[("chosen", "Chosen"), ("page", "Page"), ("day", "Day"), ("filtered", "Filtered")]
    )
    reason = forms.CharField(
        label="Why are they declined?",
        help_text="Such as: a wrong number, a call about the children, a copy of another act.",
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where acts are declined."""
        found = super().clean() or {}
        if found.get("decision") == "decline" and not found.get("reason", "").strip():
            self.add_error("reason", "Enter why they are declined.")
        return found
