"""Days of the year that move: bank holidays of England and Wales, Easter and its kin."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
_SUMMER: Final = r"(?:august|aug|summer|late summer)"
_EARLY_MAY: Final = r"(?:early may|may day|may)"
_SPRING: Final = r"(?:spring|late may|end of may|whitsun)"
HOLIDAYS: Final = re.compile(
    rf"(?:(?P<which>{_EARLY_MAY}|{_SPRING}|{_SUMMER}|easter) )?bank hol(?:iday)?s?\b"
    r"(?: (?P<part>weekend|saturday|sunday|monday))?"
    r"|\beaster (?P<easter>weekend|saturday|sunday|monday)|\b(?P<friday>good friday)"
    r"|\b(?P<mothers>mother'?s'? day|mothering sunday)|\b(?P<fathers>father'?s'? day)"
)

_Match = re.Match[str]


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def mondays_off(year: int) -> list[date]:
    """Return the bank holidays that always fall on a Monday."""
    may, june, september = date(year, 5, 1), date(year, 6, 1), date(year, 9, 1)
    return [
        easter_sunday(year) + timedelta(days=1),
        may + timedelta(days=-may.weekday() % 7),
        june - timedelta(days=(june.weekday() - 1) % 7 + 1),
        september - timedelta(days=(september.weekday() - 1) % 7 + 1),
    ]


def moving_days(match: _Match, written: date) -> tuple[date, date] | None:
    """Return the latest such day or days that had begun by the day of writing."""
    found = [span for year in (written.year - 1, written.year) for span in _in_year(match, year)]
    past = [span for span in found if span[0] <= written]
    return max(past) if past else None


def _in_year(match: _Match, year: int) -> list[tuple[date, date]]:
    easter = easter_sunday(year)
    june = date(year, 6, 1)
    if match["friday"]:
        return [_days(easter - timedelta(days=2))]
    if match["mothers"]:
        return [_days(easter - timedelta(days=21))]
    if match["fathers"]:
        return [_days(june + timedelta(days=(6 - june.weekday()) % 7 + 14))]
    if part := match["easter"]:
        return [_part(easter + timedelta(days=1), part, easter - timedelta(days=2))]
    chosen = [
        monday
        for name, monday in zip(_NAMES, mondays_off(year), strict=True)
        if not match["which"] or name(match["which"])
    ]
    return [_part(monday, match["part"] or "monday") for monday in chosen]


def _name(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


_NAMES: Final = (_name("easter"), _name(_EARLY_MAY), _name(_SPRING), _name(_SUMMER))


def _part(monday: date, part: str, first: date | None = None) -> tuple[date, date]:
    """Return a day of the weekend that this Monday ends, or the whole of it."""
    if part == "weekend":
        return first or monday - timedelta(days=2), monday + timedelta(days=1)
    back = {"saturday": 2, "sunday": 1, "monday": 0}[part]
    return _days(monday - timedelta(days=back))


def _days(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)
