"""Acts change by versions; they are withdrawn, joined and parted with a reason."""

from collections.abc import Callable

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions import act_changes, act_joining
from fourfold.web.cases.actions.acts import ActFacts, SourceFacts
from fourfold.web.cases.actions.occasions import group_by_hand
from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.cases.selectors.acts import sources_of, versions_of
from fourfold.web.users.access import Refused
from fourfold.web.users.models import Role, User

REPORT = SourceFacts(kind="statement", words="First account")
ROWS = SourceFacts(kind="engine", run_ref="RUN-1", trace_code="O-1", row_ids=["r1"])


def test_a_change_keeps_the_version_before(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act = make_act("05-03 21:10", victim_words="He rang.")
    facts = ActFacts(victim_words="He rang twice.", occurred_from_at=act.occurred_from_at)
    act_changes.change_act(actor=investigator, act=act, facts=facts, why="Second account")
    newest = versions_of(act)[0]
    assert (newest.by, newest.why, newest.changes[0].before, newest.changes[0].after) == (
        investigator.name,
        "Second account",
        "He rang.",
        "He rang twice.",
    )


def test_the_ledger_names_the_fields_that_changed_and_not_their_words(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act = make_act(victim_words="He rang.")
    facts = ActFacts(victim_words="He rang twice.")
    act_changes.change_act(actor=investigator, act=act, facts=facts)
    assert LedgerEntry.objects.get(act="act.change").detail == {"fields": ["victim_words"]}


def test_saving_without_a_change_makes_no_version(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act = make_act(victim_words="He rang.")
    act_changes.change_act(actor=investigator, act=act, facts=ActFacts(victim_words="He rang."))
    assert act.history.count() == 1


def test_nobody_writes_over_a_version_they_did_not_see(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act = make_act()
    seen = act_changes.version_of(act)
    act_changes.change_act(actor=investigator, act=act, facts=ActFacts(summary="One"))
    with pytest.raises(act_changes.ChangedMeanwhileError):
        act_changes.change_act(
            actor=investigator, act=act, facts=ActFacts(summary="Two"), seen_version=seen
        )


def test_a_withdrawn_act_keeps_its_reason_and_leaves_its_occasion(
    make_act: Callable[..., Act], case: Case, investigator: User
) -> None:
    act = make_act()
    occasion = group_by_hand(actor=investigator, case=case, acts=[act])
    withdrawn = act_changes.withdraw_act(actor=investigator, act=act, reason="It was a colleague.")
    occasion.refresh_from_db()
    assert (withdrawn.state_reason, withdrawn.occasion, occasion.state) == (
        "It was a colleague.",
        None,
        Occasion.State.DISSOLVED,
    )


def test_a_withdrawn_act_can_stand_again(make_act: Callable[..., Act], investigator: User) -> None:
    act = act_changes.withdraw_act(actor=investigator, act=make_act(), reason="A mistake")
    assert act_changes.restore_act(actor=investigator, act=act, reason="It was right").state == (
        "standing"
    )


def test_an_act_is_withdrawn_once(make_act: Callable[..., Act], investigator: User) -> None:
    act = act_changes.withdraw_act(actor=investigator, act=make_act(), reason="A mistake")
    with pytest.raises(act_changes.ActStateError):
        act_changes.withdraw_act(actor=investigator, act=act, reason="Again")


def test_the_act_that_stands_shows_the_sources_of_both(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act, other = make_act(source=REPORT), make_act(source=ROWS)
    act_joining.join_acts(actor=investigator, act=act, other=other, reason="The same call")
    assert [(source.kind, source.act) for source in sources_of(act)] == [
        ("statement", act),
        ("engine", other),
    ]


def test_what_was_joined_earlier_comes_along(
    make_act: Callable[..., Act], investigator: User
) -> None:
    first, second, third = make_act(), make_act(), make_act(source=ROWS)
    act_joining.join_acts(actor=investigator, act=second, other=third, reason="The same call")
    act_joining.join_acts(actor=investigator, act=first, other=second, reason="The same call")
    assert [source.act for source in sources_of(first)] == [third]


def test_parted_acts_have_their_own_sources_again(
    make_act: Callable[..., Act], investigator: User
) -> None:
    act, other = make_act(source=REPORT), make_act(source=ROWS)
    act_joining.join_acts(actor=investigator, act=act, other=other, reason="The same call")
    other.refresh_from_db()
    act_joining.part_act(actor=investigator, act=other, reason="Two calls after all")
    other.refresh_from_db()
    assert (other.state, len(sources_of(act)), len(sources_of(other))) == ("standing", 1, 1)


def test_acts_of_two_cases_are_never_joined(
    make_act: Callable[..., Act], make_case: Callable[..., Case], investigator: User
) -> None:
    stranger = Act.objects.create(case=make_case(), added_by=investigator)
    with pytest.raises(ValueError, match="does not belong"):
        act_joining.join_acts(actor=investigator, act=make_act(), other=stranger, reason="?")


def test_an_analyst_may_not_join(
    make_act: Callable[..., Act], make_user: Callable[..., User]
) -> None:
    act, other = make_act(), make_act()
    with pytest.raises(Refused):
        act_joining.join_acts(
            actor=make_user(Role.ANALYST), act=act, other=other, reason="The same call"
        )
