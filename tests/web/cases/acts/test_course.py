"""What is said of the course of conduct, from what is recorded."""

from collections.abc import Callable
from datetime import date

import pytest

from fourfold.web.cases.actions.occasions import group_by_hand
from fourfold.web.cases.models import Act, Case, KnowledgeEvent
from fourfold.web.cases.selectors.course import course_of
from fourfold.web.cases.selectors.knowledge import told_with_acts
from fourfold.web.users.models import User

TODAY = date(2026, 9, 10)
Confirm = Callable[..., object]


@pytest.fixture
def confirm(case: Case, investigator: User) -> Confirm:
    """Confirm each act as an occasion of its own."""

    def confirm_each(*acts: Act) -> None:
        for act in acts:
            group_by_hand(actor=investigator, case=case, acts=[act])

    return confirm_each


def test_acts_of_somebody_not_known_make_no_count(
    case: Case, make_act: Callable[..., Act], confirm: Confirm
) -> None:
    confirm(make_act("05-03 21:10"), make_act("05-09 21:10", actor_kind="unknown"))
    course = course_of(case, today=TODAY)
    assert (len(course.counted), len(course.not_counted), course.is_course) == (1, 1, False)


def test_fear_effect_and_knowledge_are_counted_by_occasion(
    case: Case, make_act: Callable[..., Act], confirm: Confirm, told: KnowledgeEvent
) -> None:
    confirm(
        make_act("05-03 21:10", fear_of_violence="yes"),
        make_act("05-09 21:10", fear_of_violence="yes", effect_words="I moved my desk."),
        make_act("05-20 21:10", fear_of_violence="not_asked"),
    )
    course = course_of(case, today=TODAY)
    assert (len(course.counted), len(course.fears), len(course.impacts)) == (3, 2, 1)
    assert len(course.after_told) == 2


def test_first_and_last_are_as_exact_as_they_are_known(
    case: Case, make_act: Callable[..., Act], confirm: Confirm
) -> None:
    confirm(make_act("05-01 00:00", precision="month"), make_act("06-09 21:10"))
    assert course_of(case, today=TODAY).first_and_last == ("May 2026", "9 June 2026")


def test_the_limit_names_the_act_and_who_confirmed_it(
    case: Case, make_act: Callable[..., Act], confirm: Confirm, investigator: User
) -> None:
    confirm(make_act("05-03 21:10"))
    make_act("06-01 09:00")
    course = course_of(case, today=TODAY)
    assert course.last and course.later
    assert (course.last.limit.limit_on, course.last.confirmed_by) == (
        date(2026, 11, 3),
        investigator.name,
    )
    assert (course.later.limit.limit_on, course.later.confirmed_by) == (date(2026, 12, 1), "")


def test_northern_ireland_has_no_such_limit(
    make_case: Callable[..., Case], make_act: Callable[..., Act], case: Case
) -> None:
    case.jurisdiction = "northern-ireland"
    assert course_of(case, today=TODAY).last is None


def test_an_act_counts_as_after_only_where_times_leave_no_doubt(
    case: Case, make_act: Callable[..., Act], told: KnowledgeEvent
) -> None:
    make_act("05-04 12:00")
    make_act("05-04 11:59")
    make_act("05-03 23:00", precision="day")
    (only,) = told_with_acts(case)
    assert only.acts_after == 1
