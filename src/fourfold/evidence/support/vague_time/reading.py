"""Words for a date and a time of day to one interval in UTC, with the rules that made it."""

import re
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from fourfold.evidence.support.clock import HOUR_US, from_wall_clock, to_wall_clock
from fourfold.evidence.support.vague_time.clock_words import DAY_MIN, Span, read_clock
from fourfold.evidence.support.vague_time.dates import Days, Setting, read_days
from fourfold.evidence.support.vague_time.day_parts import find_part
from fourfold.evidence.support.vague_time.plain import plain
from fourfold.evidence.support.vague_time.relative_dates import WEEKDAYS

NO_DATE: Final = "no day can be read from the words"


class Reading(NamedTuple):
    """What the words mean. from_at, to_at: UTC microseconds, or None when nothing can be read.

    rules: the names of the date rule and the time rule, in that order.
    """

    from_at: int | None
    to_at: int | None
    rules: tuple[str, ...]
    notes: tuple[str, ...]
    is_clock_change_hour: bool = False


def read_time(date_words: str, time_words: str, zone: str, setting: Setting) -> Reading:
    """Read the words for a day and for a time of day as one interval.

    Args:
        date_words: "10/09/2025", "early September", may hold the time as well.
        time_words: "about quarter past seven in the evening", may hold the day instead.
        zone: name of the zone whose wall clock the writer lived by.
        setting: the day of writing and the order of day and month in the file.

    Returns:
        The interval, or one without times and the reason in `notes`.
    """
    when, of_day = plain(date_words), plain(time_words)
    days, rest = read_days(when, setting), ""
    if days:
        rest = days.rest
    else:
        days = read_days(of_day, setting)
        of_day = days.rest if days else of_day
    if not days:
        return Reading(None, None, ("no_date",), (NO_DATE,))
    if next_day := _NEXT_DAY.match(of_day):
        day = timedelta(days=1)
        days = days._replace(first=days.first + day, until=days.until + day)
        of_day = next_day["rest"] or of_day[next_day.end() :]
    span = _hours_of(of_day, rest, _PART_IN_DATE.search(when))
    return _interval(days, span, _weekday_notes(days, of_day), zone)


def _hours_of(of_day: str, rest: str, part: re.Match[str] | None) -> Span:
    """Read the hours from the words for the time, else from those left over from the date."""
    named = part[0] if part else ""
    if of_day.strip():
        return read_hours(f"{of_day} {named}".strip())
    in_date = read_hours(f"{rest} {named}".strip())
    return WHOLE_DAY if in_date.rule == NOT_READ else in_date


def _weekday_notes(days: Days, text: str) -> tuple[str, ...]:
    """Return a note when the time words name another day of the week than the date has."""
    named = set(re.findall(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b", text))
    if days.until - days.first > timedelta(days=1) or not named:
        return ()
    stated = WEEKDAYS[days.first.weekday()]
    return () if stated in named else ("the day of the week named is not that of the date",)


_PART_IN_DATE: Final = re.compile(
    r"last night|tonight|last evening|other (?:night|evening|morning)"
)
_NEXT_DAY: Final = re.compile(
    r"(?:the )?(?:next|following) (?:day,? ?(?P<rest>.*)|(?=morning|afternoon|evening))"
)
NOT_READ: Final = "words_not_read"
WHOLE_DAY: Final = Span(0, DAY_MIN, "whole_day")


def read_hours(text: str) -> Span:
    """Return the hours that plain text names: a clock time, else a part of the day."""
    if not text.strip(" ,;.-"):
        return WHOLE_DAY
    if clock := read_clock(text):
        return clock
    if part := find_part(text):
        return Span(part.from_min, part.until_min, part.rule, (part.note,) if part.note else ())
    note = "the words for the time of day could not be read; the whole day is taken"
    return Span(0, DAY_MIN, NOT_READ, (note,))


def _interval(days: Days, span: Span, more_notes: tuple[str, ...], zone: str) -> Reading:
    notes = (*days.notes, *more_notes, *span.notes)
    if days.until - days.first > timedelta(days=1) and span.rule != "whole_day":
        notes = (*days.notes, "several days named: the time of day does not narrow the interval")
        span = span._replace(from_min=0, until_min=DAY_MIN)
    first = _moment(days.first, span.from_min)
    last = _moment(days.until - timedelta(days=1), span.until_min)
    starts, ends = from_wall_clock(first, zone), from_wall_clock(last, zone)
    from_at, to_at = starts.at, _second_reading(ends.at, last, zone)
    is_repeated = False
    if span.rule.startswith("clock"):
        from_at, to_at, is_repeated = _with_repeated_hour(from_at, to_at, zone)
    if is_repeated:
        notes = (*notes, "this hour of the clock happened twice; both are inside the interval")
    is_change = starts.is_clock_change_hour or ends.is_clock_change_hour
    rules = (days.rule, span.rule)
    return Reading(from_at, max(to_at, from_at + 1), rules, notes, is_repeated or is_change)


def _moment(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def _second_reading(at: int, wall: datetime, zone: str) -> int:
    """Return the later of the two instants at which the clock showed this, if there were two."""
    return at + HOUR_US if to_wall_clock(at + HOUR_US, zone) == wall else at


def _with_repeated_hour(from_at: int, to_at: int, zone: str) -> tuple[int, int, bool]:
    """Widen an interval that touches the hour that happened twice to both its runs."""
    hour = from_at - from_at % HOUR_US
    while hour < to_at:
        if to_wall_clock(hour, zone) == to_wall_clock(hour + HOUR_US, zone):
            return min(from_at, hour), max(to_at, hour + 2 * HOUR_US), True
        hour += HOUR_US
    return from_at, to_at, False
