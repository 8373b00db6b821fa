"""Kinds of question and states of an answer; what an answer to a question may be."""

from dataclasses import dataclass
from typing import Final

from django.db import models


class Kind(models.TextChoices):
    """Kinds of question."""

    YES_NO = "yes_no", "Yes or no"
    ONE = "one", "One of several"
    MANY = "many", "Any of several"
    NUMBER = "number", "A number with its unit"
    PERCENT = "percent", "A percentage"
    DAY = "day", "A date"
    SHORT = "short", "A short text"
    LONG = "long", "A long text"
    TABLE = "table", "A table of rows and columns"
    FILE = "file", "A file"


class State(models.TextChoices):
    """What stands in the place of an answer. Nothing at all is not an answer."""

    ANSWERED = "answered", "Answered"
    NOT_KNOWN = "not_known", "Not known"
    NOT_HELD = "not_held", "Not held"


COUNTED: Final = frozenset({Kind.YES_NO, Kind.ONE, Kind.MANY})
NUMERIC: Final = frozenset({Kind.NUMBER, Kind.PERCENT})
TEXTS: Final = frozenset({Kind.SHORT, Kind.LONG})
YES_NO: Final = ("Yes", "No")
SHORT_MAX: Final = 300
LONG_MAX: Final = 20_000
MOST_OPTIONS: Final = 40
MOST_CELLS: Final = 200
JOIN: Final = " | "  # between the choices of one answer; no choice may contain its bar


@dataclass(frozen=True)
class Shape:
    """What an answer to a question may be."""

    kind: str
    options: tuple[str, ...] = ()
    unit: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    is_required: bool = False
    may_not_know: bool = False
    may_not_hold: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the choices that it offers."""
        return YES_NO if self.kind == Kind.YES_NO else self.options

    @property
    def states(self) -> tuple[str, ...]:
        """Return which states an answer may have."""
        known = State.NOT_KNOWN if self.may_not_know else ""
        held = State.NOT_HELD if self.may_not_hold else ""
        return tuple(filter(None, (State.ANSWERED, known, held)))


@dataclass(frozen=True)
class Given:
    """An answer as it is kept: its state, and what was typed. "" is no answer."""

    state: str = ""
    value: object = ""

    def __bool__(self) -> bool:
        return bool(self.state)


NONE: Final = Given()
