"""Reads a diary or incident log kept as a table: date, time, what happened, where, who saw it.

There is no standard; the columns are known by the words of their headings. A private
note (a column that says so) loses its words here, before anything is stored; the sealed
exhibit itself is not changed, and who serves it must redact it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Meaning, Row, SetAside
from fourfold.evidence.readers.diary_entry import (
    PRIVATE_VERBATIM,
    DiaryEntry,
    file_day_first,
    interval_of,
    statement_of,
    warn_of_order,
    withheld,
)
from fourfold.evidence.readers.table_records import TableRecord, table_records
from fourfold.evidence.support.diary_headings import columns_of

NAME: Final = "diary_csv"
VERSION: Final = "1"
READS: Final = "diary or incident log as CSV (date, time, what happened, where, witnesses)"

HEADER_LINES: Final = 20  # a title or instructions may stand above the headings
_YES = re.compile(r"^\s*(?:y|yes|true|1|x|private|✓)\s*$", re.IGNORECASE)


class _Layout(NamedTuple):
    """Where the headings stand and which column holds which field."""

    header_line: int
    width: int
    delimiter: str
    columns: dict[str, int]


class _Read(NamedTuple):
    """What to_events looks at; problem: why the row has no meaning."""

    entry: DiaryEntry
    day_first: bool | None
    problem: SetAside | None


def recognises(source: Source) -> bool:
    """Tell by the headings: a day, what happened, and columns that only a diary has."""
    start = source.head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] in {b"{", b"[", b"<"} or start[:2] == b"PK":
        return False
    return _layout(_text_of(source.head)) is not None


def read(source: Source) -> Iterator[Row]:
    """Yield a row per record under the headings; wholly blank lines are no rows."""
    text = _text_of(source.whole_bytes())
    layout = _layout(text)
    if layout is None:
        return
    every = table_records(text, layout.delimiter, layout.width)
    records = [r for r in every if r.line > layout.header_line]
    problems = [_problem(record, layout.width) for record in records]
    entries = [_entry(record.cells or [], layout) for record in records]
    day_first = file_day_first(
        entry.date_words for entry, problem in zip(entries, problems, strict=True) if not problem
    )
    for record, entry, problem in zip(records, entries, problems, strict=True):
        if not record.text.strip(f' \t\r\n"{layout.delimiter}'):
            continue
        # A broken record may have lost the mark that makes it private.
        hide = entry.is_private or (problem is not None and "is_private" in layout.columns)
        yield Row(
            locator=f"line={record.line}",
            verbatim=PRIVATE_VERBATIM if hide else record.text.rstrip("\r\n"),
            data=_Read(withheld(entry) if hide else entry, day_first, problem),
        )


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one entry means: a statement of the writer about an interval of time."""
    entry, day_first, problem = row.data
    if problem is not None:
        return problem  # type: ignore[no-any-return]  # Row.data is Any
    if entry.is_blank:
        return SetAside(reasons.MALFORMED, "no date, place or description in it")
    reading = interval_of(entry, source.zone, day_first)
    if reading.from_at is None:
        return SetAside(reasons.NO_TIME, "; ".join(reading.notes))
    warn_of_order(reading, source)
    return [statement_of(entry, reading, source, zone=source.zone, basis=source.zone_basis)]


def _text_of(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # a head that ends inside a character
            return data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        return data.decode("cp1252", "replace")


def _layout(text: str) -> _Layout | None:
    start = "\n".join(text[:65_536].splitlines()[: HEADER_LINES * 2])
    for delimiter in (",", ";", "\t"):
        for record in table_records(start, delimiter):
            if record.line > HEADER_LINES:
                break
            cells = record.cells or []
            if columns := columns_of(cells):
                return _Layout(record.line, len(cells), delimiter, columns)
    return None


def _problem(record: TableRecord, width: int) -> SetAside | None:
    """Say what is wrong with the shape of a record, if anything."""
    if record.is_open and record.is_last:
        return SetAside(reasons.TRUNCATED, "a quotation mark is opened and never closed")
    if record.is_open or record.cells is None:
        return SetAside(reasons.MALFORMED, "a quotation mark opens in it and does not close")
    if any(cell.strip() for cell in record.cells[width:]):
        return SetAside(reasons.MALFORMED, "it has more fields than the header")
    if len(record.cells) >= width:
        return None
    if record.is_last and not record.text.endswith(("\n", "\r")):
        return SetAside(reasons.TRUNCATED, "the file ends in the middle of it")
    return SetAside(reasons.MALFORMED, "it has fewer fields than the header")


def _entry(cells: list[str], layout: _Layout) -> DiaryEntry:
    def cell(field: str) -> str:
        column = layout.columns.get(field)
        return cells[column].strip() if column is not None and column < len(cells) else ""

    entry = DiaryEntry(
        date_words=cell("date_words"),
        time_words=cell("time_words"),
        what=cell("what"),
        where=cell("where"),
        how=cell("how"),
        words_used=cell("words_used"),
        witnesses=cell("witnesses"),
        evidence=cell("evidence"),
        written_on=cell("written_on"),
        is_private=bool(_YES.match(cell("is_private"))),
    )
    return withheld(entry) if entry.is_private else entry
