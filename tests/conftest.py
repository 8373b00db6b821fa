"""For all tests: no network but the loopback that a browser driver needs."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from pytest_socket import disable_socket

from lib import prepared

IS_SQLITE = not os.environ.get("FOURFOLD_DATABASE")


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> None:
    """Block sockets, except in browser tests, whose driver talks over pipes and loopback.

    Unix sockets stay open: an event loop wakes itself by one, and they leave the machine nowhere.
    """
    if "browser" not in request.keywords:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Keep the copy of a prepared database that stands there on SQLite."""
    return IS_SQLITE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Let the test database begin as a copy of a prepared one: migrations run once."""
    if IS_SQLITE:  # each worker has a home of its own
        prepared.into(Path(settings.INSTANCE.home))
        shutil.move(
            Path(settings.INSTANCE.home) / prepared.DATABASE,
            settings.DATABASES["default"]["TEST"]["NAME"],
        )
        return
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    address = os.environ["FOURFOLD_DATABASE"]
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = prepared.template(address)
