"""Records of a small delimited text with quotes, each with the line on which it starts.

A quotation mark that opens and does not close must not swallow the rows below it: the line
on which it opens is then a record of its own, and reading goes on with the next line.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from fourfold.evidence.model import limits

RECORD_LINES: Final = 1_000  # physical lines of one record, at most
LONG_RECORDS: Final = 16  # records of a text that may have more: each try may read all of it


class TableRecord(NamedTuple):
    """A record. cells: None if it cannot be parsed.

    is_open: a quotation mark in it never closes. is_last: the text ends with it.
    """

    line: int
    text: str
    cells: list[str] | None
    is_open: bool
    is_last: bool


def table_records(text: str, delimiter: str, width: int = 0) -> Iterator[TableRecord]:
    """Yield all records; width: how many cells a whole one has, 0 when that is not known."""
    lines = list(io.StringIO(text, newline=""))
    at, long_left = 0, LONG_RECORDS
    while at < len(lines):
        limit = len(lines) if long_left else min(at + RECORD_LINES, len(lines))
        end, is_open = _end_of(lines, at, limit, delimiter)
        long_left -= long_left > 0 and end - at > RECORD_LINES
        record = _record(lines, at, end, delimiter, is_open=is_open)
        if end - at > 1 and width and not _is_whole(record, width):
            rest = (cells_of(line, delimiter) for line in lines[at + 1 : end])
            if not is_open or any(len(cells or ()) == width for cells in rest):
                end = at + 1
                record = _record(lines, at, end, delimiter, is_open=True)
        yield record
        at = end


def cells_of(record: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, None if it cannot be parsed."""
    csv.field_size_limit(2 * limits.FIELD_CHARS)
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return None


def _record(lines: list[str], at: int, end: int, delimiter: str, *, is_open: bool) -> TableRecord:
    text = "".join(lines[at:end])
    return TableRecord(at + 1, text, cells_of(text, delimiter), is_open, end == len(lines))


def _is_whole(record: TableRecord, width: int) -> bool:
    return not record.is_open and record.cells is not None and len(record.cells) == width


def _end_of(lines: list[str], at: int, limit: int, delimiter: str) -> tuple[int, bool]:
    """Return the index after the record's last line, and whether a quote is open there."""
    is_open = False
    for index in range(at, limit):
        is_open = _stays_open(lines[index], delimiter, is_open)
        if not is_open:
            return index + 1, False
    return limit, is_open


def _stays_open(line: str, delimiter: str, is_open: bool) -> bool:
    """Tell whether a quoted cell is still open at the end of a physical line."""
    at = 0
    while True:
        if is_open:
            at = line.find('"', at)
            if at < 0:
                return True
            if line[at + 1 : at + 2] == '"':
                at += 2
                continue
            is_open, at = False, at + 1
        elif at == 0 and line.startswith('"'):
            is_open, at = True, 1
        else:
            at = line.find(f'{delimiter}"', at)
            if at < 0:
                return False
            is_open, at = True, at + 2
