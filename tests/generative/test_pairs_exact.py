"""The pair finder gives exactly what brute force gives, anywhere on the globe and clock."""

import random
from collections import defaultdict
from math import asin, cos, degrees, floor, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.support.geo import EARTH_RADIUS_M
from lib.brute import Point, brute_pairs, relation

MINUTE_US = 60_000_000
WINDOW_US = 5 * MINUTE_US
EPOCH_US = 1_784_000_000_000_000
STORE = CaseStore(threads=1)
ANCHORS = [
    (51.5, -0.12), (0.0, 180.0), (0.0, -180.0), (0.0, 0.0), (-17.0, 179.9999), (65.0, -179.9999),
    (78.0, 15.0), (89.9995, 40.0), (-89.9995, -140.0), (90.0, 0.0), (-90.0, 10.0), (89.0, 180.0),
]  # fmt: skip


def found_by_sql(
    points: list[Point], within_m: float, window_us: int = WINDOW_US
) -> dict[tuple[int, int], float]:
    rows = relation(points)
    find_pairs(STORE, Search("found", rows, rows, Reach(within_m, window_us)), 10**9)
    found = STORE.rows("select sight_a, sight_b, distance_m from found")
    assert len(found) == len({row[:2] for row in found}), "a pair came twice"
    return {(a, b): metres for a, b, metres in found}


def assert_same(points: list[Point], within_m: float, window_us: int = WINDOW_US) -> None:
    """Equal to brute force; only pairs within a micrometre of the limit may differ."""
    found = found_by_sql(points, within_m, window_us)
    wider = brute_pairs(points, within_m * 1.001 + 1, window_us)
    on_the_edge = {
        pair
        for pair, apart in wider.items()
        if abs(apart - within_m) < 1e-6 * max(1, within_m / 100)
    }
    expected = {pair for pair, apart in wider.items() if apart <= within_m}
    assert set(found) - on_the_edge == expected - on_the_edge
    assert all(abs(found[pair] - wider[pair]) < 1e-3 for pair in found)


@st.composite
def globes(draw: st.DrawFn) -> tuple[list[Point], float]:
    """Points of three parties around one awkward place, times on and beside bucket edges."""
    within_m = draw(st.sampled_from([1.0, 100.0, 100.0, 1_000.0, 50_000.0]))
    lat, lon = draw(st.sampled_from(ANCHORS))
    reach = Reach(within_m, WINDOW_US)
    step = degrees(within_m / EARTH_RADIUS_M)
    on_edge = draw(st.booleans())
    if on_edge:  # a row edge of the grid, and the edge of a column at 0
        lat = floor((lat + 90) / reach.row_deg) * reach.row_deg - 90
    points = []
    for number in range(draw(st.integers(2, 14))):
        up = draw(st.sampled_from([0.0, 0.5, 0.999, 1.0, 1.001, 2.0])) * draw(
            st.sampled_from([-1, 1])
        )
        right = draw(st.sampled_from([0.0, 0.3, 0.999, 1.0, 1.5, 4.0])) * draw(
            st.sampled_from([-1, 1])
        )
        there = max(-90.0, min(90.0, lat + up * step))
        turn = draw(st.sampled_from([0, 0, 0, 90, 180])) if abs(there) > 88 else 0
        across = right * step / max(cos(radians(there)), 1e-6) + turn
        east = (lon + across + 180) % 360 - 180
        at = draw(st.sampled_from([0, 1, 2, 4, 5])) * WINDOW_US + draw(
            st.sampled_from([-1, 0, 0, 1])
        )
        points.append(Point(number, draw(st.integers(1, 3)), EPOCH_US + at, there, east))
    return points, within_m


@given(globes())
@settings(deadline=None, max_examples=150)
def test_pairs_equal_brute_force(globe: tuple[list[Point], float]) -> None:
    points, within_m = globe
    assert_same(points, within_m)


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize("within_m", [100.0, 5_000.0])
def test_pairs_equal_brute_force_in_a_crowd(anchor: tuple[float, float], within_m: float) -> None:
    points = scattered(anchor, within_m, 120)
    assert_same(points, within_m)
    assert brute_pairs(points, within_m, WINDOW_US), (
        "the crowd must hold pairs, or this shows nothing"
    )


def test_row_whose_edge_lies_beside_the_pole() -> None:
    """Two reaches below the pole the widths change most from one end of a reach to the other."""
    within_m = EARTH_RADIUS_M * radians(180 / (4 * 4500.5))
    step = degrees(within_m / EARTH_RADIUS_M)
    chance = random.Random(5)
    points = [
        Point(n, 1 + n % 2, EPOCH_US, 90 - chance.uniform(0.9, 3.2) * step, lon)
        for n, lon in enumerate(chance.uniform(-180, 180) for _ in range(400))
    ]
    assert_same(points, within_m)


