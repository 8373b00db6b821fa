"""From a clock in the United Kingdom, as it was told, to a moment in UTC.

The hour of the October change happens twice and is asked for; the hour of the March change does
not exist and is explained. How exactly a moment is known decides the span that is kept: an hour,
a day or a month is kept from its start (included) to its end (excluded).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fourfold.web.cases.models.answers import Precision

UK: Final = ZoneInfo("Europe/London")
FIRST, SECOND, EITHER = "first", "second", "either"  # which of the two hours in October
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.]\s*(?P<minute>\d{2}))?\s*(?P<half>am|pm)?"
    r"|(?P<hours>\d{2})(?P<minutes>\d{2})"
)


class AmbiguousHourError(ValueError):
    """The clock showed this time twice that night: somebody has to say which."""


class NoSuchMomentError(ValueError):
    """The clock never showed this time: it was put forward over it."""


class NotAClockTimeError(ValueError):
    """The text is no time of day."""


@dataclass(frozen=True)
class Span:
    """From when, to when (excluded; None where only the start is known), and how exactly."""

    from_at: datetime | None
    to_at: datetime | None
    precision: str


@dataclass(frozen=True)
class Told:
    """A day as it was told; the day of the month may be missing."""

    year: int
    month: int
    day: int | None = None

    def first(self) -> date:
        """Return the day, or the first day of the month."""
        return date(self.year, self.month, self.day or 1)


NOT_TOLD: Final = Span(None, None, Precision.UNKNOWN)


def clock_of(text: str) -> time:
    """Return the time of day of a text: 21:10, 9.10pm, 9pm, 2110.

    Raises:
        NotAClockTimeError: it is none.
    """
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        raise NotAClockTimeError(text)
    hour = int(found["hour"] or found["hours"])
    minute = int(found["minute"] or found["minutes"] or 0)
    half = found["half"]
    if half and not 1 <= hour <= 12:
        raise NotAClockTimeError(text)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotAClockTimeError(text)
    return time(hour, minute)


def happens_twice(local: datetime) -> bool:
    """Say whether clocks in the United Kingdom showed this time twice."""
    first, second = (local.replace(tzinfo=UK, fold=fold) for fold in (0, 1))
    return _exists(first) and first.utcoffset() != second.utcoffset()


def never_happens(local: datetime) -> bool:
    """Say whether clocks in the United Kingdom went past this time without showing it."""
    return not _exists(local.replace(tzinfo=UK))


def _exists(aware: datetime) -> bool:
    back = aware.astimezone(UTC).astimezone(UK)
    return back.replace(tzinfo=None) == aware.replace(tzinfo=None)


def to_utc(local: datetime, which: str = "") -> datetime:
    """Return the moment of a clock time without zone.

    Raises:
        NoSuchMomentError: the clock never showed it.
        AmbiguousHourError: it showed it twice, and `which` does not say which.
    """
    if never_happens(local):
        raise NoSuchMomentError(str(local))
    if happens_twice(local) and which not in (FIRST, SECOND):
        raise AmbiguousHourError(str(local))
    return local.replace(tzinfo=UK, fold=int(which == SECOND)).astimezone(UTC)


def moment(local: datetime, which: str = "") -> Span:
    """Return the span of one exact clock time; both hours where nobody knows which of two."""
    if which == EITHER and happens_twice(local):
        return hour(local, which)
    return Span(to_utc(local, which), None, Precision.EXACT)


def hour(local: datetime, which: str = "") -> Span:
    """Return the span of the hour in which a clock time lies."""
    start = local.replace(minute=0, second=0)
    if which == EITHER and happens_twice(start):
        first = to_utc(start, FIRST)
        return Span(first, first + timedelta(hours=2), Precision.HOUR)
    from_at = to_utc(start, which)
    return Span(from_at, from_at + timedelta(hours=1), Precision.HOUR)


def day(on: date) -> Span:
    """Return the span of a day in the United Kingdom: 23, 24 or 25 hours."""
    return Span(_midnight(on), _midnight(on + timedelta(days=1)), Precision.DAY)


def month(on: date) -> Span:
    """Return the span of the month of a day."""
    first = on.replace(day=1)
    return Span(_midnight(first), _midnight(next_month(first)), Precision.MONTH)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UK).astimezone(UTC)


def local_day(at: datetime) -> date:
    """Return the day that a calendar in the United Kingdom showed."""
    return at.astimezone(UK).date()


def end_of(at: datetime, precision: str) -> datetime:
    """Return the latest moment that a start and its precision allow."""
    if precision == Precision.HOUR:
        return at + timedelta(hours=1)
    if precision == Precision.DAY:
        return _midnight(local_day(at) + timedelta(days=1))
    if precision == Precision.MONTH:
        return _midnight(next_month(local_day(at)))
    return at


def words_of(span: Span) -> str:
    """Return a span as people say it: 3 May 2026, between 21:00 and 22:00."""
    if span.from_at is None or span.precision == Precision.UNKNOWN:
        return "Date not known"
    start = span.from_at.astimezone(UK)
    day_words = f"{start.day} {start:%B %Y}"
    if span.precision == Precision.MONTH:
        return f"{start:%B %Y}, day not known"
    if span.precision == Precision.DAY:
        return f"{day_words}, time not known"
    if span.to_at is None or span.to_at == span.from_at:
        return f"{day_words}, {start:%H:%M}{_zone_if_needed(start)}"
    return f"{day_words}, {_between(start, span.to_at.astimezone(UK), span.precision)}"


def _between(start: datetime, end: datetime, precision: str) -> str:
    same_day = start.date() == end.date()
    last = f"{end:%H:%M}" if same_day else f"{end.day} {end:%B %Y}, {end:%H:%M}"
    zones = _zone_if_needed(start), _zone_if_needed(end)
    words = ("between", "and") if precision == Precision.HOUR else ("from", "to")
    return f"{words[0]} {start:%H:%M}{zones[0]} {words[1]} {last}{zones[1]}"


def _zone_if_needed(local: datetime) -> str:
    return f" {local.tzname()}" if happens_twice(local.replace(tzinfo=None, fold=0)) else ""


def day_words(span: Span) -> str:
    """Return the day of a span, or its month where only that is known."""
    if span.from_at is None or span.precision == Precision.UNKNOWN:
        return "a day not known"
    start = span.from_at.astimezone(UK)
    month_words = f"{start:%B %Y}"
    return month_words if span.precision == Precision.MONTH else f"{start.day} {month_words}"
