"""From a UK clock to UTC: summer and winter, the hour that comes twice, the hour that never comes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.cases.rules import moments
from fourfold.web.cases.rules.moments import EITHER, FIRST, SECOND, Span, words_of

TWICE = datetime(2026, 10, 25, 1, 30)
NEVER = datetime(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21:10", time(21, 10)),
        ("9.10pm", time(21, 10)),
        ("9 pm", time(21)),
        ("2110", time(21, 10)),
        ("12am", time(0)),
        ("12.05 PM", time(12, 5)),
        ("7", time(7)),
    ],
)
def test_a_clock_time_is_read_as_people_write_it(text: str, expected: time) -> None:
    assert moments.clock_of(text) == expected


@pytest.mark.parametrize("text", ["25:00", "21:61", "13pm", "0am", "nine", "", "21:1", "9:10:30"])
def test_what_is_no_clock_time_is_refused(text: str) -> None:
    with pytest.raises(moments.NotAClockTimeError):
        moments.clock_of(text)


def test_summer_and_winter_differ_by_an_hour() -> None:
    summer, winter = (moments.to_utc(datetime(2026, month, 3, 21, 10)) for month in (7, 12))
    assert (summer.hour, winter.hour) == (20, 21)


def test_the_october_hour_is_asked_for() -> None:
    with pytest.raises(moments.AmbiguousHourError):
        moments.to_utc(TWICE)


@pytest.mark.parametrize(("which", "hour"), [(FIRST, 0), (SECOND, 1)])
def test_the_october_hour_is_taken_as_said(which: str, hour: int) -> None:
    assert moments.to_utc(TWICE, which) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_where_nobody_knows_which_hour_both_are_kept() -> None:
    span = moments.moment(TWICE, EITHER)
    assert (span.from_at, span.to_at, span.precision) == (
        datetime(2026, 10, 25, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 2, tzinfo=UTC),
        "hour",
    )


def test_the_march_hour_does_not_exist() -> None:
    with pytest.raises(moments.NoSuchMomentError):
        moments.to_utc(NEVER)


def test_the_day_of_the_october_change_has_25_hours() -> None:
    span = moments.day(TWICE.date())
    assert span.from_at and span.to_at and span.to_at - span.from_at == timedelta(hours=25)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)).map(
        lambda at: at.replace(second=0, microsecond=0)
    )
)
def test_every_clock_time_comes_back_or_is_explained(local: datetime) -> None:
    try:
        back = moments.to_utc(local, FIRST).astimezone(moments.UK)
    except moments.NoSuchMomentError:
        assert moments.never_happens(local)
    else:
        assert back.replace(tzinfo=None) == local


@given(st.dates(date(1990, 1, 1), date(2037, 12, 30)))
def test_days_follow_each_other_without_a_gap(on: date) -> None:
    assert moments.day(on).to_at == moments.day(on + timedelta(days=1)).from_at


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (moments.NOT_TOLD, "Date not known"),
        (moments.month(date(2026, 5, 3)), "May 2026, day not known"),
        (moments.day(date(2026, 5, 3)), "3 May 2026, time not known"),
        (moments.hour(datetime(2026, 5, 3, 21, 10)), "3 May 2026, between 21:00 and 22:00"),
        (moments.moment(datetime(2026, 5, 3, 21, 10)), "3 May 2026, 21:10"),
        (moments.moment(TWICE, SECOND), "25 October 2026, 01:30 GMT"),
        (
            Span(
                datetime(2026, 5, 3, 20, tzinfo=UTC), datetime(2026, 5, 4, 1, tzinfo=UTC), "exact"
            ),
            "3 May 2026, from 21:00 to 4 May 2026, 02:00",
        ),
    ],
)
def test_a_span_is_said_as_exactly_as_it_is_known(span: Span, words: str) -> None:
    assert words_of(span) == words
