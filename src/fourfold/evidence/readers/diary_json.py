"""Reads a diary kept in an app and exported as JSON: `entries[]` with `when`, `what_happened`.

A private note was never sent for testing. Its words are taken out here, before anything
is stored: the row's verbatim text says so, and the event keeps the time alone. The
sealed exhibit itself is not changed; who serves it must redact it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Meaning, Row, SetAside
from fourfold.evidence.readers.diary_entry import (
    PRIVATE_VERBATIM,
    DiaryEntry,
    file_day_first,
    interval_of,
    note_of,
    statement_of,
    warn_of_order,
    withheld,
)
from fourfold.evidence.support.clock import zone_info
from fourfold.evidence.support.json_elements import Element, Path, elements, value_of

NAME: Final = "diary_json"
VERSION: Final = "1"
READS: Final = "diary or incident log exported as JSON (entries with when and what_happened)"

PATHS: Final[list[Path]] = [("entries",)]
_ENTRY_FIELDS = (re.compile(rb'"when"\s*:'), re.compile(rb'"what_happened"\s*:'))
_EMPTY_DIARY = re.compile(rb'"diary"\s*:')
_NOT_PRIVATE = re.compile(rb'"private_note"\s*:\s*false')


_NO_ENTRY: Final = (reasons.MALFORMED, "not an object with the fields of an entry")


class _Read(NamedTuple):
    """What to_events looks at. zone: as the file states it, else of the source."""

    entry: DiaryEntry
    day_first: bool | None
    zone: str
    zone_basis: str
    zone_note: str


def recognises(source: Source) -> bool:
    """Tell by the fields of an entry, or by the name of an empty diary."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{") or b'"entries"' not in head:
        return False
    return all(field.search(head) for field in _ENTRY_FIELDS) or bool(_EMPTY_DIARY.search(head))


def read(source: Source) -> Iterator[Row]:
    """Yield a row per element of `entries`; the words of private notes are withheld."""
    found = elements(source.whole_text(), PATHS)
    decoded = [None if element.is_torn else _decoded(element) for element in found]
    day_first = file_day_first(entry.date_words for entry in decoded if entry)
    for element, entry in zip(found, decoded, strict=True):
        is_open = _is_open(element) if entry is None else not entry.is_private
        text = element.raw.decode("utf-8", "replace")
        unread = element.trouble if element.is_torn else _NO_ENTRY
        yield Row(
            locator=element.pointer,
            verbatim=text if is_open else PRIVATE_VERBATIM,
            data=_Read(entry, day_first, *_zone(element, source)) if entry else SetAside(*unread),
        )


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one entry means: a statement of the writer about an interval of time."""
    if isinstance(row.data, SetAside):
        return row.data
    found: _Read = row.data
    entry = found.entry
    reading = interval_of(entry, found.zone, found.day_first)
    if reading.from_at is None:
        return SetAside(reasons.NO_TIME, "; ".join(reading.notes))
    warn_of_order(reading, source)
    if found.zone_note:
        source.warn(found.zone_note)
    event = statement_of(entry, reading, source, zone=found.zone, basis=found.zone_basis)
    event.decode_note = note_of(entry, reading, found.zone_note)
    return [event]


def _is_open(element: Element) -> bool:
    """Tell whether what could not be decoded is surely no private note, and only one entry."""
    is_one_entry = element.is_cut or not element.is_torn
    return is_one_entry and bool(_NOT_PRIVATE.search(element.raw))


def _decoded(element: Element) -> DiaryEntry | None:
    try:
        value = value_of(element.raw)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    when = value.get("when")
    if not isinstance(when, dict):
        when = {"date": when}
    version = value.get("version")
    entry = DiaryEntry(
        date_words=_text(when.get("date")),
        time_words=_text(when.get("time")),
        what=_text(value.get("what_happened")),
        where=_text(value.get("place")),
        how=_text(value.get("means")),
        words_used=_text(value.get("words_used")),
        witnesses=_text(value.get("witnesses")),
        evidence=_text(value.get("evidence")),
        written_on=_text(value.get("created_at")),
        is_private=value.get("private_note") not in {None, False},
        is_edited=isinstance(version, int) and version > 1,
    )
    return withheld(entry) if entry.is_private else entry


def _text(value: Any) -> str:
    """Return a field as text: lists joined, a place by its name, nothing for null."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return ", ".join(text for text in map(_text, value) if text)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("label") or list(value.values()))
    return str(value).strip()


def _zone(element: Element, source: Source) -> tuple[str, str, str]:
    """Return zone, its basis, and a note: what the file says goes before what is assumed."""
    stated = element.container.get("time_zone")
    if not isinstance(stated, str):
        return source.zone, source.zone_basis, ""
    try:
        zone_info(stated)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return (
            source.zone,
            source.zone_basis,
            f"the file names a zone that does not exist: {stated[:40]!r}",
        )
    told = source.exhibit.time_zone
    note = f"the file says {stated}, case.toml says {told}" if told and told != stated else ""
    return stated, "zone_of_source", note
