"""Neutral names for cases: birds, trees, stones and weather; never a person, place or crime."""

from collections.abc import Collection, Sequence
from importlib.resources import files
from typing import Final

NAMES: Final = tuple(
    files("fourfold.web.cases.reference")
    .joinpath("operation_names.txt")
    .read_text(encoding="utf-8")
    .split()
)


def proposals(taken: Collection[str]) -> Sequence[str]:
    """Return the names that no case of the force has; numbered ones once all are taken.

    Names are told apart without regard to case; "Operation" before a name does not count.
    """
    used = {name.casefold().removeprefix("operation ").removeprefix("op ") for name in taken}
    number = 1
    while True:
        named = [name if number == 1 else f"{name} {number}" for name in NAMES]
        free = [name for name in named if name.casefold() not in used]
        if free:
            return free
        number += 1
