"""The day or days that words name: "10/09/2025", "early September", "last Friday"."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from fourfold.evidence.support.vague_time.holidays import HOLIDAYS, moving_days
from fourfold.evidence.support.vague_time.relative_dates import RELATIVE_DAYS

YEARS: Final = range(1970, 2060)
EITHER_ORDER: Final = "day and month could be the other way round; read in the order used in the UK"
YEAR_ASSUMED: Final = "year not stated; taken from the day of writing"
ABOUT_REACH_DAYS: Final = 2  # "about 10 March": two days either way
_MONTH_STEMS: Final = ("jan", "feb", "mar", "apr", "may", "jun",
                       "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
MONTHS: Final = {stem: number for number, stem in enumerate(_MONTH_STEMS, start=1)}
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:(?:,? |-|/)(?P<year>\d{4}|'\d\d)|[-/](?P<short>\d\d)(?!\d))?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH: Final = rf"{_DAY}(?: (?:of )?|-|/)?{_MONTH}{_YEAR}"


class Days(NamedTuple):
    """A stretch of days. until: the day after the last. rest: the words not used for it."""

    first: date
    until: date
    rule: str
    notes: tuple[str, ...] = ()
    rest: str = ""


class Setting(NamedTuple):
    """What helps to read a date. day_first: how the file writes 03/04, None if undecided."""

    written_on: date | None = None
    day_first: bool | None = None


Found = Days | None
_Match = re.Match[str]


def read_days(text: str, setting: Setting) -> Days | None:
    """Return the days that plain text names, by the first rule of the table that fits."""
    for rule, pattern, read in DATE_RULES:
        for match in pattern.finditer(text):
            found = read(match, setting)
            if found:
                rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
                found = _as_introduced(found, text[: match.start()], setting)
                return found._replace(rule=rule, rest=rest)
    return None


_AROUND = re.compile(r"\b(?:about|around|approx\w*|roughly|circa|c\.|~) ?(?:the )?$")
_SINCE = re.compile(r"\b(?:since|from|ever since|starting|onwards from) ?(?:the )?$")
_BESIDE = re.compile(
    r"\b(?:the )?(?P<side>day|night|morning|evening) (?P<way>after|before) ?(?:the )?$"
)


def _as_introduced(found: Days, before: str, setting: Setting) -> Days:
    """Widen or move days as the words in front of them say."""
    if _AROUND.search(before):
        reach = timedelta(days=ABOUT_REACH_DAYS)
        note = f"about that date: {ABOUT_REACH_DAYS} days either way taken"
        return found._replace(
            first=found.first - reach, until=found.until + reach, notes=(*found.notes, note)
        )
    written = setting.written_on
    is_day = found.until - found.first == timedelta(days=1)
    if is_day and _SINCE.search(before) and written and written >= found.first:
        note = "since that date: until the day of writing taken"
        until = max(found.until, written + timedelta(days=1))
        return found._replace(until=until, notes=(*found.notes, note))
    if beside := _BESIDE.search(before):
        day = timedelta(days=1 if beside["way"] == "after" else -1)
        return found._replace(first=found.first + day, until=found.until + day)
    return found


def is_undecided(text: str) -> bool:
    """Tell whether a numeric date could be read with the day or the month first."""
    return day_first_evidence(text) is None and bool(_NUMERIC.search(text))


def day_first_evidence(text: str) -> bool | None:
    """Return what one numeric date shows about the order in its file; None: nothing."""
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        return True
    return False if second > 12 >= first else None


def _one_day(year: int, month: int, day: int) -> Found:
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    return Days(found, found + timedelta(days=1), "")


def _iso(match: _Match, _: Setting) -> Found:
    return _one_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric(match: _Match, setting: Setting) -> Found:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"] or 0) if "y" in match.groupdict() else 0
    if not year:
        return _without_year(first, second, setting)
    year += 2000 if year < 100 else 0
    day_first = first > 12 or (second <= 12 and setting.day_first is not False)
    found = _one_day(year, second, first) if day_first else _one_day(year, first, second)
    if found and setting.day_first is None and first <= 12 and second <= 12 and first != second:
        note = EITHER_ORDER
        return found._replace(notes=(note,))
    return found


def _without_year(first: int, second: int, setting: Setting) -> Found:
    """Read "10/03" as a day and a month of the latest such year."""
    if setting.day_first is False:
        first, second = second, first
    if setting.written_on is None or not 1 <= second <= 12:
        return None
    is_past = (second, first) <= (setting.written_on.month, setting.written_on.day)
    found = _one_day(setting.written_on.year - (0 if is_past else 1), second, first)
    notes: tuple[str, ...] = (YEAR_ASSUMED,)
    if setting.day_first is None and first <= 12 and first != second:
        notes = (YEAR_ASSUMED, EITHER_ORDER)
    return found._replace(notes=notes) if found else None


def _year_of(match: _Match, month: int, day: int, setting: Setting) -> int | None:
    """Return the year stated, else the latest in which the day is not after the writing."""
    stated = _stated_year(match)
    if stated:
        return int(stated) if len(stated) == 4 else 2000 + int(stated[-2:])
    written = setting.written_on
    if written is None:
        return None
    return written.year if (month, day) <= (written.month, written.day) else written.year - 1


def _stated_year(match: _Match) -> str | None:
    groups = match.groupdict()
    return groups.get("year") or groups.get("short")


def _assumed_year(match: _Match, found: Found) -> Found:
    if found and not _stated_year(match):
        return found._replace(notes=(YEAR_ASSUMED,))
    return found


def _day_month(match: _Match, setting: Setting) -> Found:
    month, day = MONTHS[match["month"][:3]], int(match["day"])
    year = _year_of(match, month, day, setting)
    return _assumed_year(match, _one_day(year, month, day)) if year else None


def _day_range(match: _Match, setting: Setting) -> Found:
    last = _day_month(match, setting)
    if not last:
        return None
    month = MONTHS[(match["month1"] or match["month"])[:3]]
    year = last.first.year - (1 if month > last.first.month else 0)
    first = _one_day(year, month, int(match["day1"]))
    return last._replace(first=first.first) if first and first.first < last.until else None


def _weekend_of(match: _Match, setting: Setting) -> Found:
    """The Saturday and Sunday that hold the day named, or lie closest to it."""
    named = _day_month(match, setting)
    if not named:
        return None
    to_saturday = (5 - named.first.weekday() + 3) % 7 - 3
    saturday = named.first + timedelta(days=to_saturday)
    notes = named.notes
    if named.first.weekday() < 5:
        notes = (*notes, "the day named is no Saturday or Sunday; closest weekend taken")
    return Days(saturday, saturday + timedelta(days=2), "", notes)


# Which days of a month its early, middle and late part hold; None: to the end of the month.
PARTS_OF_MONTH: Final[dict[str, tuple[int, int | None]]] = {
    "early": (1, 10), "beginning of": (1, 10), "start of": (1, 10), "first week of": (1, 7),
    "mid": (11, 20), "middle of": (11, 20), "late": (21, None), "end of": (21, None),
    "last week of": (24, None),
}  # fmt: skip


def _part_of_month(match: _Match, setting: Setting) -> Found:
    first, last = PARTS_OF_MONTH[match["part"]]
    return _in_month(match, first, last, setting)


def _whole_month(match: _Match, setting: Setting) -> Found:
    return _in_month(match, 1, None, setting)


def _in_month(match: _Match, first: int, last: int | None, setting: Setting) -> Found:
    month = MONTHS[match["month"][:3]]
    year = _year_of(match, month, first, setting)
    if year is None or year not in YEARS:
        return None
    end = last or monthrange(year, month)[1]
    found = Days(date(year, month, first), date(year, month, end) + timedelta(days=1), "")
    return _assumed_year(match, found)


FIXED_FEASTS: Final = {
    "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25),
    "xmas day": (12, 25), "boxing day": (12, 26), "new years eve": (12, 31),
    "new years day": (1, 1), "bonfire night": (11, 5), "guy fawkes": (11, 5),
    "halloween": (10, 31), "valentines": (2, 14),
}  # fmt: skip


def _feast(match: _Match, setting: Setting) -> Found:
    month, day = FIXED_FEASTS[match["feast"].replace("'", "")]
    year = _year_of(match, month, day, setting)
    return _assumed_year(match, _one_day(year, month, day)) if year else None


def _christmas(match: _Match, setting: Setting) -> Found:
    """The two days before Boxing Day and the two after Christmas Eve: people mean any."""
    year = _year_of(match, 12, 24, setting)
    if not year or year not in YEARS:
        return None
    return Days(date(year, 12, 24), date(year, 12, 27), "", ("no day of Christmas named",))


def _date_in(text: str, setting: Setting) -> Found:
    """Read one date inside a longer phrase."""
    for rule, pattern, read in DATE_RULES:
        if rule in _ONE_DATE and (match := pattern.fullmatch(text)):
            return read(match, setting)
    return None


_ONE_DATE: Final = frozenset({"iso_date", "numeric_date", "day_month", "day_and_month"})


def _date_range(match: _Match, setting: Setting) -> Found:
    first, last = _date_in(match["from"], setting), _date_in(match["to"], setting)
    if not first or not last or first.first >= last.first:
        return None
    return first._replace(until=last.until, notes=tuple(dict.fromkeys(first.notes + last.notes)))


def _week_of(match: _Match, setting: Setting) -> Found:
    first = _date_in(match["from"], setting)
    return first._replace(until=first.first + timedelta(days=7)) if first else None


def _relative(
    read: Callable[[_Match, date], tuple[date, date] | None],
) -> Callable[[_Match, Setting], Found]:
    def found(match: _Match, setting: Setting) -> Found:
        days = read(match, setting.written_on) if setting.written_on else None
        if not days or days[0].year not in YEARS:
            return None
        return Days(*days, "", (f"relative to the day of writing, {setting.written_on}",))

    return found


_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.\-](?P<b>\d{1,2})[/.\-](?P<y>\d{4}|\d\d)(?![\d/])")
_PARTS: Final = "|".join(PARTS_OF_MONTH)
_FEASTS: Final = (
    "|".join(FIXED_FEASTS).replace("years", "year'?s'?").replace("valentines", "valentine'?s'?")
)
_DATE: Final = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d\d)|\d{1,2}/\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH.replace('P<month>', ':')}(?: \d{{4}})?)(?![\d/])"
)

# Tried in this order; the name of the rule is printed with the finding.
DATE_RULES: Final[tuple[tuple[str, re.Pattern[str], Callable[[_Match, Setting], Found]], ...]] = (
    (
        "range_of_days",
        re.compile(
            rf"(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: {_MONTH.replace('month', 'month1')})?"
            rf" ?(?:-|/|to|and|or|&|until|till|into) ?{_DAY_MONTH}"
        ),
        _day_range,
    ),
    (
        "range_of_dates",
        re.compile(rf"(?<![\d/])(?P<from>{_DATE}) ?(?:-|to|and|until|till?) ?(?P<to>{_DATE})"),
        _date_range,
    ),
    (
        "week_of",
        re.compile(
            r"(?:\b(?:week|wk) (?:of|commencing|beginning|starting|from)|\bw/?c\b|\bw/?b\b) ?"
            rf"(?:the )?(?:[a-z]{{3,9}}day )?(?P<from>{_DATE})"
        ),
        _week_of,
    ),
    (
        "iso_date",
        re.compile(
            r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)t?"
        ),
        _iso,
    ),
    ("compact_date", re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)"), _iso),
    ("numeric_date", _NUMERIC, _numeric),
    (
        "weekend_of",
        re.compile(
            rf"weekend of (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:/|-|and|&) ?)?{_DAY_MONTH}"
        ),
        _weekend_of,
    ),
    ("day_month", re.compile(_DAY_MONTH), _day_month),
    ("month_day", re.compile(rf"{_MONTH} (?:the )?{_DAY}\b(?!:){_YEAR}"), _day_month),
    ("moving_feast", HOLIDAYS, _relative(moving_days)),
    (
        "part_of_month",
        re.compile(rf"(?P<part>{_PARTS})[ -](?:of )?(?:in )?{_MONTH}{_YEAR}"),
        _part_of_month,
    ),
    ("fixed_feast", re.compile(rf"(?P<feast>{_FEASTS})(?: day)?{_YEAR}"), _feast),
    (
        "christmas",
        re.compile(rf"\b(?:christmas|xmas)\b{_YEAR}"),
        _christmas,
    ),
    ("day_and_month", re.compile(r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])"), _numeric),
    *((rule, pattern, _relative(read)) for rule, pattern, read in RELATIVE_DAYS),
    (
        "month",
        re.compile(rf"^(?:.*\b(?:in|during|throughout|of|all) )?{_MONTH}{_YEAR}$"),
        _whole_month,
    ),
)
