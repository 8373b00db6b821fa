"""Days as plans spell them. A month or a quarter is no day: it stays words."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH: Final = r"(?P<month>[A-Za-z]{3,9})\.?"
_WEEKDAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|(?:mon|tue|wed|thu|fri|sat|sun),?\s+)?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR: Final = r"(?P<year>\d{4})"
PATTERNS: Final = tuple(
    re.compile(rf"{_WEEKDAY}{each}(?!\d)", re.IGNORECASE)
    for each in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})"
        r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?",
        r"(?P<day>\d{1,2})\s?[/.\-]\s?(?P<number>\d{1,2})\s?[/.\-]\s?(?P<year>\d{4})",
        r"(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<short>\d{2})",
        rf"{_DAY}(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
BEFORE: Final = re.compile(
    r"^\W*(?:(?:update|updated|progress|position|as)\b(?:\s+(?:on|at|of|as at|dated))?\s*:?\s*)?",
    re.IGNORECASE,
)
AFTER: Final = re.compile(r"^\s*(?:[:;,.)\]]|[-–—](?=\s)|\bupdate\b:?|\s)*\s*", re.IGNORECASE)
WORDED: Final = re.compile(
    rf"\b(?:{'|'.join(name[:3] + '[a-z]*' for name in MONTHS)})\.?\s+\d{{4}}\b|\bq[1-4]\b|"
    r"\bquarter\b|\b(?:spring|summer|autumn|winter)\b|\b20\d{2}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A day at the front of a text, and what stands behind it."""

    on: date
    rest: str


def day_of(text: str) -> date | None:
    """Return the day that a whole text names, or nothing where it says more or less than a day."""
    found = front(text)
    return found.on if found and not found.rest.strip(" .") else None


def front(text: str) -> Found | None:
    """Return the day at the front of a text: "Update 27/03/2025: ..."."""
    bare = text[BEFORE.match(text).end() :] if BEFORE.match(text) else text  # type: ignore[union-attr]
    for pattern in PATTERNS:
        match = pattern.match(bare)
        if match and (on := _date(match)) is not None:
            return Found(on, AFTER.sub("", bare[match.end() :], count=1))
    return None


def inside(text: str) -> date | None:
    """Return the one day that a heading names: "Six month update (27 March 2025)"."""
    days = {
        on
        for pattern in PATTERNS
        for match in pattern.finditer(text)
        if (on := _date(match)) is not None
    }
    return days.pop() if len(days) == 1 else None


def is_worded(text: str) -> bool:
    """Say whether a text names a month, quarter or year, but no day."""
    return bool(WORDED.search(text)) and inside(text) is None


def _date(match: re.Match[str]) -> date | None:
    held = match.groupdict()
    number = _month(held["month"]) if held.get("month") else int(held["number"])
    year = int(held["year"]) if held.get("year") else 2000 + int(held["short"])
    try:
        return date(year, number, int(held["day"])) if 1990 <= year <= 2100 else None
    except ValueError:
        return None


def _month(word: str) -> int:
    short = word.casefold()
    return next(
        (n for n, name in enumerate(MONTHS, start=1)
         if name == short or (len(short) >= 3 and name.startswith(short) and len(short) <= 4)),
        0,
    )  # fmt: skip
