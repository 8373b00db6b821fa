"""KML: tracks with times, and placemarks.

A `gx:coord` is one row with the `when` of the same number. A placemark with a point or a line
is one row; one that only wraps a track is none. Whether a device measured a placemark is not
stated in KML, so its position is `stated`; a placemark with a span is a visit.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.moment import Moment, read_moment
from fourfold.evidence.support.xml_walk import XmlWalk, local_name

NAME: Final = "kml"
VERSION: Final = "1"
READS: Final = "KML tracks (gx:Track) and placemarks, one row per coordinate or placemark"

_ROOT = re.compile(rb"<(?:\w+:)?kml[\s>]")
_PLACEMARK_TEXTS: Final = {
    ("TimeStamp", "when"): "when", ("TimeSpan", "begin"): "begin", ("TimeSpan", "end"): "end",
    ("Placemark", "name"): "name",
}  # fmt: skip
_LINES: Final = ("LineString", "LinearRing")

Latlon = tuple[float, float]


class Coord(msgspec.Struct, gc=False):
    """One coordinate of a track, with its time as text."""

    when: str
    text: str


class Placemark(msgspec.Struct, gc=False):
    """A placemark as it stands: times as text, points and lines as coordinate text."""

    when: str = ""
    begin: str = ""
    end: str = ""
    name: str = ""
    points: list[str] = []
    lines: list[str] = []
    is_track: bool = False


class _Walk(XmlWalk):
    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.path: list[str] = []
        self.starts: list[int] = []
        self.placemark: Placemark | None = None
        self.placemarks = self.coords = self.done = 0
        self.whens: list[tuple[str, str]] = []
        self.open_coords: list[tuple[str, str, str]] = []

    def started(self, name: str, attributes: dict[str, str], at: int) -> None:
        local = local_name(name)
        self.path.append(local)
        self.starts.append(at)
        if local == "Placemark":
            self.placemarks += 1
            self.placemark = Placemark()
        elif local == "Track":
            self.whens, self.open_coords = [], []
            if self.placemark is not None:
                self.placemark.is_track = True

    def ended(self, name: str, text: str, at: int) -> None:
        local, start = self.path.pop(), self.starts.pop()
        parent = self.path[-1] if self.path else ""
        if parent == "Track" and local in {"when", "coord"}:
            raw = self.raw(start, self.tag_end(at))
            if local == "when":
                self.whens.append((text, raw))
            else:
                self.open_coords.append((name, text, raw))
                self.done = self.tag_end(at)
        elif local == "Track":
            self.close_track(self.tag_end(at))
        elif local == "Placemark":
            self._close_placemark(start, self.tag_end(at))
        elif self.placemark is not None:
            self._note(self.placemark, local, parent, text)

    def _note(self, placemark: Placemark, local: str, parent: str, text: str) -> None:
        if field := _PLACEMARK_TEXTS.get((parent, local)):
            setattr(placemark, field, text.strip())
        elif local == "coordinates" and parent == "Point":
            placemark.points.append(text)
        elif local == "coordinates" and parent in _LINES:
            placemark.lines.append(text)

    def close_track(self, end: int) -> None:
        """Pair times with coordinates; a time without a coordinate is a row too."""
        for index, (name, text, raw) in enumerate(self.open_coords):
            self.coords += 1
            when, when_raw = self.whens[index] if index < len(self.whens) else ("", "")
            verbatim = f"{when_raw}\n{raw}" if when_raw else raw
            coord = Coord(when.strip(), text)
            self.found.append(Row(f"{name}[{self.coords}]", verbatim, coord))
        first = self.coords + 1
        for number, (when, raw) in enumerate(self.whens[len(self.open_coords) :], first):
            self.found.append(Row(f"when[{number}]", raw, Coord(when, "")))
        self.whens, self.open_coords, self.done = [], [], end

    def _close_placemark(self, start: int, end: int) -> None:
        placemark, self.placemark, self.done = self.placemark or Placemark(), None, end
        if placemark.is_track and not placemark.points and not placemark.lines:
            return
        verbatim = self.raw(start, end)
        self.found.append(Row(f"Placemark[{self.placemarks}]", verbatim, placemark))


def recognises(source: Source) -> bool:
    """Tell from the content whether the root element is kml."""
    return bool(_ROOT.search(source.head[:4096]))


def read(source: Source) -> Iterator[Row]:
    """Yield coordinates and placemarks in the order of the file; a torn rest is one more row."""
    walk = _Walk(source.whole_bytes())
    yield from walk.walk()
    if walk.trouble is None:
        return
    is_in_track = bool(walk.open_coords)
    if is_in_track:
        del walk.whens[len(walk.open_coords) :]  # their coordinates lie beyond the cut
        walk.close_track(walk.done)
        yield from walk.found
    locator = f"gx:coord[{walk.coords + 1}]" if is_in_track else f"Placemark[{walk.placemarks + 1}]"
    if walk.placemark is not None and not is_in_track:
        locator = f"Placemark[{walk.placemarks}]"
    rest = walk.raw(walk.done, len(walk.data)).lstrip()
    yield Row(locator, rest, SetAside(walk.trouble.reason, walk.trouble.note))


def to_events(row: Row, source: Source) -> Meaning:
    """Return the fix of a coordinate, or the timed place, visit or line of a placemark."""
    data = row.data
    if isinstance(data, SetAside):
        return data
    if isinstance(data, Coord):
        return _fix(data, source)
    return _timed(data, source) if data.points or data.lines else _empty()


def _empty() -> SetAside:
    return SetAside(reasons.NO_POSITION, "a placemark without point or line")


def _fix(coord: Coord, source: Source) -> Meaning:
    if not coord.when:
        return SetAside(reasons.NO_TIME, "no time stands for this coordinate")
    moment = _moment(coord.when, source)
    if moment is None:
        return SetAside(reasons.NO_TIME, "its time cannot be read")
    latlon = _latlon(coord.text.replace(",", " ").split())
    if latlon is None:
        return SetAside(reasons.NO_POSITION)
    event = _event("device_fix", moment, latlon, "", source)
    event.place_kind, event.time_text = "fix", coord.when
    return [event]


def _timed(placemark: Placemark, source: Source) -> Meaning:
    start_text = placemark.when or placemark.begin
    if not start_text and not placemark.end:
        return SetAside(reasons.NO_TIME, "a saved place or drawing without a time")
    start, end = _moment(start_text or placemark.end, source), _moment(placemark.end, source)
    if start is None:
        return SetAside(reasons.NO_TIME, "its time cannot be read")
    events = []
    for text in placemark.points:
        kind = "device_fix" if placemark.when else "visit"
        events += _place(
            kind, text, "a placemark: who or what placed it is not stated", start, source
        )
    for text in placemark.lines:
        note = f"a line of {len(text.split())} points without times; position is the first point"
        events += _place("journey", text, note, start, source)
    for event in events:
        event.text = placemark.name or None
        event.time_text = placemark.when or f"{placemark.begin}/{placemark.end}"
        if not placemark.when:
            event.time_relation, event.ended_at = "during", end.at if end else None
    return events or SetAside(reasons.NO_POSITION, "its coordinates cannot be read")


def _place(kind: str, text: str, note: str, start: Moment, source: Source) -> list[Event]:
    first = text.split()[:1]
    latlon = _latlon(first[0].split(",")) if first else None
    if latlon is None:
        return []
    event = _event(kind, start, latlon, note, source)
    event.place_kind = "stated"
    return [event]


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


def _moment(text: str, source: Source) -> Moment | None:
    try:
        return read_moment(text, source.zone, source.zone_basis) if text else None
    except (ValueError, OverflowError):
        return None


def _latlon(parts: list[str]) -> Latlon | None:
    """Read longitude and latitude, in this order, as KML writes them."""
    try:
        lon, lat = float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        return None
    return (lat, lon) if is_position(lat, lon) else None