def test_one_wild_fix_changes_nothing() -> None:
    points = [*scattered((51.5, -0.12), 100.0, 80), Point(999, 1, EPOCH_US, 89.99999, 3.0)]
    assert_same(points, 100.0)


def test_times_exactly_on_the_window_count() -> None:
    points = [Point(1, 1, EPOCH_US, 51.5, 0.0), Point(2, 2, EPOCH_US + WINDOW_US, 51.5, 0.0),
              Point(3, 2, EPOCH_US + WINDOW_US + 1, 51.5, 0.0)]  # fmt: skip
    assert set(found_by_sql(points, 100.0)) == {(1, 2)}


def test_times_before_1970_pair_too() -> None:
    points = [Point(1, 1, -1, 51.5, 0.0), Point(2, 2, WINDOW_US - 1, 51.5, 0.0)]
    assert set(found_by_sql(points, 100.0)) == {(1, 2)}


def test_the_crowd_guard_counts_before_it_compares() -> None:
    rows = relation(scattered((51.5, -0.12), 100.0, 100))
    comparisons = find_pairs(STORE, Search("refused", rows, rows, Reach(100.0, WINDOW_US)), 10)
    assert comparisons > 10
    assert STORE.rows("select count(*) from refused") == [(0,)]


def scattered(
    anchor: tuple[float, float], within_m: float, count: int, spread: float = 3.0
) -> list[Point]:
    """Points of two parties within a few reaches of an anchor, from a fixed seed."""
    chance = random.Random(f"{anchor} {within_m}")
    step = degrees(within_m / EARTH_RADIUS_M)
    points = []
    for number in range(count):
        lat = max(-90.0, min(90.0, anchor[0] + chance.uniform(-spread, spread) * step))
        width = step / max(cos(radians(lat)), 1e-6)
        lon = (anchor[1] + chance.uniform(-spread, spread) * min(width, 90) + 180) % 360 - 180
        points.append(
            Point(number, 1 + number % 2, EPOCH_US + chance.randrange(20 * MINUTE_US), lat, lon)
        )
    return points


# Each shortcut that others take, and what it loses (against the same brute force).


def same_cell(points: list[Point], within_m: float) -> set[tuple[int, int]]:
    """Only records in one cell and one bucket are compared."""
    return by_cells(points, within_m, lambda lat: lat, neighbours=range(1))


def no_modulo(points: list[Point], within_m: float) -> set[tuple[int, int]]:
    """Neighbouring cells, but 180 degrees is an edge."""
    return by_cells(points, within_m, lambda lat: lat)


def mean_width(points: list[Point], within_m: float) -> set[tuple[int, int]]:
    """Neighbouring cells, one width of columns from the mean latitude."""
    mean = sum(p.lat for p in points) / len(points)
    return by_cells(points, within_m, lambda _: mean)


def by_cells(
    points: list[Point], within_m: float, latitude, neighbours=range(-1, 2)
) -> set[tuple[int, int]]:  # type: ignore[no-untyped-def]
    step = degrees(within_m / EARTH_RADIUS_M)

    def cell(p: Point) -> tuple[int, int, int]:
        row = floor((p.lat + 90) / step)
        width = (
            degrees(asin(min(1.0, sin(radians(step)) / cos(radians(latitude(row * step - 90))))))
            * 1.001
        )
        return floor(p.started_us / WINDOW_US), row, floor((p.lon + 180) / width)

    cells = defaultdict(list)
    for p in points:
        cells[cell(p)].append(p)
    found = set()
    for a in points:
        at, row, column = cell(a)
        near = [
            (at + i, row + j, column + k)
            for i in neighbours
            for j in neighbours
            for k in neighbours
        ]
        for b in (b for key in near for b in cells.get(key, ())):
            found |= set(brute_pairs([a, b], within_m, WINDOW_US))
    return found


@pytest.mark.parametrize(
    ("shortcut", "anchors"),
    [
        (same_cell, [(51.5, -0.12)]),
        (no_modulo, [(-17.0, 179.9999), (0.0, 180.0)]),
        (mean_width, [(0.0, 20.0), (35.0, 20.0), (70.0, 20.0)]),
    ],
)
def test_shortcut_loses_pairs_that_the_finder_finds(shortcut, anchors) -> None:  # type: ignore[no-untyped-def]
    points = [p for anchor in anchors for p in scattered(anchor, 100.0, 150)]
    points = [p._replace(sight_no=number) for number, p in enumerate(points)]
    expected = set(brute_pairs(points, 100.0, WINDOW_US))
    assert shortcut(points, 100.0) < expected, "the shortcut loses pairs"
    assert set(found_by_sql(points, 100.0)) == expected
