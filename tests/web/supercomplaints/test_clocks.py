"""super-complaints.md section 4: working days (regulation 2), acknowledgement (5), 56 days."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.supercomplaints.rules import clocks
from lib.shared import reality, shared

DAYS = st.dates(date(2012, 1, 1), date(2028, 11, 30))


def test_section_4_received_friday_25_november_2022_acknowledge_by_1_december() -> None:
    assert clocks.working_days(date(2022, 11, 25), 5) == (
        date(2022, 11, 25), date(2022, 11, 28), date(2022, 11, 29), date(2022, 11, 30),
        date(2022, 12, 1),
    )  # fmt: skip
    assert clocks.acknowledge_by(date(2022, 11, 25)) == date(2022, 12, 1)


@pytest.mark.parametrize(
    ("received_on", "first_on", "last_on"),
    [
        (date(2022, 11, 26), date(2022, 11, 28), date(2022, 12, 2)),  # a Saturday
        (date(2022, 12, 23), date(2022, 12, 23), date(2023, 1, 3)),  # 26, 27 Dec and 2 Jan are free
        (date(2024, 3, 29), date(2024, 4, 2), date(2024, 4, 8)),  # Good Friday
        (date(2022, 9, 19), date(2022, 9, 20), date(2022, 9, 26)),  # the State funeral
    ],
)
def test_section_4_a_day_that_is_none_does_not_count(
    received_on: date, first_on: date, last_on: date
) -> None:
    days = clocks.working_days(received_on, 5)
    assert (days[0], days[-1]) == (first_on, last_on)


@given(received_on=DAYS, number=st.integers(1, 8))
@settings(max_examples=25)
def test_section_4_working_days_begin_with_receipt_and_skip_nothing_else(
    received_on: date, number: int
) -> None:
    days = clocks.working_days(received_on, number)
    assert len(days) == number
    assert days == tuple(sorted(set(days)))
    every = [received_on + timedelta(each) for each in range((days[-1] - received_on).days + 1)]
    assert [day for day in every if clocks.is_working_day(day)] == list(days)
    assert all(day.weekday() < 5 and (day.month, day.day) != (12, 25) for day in days)


@given(received_on=DAYS)
@settings(max_examples=20)
def test_section_4_received_later_is_never_due_earlier(received_on: date) -> None:
    later_on = received_on + timedelta(days=1)
    assert clocks.acknowledge_by(received_on) <= clocks.acknowledge_by(later_on)


@pytest.mark.parametrize("year", [2011, 2029])
def test_a_year_without_known_holidays_says_what_to_do(year: int) -> None:
    with pytest.raises(clocks.HolidaysUnknownError, match="2012 to 2028"):
        clocks.acknowledge_by(date(year, 6, 1))


def test_section_4_responses_56_days_after_publication_and_672_days_to_the_report() -> None:
    assert clocks.responses_due(date(2024, 9, 27)) == date(2024, 11, 22)
    assert clocks.days_between(date(2022, 11, 25), date(2024, 9, 27)) == 672
    assert clocks.days_between(date(2022, 11, 25), date(2023, 1, 26)) == 62
    assert clocks.days_between(None, date(2024, 9, 27)) is None


def test_section_8_no_interval_of_progress_reports_is_invented() -> None:
    assert clocks.progress_due(date(2023, 1, 26), None) is None
    assert clocks.progress_due(date(2023, 1, 26), 90) == date(2023, 4, 26)


@reality
def test_the_installed_holidays_are_the_official_ones() -> None:
    path = shared("uk-bank-holidays", "bank-holidays.json")
    official = json.loads(path.read_text(encoding="utf-8"))["england-and-wales"]["events"]
    holidays = {date.fromisoformat(each["date"]) for each in official}
    assert holidays == clocks.bank_holidays()
    day = date(2012, 1, 1)
    while day.year <= 2028:
        expected = day.weekday() < 5 and day not in holidays and (day.month, day.day) != (12, 25)
        assert clocks.is_working_day(day) == expected
        day += timedelta(days=1)
