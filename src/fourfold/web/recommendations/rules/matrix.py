"""The matrix as values: rows, columns, cells, what a filter leaves, and what is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from fourfold.web.recommendations.rules.standing import BY_CODE, CODES, SILENT

OWN, SENT, PUBLISHED, NONE = "own", "sent", "published", ""
LATE: Final = "late"
NOT_ADDRESSED: Final = "Not addressed"
BASIS_WORDS: Final = {
    OWN: "Your own, as it stands now",
    SENT: "Sent to those who collate",
    PUBLISHED: "Published",
    NONE: "Nothing seen",
}


class Row(NamedTuple):
    """A recommendation (`part` ""), or one of its parts."""

    key: tuple[int, int]
    ref: str
    number: int
    part: str
    theme: str
    text: str
    is_found: bool
    due_on: date | None
    due_basis: str
    measures: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return its number: 7, or 7.1 for a part."""
        return self.part or str(self.number)


class Column(NamedTuple):
    """An addressee."""

    key: int
    ref: str
    name: str
    kind: str
    kind_words: str
    region: str


class Cell(NamedTuple):
    """How a recommendation stands with an addressee, as the viewer may know it."""

    state: str
    word: str
    shape: str
    on: date | None = None
    marks: tuple[str, ...] = ()
    evidence: int = 0
    promised_on: date | None = None
    position: str = ""
    href: str = ""
    source: str = NONE
    figure: str = ""
    figure_href: str = ""


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty text asks for everything."""

    kind: str = ""
    region: str = ""
    theme: str = ""
    status: str = ""
    late: str = ""
    number: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is asked for."""
        return any(vars(self).values())


@dataclass(frozen=True)
class Line:
    """A row with a cell for each column (nothing where it is not addressed), and its counts."""

    row: Row
    cells: tuple[Cell | None, ...]
    counts: Counter[str]


@dataclass(frozen=True)
class Matrix:
    """Everything that the page, the table for spreadsheets and programs show."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    column_counts: tuple[Counter[str], ...]
    totals: Counter[str]
    whole: int
    choices: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)

    @property
    def shown(self) -> int:
        """Return how many cells are shown."""
        return sum(self.totals[code] for code in CODES)


Cells = Mapping[tuple[tuple[int, int], int], Cell]


def arranged(
    rows: Iterable[Row], columns: Iterable[Column], cells: Cells, filters: Filters
) -> Matrix:
    """Arrange cells into a matrix; rows and columns that a filter empties are left out."""
    every_row, every_column = tuple(rows), tuple(columns)
    kept_rows = [row for row in every_row if _keeps_row(row, filters)]
    kept_columns = [column for column in every_column if _keeps_column(column, filters)]
    lines = [
        (row, [_kept(cells.get((row.key, column.key)), filters) for column in kept_columns])
        for row in kept_rows
    ]
    if filters.status or filters.late:
        lines = [(row, found) for row, found in lines if any(found)]
        used = [at for at in range(len(kept_columns)) if any(found[at] for _, found in lines)]
        kept_columns = [kept_columns[at] for at in used]
        lines = [(row, [found[at] for at in used]) for row, found in lines]
    made = tuple(Line(row, tuple(found), _counted(found)) for row, found in lines)
    by_column = tuple(
        _counted([line.cells[at] for line in made]) for at in range(len(kept_columns))
    )
    return Matrix(
        columns=tuple(kept_columns),
        lines=made,
        column_counts=by_column,
        totals=sum((line.counts for line in made), Counter()),
        whole=len(cells),
        choices=_choices(every_row, every_column, {cell.state for cell in cells.values()}),
        filters=filters,
    )


def _keeps_row(row: Row, filters: Filters) -> bool:
    is_number = not filters.number or str(row.number) == filters.number
    return is_number and (not filters.theme or row.theme == filters.theme)


def _keeps_column(column: Column, filters: Filters) -> bool:
    is_kind = not filters.kind or column.kind == filters.kind
    return is_kind and (not filters.region or column.region == filters.region)


def _kept(cell: Cell | None, filters: Filters) -> Cell | None:
    if cell is None or (filters.status and cell.state != filters.status):
        return None
    return None if filters.late and not cell.marks else cell


def _counted(cells: Iterable[Cell | None]) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell in cells:
        if cell is not None:
            found[cell.state] += 1
            found[LATE] += bool(cell.marks)
    return found


def _choices(
    rows: tuple[Row, ...], columns: tuple[Column, ...], held: set[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    kinds = {column.kind: column.kind_words for column in columns}
    regions = sorted({column.region for column in columns if column.region})
    themes = sorted({row.theme for row in rows if row.theme})
    return {
        "number": tuple((str(n), f"Recommendation {n}") for n in sorted({r.number for r in rows})),
        "theme": tuple((each, each) for each in themes),
        "kind": tuple(sorted(kinds.items(), key=lambda pair: pair[1])),
        "region": tuple((each, each) for each in regions),
        "status": tuple(
            (code, state.word)
            for code, state in BY_CODE.items()
            if code not in SILENT or code in held
        ),
    }


def filters_from(query: Mapping[str, str]) -> Filters:
    """Return what a query asks for. What it does not know, it leaves out; nothing breaks."""
    asked = {name: query.get(name, "")[:100] for name in Filters.__dataclass_fields__}
    if asked["status"] not in BY_CODE:
        asked["status"] = ""
    if not asked["number"].isdigit():
        asked["number"] = ""
    return Filters(**{**asked, "late": "yes" if asked["late"] else ""})
