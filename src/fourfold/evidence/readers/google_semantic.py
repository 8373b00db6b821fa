"""Google Takeout, Semantic Location History months and Timeline edits.

Visits and journeys are what Google inferred, and its user may have edited them: they are
never fixes. Points of a raw path carry their own times and are. The subject is
`device:<ref>:<deviceTag>` where the object states its device, else `device:<ref>`.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support import e7
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.json_rows import json_rows
from fourfold.evidence.support.moment import Moment, of_epoch, read_moment

NAME: Final = "google_semantic"
VERSION: Final = "1"
READS: Final = "Google Takeout Semantic Location History (visits, journeys) and Timeline edits"

INFERRED: Final = "inferred by Google; may have been edited"
ACCURACY_MEANING: Final = "as stated by Google; meaning not documented"
_KEYS: Final = ("timelineObjects", "timelineEdits")
_HEAD = re.compile(rb'"(timelineObjects|timelineEdits)"\s*:\s*\[')


class _Device(msgspec.Struct, gc=False, rename="camel"):
    device_tag: int | None = None


class _Point(msgspec.Struct, gc=False, rename="camel"):
    """A position in any of the spellings of these files."""

    latitude: int | None = msgspec.field(name="latitudeE7", default=None)
    longitude: int | None = msgspec.field(name="longitudeE7", default=None)
    lat_e7: int | None = msgspec.field(name="latE7", default=None)
    lng_e7: int | None = msgspec.field(name="lngE7", default=None)
    name: str | None = None
    source_info: _Device | None = None
    timestamp: str | None = None
    timestamp_ms: int | None = None
    accuracy_meters: float | None = None

    @property
    def position(self) -> e7.Position | None:
        lat = self.latitude if self.latitude is not None else self.lat_e7
        lon = self.longitude if self.longitude is not None else self.lng_e7
        if lat is None or lon is None:
            return None
        position = e7.position_of(lat, lon)
        return position if is_position(position.lat, position.lon) else None


class _Duration(msgspec.Struct, gc=False, rename="camel"):
    start_timestamp: str | None = None
    end_timestamp: str | None = None
    start_timestamp_ms: int | None = None
    end_timestamp_ms: int | None = None


class _Path(msgspec.Struct, gc=False):
    points: list[_Point] = []
    waypoints: list[_Point] = []


class _Stretch(msgspec.Struct, gc=False, rename="camel"):
    """A placeVisit or an activitySegment; they share most members."""

    duration: _Duration | None = None
    location: _Point | None = None
    start_location: _Point | None = None
    end_location: _Point | None = None
    waypoint_path: _Path | None = None
    simplified_raw_path: _Path | None = None
    child_visits: list["_Stretch"] = []
    edit_confirmation_status: str | None = None
    center_lat: int | None = msgspec.field(name="centerLatE7", default=None)
    center_lng: int | None = msgspec.field(name="centerLngE7", default=None)


class _EditPosition(msgspec.Struct, gc=False, rename="camel"):
    point: _Point | None = None
    accuracy_mm: float | None = None
    timestamp: str | None = None


class _Signal(msgspec.Struct, gc=False):
    position: _EditPosition | None = None


class _RawSignal(msgspec.Struct, gc=False):
    signal: _Signal | None = None


class _Object(msgspec.Struct, gc=False, rename="camel"):
    place_visit: _Stretch | None = None
    activity_segment: _Stretch | None = None
    raw_signal: _RawSignal | None = None
    device_id: str | None = None


_DECODER = msgspec.json.Decoder(_Object, strict=False)


def recognises(source: Source) -> bool:
    """Tell from the content whether this is a semantic month or a file of edits."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and bool(_HEAD.search(head))


def read(source: Source) -> Iterator[Row]:
    """Yield one row per timeline object or edit."""
    for pointer, raw, trouble in json_rows(source.whole_text(), _KEYS):
        data: Any = SetAside(trouble)
        if not trouble:
            try:
                data = _DECODER.decode(raw)
            except (msgspec.DecodeError, RecursionError):
                data = SetAside(reasons.MALFORMED)
        yield Row(pointer, raw, data)


def to_events(row: Row, source: Source) -> Meaning:
    """Return the visit, journey, or fixes that an object states."""
    thing = row.data
    if isinstance(thing, SetAside):
        return thing
    if thing.place_visit is not None:
        return _visit(thing.place_visit, source)
    if thing.activity_segment is not None:
        return _journey(thing.activity_segment, source)
    signal = thing.raw_signal and thing.raw_signal.signal
    if signal and signal.position is not None:
        return _edit(signal.position, thing.device_id, source)
    return SetAside(reasons.NOT_AN_EVENT, "neither visit, journey nor position")


