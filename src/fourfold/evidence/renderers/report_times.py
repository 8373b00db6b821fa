"""Times as the report prints them: wall clock of the display zone first, UTC beside it."""

from datetime import UTC, datetime, time, timedelta

from fourfold.evidence.support.clock import micros, parse_iso, to_wall_clock

Moment = datetime | None
MIDNIGHT = time()


def local(moment: datetime, zone: str) -> datetime:
    """Return the wall clock of a zone at a UTC moment."""
    return to_wall_clock(micros(moment), zone)


def day_words(day: datetime) -> str:
    """Print a day, such as Thu 2 Jul 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def clock_words(moment: datetime) -> str:
    """Print a time of day to the second."""
    return f"{moment:%H:%M:%S}"


def moment_words(moment: Moment, zone: str) -> str:
    """Print day and time, local first and UTC in brackets; nothing for no moment."""
    if moment is None:
        return ""
    wall = local(moment, zone)
    return f"{day_words(wall)} {clock_words(wall)} ({_utc(moment, wall)})"


def period_words(start: Moment, end: Moment, zone: str) -> str:
    """Print a stretch of time, local first and UTC in brackets."""
    if start is None or end is None or end == start:
        return moment_words(start or end, zone)
    first, last = local(start, zone), local(end, zone)
    if first.time() == last.time() == MIDNIGHT:
        whole = dict.fromkeys(day_words(day) for day in (first, last - timedelta(days=1)))
        return f"{' to '.join(whole)}, whole days"
    until = clock_words(last) if last.date() == first.date() else _full(last)
    utc_until = clock_words(end) if end.date() == start.date() else _full(end)
    return f"{_full(first)} to {until} ({_utc(start, first)[:-4]} to {utc_until} UTC)"


def days_words(start: Moment, end: Moment, zone: str) -> str:
    """Print the days of a stretch of time, local."""
    days = [day_words(local(moment, zone)) for moment in (start, end) if moment is not None]
    return " to ".join(dict.fromkeys(days))


def utc_words(moment: datetime, zone: str) -> str:
    """Print the UTC time; with its day where that is not the local one."""
    return _utc(moment, local(moment, zone))


def stated_words(text: str, zone: str) -> str:
    """Print a moment given as ISO text; text that is none stays as it is."""
    try:
        moment, has_zone = parse_iso(text)
    except ValueError:
        return text
    naive = moment.astimezone(UTC).replace(tzinfo=None) if has_zone else moment
    return moment_words(naive, zone)


def _full(moment: datetime) -> str:
    return f"{day_words(moment)} {clock_words(moment)}"


def _utc(moment: datetime, wall: datetime) -> str:
    if moment.date() == wall.date():
        return f"{clock_words(moment)} UTC"
    return f"{moment.day} {moment:%b} {clock_words(moment)} UTC"
