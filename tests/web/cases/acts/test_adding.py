"""Acts are recorded one by one or many at once, with their sources, versions and entries."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.actions.acts import (
    ActFacts,
    OtherCaseError,
    SourceFacts,
    add_act,
    add_acts,
)
from fourfold.web.cases.models import Act, ActSource, Case, Person
from fourfold.web.users.access import Refused
from fourfold.web.users.models import Role, User

AT = datetime(2026, 5, 3, 21, 10, tzinfo=UTC)


def test_an_act_is_recorded_with_its_source(case: Case, investigator: User) -> None:
    source = SourceFacts(kind="statement", words="First account")
    act = add_act(
        actor=investigator,
        case=case,
        facts=ActFacts(victim_words="He rang again.", occurred_from_at=AT, codes=["g", "b", "b"]),
        source=source,
    )
    assert (act.codes, act.precision, act.sources.get().words) == (
        ["b", "g"],
        "exact",
        "First account",
    )


def test_the_version_names_who_wrote_it(case: Case, investigator: User) -> None:
    act = add_act(actor=investigator, case=case, facts=ActFacts())
    assert [version.history_user for version in act.history.all()] == [investigator]


def test_nothing_is_needed_to_save_and_a_missing_moment_is_not_exact(
    case: Case, investigator: User
) -> None:
    act = add_act(actor=investigator, case=case, facts=ActFacts())
    assert (act.precision, act.fear_of_violence) == ("unknown", "not_asked")


def test_the_ledger_says_that_an_act_was_recorded(case: Case, investigator: User) -> None:
    act = add_act(actor=investigator, case=case, facts=ActFacts(victim_words="He rang again."))
    entry = LedgerEntry.objects.get(act="act.add")
    assert (entry.subject_ref, entry.case_ref, "rang" in str(entry.detail)) == (
        act.ref,
        case.ref,
        False,
    )


def test_many_acts_have_one_entry_with_their_count(case: Case, investigator: User) -> None:
    source = SourceFacts(kind="engine", run_ref="RUN-1", trace_code="F-1", row_ids=["r1"])
    acts = add_acts(actor=investigator, case=case, many=[(ActFacts(), source)] * 30)
    entry = LedgerEntry.objects.get(act="act.add")
    assert (len(acts), ActSource.objects.count(), entry.detail) == (30, 30, {"acts": 30})


def test_many_acts_keep_their_versions(case: Case, investigator: User) -> None:
    add_acts(actor=investigator, case=case, many=[(ActFacts(), None)] * 3)
    assert Act.history.filter(history_user=investigator).count() == 3


def test_many_acts_take_few_queries(
    case: Case, investigator: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    many = [(ActFacts(occurred_from_at=AT), SourceFacts(kind="engine"))] * 500
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        add_acts(actor=investigator, case=case, many=many)


def test_a_person_of_another_case_is_refused(
    case: Case, make_case: Callable[..., Case], investigator: User
) -> None:
    stranger = Person.objects.create(case=make_case(), key="S", role=Person.Role.SUSPECT)
    with pytest.raises(OtherCaseError):
        add_act(actor=investigator, case=case, facts=ActFacts(actor_person=stranger))


def test_who_is_not_assigned_is_refused_and_the_refusal_stands(
    case: Case, make_user: Callable[..., User]
) -> None:
    with pytest.raises(Refused):
        add_act(actor=make_user(Role.INVESTIGATOR, team=None), case=case, facts=ActFacts())
    assert LedgerEntry.objects.get(act="act.add").outcome == "refused"
