"""What belongs to another force answers as what does not exist: every URL, every role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from fourfold.web.users.models import Force, Role, Team, User
from fourfold.web.users.permissions import may
from lib import site_walk
from lib.hostile_world import World
from lib.site_walk import Address, client_of
from web.policy.situations import FORCE_APPS

pytestmark = pytest.mark.django_db
CLOSED = (400, 403, 404, 405, 422)  # 400 and 422: not understood, before anything is looked up
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
BEFORE = {
    "SuperComplaint": "published_on", "Recommendation": "issued_on", "Practice": "published_at",
    "ProgressReport": "published_at", "Adoption": "published_at",
}  # fmt: skip
OPEN_RECORDS = {"Organisation", "Designation", "SupportService"}  # the register is open to read
STRICT = Role.SUPERVISOR  # the role with most rights: compared page by page
ADDRESSES = [a for a in site_walk.addresses() if any(n.endswith("_ref") for n, _ in a.arguments)]


@dataclass(frozen=True)
class Given:
    """A status and the answer's bytes, but for the token that changes with each form."""

    status: int
    body: bytes


@pytest.fixture(scope="module")
def strangers(world: World, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Somebody of every role, in another force than the world's."""
    with django_db_blocker.unblock():
        force = Force.objects.create(name="Sedge Police", contact="Call 01632 960102")
        team = Team.objects.create(force=force, name="North")
        yield {
            role: User.objects.create_user(
                email=f"stranger{number}@example.org", name="S", role=role, force=force, team=team
            )
            for number, role in enumerate(Role.values)
        }


def given(client: Client, method: str, path: str) -> Given:
    answer = getattr(client, method)(path)
    body = b"" if answer.streaming else answer.content
    return Given(answer.status_code, CHANGING.sub(b"", body))


def absent(address: Address) -> str:
    """Return the path with references that nothing has."""
    path = address.route
    for name, kind in address.arguments:
        value = "1" if kind == "int" else f"X-{site_walk.ABSENT}"
        path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
    return "/" + path


def open_on_purpose(address: Address) -> bool:
    return bool(getattr(address.view, "open_to", ""))


def of_parties(world: World, address: Address) -> bool:
    """Say whether a URL leads to a record that has parties, or is public, and no force."""
    return any(
        model and model._meta.app_label not in FORCE_APPS for model in models(world, address)
    )


def models(world: World, address: Address) -> list[Any]:
    """Return the models that the references of a URL name."""
    refs = [name for name, _ in address.arguments if name.endswith("_ref")]
    return [site_walk.model_of(world, name) for name in refs]


@pytest.fixture
def unpublished(world: World) -> World:
    """The same world before anything of it was published: its records are their parties' alone."""
    for name, field in BEFORE.items():
        model = type(world.one(name))
        model._default_manager.update(**{field: None})
    return world


@pytest.mark.parametrize("role", [Role.RESPONDER, Role.COMPLAINANT, Role.SUPERVISOR])
def test_whoever_is_no_party_is_answered_as_if_there_were_no_record(
    unpublished: World, strangers: dict[str, User], role: str
) -> None:
    client = client_of(strangers[role])
    absences: dict[str, Given] = {}
    wrong = []
    for address in ADDRESSES:
        if not _is_closed_to_others(unpublished, address, role):
            continue
        room = address.route.split("/")[0]  # the navigation marks where one is
        none = absences.get(room) or given(client, "get", absent(address))
        absences[room] = none
        theirs = given(client, "get", address.path(unpublished))
        if theirs.status == 405:
            continue  # taken by POST alone; nothing was looked for
        if theirs != none or theirs.status != 404:
            wrong.append(f"{address.name}: {theirs.status}, none: {none.status}")
    assert wrong == []
    assert absences


def _is_closed_to_others(world: World, address: Address, role: str) -> bool:
    permission = getattr(address.view, "permission", "")
    asked = {model.__name__ for model in models(world, address) if model}
    return bool(permission and may(role, permission) and of_parties(world, address)) and not (
        asked <= OPEN_RECORDS
    )


def test_the_walk_finds_many_urls() -> None:
    assert len(ADDRESSES) >= 60


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_forces_record_is_answered_as_none(
    world: World, strangers: dict[str, User], method: str
) -> None:
    client = client_of(strangers[STRICT])
    wrong = []
    for address in ADDRESSES:
        if open_on_purpose(address) or of_parties(world, address):
            continue
        theirs = given(client, method, address.path(world))
        none = given(client, method, absent(address))
        if theirs != none or theirs.status not in CLOSED:
            wrong.append(f"{address.name}: {theirs.status}, none: {none.status}")
    assert wrong == []


EVERYDAY = (Role.INVESTIGATOR, Role.ANALYST, Role.AUDITOR, Role.COMPLAINTS_OFFICER)


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in EVERYDAY else pytest.mark.slow)
        for role in Role.values
        if role != STRICT
    ],
)
def test_no_role_opens_another_forces_record(
    world: World, strangers: dict[str, User], role: str
) -> None:
    client = client_of(strangers[role])
    answers: dict[tuple[int, str], bytes] = {}
    wrong = []
    for address in ADDRESSES:
        if open_on_purpose(address) or of_parties(world, address):
            continue
        theirs = given(client, "get", address.path(world))
        room = "/".join(address.route.split("/")[:2])  # the navigation marks where one is
        if (theirs.status, room) not in answers:
            none = given(client, "get", absent(address))
            answers[none.status, room] = none.body
        if theirs.status not in CLOSED or theirs.body != answers.get((theirs.status, room)):
            wrong.append(f"{address.name}: {theirs.status}")
    assert wrong == []
