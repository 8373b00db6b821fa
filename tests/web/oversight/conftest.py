"""A force with an auditor, and a client that has just confirmed."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from fourfold.web.users import step_up
from fourfold.web.users.models import Role, User


@pytest.fixture
def auditor(make_user: Callable[..., User]) -> User:
    return make_user(Role.AUDITOR, team=None)


@pytest.fixture
def confirmed(signed_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """Return a client whose user has just confirmed with a passkey."""

    def sign_in(user: User) -> Client:
        client = signed_in(user)
        session = client.session
        session[step_up.KEY] = int(time.time())
        session.save()
        return client

    return sign_in
