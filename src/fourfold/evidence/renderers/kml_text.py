"""The words of a KML document: escaped texts, times, points, placemarks, folders."""

import re
from datetime import datetime
from html import escape
from typing import Final, NamedTuple

from fourfold.evidence.support.clock import iso_utc

# As the database reads patterns; it holds no surrogates, Python might.
NOT_PRINTABLE: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
DIRECTION_MARKS: Final = r"[\x{202a}-\x{202e}\x{2066}-\x{2069}]"

_SURROGATES: Final = "\ud800-\udfff"
_CHARACTER = re.compile(r"\\x\{(\w{4})\}")
_NOT_PRINTABLE = re.compile(_CHARACTER.sub(r"\\u\1", NOT_PRINTABLE)[:-1] + _SURROGATES + "]")
_DIRECTION_MARKS = re.compile(_CHARACTER.sub(r"\\u\1", DIRECTION_MARKS))

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


def lonlat(place: Latlon) -> str:
    """Return longitude and latitude with centimetres."""
    return f"{place[1]:.7f},{place[0]:.7f}"


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
