"""Periods of figures: whole months as calendars in the United Kingdom have them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from fourfold.web.base.words import UK

FORM: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:\.\.(\d{4})(?:-(\d\d))?)?")
EARLIEST_YEAR: Final = 1990


class PeriodError(ValueError):
    """The text is no period."""


@dataclass(frozen=True)
class Period:
    """From the start of a day to the end of another, in the United Kingdom."""

    from_on: date
    to_on: date

    @property
    def until_on(self) -> date:
        """Return the first day after the period."""
        return self.to_on + timedelta(days=1)

    @property
    def from_at(self) -> datetime:
        """Return the moment at which it starts."""
        return _midnight(self.from_on)

    @property
    def to_at(self) -> datetime:
        """Return the first moment after it."""
        return _midnight(self.until_on)

    def __str__(self) -> str:
        start, end = f"{self.from_on:%Y-%m}", f"{self.to_on:%Y-%m}"
        return start if start == end else f"{start}..{end}"

    @property
    def months(self) -> dict[str, int]:
        """Return the first and last month as numbers that the ledger keeps: 202601."""
        months = {"first_month": self.from_on, "last_month": self.to_on}
        return {name: on.year * 100 + on.month for name, on in months.items()}

    @property
    def words(self) -> str:
        """Return the period as people say it."""
        start, end = f"{self.from_on:%B %Y}", f"{self.to_on:%B %Y}"
        return start if start == end else f"{start} to {end}"


def parse(text: str) -> Period:
    """Read `2026-01..2026-06`, `2026-03` or `2026`.

    Raises:
        PeriodError: it is none of these, or ends before it starts.
    """
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise PeriodError("write a period as 2026-01..2026-06, 2026-03 or 2026")
    year, month, end_year, end_month = (int(part) if part else None for part in found.groups())
    last_year, last_month = (end_year, end_month) if end_year else (year, month)
    return between(
        year or 0,
        1 if month is None else month,
        last_year or 0,
        12 if last_month is None else last_month,
    )


def between(from_year: int, from_month: int, to_year: int, to_month: int) -> Period:
    """Return the period of whole months.

    Raises:
        PeriodError: a month does not exist, or the period ends before it starts.
    """
    if not (1 <= from_month <= 12 and 1 <= to_month <= 12):
        raise PeriodError("a month is a number from 01 to 12")
    if min(from_year, to_year) < EARLIEST_YEAR or max(from_year, to_year) > 9000:
        raise PeriodError(f"a year is a number from {EARLIEST_YEAR}")
    start = date(from_year, from_month, 1)
    end = date(to_year, to_month, monthrange(to_year, to_month)[1])
    if end < start:
        raise PeriodError("the period ends before it starts")
    return Period(start, end)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UK).astimezone(UTC)
