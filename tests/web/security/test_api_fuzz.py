"""The API under generated calls: every operation, several roles, real and invented references."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from fourfold.web.config.api import api
from fourfold.web.users.models import Role
from fourfold.web.users.tokens import make_api_token
from lib import hostile_world, site_walk
from lib.as_postgresql import as_on_postgresql
from lib.hostile_world import World

CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
ROLES = (Role.SUPERVISOR, Role.ADVOCATE)
MOST_EXAMPLES = 6
MOST_EXAMPLES_SLOW = 200
pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/")))
SCHEMA.app = get_wsgi_application()
OPERATIONS = {r.ok().label: r.ok() for r in SCHEMA.get_all_operations()}


@dataclass(frozen=True)
class Target:
    """The world that is called, and a key for each role."""

    world: World
    keys: dict[str, str]


@pytest.fixture(scope="module")
def kept_open() -> Iterator[None]:
    """The whole application closes connections when a request ends: not under a transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def target(kept_open: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Target]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = hostile_world.make()
        keys = {role: make_api_token(world.people[role], "fuzz") for role in ROLES}
        yield Target(world, keys)
        transaction.set_rollback(True)


def bombard(target: Target, label: str, role: str, examples: int) -> None:
    """Call an operation with what its schema allows and with what it does not."""

    def real(case: Case) -> None:
        for name in case.path_parameters or {}:
            if name.endswith("_ref"):
                case.path_parameters[name] = site_walk.reference_of(target.world, name)

    call = caller(target.keys[role], real)
    strategy = OPERATIONS[label].as_strategy()
    run = given(case=strategy, is_real=st.sampled_from((True, True, True, False)))(call)
    limits = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with as_on_postgresql():
        limits(seed(7)(run))()


def caller(key: str, real: Callable[[Case], None]) -> Callable[..., None]:
    """Return what calls and checks once."""

    def call(case: Case, is_real: bool) -> None:
        if is_real:
            real(case)
        headers = {"Authorization": f"Bearer {key}", "Host": "testserver"}
        case.headers = {}
        case.call_and_validate(headers=headers, checks=CHECKS)

    return call


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_call_is_a_fault(target: Target, label: str, role: str) -> None:
    bombard(target, label, role, MOST_EXAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_call_is_a_fault_at_length(target: Target, label: str, role: str) -> None:
    bombard(target, label, role, MOST_EXAMPLES_SLOW)


def test_every_operation_was_found() -> None:
    assert len(OPERATIONS) >= 10
