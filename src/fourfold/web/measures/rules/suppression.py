"""Small numbers do not go to the public, nor does anything from which they could be worked out.

Withheld is a figure where fewer than ten units were counted, or where one to four of them (but
not none) fall on either side of it. A figure is also withheld where, with what is public already,
a subtraction would give such a number: January to June less January to May is June. Figures of
the same whole and force are then looked at together. The limits are practice of statistical
offices, set here; no law fixes them.

A published count over a period joins two days, and its number is the difference between them.
Whatever joined days give is derivable, and nothing else is by sums and differences: so it is
enough to walk the days that are joined.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Final

from fourfold.web.measures.rules.definitions import Definition, Kind
from fourfold.web.measures.rules.periods import Period

CELL_MIN: Final = 5  # one to four are withheld
DENOMINATOR_MIN: Final = 10
BASIS: Final = "practice"
SMALL_DENOMINATOR: Final = f"Fewer than {DENOMINATOR_MIN} were counted."
SMALL_CELL: Final = f"Fewer than {CELL_MIN} stand on one side of the figure."
COMPLEMENTARY: Final = "With other published figures it would give away a small number."


@dataclass(frozen=True)
class Cell:
    """A figure about to be published. `until_on` is the first day after its period."""

    measure: str
    whole: str
    from_on: date
    until_on: date
    numerator: int | None
    denominator: int | None


def cell(
    definition: Definition, period: Period, numerator: int | None, denominator: int | None
) -> Cell:
    """Return a figure as these rules look at it. What one measure counts, another divides by."""
    measure = f"{definition.name}/{definition.version}"
    is_count = definition.kind == Kind.COUNT
    return Cell(
        measure=measure,
        whole=definition.whole or measure,
        from_on=period.from_on,
        until_on=period.until_on,
        numerator=numerator if definition.kind.is_share else None,
        denominator=numerator if is_count else denominator,
    )


def reason_to_withhold(cell: Cell) -> str:
    """Return why a figure by itself is too small to publish, or nothing."""
    if cell.denominator is not None and 0 < cell.denominator < DENOMINATOR_MIN:
        return SMALL_DENOMINATOR
    if any(_is_small(part) for part in _sides(cell.numerator, cell.denominator)):
        return SMALL_CELL
    return ""


def reason_beside(cell: Cell, published: Iterable[Cell]) -> str:
    """Return why a figure is withheld, given what of the same force is public already."""
    return reason_to_withhold(cell) or (COMPLEMENTARY if leaks([*published, cell]) else "")


def leaks(published: Iterable[Cell]) -> bool:
    """Return whether sums and differences of published figures give a small number."""
    wholes: defaultdict[str, _Joined] = defaultdict(_Joined)
    parts: defaultdict[tuple[str, str], _Joined] = defaultdict(_Joined)
    for cell in published:
        if cell.denominator is not None:
            wholes[cell.whole].join(cell.from_on, cell.until_on, cell.denominator)
        if cell.numerator is not None:
            parts[cell.measure, cell.whole].join(cell.from_on, cell.until_on, cell.numerator)
    if any(_gives_small_whole(joined) for joined in wholes.values()):
        return True
    return any(_gives_small_part(joined, wholes[whole]) for (_, whole), joined in parts.items())


def _gives_small_whole(whole: "_Joined") -> bool:
    return any(0 < abs(whole.between(*days)) < DENOMINATOR_MIN for days in whole.pairs())


def _gives_small_part(part: "_Joined", whole: "_Joined") -> bool:
    for days in part.pairs():
        numerator = abs(part.between(*days))
        denominator = abs(whole.between(*days)) if whole.are_joined(*days) else None
        if any(_is_small(side) for side in _sides(numerator, denominator)):
            return True
    return False


def _sides(numerator: int | None, denominator: int | None) -> list[int]:
    """Return the numbers on both sides of a figure, as far as they are known."""
    if numerator is None:
        return []
    return [numerator] if denominator is None else [numerator, denominator - numerator]


def _is_small(number: int) -> bool:
    return 0 < number < CELL_MIN


@dataclass
class _Joined:
    """Days joined by published counts: each has a place in a group and a height in it."""

    groups: dict[date, int] = field(default_factory=dict)
    heights: dict[date, int] = field(default_factory=dict)

    def join(self, start: date, end: date, number: int) -> None:
        """Note that `number` lies between two days."""
        for day in (start, end):
            if day not in self.groups:
                self.groups[day], self.heights[day] = len(self.groups), 0
        if self.groups[start] == self.groups[end]:
            return
        moved, kept = self.groups[end], self.groups[start]
        shift = self.heights[start] + number - self.heights[end]
        for day, group in self.groups.items():
            if group == moved:
                self.groups[day] = kept
                self.heights[day] += shift

    def are_joined(self, start: date, end: date) -> bool:
        """Return whether the number between two days can be worked out."""
        return start in self.groups and self.groups[start] == self.groups.get(end)

    def between(self, start: date, end: date) -> int:
        """Return the number between two joined days."""
        return self.heights[end] - self.heights[start]

    def pairs(self) -> Iterable[tuple[date, date]]:
        """Return every two days whose number can be worked out."""
        every = combinations(sorted(self.groups), 2)
        return [days for days in every if self.are_joined(*days)]