def _visit(visit: _Stretch, source: Source) -> Meaning:
    place = visit.location or _Point()
    note = INFERRED
    if place.position is None and visit.center_lat is not None:
        place = _Point(visit.center_lat, visit.center_lng, source_info=place.source_info)
        note += "; position is the stated centre of the visit"
    event = _stretch("visit", visit, place, note, source)
    if isinstance(event, SetAside):
        return event
    event.text = place.name
    events = [event]
    for child in visit.child_visits:
        inner = _visit(child, source)
        if not isinstance(inner, SetAside):
            events += inner
    return events + _path(visit, event, source)


def _journey(segment: _Stretch, source: Source) -> Meaning:
    start = segment.start_location or _Point()
    note = f"{INFERRED}; position is the stated start"
    waypoints = segment.waypoint_path.waypoints if segment.waypoint_path else []
    if start.position is None and waypoints:
        start, note = waypoints[0], f"{INFERRED}; position is the first waypoint"
    end = segment.end_location.position if segment.end_location else None
    if end is not None:
        note += f"; stated end {end.lat:.7f}, {end.lon:.7f}"
    event = _stretch("journey", segment, start, note, source)
    return event if isinstance(event, SetAside) else [event, *_path(segment, event, source)]


def _stretch(
    kind: str, stretch: _Stretch, place: _Point, note: str, source: Source
) -> Event | SetAside:
    duration = stretch.duration or _Duration()
    try:
        start = _moment(duration.start_timestamp, duration.start_timestamp_ms, source)
        end = _moment(duration.end_timestamp, duration.end_timestamp_ms, source)
    except ValueError:
        return SetAside(reasons.NO_TIME, "its time cannot be read")
    if start is None:
        return SetAside(reasons.NO_TIME)
    if place.position is None:
        return SetAside(reasons.NO_POSITION, "no location of its own with coordinates")
    if stretch.edit_confirmation_status:
        note += f"; edit status stated: {stretch.edit_confirmation_status}"
    event = _at(kind, start, place.position, "stated", note)
    event.ended_at = end.at if end else None
    event.time_relation = "during"
    event.time_text = _span_text(duration)
    event.subject_id = _subject(source, place.source_info)
    return event


def _span_text(duration: _Duration) -> str:
    ends = (
        duration.start_timestamp or duration.start_timestamp_ms,
        duration.end_timestamp or duration.end_timestamp_ms,
    )
    return "/".join("" if end is None else str(end) for end in ends)


def _path(stretch: _Stretch, owner: Event, source: Source) -> list[Event]:
    """Return the points of the raw path, which carry their own times."""
    events = []
    for point in stretch.simplified_raw_path.points if stretch.simplified_raw_path else []:
        try:
            moment = _moment(point.timestamp, point.timestamp_ms, source)
        except ValueError:
            continue
        if moment is None or point.position is None:
            continue
        event = _at("device_fix", moment, point.position, "fix", "raw path, simplified by Google")
        event.time_text = point.timestamp or str(point.timestamp_ms)
        event.subject_id = owner.subject_id
        _set_accuracy(event, point.accuracy_meters)
        events.append(event)
    return events


def _edit(edit: _EditPosition, device_id: str | None, source: Source) -> Meaning:
    try:
        moment = _moment(edit.timestamp, None, source)
    except ValueError:
        moment = None
    if moment is None:
        return SetAside(reasons.NO_TIME)
    position = edit.point.position if edit.point else None
    if position is None:
        return SetAside(reasons.NO_POSITION)
    event = _at("device_fix", moment, position, "fix", "kept among the edits of the timeline")
    event.time_text = edit.timestamp
    event.subject_id = f"device:{source.exhibit.ref}" + (f":{device_id}" if device_id else "")
    _set_accuracy(event, None if edit.accuracy_mm is None else edit.accuracy_mm / 1000)
    return [event]


def _at(kind: str, moment: Moment, position: e7.Position, place_kind: str, note: str) -> Event:
    if position.is_repaired:
        note += "; overflowed E7 value: 2^32 subtracted"
    return Event(
        kind=kind,
        started_at=moment.at,
        time_precision_s=moment.precision_s,
        time_basis=moment.basis,
        zone_used=moment.zone_used,
        is_clock_change_hour=moment.is_clock_change_hour,
        place_kind=place_kind,
        lat=position.lat,
        lon=position.lon,
        position_basis="supplied",
        decode_note=f"{note}; {moment.note}" if moment.note else note,
    )


def _set_accuracy(event: Event, accuracy_m: float | None) -> None:
    if accuracy_m is not None and accuracy_m >= 0:
        event.accuracy_m, event.accuracy_meaning = accuracy_m, ACCURACY_MEANING


def _moment(text: str | None, epoch_ms: int | None, source: Source) -> Moment | None:
    if text is not None:
        return read_moment(text, source.zone, source.zone_basis)
    return None if epoch_ms is None else of_epoch(epoch_ms)


def _subject(source: Source, device: _Device | None) -> str:
    tag = device.device_tag if device else None
    return f"device:{source.exhibit.ref}" + ("" if tag is None else f":{tag}")
