"""Days named from the day of writing: "yesterday", "last Friday", "the last two weeks"."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)s?\b"
)
DAYS_IN_UNIT: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30}
_UNIT: Final = r"(?P<unit>day|night|week|fortnight|month)s?\b"
OTHER_DAY_REACH_DAYS: Final = 7  # "the other day": within the week before writing
BROAD_UNIT_DAYS: Final = 7  # "3 weeks ago" means that day give or take half a week

_Match = re.Match[str]
_Span = tuple[date, date] | None


def _days(first: date, count: int = 1) -> tuple[date, date]:
    return first, first + timedelta(days=count)


def _offset(days: int) -> Callable[[_Match, date], _Span]:
    return lambda _, written: _days(written + timedelta(days=days))


VAGUE_NUMBERS: Final = {"a": (1, 1), "an": (1, 1), "couple of": (2, 2), "few": (2, 5)}


def _ago(match: _Match, written: date) -> _Span:
    words = match["number"].removeprefix("a ")
    low, high = (int(words),) * 2 if words.isdigit() else VAGUE_NUMBERS[words]
    low = int(match["low"]) if match["low"] else low
    unit = DAYS_IN_UNIT[match["unit"]]
    if not low <= high or high * unit > 3660:
        return None
    slack = unit // 2 if unit >= BROAD_UNIT_DAYS else 0
    slack += 1 if words == "couple of" and not slack else 0
    first = written - timedelta(days=high * unit + slack)
    return first, written - timedelta(days=low * unit - slack - 1)


def _weekday_of_last_week(match: _Match, written: date) -> _Span:
    monday = written - timedelta(days=written.weekday() + 7)
    return _days(monday + timedelta(days=WEEKDAYS.index(match["weekday"][:3])))


def _weekday_range(match: _Match, written: date) -> _Span:
    """From one day of the week to the next named, the latest that had begun by the writing."""
    first, last = WEEKDAYS.index(match["first"][:3]), WEEKDAYS.index(match["weekday"][:3])
    start = written - timedelta(days=(written.weekday() - first) % 7)
    return _days(start, (last - first) % 7 + 1) if first != last else None


def _day_of_month(match: _Match, written: date) -> _Span:
    """The latest day of that number up to the day of writing."""
    number = int(match["day"])
    for back in range(62):
        day = written - timedelta(days=back)
        if day.day == number:
            return _days(day)
    return None


def _last_stretch(match: _Match, written: date) -> _Span:
    named = {"few": 3, "couple of": 2}.get(match["number"])
    number = int(match["number"]) if named is None else named
    length = number * DAYS_IN_UNIT[match["unit"]]
    if not 0 < length <= 3660:
        return None
    return written - timedelta(days=length), written + timedelta(days=1)


def _weekday(match: _Match, written: date) -> _Span:
    """The latest such weekday up to the day of writing; with "last", before that day."""
    back = (written.weekday() - WEEKDAYS.index(match["weekday"][:3])) % 7
    if back == 0 and match["last"]:
        back = 7
    return _days(written - timedelta(days=back))


def _weekend(_: _Match, written: date) -> _Span:
    """The latest weekend that had begun by the day of writing."""
    return _days(written - timedelta(days=(written.weekday() - 5) % 7), 2)


def _last_week(_: _Match, written: date) -> _Span:
    monday = written - timedelta(days=written.weekday() + 7)
    return _days(monday, 7)


def _this_week(_: _Match, written: date) -> _Span:
    return written - timedelta(days=written.weekday()), written + timedelta(days=1)


def _last_month(_: _Match, written: date) -> _Span:
    last = written.replace(day=1) - timedelta(days=1)
    return _days(last.replace(day=1), monthrange(last.year, last.month)[1])


RELATIVE_DAYS: Final[tuple[tuple[str, re.Pattern[str], Callable[[_Match, date], _Span]], ...]] = (
    (
        "last_stretch",
        re.compile(rf"(?:last|past) (?P<number>\d{{1,3}}|few|couple of) {_UNIT}"),
        _last_stretch,
    ),
    (
        "last_fortnight",
        re.compile(r"\b(?:last|past) fortnight\b"),
        lambda _, written: (written - timedelta(days=14), written + timedelta(days=1)),
    ),
    (
        "ago",
        re.compile(
            r"\b(?:(?P<low>\d{1,3}) ?(?:or|to|-) ?)?"
            rf"(?P<number>\d{{1,3}}|(?:a )?couple of|(?:a )?few|an?) {_UNIT} ago"
        ),
        _ago,
    ),
    (
        "weekday_of_last_week",
        re.compile(rf"\b{_WEEKDAY},? (?:of )?last week\b|\blast week,? (?:on )?(?:the )?$"),
        lambda match, written: _weekday_of_last_week(match, written) if match["weekday"] else None,
    ),
    (
        "range_of_weekdays",
        re.compile(
            rf"\b(?P<first>{_WEEKDAY.replace('P<weekday>', ':')}) ?(?:-|to|and|or|&|until|till|/) ?"
            rf"{_WEEKDAY}"
        ),
        _weekday_range,
    ),
    ("day_before_yesterday", re.compile(r"day before yesterday"), _offset(-2)),
    ("yesterday", re.compile(r"\byesterday\b|\blast night\b|\blast evening\b"), _offset(-1)),
    (
        "today",
        re.compile(r"\btoday\b|\btonight\b|\bthis (?=morning|afternoon|evening)|\bjust now\b"),
        _offset(0),
    ),
    (
        "the_other_day",
        re.compile(r"\bthe other (?:day|night|evening|morning)\b"),
        lambda _, written: (
            written - timedelta(days=OTHER_DAY_REACH_DAYS),
            written + timedelta(days=1),
        ),
    ),
    ("weekend", re.compile(r"\b(?:last|over the|at the|this|the) weekend\b|^weekend\b"), _weekend),
    ("last_week", re.compile(r"\blast week\b"), _last_week),
    ("this_week", re.compile(r"\b(?:this|all) week\b"), _this_week),
    ("last_month", re.compile(r"\blast month\b"), _last_month),
    ("weekday", re.compile(rf"(?P<last>\blast )?\b{_WEEKDAY}"), _weekday),
    (
        "day_of_month",
        re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?: of this month)?"),
        _day_of_month,
    ),
)
