"""A cell of the matrix, made of a row and of what one source says of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.urls import reverse

from fourfold.web.recommendations.rules import lateness
from fourfold.web.recommendations.rules.lateness import Clock
from fourfold.web.recommendations.rules.matrix import NONE, PUBLISHED, Cell, Row
from fourfold.web.recommendations.rules.standing import (
    BY_CODE,
    NOT_ANSWERED,
    NOT_RECORDED,
    silence,
    state_of,
)

HOLDER: Final = "REF"


class Value(NamedTuple):
    """What one source says of an answer."""

    status: str
    position: str
    promised_on: date | None
    answered_on: date | None
    updated_on: date | None
    evidence: int
    source: str
    is_answered: bool


class Place(NamedTuple):
    """Where a value goes: which answer, in which row and column."""

    ref: str
    row: tuple[int, int]
    column: int


NOTHING: Final = Value("", "", None, None, None, 0, NONE, False)


def nothing_seen(*, is_past_record: bool) -> Value:
    """Return what stands where nothing was seen."""
    return NOTHING._replace(status=silence(is_past_record=is_past_record))


@dataclass(frozen=True)
class Links:
    """Addresses of answers, made once: only the reference differs."""

    answer: str
    published: str

    @classmethod
    def made(cls) -> "Links":
        """Return them."""
        names = ("recommendations:answer", "recommendations:answer_published")
        return cls(*(reverse(name, kwargs={"answer_ref": HOLDER}) for name in names))

    def to(self, place: Place, source: str, unsigned: frozenset[int] = frozenset()) -> str:
        """Return where a cell leads: an answer that is one's to read, or what is published."""
        if source == NONE and place.column not in unsigned:
            return ""
        return (self.published if source == PUBLISHED else self.answer).replace(HOLDER, place.ref)


def value_of(facts: Sequence[Any], source: str, *, is_answered: bool) -> Value:
    """Return what a row of ours says, from its columns in the order of a value."""
    status, position, promised_on, answered_on, updated_on, evidence = facts
    return Value(
        status, position, promised_on, answered_on, updated_on, evidence, source, is_answered
    )


def said(facts: Sequence[Any]) -> Value:
    """Return what a snapshot says, from the values that the database cut out of it."""
    status, position, promised_on, answered_on, updated_on, evidence = facts
    return Value(
        status=status or "",
        position=position or "",
        promised_on=day_of(promised_on),
        answered_on=day_of(answered_on),
        updated_on=day_of(updated_on),
        evidence=evidence or 0,
        source=PUBLISHED,
        is_answered=True,
    )


def cell_of(row: Row, value: Value, today: date) -> Cell:
    """Return a cell that leads nowhere yet."""
    state = BY_CODE.get(state_of(value.status, value.position), BY_CODE[NOT_ANSWERED])
    clock = Clock(
        deadline_on=row.due_on,
        basis=row.due_basis,
        answered_on=value.answered_on,
        promised_on=value.promised_on,
        is_answered=value.is_answered,
        is_complete=value.status == lateness.COMPLETE,
        is_refused=value.position == lateness.REFUSED,
        is_past_record=value.status == NOT_RECORDED,
    )
    return Cell(
        state=state.code,
        word=state.word,
        shape=state.shape,
        on=value.updated_on or value.answered_on,
        marks=lateness.marks(clock, today),
        evidence=value.evidence,
        promised_on=value.promised_on,
        position=value.position,
        source=value.source,
    )


def day_of(text: str | None) -> date | None:
    """Return a day of a snapshot."""
    return date.fromisoformat(text) if text else None
