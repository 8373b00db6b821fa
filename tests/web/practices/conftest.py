"""The bank's fictional people: an officer of an authority, a responder of a force."""

from collections.abc import Callable

import pytest

from fourfold.web.practices.models import Practice
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users.models import Force, Role, User


@pytest.fixture
def officer(make_user: Callable[..., User], db: None) -> User:
    tenant = Force.objects.create(name="Office of the Example Inspector")
    return make_user(Role.COMPLAINTS_OFFICER, force=tenant, team=None)


@pytest.fixture
def responder(make_user: Callable[..., User], force: Force) -> User:
    Organisation.objects.create(
        name="Teasel Constabulary", kind="territorial_force", tenant=force, is_invented=True
    )
    return make_user(Role.RESPONDER)


@pytest.fixture
def practice(db: None) -> Practice:
    return Practice.objects.create(
        title="A morning call",
        does_it_work="untested",
        rating_reasons="Nobody has looked.",
        aim="Speak early.",
        description="Somebody calls at nine.",
        focus=["Prevention"],
        sources=["Invented for a test"],
    )
