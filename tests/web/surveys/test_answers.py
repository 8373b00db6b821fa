"""Answers of every kind: kept as typed, read, shown, written in a table and read back."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.surveys.rules import answers
from fourfold.web.surveys.rules.answers import AnswerError, from_cells, kept, problem_of, to_cells
from fourfold.web.surveys.rules.cells import plain, table
from fourfold.web.surveys.rules.kinds import NONE, Given, Kind, Shape, State

OPTIONS = ("Yes, everywhere", "=SUM(A1)", "No", "-2", "'quoted")
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")
WORDS = st.text(max_size=40) | st.sampled_from(
    ["=1+1", "+44", "-5", "@x", "'", "''=1", "(not known)", "a\r\nb", 'a"b', "a | b", "\u202e", "\ud800", "\x00"]
)  # fmt: skip
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Shape, object]:
    """A question, and something sent in answer to it."""
    kind = draw(st.sampled_from([each for each in Kind.values if each != Kind.FILE]))
    shape = Shape(
        kind=kind,
        options=OPTIONS,
        unit="days",
        columns=("2A", "4A"),
        rows=("2025", "=2026"),
        may_not_know=draw(st.booleans()),
        may_not_hold=draw(st.booleans()),
    )
    if kind == Kind.MANY:
        return shape, draw(st.lists(st.sampled_from(OPTIONS), unique=True))
    if kind == Kind.TABLE:
        return shape, draw(
            st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=2, max_size=2)
        )
    if kind in (Kind.ONE, Kind.YES_NO):
        return shape, draw(st.sampled_from(("", *shape.choices)))
    if kind in (Kind.NUMBER, Kind.PERCENT):
        return shape, draw(WORDS | st.integers(-(10**9), 10**9).map(lambda n: f"{n:,}"))
    if kind == Kind.DAY:
        return shape, draw(WORDS | st.dates().map(str))
    return shape, draw(WORDS)


@given(asked=questions(), state=st.sampled_from(["", "not_known", "not_held"]))
@QUICK
def test_an_answer_comes_back_from_a_table_of_replies_as_it_was_kept(
    asked: tuple[Shape, object], state: str
) -> None:
    shape, sent = asked
    try:
        held = kept(shape, state, sent)
    except AnswerError as error:
        assert str(error).endswith(".")
        return

    text = table(["Force"], [to_cells(shape, held)])
    _, cells = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))

    back = from_cells(shape, [plain(cell) for cell in cells])
    if not is_mistaken_for_a_state(held):
        assert back == held
    assert not any(cell.startswith(STARTERS) for cell in cells)
    assert isinstance(answers.shown(shape, held), str)
    assert not problem_of(shape, held) or held.state == State.ANSWERED


def is_mistaken_for_a_state(held: Given) -> bool:
    """The words "(not known)" typed as text read as the state in a table: the same to a reader."""
    first = held.value
    while isinstance(first, list) and first:
        first = first[0]
    return first in ("(not known)", "(not held)")


@given(asked=questions())
@QUICK
def test_keeping_what_was_kept_changes_nothing(asked: tuple[Shape, object]) -> None:
    shape, sent = asked
    try:
        held = kept(shape, "", sent)
    except AnswerError:
        return
    assert kept(shape, held.state, held.value) == held


@pytest.mark.parametrize(
    ("kind", "typed", "problem", "shown"),
    [
        (Kind.NUMBER, "1,250", "", "1,250 days"),
        (Kind.NUMBER, "about 40", "Enter a number", "about 40"),
        (Kind.PERCENT, "37.5%", "", "37.5%"),
        (Kind.PERCENT, "140", "from 0 to 100", "140%"),
        (Kind.DAY, "31/2/2024", "real date", "31/2/2024"),
        (Kind.DAY, "2023-09-04", "", "4 September 2023"),
        (Kind.DAY, "4/sept/2023", "", "4 September 2023"),
    ],
)
def test_what_cannot_be_read_is_kept_and_said(
    kind: str, typed: str, problem: str, shown: str
) -> None:
    shape = Shape(kind, unit="days")
    held = kept(shape, "", typed)
    said = problem_of(shape, held)
    assert bool(said) == bool(problem)
    assert problem in said
    assert answers.shown(shape, held) == shown


@pytest.mark.parametrize(
    ("shape", "state", "value"),
    [
        (Shape(Kind.ONE, options=OPTIONS), "", "Perhaps"),
        (Shape(Kind.MANY, options=OPTIONS), "", ["No", "Perhaps"]),
        (Shape(Kind.SHORT), "", "x" * 301),
        (Shape(Kind.SHORT), "", "\x00"),
        (Shape(Kind.SHORT), "", {"a": 1}),
        (Shape(Kind.NUMBER), "not_known", ""),
        (Shape(Kind.SHORT), "guessed", "x"),
        (Shape(Kind.TABLE, rows=("a",), columns=("b",)), "", [["1"], ["2"]]),
        (Shape(Kind.TABLE, rows=("a",), columns=("b",)), "", "text"),
    ],
)
def test_what_does_not_fit_the_question_is_refused(shape: Shape, state: str, value: object) -> None:
    with pytest.raises(AnswerError):
        kept(shape, state, value)


def test_nothing_typed_is_no_answer_and_not_known_is_one() -> None:
    shape = Shape(Kind.SHORT, may_not_know=True)
    assert kept(shape, "", "  ") == NONE
    assert kept(shape, "not_known", "") == Given(State.NOT_KNOWN)
