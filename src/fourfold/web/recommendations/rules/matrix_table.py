"""The matrix as a flat table: one line for each recommendation (or part) and addressee."""

from collections.abc import Iterator
from typing import Any, Final

from fourfold.web.recommendations.rules.matrix import BASIS_WORDS, Cell, Column, Matrix, Row

HEADER: Final = (
    "recommendation", "part", "theme", "deadline", "deadline_basis", "addressee",
    "addressee_kind", "region", "status_code", "status", "position", "date", "own_deadline",
    "late", "evidence_count", "figure", "shows", "link",
)  # fmt: skip
DEADLINE_NOT_SEEN: Final = "not seen"


def rows(matrix: Matrix, site: str) -> Iterator[tuple[Any, ...]]:
    """Yield a line for each cell; what is not known is empty or says so."""
    for line in matrix.lines:
        for column, cell in zip(matrix.columns, line.cells, strict=True):
            if cell is not None:
                yield tuple(record(line.row, column, cell, site).values())


def record(row: Row, column: Column, cell: Cell, site: str) -> dict[str, Any]:
    """Return a cell as a record, in the order of HEADER."""
    values = (
        row.number,
        row.part,
        row.theme,
        row.due_on.isoformat() if row.due_on else DEADLINE_NOT_SEEN,
        row.due_basis,
        column.name,
        column.kind_words,
        column.region,
        cell.state,
        cell.word,
        cell.position,
        cell.on.isoformat() if cell.on else "",
        cell.promised_on.isoformat() if cell.promised_on else "",
        "; ".join(cell.marks),
        cell.evidence,
        cell.figure,
        BASIS_WORDS[cell.source],
        site.rstrip("/") + cell.href if cell.href else "",
    )
    return dict(zip(HEADER, values, strict=True))
