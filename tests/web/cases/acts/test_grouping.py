"""Occasions: proposed anew without touching what people did; split, merged, dissolved."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions import occasions as actions
from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.users.access import Refused
from fourfold.web.users.models import Role, User

MakeAct = Callable[..., Act]


def groups(case: Case, *states: str) -> list[set[str]]:
    """Return the acts of each occasion, by their words."""
    held = case.occasions.filter(state__in=states or ("proposed", "confirmed")).order_by("pk")
    return [set(each.acts.values_list("summary", flat=True)) for each in held]


@pytest.fixture
def evening(make_act: MakeAct) -> list[Act]:
    """Two acts of one evening and one of the next day."""
    times = {"a": "05-03 19:00", "b": "05-03 20:00", "c": "05-04 09:00"}
    return [make_act(when, summary=name) for name, when in times.items()]


def test_the_rule_proposes_and_names_itself(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    rules = set(case.occasions.values_list("rule", "state"))
    assert (groups(case), rules) == ([{"a", "b"}, {"c"}], {("same-day-4-hours", "proposed")})


def test_proposing_again_keeps_what_is_the_same(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    before = set(case.occasions.values_list("ref", flat=True))
    actions.propose_occasions(actor=investigator, case=case)
    assert set(case.occasions.values_list("ref", flat=True)) == before


def test_a_new_act_makes_its_proposal_anew(
    case: Case, investigator: User, evening: list[Act], make_act: MakeAct
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    make_act("05-03 21:00", summary="d")
    actions.propose_occasions(actor=investigator, case=case)
    assert (groups(case), groups(case, "dissolved")) == ([{"c"}, {"a", "b", "d"}], [set()])


def test_an_unattributed_proxy_act_is_left_out(
    case: Case, investigator: User, make_act: MakeAct
) -> None:
    make_act("05-03 19:00", summary="left out", actor_kind="proxy")
    make_act("05-03 19:30", summary="counted", actor_kind="proxy", proxy_basis="He asked him to.")
    actions.propose_occasions(actor=investigator, case=case)
    assert groups(case) == [{"counted"}]


def test_confirmation_carries_a_name_and_a_moment_and_one_entry(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    chosen = list(case.occasions.all())
    actions.confirm_occasions(actor=investigator, case=case, occasions=chosen)
    entry = LedgerEntry.objects.get(act="occasion.confirm")
    confirmed = set(case.occasions.values_list("state", "confirmed_by"))
    assert (confirmed, entry.detail["count"]) == ({("confirmed", investigator.pk)}, 2)


def test_what_is_confirmed_already_is_not_confirmed_again(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    occasion = actions.group_by_hand(actor=investigator, case=case, acts=evening)
    with pytest.raises(actions.OccasionError):
        actions.confirm_occasions(actor=investigator, case=case, occasions=[occasion])


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    confirmed=st.sets(st.integers(0, 3), max_size=3),
    later=st.lists(st.integers(0, 47), max_size=4),
)
def test_proposing_anew_never_changes_a_confirmed_occasion(
    case: Case,
    investigator: User,
    make_act: MakeAct,
    confirmed: set[int],
    later: list[int],
) -> None:
    for hour in (1, 8, 15, 23):
        make_act(f"05-03 {hour:02}:00")
    actions.propose_occasions(actor=investigator, case=case)
    proposed = list(case.occasions.filter(state="proposed").order_by("pk"))
    chosen = [each for place, each in enumerate(proposed) if place in confirmed]
    if chosen:
        actions.confirm_occasions(actor=investigator, case=case, occasions=chosen)
    before = _confirmed(case)
    for hours in later:
        make_act(f"05-{3 + hours // 24:02} {hours % 24:02}:30")
    actions.propose_occasions(actor=investigator, case=case)
    assert _confirmed(case) == before


def _confirmed(case: Case) -> dict[str, set[int]]:
    held = case.occasions.filter(state=Occasion.State.CONFIRMED)
    return {each.ref: set(each.acts.values_list("pk", flat=True)) for each in held}


def test_a_split_moves_the_chosen_acts(case: Case, investigator: User, evening: list[Act]) -> None:
    occasion = actions.group_by_hand(actor=investigator, case=case, acts=evening)
    actions.split_occasion(actor=investigator, occasion=occasion, acts=evening[:1])
    assert groups(case, "confirmed") == [{"b", "c"}, {"a"}]


def test_a_split_leaves_something_on_both_sides(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    occasion = actions.group_by_hand(actor=investigator, case=case, acts=evening)
    for acts in ([], evening):
        with pytest.raises(actions.OccasionError):
            actions.split_occasion(actor=investigator, occasion=occasion, acts=acts)


def test_a_split_proposal_is_by_hand_and_is_not_proposed_away(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    occasion = evening[0].__class__.objects.get(pk=evening[0].pk).occasion
    assert occasion is not None
    actions.split_occasion(actor=investigator, occasion=occasion, acts=evening[:1])
    actions.propose_occasions(actor=investigator, case=case)
    assert sorted(groups(case), key=sorted) == [{"a"}, {"b"}, {"c"}]


def test_merged_occasions_are_one_confirmed_occasion(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.propose_occasions(actor=investigator, case=case)
    chosen = list(case.occasions.all())
    actions.merge_occasions(actor=investigator, case=case, occasions=chosen)
    assert (groups(case, "confirmed"), groups(case, "dissolved")) == ([{"a", "b", "c"}], [set()])


def test_a_dissolved_occasion_keeps_the_reason_and_frees_its_acts(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    occasion = actions.group_by_hand(actor=investigator, case=case, acts=evening)
    actions.dissolve_occasion(actor=investigator, occasion=occasion, reason="Three days, not one")
    occasion.refresh_from_db()
    assert (occasion.words, case.acts.filter(occasion=None).count()) == ("Three days, not one", 3)


def test_acts_of_a_confirmed_occasion_are_not_grouped_twice(
    case: Case, investigator: User, evening: list[Act]
) -> None:
    actions.group_by_hand(actor=investigator, case=case, acts=evening)
    with pytest.raises(actions.OccasionError):
        actions.group_by_hand(actor=investigator, case=case, acts=evening[:1])


def test_occasions_of_another_case_are_refused(
    case: Case, make_case: Callable[..., Case], investigator: User
) -> None:
    foreign = Occasion.objects.create(case=make_case(), rule="by-hand", grouped_by=investigator)
    with pytest.raises(actions.OccasionError):
        actions.confirm_occasions(actor=investigator, case=case, occasions=[foreign])


def test_an_analyst_may_propose_but_not_confirm(
    case: Case, make_user: Callable[..., User], evening: list[Act], supervisor: User
) -> None:
    from fourfold.web.cases.models import Assignment

    analyst = make_user(Role.ANALYST)
    Assignment.objects.create(
        case=case, user=analyst, assigned_by=supervisor, from_at=case.opened_at
    )
    actions.propose_occasions(actor=analyst, case=case)
    with pytest.raises(Refused):
        actions.confirm_occasions(actor=analyst, case=case, occasions=list(case.occasions.all()))
