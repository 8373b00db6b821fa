"""Phrases and the intervals they are read as: the table is the documentation."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.support.clock import iso_utc, to_wall_clock
from fourfold.evidence.support.vague_time.dates import Setting, day_first_evidence
from fourfold.evidence.support.vague_time.holidays import mondays_off
from fourfold.evidence.support.vague_time.plain import count_in, plain
from fourfold.evidence.support.vague_time.reading import Reading, read_time
from lib.shared import reality, shared

LONDON = "Europe/London"
WRITTEN = date(2026, 9, 23)  # a Wednesday


def reading(
    day: str, time: str = "", written: date | None = WRITTEN, day_first: bool | None = True
) -> Reading:
    return read_time(day, time, LONDON, Setting(written, day_first))


def local(found: Reading) -> tuple[str, str]:
    assert found.from_at is not None and found.to_at is not None
    first, last = (to_wall_clock(at, LONDON) for at in (found.from_at, found.to_at))
    return f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"


HOURS = [  # words for the time of 10 September 2026, from, to, rule
    ("about quarter past seven in the evening", "18:45", "19:45", "clock_about"),
    ("about quarter to ten in the evening", "21:15", "22:15", "clock_about"),
    ("8pm", "19:45", "20:15", "clock_exact"),
    ("8 p.m.", "19:45", "20:15", "clock_exact"),
    ("19:15", "19:00", "19:30", "clock_exact"),
    ("19.15", "19:00", "19:30", "clock_exact"),
    ("1915 hrs", "19:00", "19:30", "clock_exact"),
    ("07:15", "07:00", "07:30", "clock_exact"),
    ("7:15 pm", "19:00", "19:30", "clock_exact"),
    ("half seven in the morning", "07:15", "07:45", "clock_exact"),
    ("twenty-five past six in the morning", "06:10", "06:40", "clock_exact"),
    ("20 to 5", "16:25", "16:55", "clock_exact"),
    ("5ish", "16:30", "17:30", "clock_about"),
    ("around 6 o'clock", "17:30", "18:30", "clock_about"),
    ("8", "07:45", "20:15", "clock_exact"),
    ("about 9 at night", "20:30", "21:30", "clock_about"),
    ("2 at night", "01:45", "02:15", "clock_exact"),
    ("noon", "11:45", "12:15", "clock_exact"),
    ("after 9pm", "21:00", "23:00", "clock_after"),
    ("10 after 9 in the morning", "08:55", "09:25", "clock_exact"),
    ("just after 9 in the morning", "08:30", "09:30", "clock_about"),
    ("before 7 in the morning", "05:00", "07:00", "clock_before"),
    ("between 9 and 10 at night", "21:00", "22:00", "clock_between"),
    ("9-10pm", "21:00", "22:00", "clock_between"),
    ("from 7 to 8 in the morning", "07:00", "08:00", "clock_between"),
    ("in the night", "00:00", "06:00", "in_the_night"),
    ("woke up to it", "00:00", "08:00", "woke_up"),
    ("early morning", "05:00", "08:00", "early_morning"),
    ("Thursday morning", "06:00", "12:00", "morning"),
    ("late morning", "10:00", "12:30", "late_morning"),
    ("lunchtime", "12:00", "14:00", "lunch"),
    ("tea time, when I finished work", "16:00", "18:00", "tea_time"),
    ("on the way home", "16:45", "18:30", "way_back"),
    ("on the way", "07:00", "19:00", "on_the_way"),
    ("after work", "17:00", "19:30", "after_work"),
    ("evening some time", "17:00", "23:30", "evening"),
]


@pytest.mark.parametrize(("words", "first", "last", "rule"), HOURS)
def test_time_of_day(words: str, first: str, last: str, rule: str) -> None:
    found = reading("10/09/2026", words)
    assert local(found) == (f"2026-09-10 {first}", f"2026-09-10 {last}")
    assert found.rules == ("numeric_date", rule)


NEXT_DAY = [
    ("midnight", "2026-09-10 23:45", "2026-09-11 00:15"),
    ("half twelve at night", "2026-09-11 00:15", "2026-09-11 00:45"),
    ("between 11 and 1 at night", "2026-09-10 23:00", "2026-09-11 01:00"),
    ("late at night", "2026-09-10 21:00", "2026-09-11 02:00"),
]


@pytest.mark.parametrize(("words", "first", "last"), NEXT_DAY)
def test_time_of_day_that_ends_on_the_day_after(words: str, first: str, last: str) -> None:
    assert local(reading("2026-09-10", words)) == (first, last)


DAYS = [  # words for the day (written on Wednesday 23 September 2026), first day, day after, rule
    ("2026-09-10", "2026-09-10", "2026-09-11", "iso_date"),
    ("10/09/2026", "2026-09-10", "2026-09-11", "numeric_date"),
    ("10.9.26", "2026-09-10", "2026-09-11", "numeric_date"),
    ("10th of September", "2026-09-10", "2026-09-11", "day_month"),
    ("Sept 10th 2025", "2025-09-10", "2025-09-11", "month_day"),
    ("24 December", "2025-12-24", "2025-12-25", "day_month"),
    ("early September", "2026-09-01", "2026-09-11", "part_of_month"),
    ("mid August", "2026-08-11", "2026-08-21", "part_of_month"),
    ("late Feb 2024", "2024-02-21", "2024-03-01", "part_of_month"),
    ("some time in August", "2026-08-01", "2026-09-01", "month"),
    ("over the weekend of 12 September", "2026-09-12", "2026-09-14", "weekend_of"),
    ("over the weekend", "2026-09-19", "2026-09-21", "weekend"),
    ("all of the last two weeks", "2026-09-09", "2026-09-24", "last_stretch"),
    ("last week", "2026-09-14", "2026-09-21", "last_week"),
    ("yesterday", "2026-09-22", "2026-09-23", "yesterday"),
    ("last Friday", "2026-09-18", "2026-09-19", "weekday"),
    ("Wednesday", "2026-09-23", "2026-09-24", "weekday"),
    ("last Wednesday", "2026-09-16", "2026-09-17", "weekday"),
    ("3 weeks ago", "2026-08-30", "2026-09-06", "ago"),
    ("28 August to 3 September", "2026-08-28", "2026-09-04", "range_of_days"),
    ("Boxing Day", "2025-12-26", "2025-12-27", "fixed_feast"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "first", "after", "rule"), DAYS)
def test_days(words: str, first: str, after: str, rule: str) -> None:
    found = reading(words)
    assert local(found) == (f"{first} 00:00", f"{after} 00:00")
    assert found.rules == (rule, "whole_day")


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("around Easter", "tea time"),
        ("", ""),
        ("31/02/2026", ""),
        ("no idea", "8pm"),
        ("14/14/2026", ""),
    ],
)
def test_no_day_that_can_be_read(day: str, time: str) -> None:
    found = reading(day, time)
    assert (found.from_at, found.to_at, found.rules) == (None, None, ("no_date",))
    assert found.notes == ("no day can be read from the words",)


@pytest.mark.parametrize("words", ["yesterday", "last Friday", "early September", "10 September"])
def test_without_a_day_of_writing_relative_days_are_unknown(words: str) -> None:
    assert reading(words, written=None).from_at is None


def test_day_and_month_that_nothing_decides_are_flagged() -> None:
    found = reading("05/09/2026", day_first=None)
    assert local(found)[0] == "2026-09-05 00:00"
    assert any("other way round" in note for note in found.notes)
    assert local(reading("05/09/2026", day_first=False))[0] == "2026-05-09 00:00"
    assert reading("05/09/2026", day_first=True).notes == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("15/09/2026", True), ("09/15/2026", False), ("05/09/2026", None), ("8pm", None)],
)
def test_what_one_date_shows_about_the_order(text: str, shown: bool | None) -> None:
    assert day_first_evidence(text) is shown


def test_hour_that_happened_twice_is_inside_as_a_whole() -> None:
    found = reading("2026-10-25", "half one in the morning, the night the clocks went back")
    assert found.from_at is not None and found.to_at is not None
    assert (iso_utc(found.from_at), iso_utc(found.to_at)) == (
        "2026-10-25T00:00:00Z",
        "2026-10-25T02:00:00Z",
    )
    assert found.is_clock_change_hour


def test_hour_that_did_not_happen_is_flagged() -> None:
    assert reading("2026-03-29", "half one in the morning").is_clock_change_hour


def test_morning_or_evening_not_said_is_noted() -> None:
    assert any(
        "morning or evening not said" in note for note in reading("2026-09-10", "20 to 5").notes
    )


def test_weekday_that_contradicts_the_date_is_noted() -> None:
    assert any("day of the week" in note for note in reading("2026-09-10", "Tuesday morning").notes)


def test_day_and_time_may_stand_in_one_column() -> None:
    assert local(reading("12 September 2026 about 8pm")) == ("2026-09-12 19:30", "2026-09-12 20:30")
    assert local(reading("", "Tuesday morning")) == ("2026-09-22 06:00", "2026-09-22 12:00")
    assert local(reading("last night", "11 o'clock")) == ("2026-09-22 22:45", "2026-09-22 23:15")


def test_several_days_are_not_narrowed_by_hours() -> None:
    found = reading("early September", "evening some time")
    assert local(found) == ("2026-09-01 00:00", "2026-09-11 00:00")
    assert any("does not narrow" in note for note in found.notes)


def test_words_that_cannot_be_read_leave_the_whole_day() -> None:
    found = reading("2026-09-10", "when the dog barked")
    assert local(found) == ("2026-09-10 00:00", "2026-09-11 00:00")
    assert found.rules == ("iso_date", "words_not_read")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("rang three times", (3, False)),
        ("about ten times", (10, True)),
        ("Private number, twice.", (2, False)),
        ("Two calls from him", (2, False)),
        ("he rang", None),
    ],
)
def test_counts(words: str, count: tuple[int, bool] | None) -> None:
    assert count_in(words) == count


def test_plain_words() -> None:
    assert plain("Twenty-five past Seven o’clock") == "25 past 7 oclock"


WORDS = (
    "half quarter past to 5 12 31 25:61 am pm between and last weekend of september 2026 ish"
    " 99/99/2026 0/0/00 midnight about 29 feb in the night weeks ago 3650 - – ' \u2028 \x00 ١٢"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)),
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)),
    st.one_of(st.none(), st.dates(date(1971, 1, 1), date(2058, 12, 31))),
    st.sampled_from([None, True, False]),
)
def test_any_words_give_an_interval_or_none(
    day: str, time: str, written: date | None, day_first: bool | None
) -> None:
    found = read_time(day, time, LONDON, Setting(written, day_first))
    assert (found.from_at is None) == (found.to_at is None)
    if found.from_at is not None and found.to_at is not None:
        assert found.from_at < found.to_at
    assert found.rules


IN_MARCH = date(2026, 3, 11)  # a Wednesday
MORE_WORDS = [  # words for the day, for the time, first and last minute on the clock
    ("2026-03-10", "1730", "03-10 17:15", "03-10 17:45"),
    ("2026-03-10", "around 2200", "03-10 21:30", "03-10 22:30"),
    ("2026-03-10", "0900-1030", "03-10 09:00", "03-10 10:30"),
    ("2026-03-10", "09:00 to 10:30", "03-10 09:00", "03-10 10:30"),
    ("2026-03-10", "7pm to 9", "03-10 19:00", "03-10 21:00"),
    ("2026-03-10", "7pm till late", "03-10 18:45", "03-11 02:00"),
    ("2026-03-10", "until 9pm", "03-10 19:00", "03-10 21:00"),
    ("2026-03-10", "5 to 6 pm", "03-10 17:00", "03-10 18:15"),
    ("2026-03-10", "20 to 5", "03-10 16:25", "03-10 16:55"),
    ("2026-03-10", "twice, 7pm and 9pm", "03-10 18:45", "03-10 21:15"),
    ("2026-03-10", "7:15am and again at lunchtime", "03-10 07:00", "03-10 14:00"),
    ("2026-03-10", "just after midnight", "03-09 23:30", "03-11 00:30"),
    ("2026-03-10", "woken at ten past four", "03-10 03:55", "03-10 04:25"),
    ("2026-03-10", "coming up to 8 at night", "03-10 19:30", "03-10 20:30"),
    ("2026-03-10", "teatime-ish", "03-10 15:30", "03-10 18:30"),
    ("2026-03-10", "dinner time", "03-10 12:00", "03-10 20:30"),
    ("2026-03-10", "PM", "03-10 12:00", "03-11 00:00"),
    ("2026-03-10", "I am not sure", "03-10 00:00", "03-11 00:00"),
    ("2026-03-10", "when I was putting the bins out", "03-10 00:00", "03-11 00:00"),
    ("last night about 11", "", "03-10 22:30", "03-10 23:30"),
    ("last night at 2", "", "03-11 01:45", "03-11 02:15"),
    ("9 March", "the next day at 3pm", "03-10 14:45", "03-10 15:15"),
    ("10-Mar-2026", "", "03-10 00:00", "03-11 00:00"),
    ("10 March 6.45pm", "", "03-10 18:30", "03-10 19:00"),
    ("10/03", "", "03-10 00:00", "03-11 00:00"),
    ("the 10th", "", "03-10 00:00", "03-11 00:00"),
    ("2026/03/10", "", "03-10 00:00", "03-11 00:00"),
    ("20260310", "", "03-10 00:00", "03-11 00:00"),
    ("weekend of 7/8 March", "", "03-07 00:00", "03-09 00:00"),
    ("8 or 9 March", "", "03-08 00:00", "03-10 00:00"),
    ("08/03/2026 - 10/03/2026", "", "03-08 00:00", "03-11 00:00"),
    ("Sunday to Tuesday", "", "03-08 00:00", "03-11 00:00"),
    ("w/c 02/03/2026", "", "03-02 00:00", "03-09 00:00"),
    ("week commencing 2 March", "", "03-02 00:00", "03-09 00:00"),
    ("around 8 March", "", "03-06 00:00", "03-11 00:00"),
    ("since 1 March", "", "03-01 00:00", "03-12 00:00"),
    ("Wednesday last week", "", "03-04 00:00", "03-05 00:00"),
    ("3 or 4 days ago", "", "03-07 00:00", "03-09 00:00"),
    ("day after Valentine's Day", "", "02-15 00:00", "02-16 00:00"),
    ("during February 2026", "", "02-01 00:00", "03-01 00:00"),
]


@pytest.mark.parametrize(("day", "time", "first", "last"), MORE_WORDS)
def test_words_of_tired_people(day: str, time: str, first: str, last: str) -> None:
    found = read_time(day, time, "Europe/London", Setting(IN_MARCH, day_first=True))
    assert local(found) == (f"2026-{first}", f"2026-{last}")


MOVING = [  # written on, words, first day, day after
    (date(2026, 5, 10), "bank holiday Monday", "2026-05-04", "2026-05-05"),
    (date(2026, 6, 1), "Spring bank holiday", "2026-05-25", "2026-05-26"),
    (date(2026, 9, 3), "August bank holiday weekend", "2026-08-29", "2026-09-01"),
    (date(2026, 4, 10), "Good Friday", "2026-04-03", "2026-04-04"),
    (date(2026, 4, 10), "the day after Easter Monday", "2026-04-07", "2026-04-08"),
    (date(2025, 5, 1), "Easter weekend", "2025-04-18", "2025-04-22"),
    (date(2026, 4, 10), "Mothers Day", "2026-03-15", "2026-03-16"),
    (date(2026, 1, 2), "Easter Sunday", "2025-04-20", "2025-04-21"),
]


@pytest.mark.parametrize(("written", "words", "first", "after"), MOVING)
def test_days_that_move_from_year_to_year(
    written: date, words: str, first: str, after: str
) -> None:
    found = read_time(words, "", "Europe/London", Setting(written))
    assert local(found) == (f"{first} 00:00", f"{after} 00:00")


@reality
def test_bank_holidays_are_those_published() -> None:
    published = json.loads(shared("uk-bank-holidays", "bank-holidays.json").read_bytes())
    days = {e["date"] for e in published["england-and-wales"]["events"]}
    for year in range(2012, 2029):
        for monday in mondays_off(year):
            moved = {"2020-05-04", "2012-05-28", "2022-05-30"}  # for anniversaries, by statute
            assert monday.isoformat() in days | moved, monday


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("4 missed calls, private number", (4, False)),
        ("two or three times he tried", (2, True)),
        ("over 20 texts", (20, True)),
        ("rang me 5x", (5, False)),
        ("half a dozen calls", (6, True)),
        ("I have never once picked up", None),
    ],
)
def test_counts_in_the_words_of_tired_people(words: str, count: tuple[int, bool] | None) -> None:
    assert count_in(words) == count
