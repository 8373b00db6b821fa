"""Days as they are published (`2024-09-27`, `2024-09`, "") in words, and how old a check is."""

import re
from datetime import date, timedelta
from typing import Final

from fourfold.web.base.words import uk_date

STALE_AFTER_DAYS: Final = 180
NOT_SEEN: Final = "Date not seen"
MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


def day_of(text: str) -> date | None:
    """Return a full day, or nothing where the text is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_words(text: str, missing: str = NOT_SEEN) -> str:
    """Return a published day in words; a month stays a month, other words stay as they are."""
    if not text:
        return missing
    if day := day_of(text):
        return uk_date(day)
    month = MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{date(int(month[1]), int(month[2]), 1):%B %Y}"
    return text


def stale_on(checked_on: str) -> date | None:
    """Return the day from which a check is too old to rely on."""
    day = day_of(checked_on)
    return day + timedelta(days=STALE_AFTER_DAYS + 1) if day else None


def is_stale(checked_on: str, as_of: date | None) -> bool:
    """Say whether a check is too old on a day; without a date it always is."""
    until = stale_on(checked_on)
    return until is None or (as_of is not None and as_of >= until)
