"""The form of a finding."""

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.web.exhibits.forms.choosing import SomeOf
from fourfold.web.supercomplaints.actions.findings import FindingFacts
from fourfold.web.supercomplaints.forms.complaints import writing
from fourfold.web.supercomplaints.models import EvidenceEntry, Feature

SHOWN = 120


class FindingForm(forms.Form):
    """A finding. Nothing but its words blocks saving."""

    text = writing("What was found", required="Say what was found.")
    reasons = writing("Reasons", "Why the evidence leads to it. Regulation 8 (law) wants reasons.")
    features = SomeOf(label="Features of policing that it speaks to", required=False)
    evidence = SomeOf(label="Lines of the evidence log that it stands on", required=False)

    def __init__(
        self,
        *args: Any,
        features: Sequence[Feature],
        evidence: Sequence[EvidenceEntry],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["features"].offer(features, lambda each: f"{each.number}. {_short(each.text)}")
        fields["evidence"].offer(
            evidence,
            lambda each: f"{each.number}. {each.get_kind_display()}: {_short(each.title)}",
        )
        for name, offered in (("features", features), ("evidence", evidence)):
            if not offered:
                del self.fields[name]

    def facts(self) -> FindingFacts:
        """Return what was entered."""
        return FindingFacts(**{"features": (), "evidence": (), **self.cleaned_data})


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
