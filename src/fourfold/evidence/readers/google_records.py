"""Google Takeout, Location History `Records.json`: one row per element of `locations`.

Two devices on one account stand in one file. The subject of a record is therefore
`device:<ref>:<deviceTag>`, never the account; without a tag it is `device:<ref>`.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support import e7
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.json_rows import json_rows
from fourfold.evidence.support.moment import Moment, of_epoch, read_moment

NAME: Final = "google_records"
VERSION: Final = "1"
READS: Final = "Google Takeout location records (Records.json), one row per location"

ACCURACY_MEANING: Final = "as stated by Google; meaning not documented"
_ARRAY = re.compile(rb'"locations"\s*:\s*\[\s*[{\]]')
_OURS = re.compile(rb'"(latitudeE7|timestampMs|deviceTag)"|"locations"\s*:\s*\[\s*\]')


class _Record(msgspec.Struct, gc=False, rename="camel"):
    latitude: int | None = msgspec.field(name="latitudeE7", default=None)
    longitude: int | None = msgspec.field(name="longitudeE7", default=None)
    timestamp: str | None = None
    timestamp_ms: int | None = None
    accuracy: float | None = None
    device_tag: int | None = None
    source: str | None = None


_DECODER = msgspec.json.Decoder(_Record, strict=False)


def recognises(source: Source) -> bool:
    """Tell from the content whether this is a Records.json."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and bool(_ARRAY.search(head) and _OURS.search(head))


def read(source: Source) -> Iterator[Row]:
    """Yield one row per location; an identical element with a sub-second time is a repetition."""
    for pointer, raw, trouble in json_rows(source.whole_text(), ("locations",)):
        verbatim = raw
        if trouble:
            yield Row(pointer, verbatim, SetAside(trouble))
            continue
        try:
            record = _DECODER.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            yield Row(pointer, verbatim, SetAside(reasons.MALFORMED))
            continue
        is_exact = record.timestamp_ms is not None or "." in (record.timestamp or "")
        yield Row(pointer, verbatim, record, verbatim if is_exact else "")


def to_events(row: Row, source: Source) -> Meaning:
    """Return the fix that a record states, or why there is none."""
    record = row.data
    if isinstance(record, SetAside):
        return record
    moment = _moment(record, source)
    if moment is None:
        return SetAside(reasons.NO_TIME)
    if record.latitude is None or record.longitude is None:
        return SetAside(reasons.NO_POSITION, "a record without coordinates")
    lat, lon, is_repaired = e7.position_of(record.latitude, record.longitude)
    if not is_position(lat, lon):
        return SetAside(reasons.NO_POSITION, "the coordinates are no position")
    if is_repaired:
        source.warn("some coordinates overflowed 32 bits; 2^32 was subtracted from them")
    return [_fix(record, moment, lat, lon, is_repaired, source)]


def _moment(record: _Record, source: Source) -> Moment | None:
    try:
        if record.timestamp is not None:
            return read_moment(record.timestamp, source.zone, source.zone_basis)
        return None if record.timestamp_ms is None else of_epoch(record.timestamp_ms)
    except ValueError:
        return None


def _fix(  # noqa: PLR0913, PLR0917 - one call per record, a container would cost a third of the time
    record: _Record, moment: Moment, lat: float, lon: float, is_repaired: bool, source: Source
) -> Event:
    ref = source.exhibit.ref
    tag = record.device_tag
    has_accuracy = record.accuracy is not None and record.accuracy >= 0
    return Event(
        kind="device_fix",
        started_at=moment.at,
        time_precision_s=moment.precision_s,
        time_text=record.timestamp or str(record.timestamp_ms),
        time_basis=moment.basis,
        zone_used=moment.zone_used,
        is_clock_change_hour=moment.is_clock_change_hour,
        subject_id=f"device:{ref}" if tag is None else f"device:{ref}:{tag}",
        place_kind="fix",
        lat=lat,
        lon=lon,
        accuracy_m=record.accuracy if has_accuracy else None,
        accuracy_meaning=ACCURACY_MEANING if has_accuracy else None,
        position_basis="supplied",
        decode_note=_note(record, moment, is_repaired),
    )


def _note(record: _Record, moment: Moment, is_repaired: bool) -> str | None:
    notes = []
    if record.source:
        notes.append(f"source stated: {record.source}")
    if is_repaired:
        notes.append("overflowed E7 value: 2^32 subtracted")
    if moment.note:
        notes.append(moment.note)
    return "; ".join(notes) or None
