"""Which part of this program serves a practice. Only what exists has an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Part:
    """A part of this program: its words, the page to begin at, and the act that opens that page.

    A part without a page is not built yet, and says so.
    """

    words: str
    url_name: str = ""
    act: str = ""

    @property
    def is_built(self) -> bool:
        """Whether the program holds it today."""
        return bool(self.url_name)


PARTS: Final[dict[str, Part]] = {
    "engine": Part(
        "Exhibits of a case, read by the engine: each format with its own reader, one timeline,"
        " contacts counted, records close in time found, every row traced to its line",
        "cases:list", "case.list",
    ),
    "attribution": Part(
        "Who used which number, from when to when, on what basis, in the room of a case",
        "cases:list", "case.list",
    ),
    "expiring": Part(
        "Evidence that expires, with the day by which to ask for it",
        "exhibits:expiring", "expiry.list",
    ),
    "measures": Part(
        "Measures over a force's own records, each with its definition and its signer",
        "measures:list", "measure.list",
    ),
    "matrix": Part(
        "Recommendations and who does what about them",
        "recommendations:matrices", "matrix.open",
    ),
    "panel": Part(
        "The multi-agency panel: referral, tier, consultation, plan, review (not yet built in"
        " this program)"
    ),
    "diary": Part(
        "An app for the victim, with alert, journey and evidence capture (not yet built in this"
        " program)"
    ),
    "intervention": Part(
        "A scheme of early intervention: rules of entry, sessions, contact with the victim (not"
        " yet built in this program)"
    ),
}  # fmt: skip


def parts_of(codes: Iterable[str]) -> tuple[Part, ...]:
    """Return the parts that serve a practice; a code that nobody knows any more is left out."""
    return tuple(PARTS[code] for code in codes if code in PARTS)
