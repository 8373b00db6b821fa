"""The timeline of a super-complaint as a picture: numbered marks along a line of years.

Only full days have a place on the line; what has no day is in the list beside the picture alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fourfold.web.publication.content import Step
from fourfold.web.publication.rules.days import day_of

LEFT, RIGHT = 24.0, 736.0
APART: Final = 26.0  # marks nearer than this stand above one another
BASE_HEIGHT: Final = 58.0
LEVEL_HEIGHT: Final = 28.0


@dataclass(frozen=True)
class Mark:
    """A step on the line: its number in the list, its place, its height, its words."""

    number: int
    x: float
    level: int
    words: str
    is_late: bool


@dataclass(frozen=True)
class Tick:
    """The start of a year."""

    x: float
    words: str


@dataclass(frozen=True)
class Picture:
    """All marks, and how high the picture is."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    height: float
    base: float
    without_day: int


def timeline_picture(steps: Sequence[Step]) -> Picture | None:
    """Return the picture of a timeline; fewer than two days make none."""
    dated = [(at, day_of(step.on), step) for at, step in enumerate(steps, 1)]
    known = [(number, day, step) for number, day, step in dated if day is not None]
    if len({day for _, day, _ in known}) < 2:
        return None
    first, last = min(day for _, day, _ in known), max(day for _, day, _ in known)
    span = (last - first).days

    def place(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 1)

    ends: list[float] = []
    marks = []
    for number, day, step in sorted(known, key=lambda each: (each[1], each[0])):
        x = place(day)
        level = next((n for n, end in enumerate(ends) if x - end >= APART), len(ends))
        ends[level : level + 1] = [x]
        marks.append(Mark(number, x, level, step.words, step.is_late))
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    base = BASE_HEIGHT + LEVEL_HEIGHT * (len(ends) - 1)
    return Picture(
        tuple(marks),
        tuple(Tick(place(day), str(day.year)) for day in years),
        base + 30,
        base,
        len(dated) - len(known),
    )
