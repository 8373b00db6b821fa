"""Bulk browse fires if and only if the stated threshold is crossed, whatever the order."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.oversight.rules.browsing import bulk_browse
from fourfold.web.oversight.rules.lines import Evidence, Line, bursts
from fourfold.web.oversight.rules.thresholds import HOUR, HOUR_CASES_MAX
from web.oversight.lines import NOON, line

looks = st.lists(st.tuples(st.integers(0, 150), st.integers(0, 24)), max_size=60)


def lines_of(pairs: list[tuple[int, int]]) -> list[Line]:
    return [
        line(seq, at=NOON + timedelta(minutes=minute), case_ref=f"C-{case:010}")
        for seq, (minute, case) in enumerate(pairs, 1)
    ]


def crossed(lines: list[Line], most: int) -> bool:
    """Say by brute force whether any hour holds more cases than stated."""
    return any(
        len({one.case_ref for one in lines if start.at <= one.at < start.at + HOUR}) > most
        for start in lines
    )


@settings(max_examples=150, deadline=None)
@given(looks, st.randoms(use_true_random=False))
def test_bulk_browse_fires_iff_the_threshold_is_crossed(pairs, random) -> None:  # type: ignore[no-untyped-def]
    lines = lines_of(pairs)
    expected = crossed(lines, HOUR_CASES_MAX)
    random.shuffle(lines)

    assert bool(list(bulk_browse(Evidence(lines=lines)))) is expected


@settings(max_examples=150, deadline=None)
@given(looks)
def test_runs_hold_exactly_the_lines_of_crossing_hours(pairs) -> None:  # type: ignore[no-untyped-def]
    lines, most = lines_of(pairs), 4

    found = [one.seq for run in bursts(lines, HOUR, most, lambda one: one.case_ref) for one in run]

    hours = [{one.seq for one in lines if end.at - HOUR < one.at <= end.at} for end in lines]
    case_of = {one.seq: one.case_ref for one in lines}
    expected = {seq for hour in hours if len({case_of[s] for s in hour}) > most for seq in hour}
    assert sorted(found) == sorted(expected)
