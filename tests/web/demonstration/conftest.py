"""The invented world, seeded once for the tests of a module."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from fourfold.web.config import instance
from fourfold.web.demonstration import seeding


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Seed in a transaction that ends, undone, with the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        instance.offences.load(instance.Offence)
        seeding.seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(seeded: None, db: None) -> None:
    """The invented world, as it was seeded, for one test."""
