"""Google Timeline from the handset, since 2024: `Timeline.json` (Android), the array of iOS.

Visits and activities are inferred; the points of a `timelinePath` are the device's fixes,
known to the minute; `rawSignals` hold the fixes of the last weeks with their accuracy. The
file holds one device: the subject is `device:<ref>`.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.clock import SECOND_US
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.json_rows import json_rows
from fourfold.evidence.support.moment import MINUTE_S, Moment, read_moment

NAME: Final = "google_timeline"
VERSION: Final = "1"
READS: Final = "Google Timeline from the handset (Timeline.json, iOS location-history.json)"

INFERRED: Final = "inferred by Google; may have been edited"
ACCURACY_MEANING: Final = "as stated by Google; meaning not documented"
_KEYS: Final = ("semanticSegments", "rawSignals")
_OBJECT = re.compile(rb'"(semanticSegments|rawSignals)"\s*:\s*\[')
_SEGMENT = re.compile(rb'"(visit|activity|timelinePath|timelineMemory)"\s*:')
# "51.4556727°, -0.9675450°" of Android, "geo:27.72,-97.34" of iOS, bare numbers of some versions
_DEGREES = re.compile(r"\s*(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?\s*")

Latlon = tuple[float, float]


class _Place(msgspec.Struct, gc=False, rename="camel"):
    lat_lng: str | None = None


class _Candidate(msgspec.Struct, gc=False, rename="camel"):
    place_location: _Place | str | None = None


class _Inferred(msgspec.Struct, gc=False, rename="camel"):
    """A visit or an activity."""

    top_candidate: _Candidate | None = None
    start: _Place | str | None = None
    end: _Place | str | None = None


class _PathPoint(msgspec.Struct, gc=False, rename="camel"):
    point: str | None = None
    time: str | None = None
    duration_minutes_offset_from_start_time: str | float | None = None


class _Position(msgspec.Struct, gc=False, rename="camel"):
    lat_lng: str | None = msgspec.field(name="LatLng", default=None)
    accuracy_meters: float | None = None
    source: str | None = None
    timestamp: str | None = None


class _Element(msgspec.Struct, gc=False, rename="camel"):
    start_time: str | None = None
    end_time: str | None = None
    visit: _Inferred | None = None
    activity: _Inferred | None = None
    timeline_path: list[_PathPoint] | None = None
    timeline_memory: Any = None
    position: _Position | None = None
    wifi_scan: Any = None
    activity_record: Any = None


_DECODER = msgspec.json.Decoder(_Element, strict=False)


def recognises(source: Source) -> bool:
    """Tell from the content whether this is a handset's timeline, of Android or of iOS."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return bool(_OBJECT.search(head))
    return head.startswith(b"[") and b'"startTime"' in head and bool(_SEGMENT.search(head))


def read(source: Source) -> Iterator[Row]:
    """Yield one row per segment and per raw signal; identical ones are repetitions."""
    data = source.whole_text()
    is_array = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    for pointer, raw, trouble in json_rows(data, () if is_array else _KEYS):
        verbatim = raw
        if trouble:
            yield Row(pointer, verbatim, SetAside(trouble))
            continue
        try:
            element = _DECODER.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            yield Row(pointer, verbatim, SetAside(reasons.MALFORMED))
            continue
        has_time = element.start_time or (element.position and element.position.timestamp)
        yield Row(pointer, verbatim, element, raw if has_time else "")


def to_events(row: Row, source: Source) -> Meaning:
    """Return what a segment or a raw signal states."""
    element: Any = row.data
    if isinstance(element, SetAside):
        return element
    if element.position is not None:
        return _signal(element.position, source)
    if element.timeline_path is not None:
        return _path(element, source)
    if element.visit is not None:
        candidate = element.visit.top_candidate or _Candidate()
        return _stretch("visit", element, candidate.place_location, INFERRED, source)
    if element.activity is not None:
        return _journey(element, source)
    return SetAside(reasons.NOT_AN_EVENT, _what_it_is(element))


def _what_it_is(element: _Element) -> str:
    if element.timeline_memory is not None:
        return "a saved memory (timelineMemory)"
    if element.wifi_scan is not None:
        return "a Wi-Fi scan without a position"
    if element.activity_record is not None:
        return "a guess at the kind of movement, without a position"
    return "neither visit, activity, path nor position"


