"""A small fictional world for the workspace's tests."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client

from fourfold.web.base import context
from fourfold.web.cases.models import Assignment, Case, Offence
from fourfold.web.cases.reference import offences
from fourfold.web.users.models import Force, Role, Team, User
from lib.ledgers import flushable_ledger  # noqa: F401 - a fixture for every test here


@receiver(post_migrate)
def _reference_data_again(sender: AppConfig, **_: object) -> None:
    """A test with transactions of its own empties every table at its end: fill this one again."""
    if sender.label == "cases":
        offences.load(Offence)


@pytest.fixture(autouse=True)
def _ask_whether_it_is_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a database of its own to ask."""
    monkeypatch.setattr(context, "FLAG", context.Flag())


NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def force(db: None) -> Force:
    return Force.objects.create(name="Teasel Constabulary", contact="Call 01632 960101")


@pytest.fixture
def other_force(db: None) -> Force:
    return Force.objects.create(name="Sedge Police", contact="Call 01632 960102")


@pytest.fixture
def team(force: Force) -> Team:
    return Team.objects.create(force=force, name="Harm reduction, north")


@pytest.fixture
def make_user(force: Force, team: Team) -> Callable[..., User]:
    """Make a user of a role in the force; `force` and `team` may be given."""

    def make(role: str, **more: object) -> User:
        number = User.objects.count() + 1
        facts: dict[str, object] = {
            "email": f"{role}{number}@example.org",
            "name": f"{role} {number}".title(),
            "force": force,
            "team": team,
        }
        return User.objects.create_user(role=role, **{**facts, **more})  # type: ignore[arg-type]

    return make


@pytest.fixture
def investigator(make_user: Callable[..., User]) -> User:
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def supervisor(make_user: Callable[..., User]) -> User:
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def make_case(force: Force, team: Team, supervisor: User) -> Callable[..., Case]:
    """Make a case of the team; `assigned` names the users on its need-to-know list."""

    def make(*, assigned: tuple[User, ...] = (), **more: object) -> Case:
        facts: dict[str, object] = {
            "force": force,
            "team": team,
            "operation_name": "Op Teasel",
            "opened_by": supervisor,
            "opened_at": NOW,
        }
        case = Case.objects.create(**{**facts, **more})
        for user in assigned:
            Assignment.objects.create(case=case, user=user, assigned_by=supervisor, from_at=NOW)
        return case

    return make


@pytest.fixture
def case(make_case: Callable[..., Case], investigator: User) -> Case:
    """A case to which `investigator` is assigned."""
    return make_case(assigned=(investigator,))


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a browser-less client in which a user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
