"""What a draft needs before it is issued, and what may still change afterwards."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fourfold.web.recommendations.models import Recommendation
from fourfold.web.supercomplaints.models import Organisation

Confidence, DueBasis = Recommendation.Confidence, Recommendation.DueBasis
WHOLE_KINDS: Final = (
    Organisation.Kind.TERRITORIAL_FORCE,
    Organisation.Kind.OTHER_FORCE,
    Organisation.Kind.COMMISSIONER,
)
KIND_WORDS: Final = {
    Organisation.Kind.TERRITORIAL_FORCE: "All chief constables of territorial forces",
    Organisation.Kind.OTHER_FORCE: "All other police forces in scope",
    Organisation.Kind.COMMISSIONER: "All police and crime commissioners and mayoral equivalents",
}
NOT_FOUND_WORDS: Final = "The text was not found"
ALWAYS_OPEN: Final = frozenset({"theme", "measures", "note"})
OPEN_IF_FROM_RECORD: Final = frozenset({"text", "confidence", "addressee_words", "source_url"})


@dataclass(frozen=True)
class DraftFacts:
    """What issuing asks of a draft."""

    number: int
    has_text: bool
    confidence: str
    due_basis: str
    dated_on: date | None
    addressee_count: int


def lacking(facts: DraftFacts) -> tuple[str, ...]:
    """Return what a draft lacks before it can be issued, each as a sentence."""
    found = []
    if not facts.has_text and facts.confidence != Confidence.NOT_FOUND:
        found.append(
            f"Recommendation {facts.number} has no text. Write it, or say that it was not found."
        )
    if facts.addressee_count == 0:
        found.append(f"Recommendation {facts.number} addresses nobody yet. Choose who shall act.")
    if facts.due_basis == DueBasis.DATED and facts.dated_on is None:
        found.append(
            f"Recommendation {facts.number} has no date. Enter it, or change the deadline."
        )
    return tuple(found)


def open_fields(*, is_issued: bool, confidence: str) -> frozenset[str] | None:
    """Return which fields may change; nothing means all of them.

    What was taken from the public record may be completed once more of it is found.
    """
    if not is_issued:
        return None
    if confidence == Confidence.OWN:
        return ALWAYS_OPEN
    return ALWAYS_OPEN | OPEN_IF_FROM_RECORD
