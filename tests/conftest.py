"""For all tests: no network but the loopback that a browser driver needs."""

import pytest
from pytest_socket import disable_socket


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> None:
    """Block sockets, except in browser tests, whose driver talks over pipes and loopback.

    Unix sockets stay open: an event loop wakes itself by one, and they leave the machine nowhere.
    """
    if "browser" not in request.keywords:
        disable_socket(allow_unix_socket=True)
