"""Answers: how what was sent is kept, what it reads as, how it is shown and written in a table.

What was typed is kept as typed, even if it cannot be read: a draft loses nothing. `problem_of`
says what stands in the way, and sign-off waits for it.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError

from fourfold.web.base.widgets import DayField
from fourfold.web.base.words import uk_date
from fourfold.web.surveys.rules.kinds import (
    JOIN,
    LONG_MAX,
    NONE,
    NUMERIC,
    SHORT_MAX,
    TEXTS,
    Given,
    Kind,
    Shape,
    State,
)

NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
BREAKS: Final = re.compile(r"\r\n?")


class AnswerError(ValueError):
    """What was sent cannot be kept as an answer to this question; the message says why."""


def kept(shape: Shape, state: str, value: object) -> Given:
    """Return what is kept of what was sent; an empty answer is none.

    Raises:
        AnswerError: it has the wrong shape, a choice that is not offered, or letters that no
            database keeps.
    """
    if state in (State.NOT_KNOWN, State.NOT_HELD):
        if state not in shape.states:
            raise AnswerError(f"“{State(state).label}” is not offered as an answer here.")
        return Given(state)
    if state not in ("", State.ANSWERED):
        raise AnswerError("An answer is “answered”, “not_known” or “not_held”.")
    tidied = _tidied(shape, value)
    return Given(State.ANSWERED, tidied) if tidied else NONE


def _tidied(shape: Shape, value: object) -> object:
    if shape.kind == Kind.FILE:
        return ""  # its files are the answer
    if shape.kind == Kind.MANY:
        return _choices(shape, value)
    if shape.kind == Kind.TABLE:
        return _cells(shape, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    text = _text(value, LONG_MAX if shape.kind == Kind.LONG else SHORT_MAX)
    if shape.kind in (Kind.YES_NO, Kind.ONE) and text and text not in shape.choices:
        raise AnswerError("Choose one of the answers that are offered.")
    if shape.kind == Kind.DAY and (iso := ISO.fullmatch(text)):
        year, month, day = map(int, iso.groups())
        return f"{day}/{month}/{year}"
    return text


def _choices(shape: Shape, value: object) -> list[str]:
    given = [value] if isinstance(value, str) and value else value or []
    if not isinstance(given, list | tuple) or any(each not in shape.choices for each in given):
        raise AnswerError("Choose among the answers that are offered.")
    return [choice for choice in shape.choices if choice in given]


def _cells(shape: Shape, value: object) -> list[list[str]]:
    if not value:
        return []
    if not isinstance(value, list) or len(value) != len(shape.rows):
        raise AnswerError(f"The table has {len(shape.rows)} rows.")
    for row in value:
        if not isinstance(row, list) or len(row) != len(shape.columns):
            raise AnswerError(f"Each row of the table has {len(shape.columns)} cells.")
    cells = [[_text(cell, SHORT_MAX) for cell in row] for row in value]
    return cells if any(any(row) for row in cells) else []


def _text(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise AnswerError("The answer must be text.")
    text = BREAKS.sub("\n", value).strip()
    if len(text) > most:
        raise AnswerError(f"The answer is longer than {most:,} characters. Attach a file instead.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise AnswerError("The answer has a character that cannot be kept.")
    return text


def number_of(given: Given) -> Decimal | None:
    """Return the number that was typed, with or without commas and a percent sign."""
    text = str(given.value).replace(",", "").replace(" ", "").removesuffix("%")
    if given.state != State.ANSWERED or not NUMBER.fullmatch(text):
        return None
    return Decimal(text)


def day_of(given: Given) -> date | None:
    """Return the day that was typed."""
    parts = str(given.value).split("/")
    if given.state != State.ANSWERED or len(parts) != 3:
        return None
    try:
        return DayField(required=False).to_python(dict(zip(("day", "month", "year"), parts)))  # noqa: B905 - three and three
    except ValidationError:
        return None


def problem_of(shape: Shape, given: Given) -> str:
    """Say what is wrong with an answer, and what to do; "" where nothing is."""
    if given.state != State.ANSWERED:
        return ""
    if shape.kind in NUMERIC:
        found = number_of(given)
        if found is None:
            return "Enter a number in figures, such as 1,250 or 37.5. Add words in a text answer."
        if shape.kind == Kind.PERCENT and not 0 <= found <= 100:
            return "Enter a percentage from 0 to 100."
    if shape.kind == Kind.DAY and day_of(given) is None:
        return "Enter a real date: day, month and year."
    return ""


def shown(shape: Shape, given: Given) -> str:
    """Return an answer in words."""
    if given.state in (State.NOT_KNOWN, State.NOT_HELD):
        return str(State(given.state).label)
    if not given:
        return "Not answered"
    if shape.kind == Kind.MANY:
        return "; ".join(_listed(given))
    if shape.kind == Kind.TABLE:
        return _table_words(shape, given)
    return _read_words(shape, given) or str(given.value)


def _table_words(shape: Shape, given: Given) -> str:
    return "; ".join(
        f"{row}, {column}: {cell}"
        for row, cells in zip(shape.rows, _rows(given), strict=True)
        for column, cell in zip(shape.columns, cells, strict=True)
        if cell
    )


def _read_words(shape: Shape, given: Given) -> str:
    """Return a number or a day as it reads; "" where it cannot be read."""
    if shape.kind in NUMERIC and (number := number_of(given)) is not None:
        return f"{number:,}%" if shape.kind == Kind.PERCENT else f"{number:,} {shape.unit}".strip()
    if shape.kind == Kind.DAY and (day := day_of(given)) is not None:
        return uk_date(day)
    return ""


def columns_of(shape: Shape, title: str) -> list[str]:
    """Return the headings of the columns that hold its answers in a table of all replies."""
    if shape.kind != Kind.TABLE:
        return [title]
    return [f"{title} [{row}, {column}]" for row in shape.rows for column in shape.columns]


def to_cells(shape: Shape, given: Given) -> list[str]:
    """Return an answer as the cells of a table, one for each of its columns."""
    width = len(columns_of(shape, ""))
    if given.state in (State.NOT_KNOWN, State.NOT_HELD):
        return [f"({State(given.state).label.lower()})"] * width
    if not given:
        return [""] * width
    if shape.kind == Kind.TABLE:
        return [cell for row in _rows(given) for cell in row]
    if shape.kind == Kind.MANY:
        return [JOIN.join(_listed(given))]
    return [str(given.value)]


def from_cells(shape: Shape, cells: list[str]) -> Given:
    """Return the answer that `to_cells` wrote."""
    for state in (State.NOT_KNOWN, State.NOT_HELD):
        if cells[0] == f"({state.label.lower()})" and state in shape.states:
            return Given(state)
    if shape.kind == Kind.TABLE:
        width = len(shape.columns)
        return kept(shape, "", [cells[at : at + width] for at in range(0, len(cells), width)])
    if shape.kind == Kind.MANY:
        return kept(shape, "", cells[0].split(JOIN) if cells[0] else [])
    return kept(shape, "", cells[0])


def is_free_text(shape: Shape) -> bool:
    """Say whether it is answered in own words."""
    return shape.kind in TEXTS or shape.kind == Kind.TABLE


def _listed(given: Given) -> list[str]:
    return [str(each) for each in given.value] if isinstance(given.value, list) else []


def _rows(given: Given) -> list[list[str]]:
    return given.value if isinstance(given.value, list) else []
