"""When evidence must be asked for."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions import expiry as actions
from fourfold.web.exhibits.models import Exhibit
from fourfold.web.exhibits.rules import expiry
from fourfold.web.exhibits.selectors import expiry as selectors
from fourfold.web.users.access import Refused
from fourfold.web.users.models import User

TODAY = date(2026, 11, 21)


def test_the_defaults_are_those_of_the_reference() -> None:
    found = {
        each.source: (each.ask_within_days, each.typical_life_days)
        for each in expiry.reference().defaults
    }
    assert found == {
        "CCTV": (7, 28),
        "Travel card journeys": (14, 56),
        "Call and cell data": (30, 365),
    }


@pytest.mark.parametrize(
    ("state", "ask_in_days", "urgency", "words"),
    [
        ("to_ask", -1, "overdue", "Overdue by 1 day"),
        ("to_ask", 0, "soon", "Ask today"),
        ("to_ask", 1, "soon", "Ask within 1 day"),
        ("to_ask", 3, "soon", "Ask within 3 days"),
        ("to_ask", 4, "later", "Ask within 4 days"),
        ("asked", -30, "chase", "Asked; may be gone by now"),
        ("asked", -18, "chase", "Asked; chase, may be gone in 3 days"),
        ("asked", 0, "asked", "Asked"),
        ("received", -9, "done", "Received"),
        ("waived", -9, "done", "Not needed"),
    ],
)
def test_how_a_clock_stands_in_words(
    state: str, ask_in_days: int, urgency: str, words: str
) -> None:
    ask_by = TODAY + timedelta(days=ask_in_days)
    stands = expiry.standing(
        state=state,
        ask_by_on=ask_by,
        counted_from_on=ask_by - timedelta(days=7),
        life_days=28,
        today=TODAY,
    )
    assert (stands.urgency, stands.words) == (urgency, words)


def test_opening_the_usual_clocks_twice_opens_them_once(case: Case, investigator: User) -> None:
    for _ in range(2):
        actions.open_default_clocks(actor=investigator, case=case, from_on=TODAY)
    assert case.expiry_clocks.count() == 3
    entry = LedgerEntry.objects.filter(act="expiry.add").earliest("seq")
    assert len(entry.detail["clocks"]) == 3


def test_what_is_overdue_stands_first_then_soon_then_asked(case: Case, investigator: User) -> None:
    for name, ask_by in {"later": 9, "overdue": -2, "asked": -9, "soon": 1}.items():
        clock = actions.add_clock(
            actor=investigator, case=case, source=name, typical_life_days=90,
            counted_from_on=TODAY, ask_by_on=TODAY + timedelta(days=ask_by),
        )  # fmt: skip
        if name == "asked":
            actions.ask(actor=investigator, clock=clock, asked_of="Shop", asked_at=case.opened_at)
    order = ["overdue", "soon", "later", "asked"]
    reach = selectors.Reach.of(investigator)
    assert [clock.source for clock in reach.pressing()] == order
    assert [clock.record.source for clock in selectors.of_case(case, TODAY)] == order
    assert reach.counts(TODAY) == {"overdue": 1, "soon": 1, "asked": 1}


def test_clocks_of_cases_that_are_closed_to_somebody_do_not_reach_them(
    case: Case, investigator: User, make_user: Callable[..., User]
) -> None:
    actions.open_default_clocks(actor=investigator, case=case, from_on=TODAY)
    reach = selectors.Reach.of(make_user("investigator"))
    assert not reach.pressing().exists()
    assert reach.unstarted() == []


def test_a_waived_clock_can_be_asked_for_after_all(case: Case, investigator: User) -> None:
    clock, *_ = actions.open_default_clocks(actor=investigator, case=case, from_on=TODAY)
    actions.waive(actor=investigator, clock=clock, reason="No camera")
    actions.ask(actor=investigator, clock=clock, asked_of="Shop", asked_at=case.opened_at)
    assert (clock.state, clock.reason) == ("asked", "")
    assert clock.history.count() == 3


def test_an_exhibit_of_another_case_is_not_what_came(
    case: Case, investigator: User, make_case: Callable[..., Case], take_in: Callable[..., Exhibit]
) -> None:
    other = make_case(assigned=(investigator,), operation_name="Op Sedge")
    clock, *_ = actions.open_default_clocks(actor=investigator, case=other, from_on=TODAY)
    with pytest.raises(actions.OtherCaseError):
        actions.receive(actor=investigator, clock=clock, exhibit=take_in())


def test_an_advocate_sees_clocks_and_does_not_start_them(
    case: Case, make_user: Callable[..., User], make_case: Callable[..., Case]
) -> None:
    advocate = make_user("advocate")
    own = make_case(assigned=(advocate,), operation_name="Op Sedge")
    with pytest.raises(Refused):
        actions.open_default_clocks(actor=advocate, case=own, from_on=TODAY)
