"""Cells that stay text, and bars without a gap."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.cases.rules.cells import STARTERS, cell, csv_text
from fourfold.web.cases.rules.rhythm import period_of, rhythm_of

DATES = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@cmd", "\t=1", "  =1", "\uff1d1"])
def test_a_cell_that_could_start_a_formula_is_kept_as_text(text: str) -> None:
    assert cell(text) == "'" + text


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not cell(text).lstrip(" ").startswith(STARTERS)


def test_a_table_has_its_header_and_quotes_line_feeds() -> None:
    assert csv_text(["a", "b"], [["one\ntwo", None]]) == '\ufeffa,b\r\n"one\ntwo",\r\n'


@given(st.lists(DATES, max_size=40))
def test_the_bars_hold_every_act_once_and_leave_no_gap(days: list[date]) -> None:
    bars = rhythm_of(days).bars
    assert sum(bar.number for bar in bars) == len(days)
    assert all(bar.to_on == following.from_on for bar, following in pairwise(bars))


def test_more_than_two_years_are_drawn_by_month() -> None:
    first = date(2023, 1, 4)
    assert rhythm_of([first, first + timedelta(days=900)]).step == "month"


def test_an_address_that_names_no_period_is_left_out() -> None:
    keys = ("", "x..y", "2026-05-04", "0001-01-01..0001-01-01", "2026-05-11..2026-05-04")
    assert [period_of(key) for key in keys] == [None] * 5
