"""A force with an auditor, and lines of the ledger for pure rules."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from fourfold.web.oversight.rules.lines import Line
from fourfold.web.users import step_up
from fourfold.web.users.models import Role, User

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def line(seq: int, **more: Any) -> Line:
    """A look at a case at noon by somebody assigned, unless told otherwise."""
    facts: dict[str, Any] = {
        "seq": seq,
        "at": NOON,
        "act": "case.open",
        "op": "consult",
        "outcome": "done",
        "actor_ref": "U-0000000001",
        "actor_role": "supervisor",
        "case_ref": f"C-{seq:010}",
        "subject_ref": f"C-{seq:010}",
        "rule": "assigned",
    }
    return Line(**{**facts, **more})


@pytest.fixture
def auditor(make_user: Callable[..., User]) -> User:
    return make_user(Role.AUDITOR, team=None)


@pytest.fixture
def confirmed(signed_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """Return a client whose user has just confirmed with a passkey."""

    def sign_in(user: User) -> Client:
        import time

        client = signed_in(user)
        session = client.session
        session[step_up.KEY] = int(time.time())
        session.save()
        return client

    return sign_in
