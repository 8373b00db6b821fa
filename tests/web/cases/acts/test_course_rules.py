"""The words “course of conduct”, the questions, and the summary time limit."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.cases.models.answers import Jurisdiction
from fourfold.web.cases.rules.act_gaps import needed_for
from fourfold.web.cases.rules.course import (
    Known,
    answer_of,
    is_course,
    limit_of,
    questions,
)
from fourfold.web.cases.rules.law import ENGLAND_AND_WALES, NORTHERN_IRELAND, law_of

DATES = st.dates(date(1997, 6, 16), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("last_on", "limit_on"),
    [
        (date(2026, 5, 3), date(2026, 11, 3)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 2, 28), date(2026, 8, 28)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_six_months_end_on_the_corresponding_day(last_on: date, limit_on: date) -> None:
    assert limit_of(last_on).limit_on == limit_on


@given(DATES)
def test_the_limit_is_six_months_on_and_never_past_its_month(last_on: date) -> None:
    limit = limit_of(last_on).limit_on
    months = (limit.year - last_on.year) * 12 + limit.month - last_on.month
    last_day = monthrange(limit.year, limit.month)[1]
    assert months == 6 and limit.day == min(last_on.day, last_day)


@given(DATES, DATES)
def test_a_later_act_never_has_an_earlier_limit(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert limit_of(first).limit_on <= limit_of(second).limit_on


@given(DATES)
def test_the_marks_lie_between_act_and_limit(last_on: date) -> None:
    limit = limit_of(last_on)
    marks = [on for _, on in limit.marks]
    assert last_on < marks[0] < marks[1] < limit.limit_on


@pytest.mark.parametrize(("after", "passed"), [(119, []), (120, [120]), (150, [120, 150])])
def test_marks_pass_on_their_day(after: int, passed: list[int]) -> None:
    last_on = date(2026, 5, 3)
    assert limit_of(last_on).marks_passed(last_on + timedelta(days=after)) == passed


def test_days_left_are_negative_after_the_limit() -> None:
    assert limit_of(date(2026, 5, 3)).days_left(date(2026, 11, 4)) == -1


@pytest.mark.parametrize(("number", "expected"), [(0, False), (1, False), (2, True)])
def test_two_confirmed_occasions_are_needed_for_the_words(number: int, expected: bool) -> None:
    assert is_course(number) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["no", "yes", "not_asked"], "yes"),
        (["no", "not_asked"], "not_asked"),
        (["no", "no"], "no"),
        (["no", "not_known"], "not_known"),
        ([], "not_asked"),
    ],
)
def test_what_was_not_asked_is_never_taken_for_a_no(answers: list[str], expected: str) -> None:
    assert answer_of(answers) == expected


def known(**more: object) -> Known:
    facts: dict[str, object] = {
        "fear_of_violence": "yes",
        "has_impact": True,
        "has_date": True,
        "has_source": True,
        "is_told_before": True,
    }
    return Known(**{**facts, **more})  # type: ignore[arg-type]


def test_without_a_gap_there_is_no_question() -> None:
    assert questions([known(), known()], proposed=0, not_counted=0, law=ENGLAND_AND_WALES) == []


@pytest.mark.parametrize(
    ("gap", "decision"),
    [
        ({"fear_of_violence": "not_asked"}, "4A(1)(b)(i)"),
        ({"fear_of_violence": "no"}, "4A(1)(b)(i)"),
        ({"has_impact": False}, "4A(1)(b)(ii)"),
        ({"is_told_before": False}, "knowledge test"),
        ({"has_date": False}, "dates of a charge"),
        ({"has_source": False}, "disclosure"),
    ],
)
def test_each_gap_is_a_question_with_the_decision_that_needs_it(
    gap: dict[str, object], decision: str
) -> None:
    (question,) = questions(
        [known(), known(**gap)], proposed=0, not_counted=0, law=ENGLAND_AND_WALES
    )
    assert "?" in question.text and decision in question.needed_for


def test_the_limit_is_one_of_england_and_wales() -> None:
    found = [law_of(each).has_time_limit for each in Jurisdiction.values]
    assert dict(zip(Jurisdiction.values, found, strict=True)) == {
        "england-and-wales": True,
        "northern-ireland": False,
        "scotland": False,
    }


def test_northern_ireland_is_not_asked_for_two_fears() -> None:
    occasions = [known(fear_of_violence="no"), known(fear_of_violence="no")]
    assert questions(occasions, proposed=0, not_counted=0, law=NORTHERN_IRELAND) == []


@pytest.mark.parametrize("jurisdiction", ["northern-ireland", "scotland"])
def test_no_gap_elsewhere_cites_the_act_of_1997(jurisdiction: str) -> None:
    assert not [each for each in needed_for(law_of(jurisdiction)).values() if "4A" in each]
