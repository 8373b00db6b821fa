"""What every reader hands on: records, each with its cells, each cell with its label and place."""

from dataclasses import dataclass, field
from typing import Final

from fourfold.web.recommendations.rules.plan_schema import PlanDocument

HEADING: Final = "(heading)"
ABOVE: Final = "(above the first recommendation)"
BELOW: Final = "(text after a recommendation)"
UNDER: Final = "(text under the recommendation)"
ACROSS: Final = "(row across the table)"
PAGE: Final = "(page heading)"
OWN_WORDS: Final = {
    HEADING: "Heading that names the recommendation",
    ABOVE: "Text above the first recommendation",
    BELOW: "Text after a recommendation that belongs to none",
    UNDER: "Text under the recommendation, without a label",
    ACROSS: "Row across the whole table",
    PAGE: "Heading of the page",
}


@dataclass(frozen=True)
class Cell:
    """One cell as read: where it stands, what names it, what it says."""

    place: str
    label: str
    text: str
    is_repeat: bool = False


@dataclass
class Record:
    """Cells that belong together: a row, a table of one recommendation, a section of a page.

    `number` is the one that the row above, or the heading, gives to a record without its own.
    """

    cells: list[Cell] = field(default_factory=list)
    context: str = ""


@dataclass
class Reading:
    """A file as read. `document` is set where it is one of our own exports."""

    kind: str
    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    document: PlanDocument | None = None

    def cell_count(self) -> int:
        """Return how many cells hold something; a merged cell counts once."""
        return sum(1 for r in self.records for c in r.cells if not c.is_repeat)
