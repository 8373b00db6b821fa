"""Reports of a small fictional world."""

from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from fourfold.web.cases.actions.joining import JoiningFacts, join_report
from fourfold.web.cases.actions.reports import IdentifierFacts, ReportFacts, take_report
from fourfold.web.cases.models import Assignment, Case, Report
from fourfold.web.users.models import Force, Role, Team, User

Told = Sequence[tuple[str, str, str]]
TakeReport = Callable[..., Report]
NOW_FIELDS = ("whose", "kind", "text")


@pytest.fixture
def take() -> TakeReport:
    """Take a report; `told` are (whose, kind, text), a fourth True keeps one safe."""

    def take_one(actor: User, told: Told = (), **facts: object) -> Report:
        identifiers = tuple(IdentifierFacts(*one) for one in told)
        return take_report(actor=actor, facts=ReportFacts(identifiers=identifiers, **facts))  # type: ignore[arg-type]

    return take_one


@pytest.fixture
def joined(take: TakeReport) -> Callable[..., Report]:
    """Take a report and join it to a case, as somebody assigned to it."""

    def take_and_join(actor: User, case: Case, told: Told = (), **facts: object) -> Report:
        report = take(actor, told, **facts)
        join_report(actor=actor, report=report, case=case, facts=JoiningFacts())
        return report

    return take_and_join


@pytest.fixture
def colleague(make_user: Callable[..., User]) -> User:
    """An investigator of the same team, assigned to nothing."""
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def stranger(make_user: Callable[..., User], other_force: Force) -> User:
    """An investigator of another force."""
    team = Team.objects.create(force=other_force, name="Response")
    return make_user(Role.INVESTIGATOR, force=other_force, team=team)


@pytest.fixture
def strangers_case(stranger: User, make_case: Callable[..., Case]) -> Case:
    """A case of another force, to which `stranger` is assigned."""
    case = make_case(
        force=stranger.force, team=stranger.team, operation_name="Op Sedge", opened_by=stranger
    )
    Assignment.objects.create(
        case=case, user=stranger, assigned_by=stranger, from_at=case.opened_at
    )
    return case


@pytest.fixture
def client_of(signed_in: Callable[[User], Client]) -> Callable[[User], Client]:
    return signed_in
