"""Throw-away databases that hold the ledger and nothing else, and ways around its guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase

from fourfold.web.accountability import guards
from fourfold.web.accountability.ledger import Entry, record
from fourfold.web.accountability.models import TABLE


def add_database(alias: str, database: dict[str, Any]) -> BaseDatabaseWrapper:
    """Make a database known to Django and put the ledger's table into it."""
    known = {"default": settings.DATABASES["default"], alias: database}
    connections.databases[alias] = connections.configure_settings(known)[alias]
    connection = connections[alias]
    MigrationExecutor(connection).migrate([("accountability", "0001_ledger")])
    return connection


def remove_database(alias: str) -> None:
    """Close a database of `add_database` and forget it."""
    connections[alias].close()
    del connections[alias]
    del connections.databases[alias]


@contextmanager
def without_guards(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Do what the triggers refuse."""
    guards.lower_guards(connection)
    try:
        yield
    finally:
        guards.raise_guards(connection)


def empty(connection: BaseDatabaseWrapper) -> None:
    """Remove every entry."""
    with without_guards(connection), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def fill(using: str, count: int) -> None:
    """Record so many entries."""
    for number in range(count):
        record(entry(detail={"number": number}), using=using)


def entry(**more: Any) -> Entry:
    """An entry about a fictional case."""
    facts: dict[str, Any] = {
        "act": "case.open",
        "actor_ref": "U-0000000001",
        "actor_role": "investigator",
        "force_ref": "F-0000000001",
        "subject_kind": "case",
        "subject_ref": "C-0000000001",
        "case_ref": "C-0000000001",
    }
    return Entry(**{**facts, **more})


@pytest.fixture(scope="session", autouse=True)
def flushable_ledger() -> Iterator[None]:
    """Lower the guards while Django empties the database after a transactional test.

    A conftest that imports this has it for all its tests.
    """
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with without_guards(connections["default"]):
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
