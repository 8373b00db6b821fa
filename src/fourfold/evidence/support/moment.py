"""One stated time as text: ISO 8601 with or without a zone, or an epoch number."""

import re
from datetime import datetime
from typing import Final, NamedTuple

from fourfold.evidence.support import clock

DAY_S: Final = 86_400.0
MINUTE_S: Final = 60.0
# Before satellite receivers were sold, and beyond any handset's clock: the device had no time.
EARLIEST_YEAR: Final = 1990
LATEST_YEAR: Final = 2100
# From here on a bare epoch number is taken as milliseconds (as seconds it were the year 5138).
MILLISECONDS_FROM: Final = 100_000_000_000
# 2026-07-01T05:29:13Z and 2026-07-01T05:29:13.123Z, by their length
_USUAL_PRECISION_S: Final = {20: 1.0, 24: 0.001}
_FRACTION = re.compile(r"\d[.,](\d+)")
_LONG_FRACTION = re.compile(r"([.,]\d{6})\d+")
_TIME_OF_DAY = re.compile(r"[T ]\d\d:?\d\d(:?\d\d)?")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Moment(NamedTuple):
    """A time as read. at: UTC microseconds; precision_s: width of the moment as stated."""

    at: int
    precision_s: float
    basis: str
    zone_used: str | None
    is_clock_change_hour: bool
    note: str


def read_moment(text: str, zone: str, zone_basis: str) -> Moment:
    """Read an ISO 8601 time, a date, or an epoch number in seconds or milliseconds.

    Args:
        text: as the source states it.
        zone: for text without zone or offset.
        zone_basis: how that zone is known (a word of tables.TIME_BASES).

    Raises:
        ValueError: the text states no time.
    """
    text = text.strip()
    if text.isdecimal() and len(text) > 8:
        return of_epoch(int(text))
    moment = _datetime(text)
    note = _doubt(moment.year)
    if moment.tzinfo is not None:
        basis = "stated_utc" if text[-1] in "Zz" else "stated_offset"
        return Moment(clock.micros(moment), _precision_s(text), basis, None, False, note)
    at, is_change = clock.from_wall_clock(moment, zone)
    return Moment(at, _precision_s(text), zone_basis, zone, is_change, note)


def of_epoch(value: int) -> Moment:
    """Read an epoch number: seconds, or milliseconds when it is too large for seconds."""
    is_ms = abs(value) >= MILLISECONDS_FROM
    at = value * (1_000 if is_ms else clock.SECOND_US)
    try:
        year = clock.from_micros(at).year
    except OverflowError as error:
        raise ValueError(f"no time: {value}") from error
    return Moment(at, 0.001 if is_ms else 1.0, "stated_utc", None, False, _doubt(year))


def _datetime(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        if match := _DATE.fullmatch(text):  # a year or a month, as KML allows
            return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        return datetime.fromisoformat(_LONG_FRACTION.sub(r"\1", text))


def _precision_s(text: str) -> float:
    if text[-1] == "Z" and len(text) in _USUAL_PRECISION_S and text[13] == ":":
        return _USUAL_PRECISION_S[len(text)]
    if match := _DATE.fullmatch(text):
        return DAY_S if match[3] else DAY_S * 31 if match[2] else DAY_S * 366
    if match := _FRACTION.search(text):
        return 10.0 ** -min(len(match[1]), 6)
    match = _TIME_OF_DAY.search(text)
    return 1.0 if match and match[1] else MINUTE_S


def _doubt(year: int) -> str:
    if EARLIEST_YEAR <= year < LATEST_YEAR:
        return ""
    return f"the year stated is {year}: the clock of the receiver was not set"
