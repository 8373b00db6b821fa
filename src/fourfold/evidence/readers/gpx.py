"""GPX 1.0 and 1.1: track points, waypoints, route points.

A track point is a device's own measurement. A waypoint may have been placed by hand, so its
position is `stated`. A route point is a plan. Dilution (hdop) is no distance: no accuracy.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.moment import read_moment
from fourfold.evidence.support.xml_walk import XmlWalk, local_name

NAME: Final = "gpx"
VERSION: Final = "1"
READS: Final = "GPX tracks and waypoints, one row per point"

POINTS: Final = ("trkpt", "wpt", "rtept")
_ROOT = re.compile(rb"<(?:\w+:)?gpx[\s>]")


class Point(NamedTuple):
    """A point as it stands: attributes and time as text."""

    name: str
    lat: str
    lon: str
    time: str


class _Walk(XmlWalk):
    """Finds points; only their own children count, not those of extensions."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.counts = dict.fromkeys(POINTS, 0)
        self.open: dict[str, str] | None = None
        self.name = ""
        self.start = self.done = self.depth = 0
        self.time = ""

    def started(self, name: str, attributes: dict[str, str], at: int) -> None:
        if self.open is not None:
            self.depth += 1
        elif local_name(name) in self.counts:
            self.name, self.open, self.start = local_name(name), attributes, at
            self.depth, self.time = 0, ""

    def ended(self, name: str, text: str, at: int) -> None:
        if self.open is None:
            return
        if self.depth == 1 and local_name(name) == "time":
            self.time = text
        self.depth -= 1
        if self.depth < 0:
            self._close(at)

    def _close(self, at: int) -> None:
        attributes = self.open or {}
        self.counts[self.name] += 1
        self.done = self.tag_end(at)
        raw = self.raw(self.start, self.done)
        point = Point(self.name, attributes.get("lat", ""), attributes.get("lon", ""), self.time)
        self.found.append(Row(f"{self.name}[{self.counts[self.name]}]", raw, point))
        self.open = None


def recognises(source: Source) -> bool:
    """Tell from the content whether the root element is gpx."""
    return bool(_ROOT.search(source.head)) and b"<kml" not in source.head[:4096]


def read(source: Source) -> Iterator[Row]:
    """Yield every point in the order of the file; a torn rest is one more row."""
    walk = _Walk(source.whole_bytes())
    yield from walk.walk()
    if walk.trouble is not None:
        name = walk.name or POINTS[0]
        rest = walk.raw(walk.done, len(walk.data)).lstrip()
        locator = f"{name}[{walk.counts[name] + 1}]"
        aside = SetAside(walk.trouble.reason, walk.trouble.note)
        yield Row(locator, rest, aside)


def to_events(row: Row, source: Source) -> Meaning:
    """Return the position that a point states, or why it bears none."""
    point = row.data
    if isinstance(point, SetAside):
        return point
    if point.name == "rtept":
        return SetAside(reasons.NOT_AN_EVENT, "a point of a planned route")
    try:
        moment = read_moment(point.time, source.zone, source.zone_basis)
    except (ValueError, OverflowError):
        note = "its time cannot be read" if point.time.strip() else "it states no time"
        return SetAside(reasons.NO_TIME, note)
    latlon = _latlon(point)
    if latlon is None:
        return SetAside(reasons.NO_POSITION)
    is_waypoint = point.name == "wpt"
    note = "a waypoint: it may have been placed by hand" if is_waypoint else ""
    if moment.note:
        note = f"{note}; {moment.note}" if note else moment.note
    return [
        Event(
            kind="device_fix",
            started_at=moment.at,
            time_precision_s=moment.precision_s,
            time_text=point.time.strip(),
            time_basis=moment.basis,
            zone_used=moment.zone_used,
            is_clock_change_hour=moment.is_clock_change_hour,
            subject_id=f"device:{source.exhibit.ref}",
            place_kind="stated" if is_waypoint else "fix",
            lat=latlon[0],
            lon=latlon[1],
            position_basis="supplied",
            decode_note=note or None,
        )
    ]


def _latlon(point: Point) -> tuple[float, float] | None:
    try:
        lat, lon = float(point.lat), float(point.lon)
    except ValueError:
        return None
    return (lat, lon) if is_position(lat, lon) else None
