"""One record of every kind, made once for all tests of the policy; each test undoes its changes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from fourfold.web.accountability import ledger
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.oversight.models import CaseLooks, SignalReview
from fourfold.web.users.models import Role
from lib import hostile_world
from lib.hostile_world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        found = hostile_world.make("Teasel")
        _complete(found)
        yield found
        transaction.set_rollback(True)


def _complete(world: World) -> None:
    """Make what the world lacks of those models that have a policy."""
    case = world.one("Case")
    world.made[LedgerEntry] = ledger.record(_look(world))
    world.made[CaseLooks] = CaseLooks.objects.get(pk=case.pk)
    world.made[SignalReview] = SignalReview.objects.create(
        force=case.force, rule="bulk-browse", last_seq=1, entries=1, outcome="explained",
        words="Teasel", reviewed_by=world.people[Role.AUDITOR],
    )  # fmt: skip


def _look(world: World) -> ledger.Entry:
    actor, case = world.people[Role.INVESTIGATOR], world.one("Case")
    return ledger.Entry(
        act="case.open",
        actor_ref=actor.ref,
        actor_role=actor.role,
        force_ref=case.force.ref,
        subject_kind="case",
        subject_ref=case.ref,
        case_ref=case.ref,
    )
