"""Times: source text to UTC microseconds, wall-clock time through zone rules, and back.

A wall-clock time in the hour that happens twice in October is never resolved in
silence: the first reading is used and the flag says so. One in the hour that does not
happen in March is moved forward and flagged too.
"""

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE_EPOCH: Final = datetime(1970, 1, 1)
MICROSECOND: Final = timedelta(microseconds=1)
_ZONE_PART: Final = re.compile(r"[A-Za-z0-9_+-]+")
SECOND_US: Final = 1_000_000
HOUR_US: Final = 3_600 * SECOND_US
DAY_US: Final = 24 * HOUR_US


class Instant(NamedTuple):
    """An instant and how sure its reading is. at: UTC microseconds since 1970."""

    at: int
    is_clock_change_hour: bool


def micros(moment: datetime) -> int:
    """Return UTC microseconds since 1970 of an aware datetime, or of a naive one in UTC."""
    if moment.tzinfo is None:
        return (moment - NAIVE_EPOCH) // MICROSECOND
    return (moment - EPOCH) // MICROSECOND


def from_micros(at: int) -> datetime:
    """Return the aware UTC datetime of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=at)


def iso_utc(at: int | datetime) -> str:
    """Print an instant as ISO 8601 with Z; fractions of a second only when there are any."""
    moment = from_micros(at) if isinstance(at, int) else at
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    text = moment.replace(tzinfo=None).isoformat()
    return f"{text}Z"


def parse_iso(text: str) -> tuple[datetime, bool]:
    """Parse ISO 8601 text; the flag tells whether it carries a zone or offset.

    Raises:
        ValueError: the text is not ISO 8601.
    """
    moment = datetime.fromisoformat(text.strip())
    return moment, moment.tzinfo is not None


@cache
def zone_info(name: str) -> ZoneInfo:
    """Return the zone of this name, from the tzdata package: its version is in run.json.

    The system's own zone files are never asked, so that every machine gives the same times.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    """
    path = files("tzdata") / "zoneinfo"
    parts = name.split("/")
    if not all(
        part.replace("_", "a").replace("-", "a").replace("+", "a").isalnum() for part in parts
    ):
        raise ZoneInfoNotFoundError(name)
    zone = path.joinpath(*parts)
    if not zone.is_file():
        raise ZoneInfoNotFoundError(name)
    with zone.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


@cache
def transitions(zone: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the offset changes of a zone from 1900 to 2060.

    Returns:
        (starts, offsets): UTC microseconds from which each offset (microseconds) holds;
        starts[0] is far in the past.
    """
    info = zone_info(zone)

    def offset(hour: int) -> int:
        moment = EPOCH + timedelta(hours=hour)
        return int((moment.astimezone(info).utcoffset() or timedelta()) / MICROSECOND)

    starts, offsets = [-(2**62)], [offset(-24 * 365 * 70)]
    step, first, last = 24 * 7, -24 * 365 * 70, 24 * 366 * 90
    for hour in range(first, last, step):
        if offset(hour + step) == offset(hour):
            continue
        low, high = hour, hour + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        starts.append(high * HOUR_US)
        offsets.append(offset(high))
    return tuple(starts), tuple(offsets)


def offset_at(at: int, zone: str) -> int:
    """Return the zone's offset from UTC, in microseconds, at an instant."""
    starts, offsets = transitions(zone)
    return offsets[bisect_right(starts, at) - 1]


def from_wall_clock(moment: datetime, zone: str) -> Instant:
    """Read a naive wall-clock datetime in a zone; the repeated hour gives its first reading."""
    wall = micros(moment)
    starts, offsets = transitions(zone)
    nearby = range(max(bisect_right(starts, wall) - 2, 0), bisect_right(starts, wall + DAY_US))
    for index in nearby:
        end = starts[index + 1] if index + 1 < len(starts) else 2**62
        skipped_until = end + max(offsets[index], offsets[min(index + 1, len(offsets) - 1)])
        if wall < skipped_until:
            at = wall - offsets[index]
            return Instant(at, _is_clock_change(wall, starts, offsets))
    return Instant(wall - offsets[-1], False)


def _is_clock_change(wall: int, starts: tuple[int, ...], offsets: tuple[int, ...]) -> bool:
    index = bisect_right(starts, wall + DAY_US) - 1
    if index == 0:
        return False
    low, high = sorted((offsets[index - 1], offsets[index]))
    return starts[index] + low <= wall < starts[index] + high


def to_wall_clock(at: int, zone: str) -> datetime:
    """Return the naive wall-clock datetime that a zone shows at an instant."""
    return NAIVE_EPOCH + timedelta(microseconds=at + offset_at(at, zone))


def _changes(zone: str, between: tuple[int, int] | None) -> list[tuple[int, int, int]]:
    """Return (start, offset before, offset after), latest first, that matter for a period."""
    starts, offsets = transitions(zone)
    changes = list(zip(starts[1:], offsets[:-1], offsets[1:], strict=True))
    if between is not None:
        low, high = between[0] - 2 * DAY_US, between[1] + 2 * DAY_US
        before = [c for c in changes if c[0] < low][-1:]
        changes = before + [c for c in changes if low <= c[0] <= high]
    return changes[::-1]


def _constant(zone: str, between: tuple[int, int] | None) -> int:
    return offset_at(between[0], zone) if between else transitions(zone)[1][0]


def _case(arms: list[str], otherwise: int) -> str:
    return f"(case {' '.join(arms)} else {otherwise} end)" if arms else f"({otherwise})"


def sql_offset(zone: str, at: str, between: tuple[int, int] | None = None) -> str:
    """Return portable SQL for the zone's offset in microseconds at a BIGINT column `at`.

    between: (lowest, highest) value of the column; it keeps the expression short.
    """
    changes = _changes(zone, between)
    arms = [f"when {at} >= {start} then {after}" for start, _, after in changes]
    return _case(arms, changes[-1][1] if changes else _constant(zone, between))


def sql_offset_of_wall(zone: str, wall: str, between: tuple[int, int] | None = None) -> str:
    """Return SQL for the offset that holds at a wall-clock BIGINT, first reading."""
    changes = _changes(zone, between)
    arms = [
        f"when {wall} >= {start + max(before, after)} then {after}"
        for start, before, after in changes
    ]
    return _case(arms, changes[-1][1] if changes else _constant(zone, between))


def sql_is_clock_change(zone: str, wall: str, between: tuple[int, int] | None = None) -> str:
    """Return SQL that tells whether a wall-clock BIGINT lies in a repeated or missing hour."""
    arms = [
        f"({wall} >= {start + min(before, after)} and {wall} < {start + max(before, after)})"
        for start, before, after in _changes(zone, between)
    ]
    return f"({' or '.join(arms)})" if arms else "false"
