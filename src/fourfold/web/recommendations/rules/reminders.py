"""When an answer that is owed is asked for again, and to whom it is raised.

The days are data (`reference/reminders.toml`) and a choice of this program: no source fixes them.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

PARTIES: Final = ("addressee", "commissioner", "collator", "lead")
LETTERS: Final = ("reminder", "escalation")


class ReminderTableError(ValueError):
    """The table of reminders says something that cannot be."""


@dataclass(frozen=True)
class Step:
    """One step: days after the deadline (before it, negative), to whom, with which letter."""

    code: str
    days: int
    words: str
    to: tuple[str, ...]
    letter: str

    def on(self, due_on: date) -> date:
        """Return the day from which the step is due."""
        return due_on + timedelta(days=self.days)


@cache
def table() -> tuple[str, tuple[Step, ...]]:
    """Return what the days rest on, and the steps in order."""
    text = resources.files("fourfold.web.recommendations.reference").joinpath("reminders.toml")
    return read(text.read_text(encoding="utf-8"))


def read(text: str) -> tuple[str, tuple[Step, ...]]:
    """Read a table of reminders."""
    given: dict[str, Any] = tomllib.loads(text)
    steps = tuple(Step(**{**each, "to": tuple(each["to"])}) for each in given["step"])
    if [step.days for step in steps] != sorted({step.days for step in steps}):
        raise ReminderTableError("The steps must stand in the order of their days.")
    for step in steps:
        if set(step.to) - set(PARTIES) or step.letter not in LETTERS:
            raise ReminderTableError(f"{step.code}: an unknown party or letter.")
    return str(given["basis"]), steps


def due_step(
    due_on: date | None, today: date, *, sent: Collection[str], steps: tuple[Step, ...]
) -> Step | None:
    """Return the newest step that has come and was not sent; earlier ones it replaces."""
    if due_on is None:
        return None
    come = [step for step in steps if step.on(due_on) <= today]
    return come[-1] if come and come[-1].code not in sent else None


def next_step(due_on: date | None, today: date, *, steps: tuple[Step, ...]) -> Step | None:
    """Return the next step that will come."""
    if due_on is None:
        return None
    return next((step for step in steps if step.on(due_on) > today), None)
