"""Reads a diary or incident log kept as a table: date, time, what happened, where, who saw it.

There is no standard; the columns are known by the words of their headings. A private
note (a column that says so) loses its words here, before anything is stored; the sealed
exhibit itself is not changed, and who serves it must redact it.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.diary_entry import (
    PRIVATE_VERBATIM,
    DiaryEntry,
    file_day_first,
    interval_of,
    note_of,
    withheld,
)
from fourfold.evidence.support.diary_headings import columns_of

NAME: Final = "diary_csv"
VERSION: Final = "1"
READS: Final = "diary or incident log as CSV (date, time, what happened, where, witnesses)"

HEADER_LINES: Final = 20  # a title or instructions may stand above the headings
_YES = re.compile(r"^\s*(?:y|yes|true|1|x|private|✓)\s*$", re.IGNORECASE)


class _Layout(NamedTuple):
    """Where the headings stand and which column holds which field."""

    header_line: int
    delimiter: str
    columns: dict[str, int]


class _Read(NamedTuple):
    """What to_events looks at; problem is a reason for a row without meaning."""

    entry: DiaryEntry
    day_first: bool | None
    problem: str = ""


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
    records = [r for r in _records(text, layout.delimiter) if r[0] > layout.header_line]
    entries = [_entry(record, layout) for _, record, _ in records]
    day_first = file_day_first(entry.date_words for entry in entries if entry)
    for (line, record, is_open), entry in zip(records, entries, strict=True):
        if not record.strip(f' \t\r\n"{layout.delimiter}'):
            continue
        problem = reasons.TRUNCATED if is_open else "" if entry else reasons.MALFORMED
        kept = entry or DiaryEntry()
        # A record cut off may have lost the mark that makes it private.
        hide = kept.is_private or (is_open and "is_private" in layout.columns)
        yield Row(
            locator=f"line={line}",
            verbatim=PRIVATE_VERBATIM if hide else record.rstrip("\r\n"),
            data=_Read(withheld(kept) if hide else kept, day_first, problem),
        )


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one entry means: a statement of the writer about an interval of time."""
    entry, day_first, problem = row.data
    if problem == reasons.TRUNCATED:
        return SetAside(problem, "a quotation mark is opened and never closed")
    if problem or entry.is_blank:
        return SetAside(reasons.MALFORMED, "no date, place or description in it")
    reading = interval_of(entry, source.zone, day_first)
    if reading.from_at is None:
        return SetAside(reasons.NO_TIME, "; ".join(reading.notes))
    owner = source.exhibit.owner_id
    return [
        Event(
            kind="statement",
            channel="diary",
            started_at=reading.from_at,
            ended_at=reading.to_at,
            time_relation="within",
            time_text=entry.time_text,
            zone_used=source.zone,
            time_basis=source.zone_basis,
            is_clock_change_hour=reading.is_clock_change_hour,
            subject_id=owner,
            from_id=owner,
            text=entry.what or None,
            decode_note=note_of(entry, reading),
        )
    ]


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
        for line, record, _ in _records(start, delimiter):
            if line > HEADER_LINES:
                break
            columns = columns_of(_cells(record, delimiter) or [])
            if columns:
                return _Layout(line, delimiter, columns)
    return None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (first physical line, record with its line breaks, whether a quote stays open)."""
    first, held, is_open = 1, "", False
    number = 0
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        held = held + line if is_open else line
        first = first if is_open else number
        is_open = _stays_open(line, delimiter, is_open)
        if not is_open:
            yield first, held, False
    if is_open:
        yield first, held, True


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


def _cells(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return None


def _entry(record: str, layout: _Layout) -> DiaryEntry | None:
    cells = _cells(record, layout.delimiter)
    if cells is None:
        return None

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
