"""Whether a body is designated on a day: it follows from dated rows, known to the day or not."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_AND_YEAR: Final = re.compile(r"([A-Za-z]+)\s+(\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
LAST_MONTH: Final = 12


@dataclass(frozen=True)
class Dates:
    """From when a designation stands, as far as it is known, and when it was revoked."""

    designated_on: date | None
    designated_words: str = ""
    revoked_on: date | None = None


def surely_from(dates: Dates) -> date | None:
    """Return the first day on which the designation surely stands; None where none can be said.

    Where only a month (“June 2018”) or a year is known, the day after its last is the first sure
    one: earlier in that month it may or may not have stood.
    """
    if dates.designated_on is not None:
        return dates.designated_on
    words = dates.designated_words.strip()
    if (found := _MONTH_AND_YEAR.fullmatch(words)) and found[1].lower() in MONTHS:
        year, month = int(found[2]), MONTHS.index(found[1].lower()) + 1
        return date(year + month // LAST_MONTH, month % LAST_MONTH + 1, 1)
    return date(int(words) + 1, 1, 1) if _YEAR.fullmatch(words) else None


def is_designated(dates: Dates, on: date) -> bool:
    """Return whether a designation surely stands on a day; on the day of revocation it does not."""
    first_on = surely_from(dates)
    if first_on is None or on < first_on:
        return False
    return dates.revoked_on is None or on < dates.revoked_on


def standing_words(dates: Dates, on: date) -> str:
    """Say how a designation stands on a day."""
    if dates.revoked_on is not None and on >= dates.revoked_on:
        return "Revoked"
    first_on = surely_from(dates)
    if first_on is None:
        return "Day not known: it cannot be said"
    if on >= first_on:
        return "Designated"
    return "Not yet designated" if dates.designated_on else "The day in that month is not known"
