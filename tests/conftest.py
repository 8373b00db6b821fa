"""For all tests: no network but the loopback that a browser driver needs."""

import pytest


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> None:
    """Block sockets, except in browser tests, whose driver talks over pipes and loopback."""
    if "browser" not in request.keywords:
        request.getfixturevalue("socket_disabled")
