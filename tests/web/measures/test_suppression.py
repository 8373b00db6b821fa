"""No small number goes to the public, and none can be worked out from what does."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.measures.rules.definitions import find
from fourfold.web.measures.rules.periods import parse
from fourfold.web.measures.rules.suppression import (
    CELL_MIN,
    COMPLEMENTARY,
    DENOMINATOR_MIN,
    Cell,
    cell,
    reason_beside,
    reason_to_withhold,
)

DAYS = [date(2026, month, 1) for month in range(1, 7)]
MONTHS = len(DAYS) - 1


def _cell(start: int, end: int, numerator: int | None, denominator: int | None) -> Cell:
    return Cell("m", "w", DAYS[start], DAYS[end], numerator, denominator)


def test_small_cells_and_denominators_are_withheld() -> None:
    for numerator, denominator in ((1, 50), (4, 50), (46, 50), (49, 50), (0, 9), (9, 9), (3, None)):
        assert reason_to_withhold(_cell(0, 1, numerator, denominator))
    for numerator, denominator in ((0, 50), (50, 50), (5, 10), (0, 0), (0, None), (5, None)):
        assert not reason_to_withhold(_cell(0, 1, numerator, denominator))


def test_a_difference_of_two_periods_is_withheld_too() -> None:
    whole, part = _cell(0, 3, 30, 60), _cell(0, 2, 28, 40)
    assert reason_beside(part, [whole]) == COMPLEMENTARY
    assert reason_beside(part, []) == ""


def test_a_denominator_told_by_another_measure_counts() -> None:
    """20 of 40 is open; that the same whole had 60 + 24 of 40 would be 4 on the other side."""
    other = Cell("n", "w", DAYS[0], DAYS[1], None, 24)
    assert reason_beside(_cell(0, 1, 20, None), [other]) == COMPLEMENTARY


def test_a_count_is_the_whole_of_the_shares_of_it() -> None:
    """12 reports in two months and 10 of them in one: two in the other, whoever tells it."""
    count, share = find("stalking-reports"), find("reports-joined")
    both = cell(count, parse("2026-01..2026-02"), 12, None)
    one = cell(share, parse("2026-01"), 5, 10)
    assert reason_beside(one, [both]) == COMPLEMENTARY
    assert reason_to_withhold(cell(count, parse("2026"), 9, None))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=MONTHS, max_size=MONTHS),
    st.permutations([(a, b) for a in range(MONTHS) for b in range(a + 1, MONTHS + 1)]),
)
def test_no_small_number_can_be_worked_out_from_what_is_published(
    months: list[tuple[int, int]], order: list[tuple[int, int]]
) -> None:
    """Solve for every run of months by elimination, with fractions: an independent attacker."""
    published: list[Cell] = []
    for start, end in order:
        inside, outside = (sum(month[k] for month in months[start:end]) for k in (0, 1))
        cell = _cell(start, end, inside, inside + outside)
        if not reason_beside(cell, published):
            published.append(cell)
    equations = [_vector(cell) for cell in published]
    for start in range(MONTHS):
        for end in range(start + 1, MONTHS + 1):
            ones = [int(start <= month < end) for month in range(MONTHS)]
            inside, outside = (sum(month[k] for month in months[start:end]) for k in (0, 1))
            zeros = [0] * MONTHS
            for vector, number, least in (
                (ones + zeros, inside, CELL_MIN),
                (zeros + ones, outside, CELL_MIN),
                (ones + ones, inside + outside, DENOMINATOR_MIN),
            ):
                if 0 < number < least:
                    assert not _is_combination(vector, equations)


def _vector(cell: Cell) -> list[list[int]]:
    """Return what a published figure tells, over (inside by month, outside by month)."""
    covered = [int(cell.from_on <= day < cell.until_on) for day in DAYS[:-1]]
    return [covered + [0] * MONTHS, covered + covered]


def _is_combination(wanted: list[int], equations: list[list[list[int]]]) -> bool:
    rows = [[Fraction(x) for x in row] for pair in equations for row in pair]
    return _rank([*rows, [Fraction(x) for x in wanted]]) == _rank(rows)


def _rank(rows: list[list[Fraction]]) -> int:
    left, rank = [row[:] for row in rows], 0
    for column in range(2 * MONTHS):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for place in range(rank + 1, len(left)):
            factor = left[place][column] / pivot[column]
            left[place] = [a - factor * b for a, b in zip(left[place], pivot, strict=True)]
        rank += 1
    return rank