def _signal(position: _Position, source: Source) -> Meaning:
    moment = _moment(position.timestamp, source)
    if moment is None:
        return SetAside(reasons.NO_TIME)
    latlon = _latlon(position.lat_lng)
    if latlon is None:
        return SetAside(reasons.NO_POSITION)
    note = f"source stated: {position.source}" if position.source else ""
    event = _event("device_fix", moment, latlon, note, source)
    event.time_text, event.place_kind = position.timestamp, "fix"
    if position.accuracy_meters is not None and position.accuracy_meters >= 0:
        event.accuracy_m, event.accuracy_meaning = position.accuracy_meters, ACCURACY_MEANING
    return [event]


def _journey(element: _Element, source: Source) -> Meaning:
    activity = element.activity or _Inferred()
    note = f"{INFERRED}; position is the stated start"
    end = _latlon(activity.end)
    if end is not None:
        note += f"; stated end {end[0]:.7f}, {end[1]:.7f}"
    return _stretch("journey", element, activity.start, note, source)


def _stretch(
    kind: str, element: _Element, place: _Place | str | None, note: str, source: Source
) -> Meaning:
    start, end = _moment(element.start_time, source), _moment(element.end_time, source)
    if start is None:
        return SetAside(reasons.NO_TIME)
    latlon = _latlon(place)
    if latlon is None:
        return SetAside(reasons.NO_POSITION)
    event = _event(kind, start, latlon, note, source)
    event.place_kind = "stated"
    event.ended_at = end.at if end else None
    event.time_relation = "during"
    event.time_text = f"{element.start_time}/{element.end_time or ''}"
    return [event]


def _path(element: _Element, source: Source) -> Meaning:
    """Return the fixes of a path; a point repeated in it at the same time counts once."""
    start = _moment(element.start_time, source)
    events: dict[tuple[int, Latlon], Event] = {}
    points = element.timeline_path or []
    unread = repeated = 0
    for point in points:
        moment, latlon = _point_moment(point, start, source), _latlon(point.point)
        if moment is None or latlon is None:
            unread += 1
        elif (moment.at, latlon) in events:
            repeated += 1
        else:
            event = _event("device_fix", moment, latlon, "point of a path", source)
            event.time_text, event.place_kind = _point_text(point, element), "fix"
            event.time_precision_s = MINUTE_S
            events[moment.at, latlon] = event
    if not events:
        return SetAside(reasons.NO_POSITION, f"a path of {len(points)} points, none readable")
    if unread or repeated:
        first = next(iter(events.values()))
        first.decode_note = (
            f"path of {len(points)} points: {unread} not readable, {repeated} repeated"
        )
    return list(events.values())


def _point_moment(point: _PathPoint, start: Moment | None, source: Source) -> Moment | None:
    if point.time is not None:
        return _moment(point.time, source)
    if start is None or point.duration_minutes_offset_from_start_time is None:
        return None
    try:
        minutes = float(point.duration_minutes_offset_from_start_time)
        return start._replace(at=start.at + int(minutes * MINUTE_S * SECOND_US))
    except (ValueError, OverflowError):
        return None


def _point_text(point: _PathPoint, element: _Element) -> str:
    if point.time is not None:
        return point.time
    return f"{element.start_time} + {point.duration_minutes_offset_from_start_time} min"


def _event(kind: str, moment: Moment, latlon: Latlon, note: str, source: Source) -> Event:
    if moment.note:
        note = f"{note}; {moment.note}" if note else moment.note
    return Event(
        kind=kind,
        started_at=moment.at,
        time_precision_s=moment.precision_s,
        time_basis=moment.basis,
        zone_used=moment.zone_used,
        is_clock_change_hour=moment.is_clock_change_hour,
        subject_id=f"device:{source.exhibit.ref}",
        lat=latlon[0],
        lon=latlon[1],
        position_basis="supplied",
        decode_note=note or None,
    )


def _moment(text: str | None, source: Source) -> Moment | None:
    try:
        return read_moment(text, source.zone, source.zone_basis) if text else None
    except ValueError:
        return None


def _latlon(place: _Place | str | None) -> Latlon | None:
    text = place.lat_lng if isinstance(place, _Place) else place
    match = _DEGREES.fullmatch(text or "")
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    return (lat, lon) if is_position(lat, lon) else None
