"""What the replies to one question add up to. Every figure keeps the replies behind it.

Only signed replies count. Who has not signed off is counted as such, never as a "no". Quartiles
are those of the values as they stand, interpolated between the two nearest (the inclusive method).
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fourfold.web.surveys.rules.answers import number_of, problem_of
from fourfold.web.surveys.rules.filling import is_answered
from fourfold.web.surveys.rules.kinds import COUNTED, NUMERIC, Given, Kind, Shape, State

ANSWERED: Final = "Answered"
NOT_ANSWERED: Final = "Not answered"
NOT_ASKED: Final = "Not asked, after an earlier answer"
NO_REPLY: Final = "No signed reply"
UNREADABLE: Final = "Cannot be read"
NO_ANSWERS: Final = (
    State.NOT_KNOWN.label, State.NOT_HELD.label, NOT_ANSWERED, NOT_ASKED, NO_REPLY, UNREADABLE,
)  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """How one reply stands to one question."""

    key: int
    given: Given
    is_signed: bool
    is_asked: bool
    has_file: bool = False


@dataclass(frozen=True)
class Count:
    """A figure and the replies behind it."""

    label: str
    keys: tuple[int, ...]
    is_answer: bool

    @property
    def number(self) -> int:
        """Return the figure."""
        return len(self.keys)


@dataclass(frozen=True)
class Spread:
    """Numbers that were answered: how many, the middle, the quartiles, the ends."""

    n: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: Decimal


def labels_of(shape: Shape, stand: Stand) -> tuple[str, ...]:
    """Return under which labels a reply counts: one, or several where several may be chosen."""
    if missing := _why_none(shape, stand):
        return (missing,)
    if shape.kind == Kind.MANY and isinstance(stand.given.value, list):
        return tuple(stand.given.value)
    return (str(stand.given.value),) if shape.kind in COUNTED else (ANSWERED,)


def _why_none(shape: Shape, stand: Stand) -> str:
    """Return what stands in the place of an answer; "" where there is one."""
    if not stand.is_signed:
        return NO_REPLY
    if not stand.is_asked:
        return NOT_ASKED
    if not is_answered(shape, stand.given, stand.has_file):
        return NOT_ANSWERED
    if stand.given.state in (State.NOT_KNOWN, State.NOT_HELD):
        return str(State(stand.given.state).label)
    return UNREADABLE if problem_of(shape, stand.given) else ""


def labels(shape: Shape) -> tuple[str, ...]:
    """Return every label that replies to a question may count under."""
    return (shape.choices if shape.kind in COUNTED else (ANSWERED,)) + NO_ANSWERS


def counts(shape: Shape, stands: Sequence[Stand]) -> list[Count]:
    """Count the replies by what they say; labels without any reply stand only for choices."""
    behind: dict[str, list[int]] = {label: [] for label in labels(shape)}
    for stand in stands:
        for label in labels_of(shape, stand):
            behind.setdefault(label, []).append(stand.key)
    return [
        Count(label, tuple(keys), label not in NO_ANSWERS)
        for label, keys in behind.items()
        if keys or label not in NO_ANSWERS
    ]


def values(shape: Shape, stands: Sequence[Stand]) -> list[tuple[int, Decimal]]:
    """Return the numbers that can be read, each with its reply."""
    if shape.kind not in NUMERIC:
        return []
    return [
        (stand.key, number)
        for stand in stands
        if labels_of(shape, stand) == (ANSWERED,) and (number := number_of(stand.given)) is not None
    ]


def spread(numbers: Sequence[Decimal]) -> Spread | None:
    """Return how numbers spread; nothing where there is none."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    cuts = ordered * 3
    if len(ordered) > 1:
        cuts = statistics.quantiles(ordered, n=4, method="inclusive")
    return Spread(len(ordered), ordered[0], cuts[0], cuts[1], cuts[2], ordered[-1])


@dataclass(frozen=True)
class Cross:
    """Two questions against each other: rows by the first, columns by the second."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[int, ...]]


def cross(first: Shape, firsts: Sequence[Stand], second: Shape, seconds: Sequence[Stand]) -> Cross:
    """Count replies by their answers to both questions; without any, a label has no line."""
    others = {stand.key: stand for stand in seconds}
    cells: dict[tuple[str, str], list[int]] = {}
    for stand in firsts:
        for row in labels_of(first, stand):
            for column in labels_of(second, others[stand.key]):
                cells.setdefault((row, column), []).append(stand.key)
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return Cross(
        tuple(label for label in labels(first) if label in rows),
        tuple(label for label in labels(second) if label in columns),
        {place: tuple(keys) for place, keys in cells.items()},
    )
