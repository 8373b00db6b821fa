"""Read one source row by row and leave rows and events as newline-delimited JSON.

This runs in worker processes; it knows no database. Whatever a reader stumbles over,
the rows before it are kept, and what could not be read is a row set aside or a state.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.model import limits, reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.protocols import Reader
from fourfold.evidence.model.row import Event, Row, SetAside
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.support import clock, moment

# What damaged content makes parsers raise. Anything else is a fault of ours and may end the run.
CONTENT_ERRORS = (
    ArithmeticError, EOFError, LookupError, RecursionError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
NO_ROWS_NOTE = (
    "recognised, but no row could be found in it; check that the export is complete, or ask for it"
    " again"
)
WARNINGS_SHOWN = 20
EARLIEST_AT = clock.micros(datetime(limits.EARLIEST_YEAR, 1, 1))
LATEST_AT = clock.micros(datetime(limits.LATEST_YEAR, 1, 1))
DOUBTED_AT = clock.micros(datetime(moment.EARLIEST_YEAR, 1, 1))
OUT_OF_RANGE = f"its time lies outside the years {limits.EARLIEST_YEAR} to {limits.LATEST_YEAR - 1}"
# 09:00:00.123+01:00; an offset of nought is how many files write UTC, and says no zone
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)?([+-])(\d\d):?(\d\d)")
DOUBT = "a clock that was not set, or seconds read as milliseconds"


class StagedRow(msgspec.Struct, gc=False):
    """One line of staged_rows; s is the source's ordinal."""

    s: int
    n: int
    locator: str
    verbatim: str
    state: str = "used"
    reason: str | None = None
    note: str | None = None
    merged_into_n: int | None = None


@dataclass
class _Output:
    rows: BinaryIO
    events: BinaryIO
    encoder: msgspec.json.Encoder

    def row(self, row: StagedRow) -> None:
        self.rows.write(self._encoded(row) + b"\n")

    def event(self, s: int, n: int, k: int, event: Event) -> None:
        head = f'{{"s":{s},"n":{n},"k":{k},'.encode()
        self.events.write(head + self._encoded(event)[1:] + b"\n")

    def _encoded(self, record: msgspec.Struct) -> bytes:
        try:
            return self.encoder.encode(record)
        except UnicodeEncodeError:  # what UTF-8 cannot carry, lone surrogates, becomes "?"
            for name in record.__struct_fields__:
                setattr(record, name, _storable(getattr(record, name)))
            return self.encoder.encode(record)


def stage_rows(reader: Reader, source: Source, report: SourceReport, work: Path) -> SourceReport:
    """Read a source to the end; fill in the report's rows, state, warnings and files."""
    report.rows_file = work / f"rows-{report.ordinal}.ndjson"
    report.events_file = work / f"events-{report.ordinal}.ndjson"
    with report.rows_file.open("wb", 2**20) as rows, report.events_file.open("wb", 2**20) as events:
        output = _Output(rows, events, msgspec.json.Encoder())
        try:
            _stage(reader, source, report, output)
        except ExhibitUnreadableError as error:
            _stopped(report, output, error.reason, str(error))
        except CONTENT_ERRORS as error:
            note = f"its content is damaged ({type(error).__name__}); ask for the file again"
            _stopped(report, output, reasons.UNREADABLE, note)
    if report.state == "read" and report.rows == 0:
        report.state, report.note = reasons.NO_ROWS, NO_ROWS_NOTE
    report.warnings = told(source.warnings)
    return report


def told(warnings: list[str]) -> list[str]:
    """Return each warning once, and no more of them than a person will read."""
    distinct = list(dict.fromkeys(warnings))
    more = len(distinct) - WARNINGS_SHOWN
    return distinct[:WARNINGS_SHOWN] + ([f"and {more} more warnings"] if more > 0 else [])


def _stopped(report: SourceReport, output: _Output, reason: str, note: str) -> None:
    """Reading cannot go on: the rest becomes one row, or the whole source a state."""
    if report.rows == 0:
        report.state, report.note = reason, note
        return
    prefix = f"{report.part}#" if report.part else ""
    locator = f"{prefix}after-row={report.rows}"
    reason = reason if reason in reasons.ROW_REASONS else reasons.UNREADABLE
    note = f"all that follows row {report.rows}: {note}"
    report.rows += 1
    output.row(StagedRow(report.ordinal, report.rows, locator, "", "set_aside", reason, note))
    report.note = note


