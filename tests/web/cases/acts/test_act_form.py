"""The form of an act: nothing is required, local time becomes UTC, odd hours are asked for."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from fourfold.web.cases.forms.acts import ActForm, initial_of_act
from fourfold.web.cases.models import Act, Case, Person
from fourfold.web.cases.selectors.acts import form_choices

Filled = Callable[..., ActForm]


@pytest.fixture
def filled(case: Case, suspect: Person) -> Filled:
    """Fill the form: `filled("25 10 2025", clock="01:30")`."""

    def fill(day: str = "", **data: object) -> ActForm:
        texts = dict(zip(("on-day", "on-month", "on-year"), day.split(), strict=False))
        return ActForm(
            {**texts, **data}, case=case, choices=form_choices(case), on=date(2026, 11, 21)
        )

    return fill


def errors_of(form: ActForm) -> list[str]:
    form.is_valid()
    return list(form.errors)


def test_an_empty_form_is_saved(filled: Filled) -> None:
    form = filled()
    assert form.is_valid() and form.facts().precision == "unknown" and form.source() is None


def test_local_time_becomes_utc(filled: Filled) -> None:
    form = filled("3 5 2026", clock="9.10pm")
    assert form.is_valid()
    assert form.facts().occurred_from_at == datetime(2026, 5, 3, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "data", "precision"),
    [
        ("3 5 2026", {"clock": "21:10"}, "exact"),
        ("3 5 2026", {"clock": "21:10", "precision": "hour"}, "hour"),
        ("3 5 2026", {"clock": "21:10", "precision": "day"}, "day"),
        ("3 5 2026", {"precision": "exact"}, "day"),
        ("3 5 2026", {}, "day"),
    ],
)
def test_what_is_given_decides_how_exact_it_is(
    filled: Filled, day: str, data: dict[str, str], precision: str
) -> None:
    form = filled(day, **data)
    assert form.is_valid() and form.facts().precision == precision


def test_the_day_may_stay_empty_where_only_the_month_is_known(filled: Filled) -> None:
    form = filled(**{"on-month": "May", "on-year": "2026"})
    assert form.is_valid() and form.facts().precision == "month"


def test_the_october_hour_is_asked_for_and_the_question_appears(filled: Filled) -> None:
    form = filled("26 10 2025", clock="01:30")
    assert errors_of(form) == ["which_hour"] and form.asks_which_hour


def test_not_knowing_which_hour_is_an_answer(filled: Filled) -> None:
    form = filled("26 10 2025", clock="01:30", which_hour="either")
    assert form.is_valid() and form.facts().precision == "hour"


def test_the_march_hour_is_explained(filled: Filled) -> None:
    form = filled("29 3 2026", clock="01:30")
    assert errors_of(form) == ["clock"] and "went forward" in form.errors["clock"][0]


@pytest.mark.parametrize(
    ("day", "data", "field"),
    [
        ("", {"clock": "21:10"}, "on"),
        ("31 2 2026", {}, "on"),
        ("3 5 26", {}, "on"),
        ("3 5 2126", {}, "on"),
        ("3 5 2026", {"clock": "half nine"}, "clock"),
        ("3 5 2026", {"precision": "unknown"}, "precision"),
        ("3 5 2026", {"until_clock": "22:00"}, "until_clock"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    filled: Filled, day: str, data: dict[str, str], field: str
) -> None:
    assert errors_of(filled(day, **data)) == [field]


def test_an_end_before_the_start_is_past_midnight(filled: Filled) -> None:
    form = filled("3 5 2026", clock="23:30", until_clock="00:45")
    assert form.is_valid()
    assert form.facts().occurred_to_at == datetime(2026, 5, 3, 23, 45, tzinfo=UTC)


def test_what_is_missing_names_the_decision_that_needs_it(filled: Filled) -> None:
    needed = filled("3 5 2026", victim_words="He rang.", actor_kind="proxy").needed()
    assert "victim_words" not in needed and "on" not in needed
    assert "s" in needed["proxy_basis"] and "4A(1)(b)(i)" in needed["fear_of_violence"]


def test_a_person_of_another_case_is_no_choice(
    filled: Filled, make_case: Callable[..., Case]
) -> None:
    stranger = Person.objects.create(case=make_case(), key="S", role=Person.Role.SUSPECT)
    assert errors_of(filled(actor_person=stranger.ref)) == ["actor_person"]


@pytest.mark.parametrize(
    "facts",
    [
        {"precision": "exact"},
        {"precision": "hour", "occurred_to_at": datetime(2025, 10, 26, 2, tzinfo=UTC)},
        {"precision": "exact", "occurred_to_at": datetime(2025, 10, 26, 3, tzinfo=UTC)},
        {"precision": "unknown", "occurred_from_at": None},
    ],
)
def test_saving_a_form_as_it_came_changes_nothing(
    make_act: Callable[..., Act], case: Case, facts: dict[str, object]
) -> None:
    start = {"occurred_from_at": datetime(2025, 10, 26, 1, tzinfo=UTC)}
    act = make_act(**{**start, **facts})
    shown = initial_of_act(act, 1)
    sent = {
        f"{name}-{box}" if box else name: text
        for name, value in shown.items()
        for box, text in (value.items() if isinstance(value, dict) else [("", value)])
        if text is not None
    }
    form = ActForm(sent, case=case, choices=form_choices(case), on=date(2026, 11, 21))
    assert form.is_valid(), form.errors
    kept = form.facts()
    assert (kept.occurred_from_at, kept.occurred_to_at, kept.precision) == (
        act.occurred_from_at,
        act.occurred_to_at,
        act.precision,
    )


def test_northern_ireland_has_its_own_longer_list(case: Case) -> None:
    case.jurisdiction = "northern-ireland"
    form = ActForm(None, case=case, choices=form_choices(case), on=date(2026, 11, 21))
    codes = [code for code, _ in form.fields["codes"].choices]  # type: ignore[attr-defined]
    assert codes == [f"ni-{letter}" for letter in "abcdefghij"]


def test_the_northern_irish_list_does_not_reach_back(case: Case) -> None:
    case.jurisdiction = "northern-ireland"
    form = ActForm(None, case=case, choices=form_choices(case), on=date(2022, 4, 26))
    assert form.code_list is None
