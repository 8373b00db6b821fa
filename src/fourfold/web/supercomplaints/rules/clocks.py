"""Clocks of the procedure: working days as regulation 2 counts them, and days from publication.

A working day (SI 2018/748, regulation 2) is any day except a Saturday, a Sunday, Christmas Day,
Good Friday or a bank holiday of England and Wales. A period that begins with the day of receipt
counts that day as its first, or the next working day where that day is not one.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from govuk_bank_holidays.bank_holidays import BankHolidays

from fourfold.web.supercomplaints.errors import SuperComplaintError

ACKNOWLEDGE_WORKING_DAYS: Final = 5  # law: SI 2018/748, regulation 5
RESPONSES_DAYS: Final = 56  # practice: the stalking super-complaint; not a limit of the law
CHRISTMAS_DAY: Final = (12, 25)
SATURDAY: Final = 5


class HolidaysUnknownError(SuperComplaintError):
    """The bank holidays of a year are not in the data of this installation."""

    def __init__(self, day: date) -> None:
        known = sorted({each.year for each in bank_holidays()})
        super().__init__(
            f"Working days of {day.year} cannot be counted: bank holidays are known here from"
            f" {known[0]} to {known[-1]}. For a later year, have the administrator update the"
            " package govuk-bank-holidays; for an earlier one, record the date as a past one."
        )


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """Return the bank holidays of England and Wales that this installation knows; no network."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(each["date"] for each in known.get_holidays(BankHolidays.ENGLAND_AND_WALES))


@lru_cache(maxsize=1)
def _known_years() -> frozenset[int]:
    return frozenset(each.year for each in bank_holidays())


def is_working_day(day: date) -> bool:
    """Return whether a day is a working day of regulation 2 (Good Friday is a bank holiday too).

    Raises:
        HolidaysUnknownError: the bank holidays of its year are not known.
    """
    if day.year not in _known_years():
        raise HolidaysUnknownError(day)
    is_free = day.weekday() >= SATURDAY or (day.month, day.day) == CHRISTMAS_DAY
    return not is_free and day not in bank_holidays()


def working_days(received_on: date, number: int) -> tuple[date, ...]:
    """Return the first working days of a period that begins with the day of receipt."""
    found: list[date] = []
    day = received_on
    while len(found) < number:
        if is_working_day(day):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def acknowledge_by(received_on: date) -> date:
    """Return the day by whose end a complaint must be acknowledged (regulation 5)."""
    return working_days(received_on, ACKNOWLEDGE_WORKING_DAYS)[-1]


def acknowledge_by_if_known(received_on: date) -> date | None:
    """Return the same, or nothing where the bank holidays of its year are not known.

    The law's limit runs all the same, so nothing may be stopped by data that are missing here.
    """
    try:
        return acknowledge_by(received_on)
    except HolidaysUnknownError:
        return None


def responses_due(published_on: date) -> date:
    """Return the day on which responses were expected in practice: 56 days after publication."""
    return published_on + timedelta(days=RESPONSES_DAYS)


def progress_due(last_on: date, every_days: int | None) -> date | None:
    """Return when the next progress report is due; nothing where no interval was chosen."""
    return None if every_days is None else last_on + timedelta(days=every_days)


def days_between(first_on: date | None, last_on: date | None) -> int | None:
    """Return the days from one day to another, where both are known."""
    return None if first_on is None or last_on is None else (last_on - first_on).days
