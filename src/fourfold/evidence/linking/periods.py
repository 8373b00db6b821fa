"""Attribution periods that never overlap: one person per identifier and moment."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from fourfold.evidence.model.case import STRENGTHS

FIRST_US: Final = -(2**62)
LAST_US: Final = 2**62
_WEAKNESS: Final = {strength: rank for rank, strength in enumerate(STRENGTHS)}


class Period(NamedTuple):
    """An identifier is said to be a person's from from_us up to, not including, to_us."""

    identifier: str
    from_us: int
    to_us: int
    person: str
    strength: str


def without_overlap(stated: Iterable[Period]) -> list[Period]:
    """Cut stated periods so that each moment has one: the strongest, then the first person key."""
    by_identifier: dict[str, list[Period]] = {}
    for period in stated:
        by_identifier.setdefault(period.identifier, []).append(period)
    return [
        period for identifier in sorted(by_identifier) for period in _cut(by_identifier[identifier])
    ]


def _cut(periods: list[Period]) -> list[Period]:
    edges = sorted({edge for p in periods for edge in (p.from_us, p.to_us)})
    cut: list[Period] = []
    for low, high in pairwise(edges):
        holding = [p for p in periods if p.from_us <= low and high <= p.to_us]
        if not holding:
            continue
        best = min(holding, key=lambda p: (_WEAKNESS.get(p.strength, len(STRENGTHS)), p.person))
        last = cut[-1] if cut else None
        if (
            last
            and last.to_us == low
            and (last.person, last.strength)
            == (
                best.person,
                best.strength,
            )
        ):
            cut[-1] = last._replace(to_us=high)
        else:
            cut.append(best._replace(from_us=low, to_us=high))
    return cut