def _stage(reader: Reader, source: Source, report: SourceReport, output: _Output) -> None:
    prefix = f"{source.part}#" if source.part else ""
    first: dict[bytes, int] = {}
    for row in _counted(reader.read(source), report):
        n, merged_into = report.rows, None
        if row.sameness:
            key = blake2b(row.sameness.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            merged_into = first.setdefault(key, n)
        staged = StagedRow(
            report.ordinal, n, prefix + row.locator, _clean(row.verbatim, limits.VERBATIM_CHARS)
        )
        if merged_into is not None and merged_into != n:
            staged.state, staged.merged_into_n = "merged", merged_into
            output.row(staged)
            continue
        meaning = _meaning(reader, row, source)
        if isinstance(meaning, SetAside):
            staged.state, staged.reason, staged.note = "set_aside", meaning.reason, meaning.note
        else:
            for k, event in enumerate(meaning):
                _clean_event(event)
                output.event(report.ordinal, n, k, event)
        output.row(staged)


def _counted(rows: Iterator[Row], report: SourceReport) -> Iterator[Row]:
    for row in rows:
        report.rows += 1
        yield row


def _meaning(reader: Reader, row: Row, source: Source) -> list[Event] | SetAside:
    try:
        meaning = reader.to_events(row, source)
    except CONTENT_ERRORS as error:
        return SetAside(
            reasons.MALFORMED, f"its content has another shape ({type(error).__name__})"
        )
    if isinstance(meaning, SetAside):
        return meaning
    if not meaning:
        return SetAside(reasons.NOT_AN_EVENT, "it states no act or position")
    if all(event.started_at is None for event in meaning):
        return SetAside(reasons.NO_TIME, "it states no time that can be read")
    timed = [event for event in meaning if _is_usable(event.started_at)]
    if not timed:
        return SetAside(reasons.NO_TIME, f"{OUT_OF_RANGE}: {str(meaning[0].time_text)[:40]!r}")
    for event in timed:
        _doubt_time(event, source)
        if event.time_basis == "stated_offset":
            _compare_zone(event, source)
    return timed


def _compare_zone(event: Event, source: Source) -> None:
    """Warn where the file states another offset than the zone that case.toml gives it."""
    told_zone, stated = source.exhibit.time_zone, _OFFSET.search(event.time_text or "")
    if not told_zone or not stated or event.started_at is None:
        return
    minutes = int(stated[2]) * 60 + int(stated[3])
    local = clock.from_micros(event.started_at).astimezone(clock.zone_info(told_zone))
    told_minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    if minutes and told_minutes != (-minutes if stated[1] == "-" else minutes):
        source.warn(
            f"case.toml states the zone {told_zone}; times in the file carry other offsets, which"
            " were used"
        )


def _is_usable(at: int | None) -> bool:
    return at is None or EARLIEST_AT <= at < LATEST_AT


def _doubt_time(event: Event, source: Source) -> None:
    """Say so where a time is hardly what the record's clock meant; never correct it."""
    notes = []
    if not _is_usable(event.ended_at):
        event.ended_at = None
        notes.append("the end stated lies outside the years that can be used")
    if event.started_at is not None and event.started_at < DOUBTED_AT:
        source.warn(f"some times lie before {moment.EARLIEST_YEAR}: {DOUBT}")
        if "the year stated" not in (event.decode_note or ""):
            year = clock.from_micros(event.started_at).year
            notes.append(f"the year stated is {year}: {DOUBT}")
    if notes:
        event.decode_note = "; ".join([*([event.decode_note] if event.decode_note else []), *notes])


def _clean_event(event: Event) -> None:
    if event.text is not None:
        event.text = _clean(event.text, limits.TEXT_CHARS)


def _clean(text: str, longest: int) -> str:
    """Cut monstrous text, visibly."""
    if len(text) > longest:
        text = f"{text[:longest]}… [cut: {len(text):,} characters in the file]"
    return text


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_storable(item) for item in value] if isinstance(value, list) else value
