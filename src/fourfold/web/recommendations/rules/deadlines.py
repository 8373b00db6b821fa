"""When an answer is due: 56 days after publication, a date of its own, or no deadline seen.

Practice, not law (super-complaints.md section 4): the stalking report of 27 September 2024 asked
for answers by 22 November 2024, and dated several recommendations 27 March 2025.
"""

from datetime import date
from typing import Final

from fourfold.web.recommendations.models import Recommendation
from fourfold.web.supercomplaints.rules.clocks import responses_due

Basis = Recommendation.DueBasis
BASIS_TAGS: Final = {
    Basis.AFTER_PUBLICATION: "practice",
    Basis.DATED: "recommendation",
    Basis.NOT_SEEN: "not seen",
}


def due_on(basis: str, *, published_on: date | None, dated_on: date | None) -> date | None:
    """Return the deadline of a recommendation, or nothing where none was seen."""
    if basis == Basis.DATED:
        return dated_on
    if basis == Basis.AFTER_PUBLICATION and published_on is not None:
        return responses_due(published_on)
    return None


def words(basis: str) -> str:
    """Return what a deadline rests on."""
    return Basis(basis).label
