"""A world full of hostile text, and somebody of each role to look at it."""

import pytest

from lib import hostile_world
from lib.hostile_world import World


@pytest.fixture
def world(db: None) -> World:
    return hostile_world.make()


@pytest.fixture
def demonstration(db: None) -> World:
    return hostile_world.make(is_demonstration=True)
