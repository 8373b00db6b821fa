"""Progress and figures equal what a plain recount gives; every figure has its replies."""

import statistics
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.surveys.rules import analysis, filling
from fourfold.web.surveys.rules.analysis import Stand
from fourfold.web.surveys.rules.filling import Asked
from fourfold.web.surveys.rules.kinds import NONE, Given, Kind, Shape, State

QUICK = settings(max_examples=50, deadline=None)
YES_NO = Shape(Kind.YES_NO, may_not_know=True, is_required=True)
DAYS = Shape(Kind.NUMBER, unit="days", may_not_hold=True)
MANY = Shape(Kind.MANY, options=("a", "b", "c"))
GIVEN = {
    Kind.YES_NO: st.sampled_from(
        [NONE, Given("answered", "Yes"), Given("answered", "No"), Given(State.NOT_KNOWN)]
    ),
    Kind.NUMBER: st.sampled_from([NONE, Given(State.NOT_HELD), Given("answered", "about 3")])
    | st.integers(0, 9999).map(lambda n: Given("answered", f"{n:,}")),
    Kind.MANY: st.lists(st.sampled_from("abc"), unique=True).map(
        lambda chosen: Given("answered", sorted(chosen)) if chosen else NONE
    ),
}


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[Asked], dict[int, Given]]:
    """Questions, some of which wait for an earlier one, and answers to them."""
    shapes = draw(st.lists(st.sampled_from([YES_NO, DAYS, MANY]), min_size=1, max_size=8))
    questions, held = [], {}
    for key, shape in enumerate(shapes):
        earlier = [q.key for q in questions if q.shape is YES_NO]
        waits = draw(st.none() | st.sampled_from(earlier)) if earlier else None
        answer = draw(st.sampled_from(["Yes", "No", "Not known"])) if waits is not None else ""
        questions.append(Asked(key, draw(st.integers(0, 2)), shape, waits, answer))
        held[key] = draw(GIVEN[Kind(shape.kind)])
    return questions, held


def is_asked(question: Asked, questions: list[Asked], held: dict[int, Given]) -> bool:
    """Follow the chain of waiting upwards, as a person would."""
    if question.show_if is None:
        return True
    before = questions[question.show_if]
    given = held[before.key]
    said = "Not known" if given.state == "not_known" else given.value
    return said == question.show_if_answer and is_asked(before, questions, held)


@given(survey=surveys())
@QUICK
def test_progress_equals_a_recount(survey: tuple[list[Asked], dict[int, Given]]) -> None:
    questions, held = survey
    found = filling.progress(questions, held, frozenset())
    for section in {q.section for q in questions}:
        here = [q for q in questions if q.section == section and is_asked(q, questions, held)]
        one = found[section]
        assert one.asked == len(here)
        assert one.answered == sum(held[q.key] != NONE for q in here)
        assert one.needed == sum(q.shape.is_required and held[q.key] == NONE for q in here)
        assert one.problems == sum(held[q.key].value == "about 3" for q in here)


@st.composite
def replies(draw: st.DrawFn) -> tuple[Shape, list[Stand]]:
    shape = draw(st.sampled_from([YES_NO, DAYS, MANY]))
    number = draw(st.integers(0, 12))
    stands = [
        Stand(key, draw(GIVEN[Kind(shape.kind)]), draw(st.booleans()), draw(st.booleans()))
        for key in range(number)
    ]
    return shape, stands


def label_by_hand(shape: Shape, stand: Stand) -> list[str]:
    value = stand.given.value
    if not stand.is_signed or not stand.is_asked:
        return ["Not asked, after an earlier answer" if stand.is_signed else "No signed reply"]
    if stand.given.state != "answered":
        words = {"": "Not answered", "not_known": "Not known", "not_held": "Not held"}
        return [words[stand.given.state]]
    if shape.kind == Kind.NUMBER:
        return ["Cannot be read" if value == "about 3" else "Answered"]
    return list(value) if isinstance(value, list) else [str(value)]


@given(asked=replies())
@QUICK
def test_figures_equal_a_recomputation_and_lead_to_their_replies(
    asked: tuple[Shape, list[Stand]],
) -> None:
    shape, stands = asked
    wanted = Counter(label for stand in stands for label in label_by_hand(shape, stand))
    counts = analysis.counts(shape, stands)
    assert {c.label: c.number for c in counts if c.number} == dict(wanted)
    for count in counts:
        behind = [s.key for s in stands if count.label in label_by_hand(shape, s)]
        assert list(count.keys) == behind
    numbers = [
        Decimal(str(s.given.value).replace(",", ""))
        for s in stands
        if label_by_hand(shape, s) == ["Answered"]
    ]
    spread = analysis.spread([n for _, n in analysis.values(shape, stands)])
    assert (spread is None) == (not numbers)
    if spread is not None:
        assert (spread.n, spread.least, spread.most) == (len(numbers), min(numbers), max(numbers))
        assert spread.median == statistics.median(numbers)


@given(asked=replies(), other=st.lists(GIVEN[Kind.YES_NO], min_size=12, max_size=12))
@QUICK
def test_a_cross_table_holds_each_reply_where_both_answers_meet(
    asked: tuple[Shape, list[Stand]], other: list[Given]
) -> None:
    shape, stands = asked
    seconds = [Stand(s.key, other[s.key], s.is_signed, True) for s in stands]
    crossed = analysis.cross(shape, stands, YES_NO, seconds)
    wanted = Counter(
        (a, b)
        for s, t in zip(stands, seconds, strict=True)
        for a in label_by_hand(shape, s)
        for b in label_by_hand(YES_NO, t)
    )
    assert {place: len(keys) for place, keys in crossed.cells.items()} == dict(wanted)
