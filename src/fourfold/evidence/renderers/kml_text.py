"""The words of a KML document: escaped texts, times, points, short bearing marks."""

import re
from datetime import UTC, datetime
from html import escape
from math import asin, atan2, cos, degrees, radians, sin
from typing import Final, NamedTuple

from fourfold.evidence.support.clock import iso_utc
from fourfold.evidence.support.geo import EARTH_RADIUS_M

BEARING_MARK_M: Final = 150.0  # symbolic: the same for every cell, no statement of range
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")

Latlon = tuple[float, float]


def plain(text: object) -> str:
    """Return a text for an element that shows no markup: escaped once."""
    shown = _NOT_PRINTABLE.sub("\ufffd", str(text))
    return escape(_DIRECTION_MARKS.sub("", shown), quote=True)


def paragraphs(lines: list[str]) -> str:
    """Return lines as a description, which viewers show as HTML: escaped twice."""
    return escape("<br>".join(plain(line) for line in lines), quote=False)


def stamp(at: datetime) -> str:
    """Return a moment as KML."""
    return f"<TimeStamp><when>{iso_utc(at)}</when></TimeStamp>"


def span(first: datetime, last: datetime | None) -> str:
    """Return a stretch of time as KML; without an end it is a moment."""
    if last is None or last <= first:
        return stamp(first)
    return f"<TimeSpan><begin>{iso_utc(first)}</begin><end>{iso_utc(last)}</end></TimeSpan>"


def point(place: Latlon) -> str:
    """Return a position as KML, longitude first."""
    return f"<Point><coordinates>{lonlat(place)}</coordinates></Point>"


def lonlat(place: Latlon, joint: str = ",") -> str:
    """Return longitude and latitude with centimetres."""
    return f"{place[1]:.7f}{joint}{place[0]:.7f}"


def marked_point(place: Latlon, azimuth_deg: float | None) -> str:
    """Return a cell's position, with a short line in the direction supplied, if one was."""
    if azimuth_deg is None:
        return point(place)
    tip = along(place, azimuth_deg, BEARING_MARK_M)
    line = f"<LineString><coordinates>{lonlat(place)} {lonlat(tip)}</coordinates></LineString>"
    return f"<MultiGeometry>{point(place)}{line}</MultiGeometry>"


def along(place: Latlon, bearing_deg: float, distance_m: float) -> Latlon:
    """Return the position at a distance (metres) along a bearing (degrees from north)."""
    lat, lon, bearing = radians(place[0]), radians(place[1]), radians(bearing_deg)
    arc = distance_m / EARTH_RADIUS_M
    lat2 = asin(sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(bearing))
    lon2 = lon + atan2(sin(bearing) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(lat2))
    return degrees(lat2), degrees(lon2)


class Mark(NamedTuple):
    """What a placemark shows. when and geometry are KML already, the rest is text."""

    name: str
    style: str
    when: str
    geometry: str
    lines: list[str]
    is_shown: bool = True


def placemark(mark: Mark) -> str:
    """Return one placemark, its parts in the order of the KML schema."""
    hidden = "" if mark.is_shown else "<visibility>0</visibility>"
    return (
        f"<Placemark><name>{plain(mark.name)}</name>{hidden}"
        f"<description>{paragraphs(mark.lines)}</description>{mark.when}"
        f"<styleUrl>#{mark.style}</styleUrl>{mark.geometry}</Placemark>\n"
    )


def folder(name: str, note: str = "", *, is_shown: bool = True) -> str:
    """Return the opening of a folder; one that is not shown is there to be switched on."""
    described = f"<description>{paragraphs([note])}</description>" if note else ""
    hidden = "" if is_shown else "<visibility>0</visibility>"
    return f"<Folder><name>{plain(name)}</name>{hidden}{described}\n"


def epoch_day(at: datetime) -> str:
    """Return the UTC day of a moment, for grouping."""
    moment = at if at.tzinfo is None else at.astimezone(UTC)
    return f"{moment:%Y-%m-%d}"
