"""Two real databases that hold the ledger only: SQLite in a file, PostgreSQL in a socket."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from fourfold.web.config import environment
from lib import ledgers, postgres

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def _databases(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[set[str]]:
    """Start both; return the aliases of those that this machine has."""
    home = tmp_path_factory.mktemp("ledger")
    with django_db_blocker.unblock():
        instance = replace(settings.INSTANCE, home=home, database_url="")
        ledgers.add_database("sqlite", environment.database(instance))
        if not postgres.is_installed():
            yield {"sqlite"}
            ledgers.remove_database("sqlite")
            return
        with postgres.cluster() as cluster:
            ledgers.add_database("postgresql", cluster.django_settings("ledger"))
            yield set(BOTH)
            ledgers.remove_database("sqlite")
            ledgers.remove_database("postgresql")


@pytest.fixture
def on_sqlite(_databases: set[str], django_db_blocker: Any) -> Iterator[str]:
    """The alias of an empty ledger on SQLite."""
    with django_db_blocker.unblock():
        ledgers.empty(connections["sqlite"])
        yield "sqlite"


@pytest.fixture
def on_postgresql(_databases: set[str], django_db_blocker: Any) -> Iterator[str]:
    """The alias of an empty ledger on PostgreSQL."""
    if "postgresql" not in _databases:
        pytest.skip("PostgreSQL's server is not installed")
    with django_db_blocker.unblock():
        ledgers.empty(connections["postgresql"])
        yield "postgresql"


@pytest.fixture(params=BOTH)
def using(
    request: pytest.FixtureRequest, _databases: set[str], django_db_blocker: Any
) -> Iterator[str]:
    """The alias of an empty ledger, on each database in turn."""
    if request.param not in _databases:
        pytest.skip("PostgreSQL's server is not installed")
    with django_db_blocker.unblock():
        ledgers.empty(connections[request.param])
        yield request.param


@pytest.fixture
def five(using: str) -> str:
    """A ledger of five entries."""
    ledgers.fill(using, 5)
    return using


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder of its own, for the signing key."""
    monkeypatch.setattr(settings, "INSTANCE", replace(settings.INSTANCE, home=tmp_path / "home"))
    return tmp_path / "home"
