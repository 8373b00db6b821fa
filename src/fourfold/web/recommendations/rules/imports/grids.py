"""A grid of cells becomes records: a header row and rows, or labels and values side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fourfold.web.recommendations.rules.imports import values
from fourfold.web.recommendations.rules.imports.cells import (
    ABOVE,
    ACROSS,
    HEADING,
    UNDER,
    Cell,
    Record,
)
from fourfold.web.recommendations.rules.imports.synonyms import is_known, plain

HEADER_WITHIN: Final = 15
LABEL_CHARS: Final = 80


@dataclass(frozen=True)
class Square:
    """One square of a grid; `is_repeat` where a merged cell reaches into it."""

    text: str
    is_repeat: bool = False
    is_head: bool = False


Grid = Sequence[Sequence[Square]]


@dataclass(frozen=True)
class Where:
    """Where a grid stands, and which recommendation the heading above it names."""

    name: str
    context: str = ""
    is_under_heading: bool = False


def records(grid: Grid, where: Where) -> list[Record]:
    """Return the records of a grid."""
    rows = [row for row in grid if any(square.text for square in row)]
    if not rows:
        return []
    header = _header(rows)
    if header is None and _is_labelled(rows):
        return list(_labelled(rows, where))
    return list(_rows(grid, where, header is not None))


def _header(rows: Grid) -> int | None:
    """Return which row names the columns: at least two headings that are known, side by side."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        own = [square for square in row if square.text and not square.is_repeat]
        known = sum(is_known(square.text) for square in own)
        if len(own) >= 2 and known >= 2 and known * 2 >= len(own) and not _is_pairs(rows, index):
            return index
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        own = [square for square in row if square.text and not square.is_repeat]
        if len(own) >= 3 and all(square.is_head for square in own) and index + 1 < len(rows):
            return index
    return None


def _is_pairs(rows: Grid, index: int) -> bool:
    """Say whether a row that looks like a header is labels and values: the next ones are, too."""
    row = rows[index]
    if is_known(row[0].text) and len(row) == 2 and len(rows) > index + 1:
        return _is_labelled(rows)
    return False


def _is_labelled(rows: Grid) -> bool:
    """Say whether every second square is a label: at least three rows in five begin with one."""
    wide = [row for row in rows if len(_own(row)) >= 2]
    if not wide or max(len(_own(row)) for row in wide) > 4:
        return False
    named = sum(_is_label(row[0]) for row in wide)
    return named * 5 >= len(wide) * 3


def _is_label(square: Square) -> bool:
    if is_known(square.text):
        return True
    return square.is_head and len(square.text) <= LABEL_CHARS


def _own(row: Sequence[Square]) -> list[Square]:
    return [square for square in row if square.text and not square.is_repeat]


def _labelled(rows: Grid, where: Where) -> Iterator[Record]:
    """Yield a record per recommendation of a table of labels and values."""
    record = Record(context=where.context)
    for index, row in enumerate(rows, start=1):
        own, place = _own(row), f"{where.name}, row {index}"
        if len(own) == 1:
            label = HEADING if _names(own[0].text) else UNDER if record.cells else ABOVE
            cells = [Cell(place, label, own[0].text)]
        else:
            cells = list(_pairs(own, place))
        starts = any(
            cell.label == HEADING or (plain(cell.label) in NUMBER_LABELS and _is_number(cell.text))
            for cell in cells
        )
        if starts and any(_starts(cell) for cell in record.cells):
            yield record
            record = Record(context=where.context)
        record.cells += cells
    if record.cells:
        yield record


NUMBER_LABELS: Final = frozenset(
    {
        "recommendation",
        "recommendation number",
        "recommendation no",
        "rec",
        "rec no",
        "number",
        "ref",
    }
)


def _starts(cell: Cell) -> bool:
    return cell.label == HEADING or plain(cell.label) in NUMBER_LABELS


def _is_number(text: str) -> bool:
    return values.number_of(text) is not None


def _names(text: str) -> bool:
    found = values.number_of(text)
    return found is not None and (found.is_named or not found.rest or bool(found.part))


def _pairs(own: list[Square], place: str) -> Iterator[Cell]:
    for label, value in zip(own[::2], own[1::2], strict=False):
        yield Cell(place, label.text, value.text)
    if len(own) % 2:
        yield Cell(place, own[-3].text if len(own) > 2 else UNDER, own[-1].text)


def _rows(grid: Grid, where: Where, has_header: bool) -> Iterator[Record]:
    """Yield a record per row; the header may come again, and rows may reach across."""
    labels: list[str] = []
    context = where.context
    for index, row in enumerate(grid, start=1):
        own, place = _own(row), f"{where.name}, row {index}"
        if not own and not any(square.text for square in row):
            continue
        if has_header and (_is_header_row(own, labels) or (not labels and _header([row]) == 0)):
            labels = [_label(square.text, n) for n, square in enumerate(row, start=1)]
            continue
        if len(own) == 1 and (len(row) > 1 or not labels) and _is_across(row, own[0], labels):
            if _names(own[0].text):
                context = own[0].text
                yield Record([Cell(place, HEADING, own[0].text)], context)
            else:
                label = ACROSS if labels or not has_header else ABOVE
                yield Record([Cell(place, label, own[0].text)], context)
            continue
        if has_header and not labels:
            yield Record([Cell(place, ABOVE, square.text) for square in own], context)
            continue
        yield Record(list(_cells(row, labels, place)), context)


def _is_across(row: Sequence[Square], only: Square, labels: list[str]) -> bool:
    """Say whether the one cell of a row reaches across it, or stands before the header."""
    if not labels:
        return True
    reach = sum(1 for square in row if square.text == only.text)
    return reach >= max(2, len([label for label in labels if label]) // 2)


def _is_header_row(own: list[Square], labels: list[str]) -> bool:
    """Say whether a row repeats the header."""
    return bool(labels) and [plain(s.text) for s in own] == [plain(each) for each in labels if each]


def _label(text: str, number: int) -> str:
    return text or f"Column {number}"


def _cells(row: Sequence[Square], labels: list[str], place: str) -> Iterator[Cell]:
    for number, square in enumerate(row, start=1):
        if square.text:
            label = labels[number - 1] if number <= len(labels) else f"Column {number}"
            yield Cell(f"{place}, column {number}", label, square.text, square.is_repeat)
