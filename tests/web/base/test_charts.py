"""Charts: limits against hand-worked examples, hostile labels, the same bytes each time."""

import math
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.base import charts
from fourfold.web.base.charts import limits
from fourfold.web.base.charts.parts import scale_to

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script>\"' onload=x &amp; \x00\x1b\u202e"


def test_xmr_equals_the_hand_worked_example() -> None:
    """Mean 15.5; moving ranges 2 4 3 5 1 6 2 (mean 23/7); limits 15.5 -/+ 2.66 x 23/7."""
    band = limits.xmr([14, 16, 12, 15, 20, 19, 13, 15])
    ranges = [2, 4, 3, 5, 1, 6, 2]
    assert band is not None
    assert band.centre == pytest.approx(124 / 8)
    assert band.high == pytest.approx(15.5 + 2.66 * sum(ranges) / 7)
    assert band.low == pytest.approx(15.5 - 2.66 * sum(ranges) / 7)


def test_p_chart_equals_the_hand_worked_example() -> None:
    """80 of 800: centre 0.1; at 100 the error is sqrt(.09/100) = 0.03, three of them 0.09."""
    bands = limits.p_chart([(10, 100)] * 8)
    assert bands is not None
    assert (bands[0].centre, bands[0].low, bands[0].high) == pytest.approx((0.1, 0.01, 0.19))


def test_too_few_points_have_no_limits() -> None:
    assert limits.xmr([1.0] * 7) is None
    assert limits.p_chart([(1, 2)] * 7) is None


def test_funnel_limit_equals_the_hand_worked_example() -> None:
    """Ten throws of a coin: P(X<=1) = 11/1024, P(X<=2) = 56/1024; 2.5% lies between them."""
    band = limits.funnel(0.5, 10, limits.TAILS_95)
    beyond = (56 / 1024 - 0.025) / (45 / 1024)
    assert band.low == pytest.approx((2 - beyond) / 10)
    assert band.high == pytest.approx(1 - band.low, abs=0.11)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.02, 0.98), st.integers(1, 1_400))
def test_funnel_limits_nest_about_the_share(share: float, denominator: int) -> None:
    inner = limits.funnel(share, denominator, limits.TAILS_95)
    outer = limits.funnel(share, denominator, limits.TAILS_99_8)
    assert 0 <= outer.low <= inner.low <= inner.high <= outer.high <= 1
    if denominator > 200:
        near = 1.96 * math.sqrt(share * (1 - share) / denominator)
        assert inner.high == pytest.approx(min(1, share + near), abs=2 / denominator)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.001, 1e7), min_size=1, max_size=5))
def test_a_scale_holds_its_values_between_few_marks(values: list[float]) -> None:
    scale = scale_to(values, 0.0, 100.0)
    assert max(values) <= scale.top * (1 + 1e-9)
    assert 2 <= len(scale.marks()) <= 7


def _all(label: str) -> list[charts.Chart]:
    days = [date(2022 + month // 12, month % 12 + 1, 1) for month in range(24)]
    heading = charts.Heading(label, "share")
    points = [
        charts.Point(on, f"{label}{place}", None if place == 3 else place / 30, place, 30)
        for place, on in enumerate(days)
    ]
    broken = [charts.SeriesBreak(date(2023, 6, 1), label)]
    return [
        charts.bars(heading, [charts.Bar(label, 0.5), charts.Bar("none", None)]),
        charts.stacked_bars(heading, [label, "b"], [charts.Stack(label, (1, 2))]),
        charts.stacked_bars(heading, ["a"], [charts.Stack("nothing", (0,))], as_share=True),
        charts.run_chart(heading, points, broken),
        charts.funnel_plot(heading, [charts.Dot(label, 3, 40, True), charts.Dot("b", 9, 900)]),
        charts.bars(heading, []),
        charts.run_chart(heading, []),
        charts.funnel_plot(heading, []),
    ]


def test_hostile_labels_stay_text() -> None:
    for chart in _all(HOSTILE):
        root = ElementTree.fromstring(str(chart.picture))
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg", "title", "desc", "g", "rect", "line", "text", "path", "circle", "defs",
            "pattern",
        }  # fmt: skip
        assert not [
            name for element in root.iter() for name in element.attrib if name.startswith("on")
        ]


def test_a_picture_says_what_it_is_and_has_no_style_of_its_own() -> None:
    for chart in _all("Example"):
        root = ElementTree.fromstring(str(chart.picture))
        named = root.attrib["aria-labelledby"].split()
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert root.attrib["role"] == "img"
        assert set(named) <= set(ids)
        assert len(ids) == len(set(ids))
        assert "style" not in str(chart.picture)


def test_the_same_chart_is_drawn_the_same() -> None:
    assert [chart.picture for chart in _all("A")] == [chart.picture for chart in _all("A")]


def test_limits_start_anew_at_a_break() -> None:
    """Eight low figures, a break, eight high ones: two centre lines and nothing outside."""
    points = [
        charts.Point(date(2022, month, 1), str(month), low) for month, low in
        enumerate([10, 11, 10, 11, 10, 11, 10, 11], start=1)
    ] + [
        charts.Point(date(2023, month, 1), str(month), high) for month, high in
        enumerate([90, 91, 90, 91, 90, 91, 90, 91], start=1)
    ]  # fmt: skip
    broken = charts.run_chart(
        charts.Heading("x"), points, [charts.SeriesBreak(date(2023, 1, 1), "rule")]
    )
    whole = charts.run_chart(charts.Heading("x"), points)
    assert "; 0 outside" in str(broken.picture)
    assert {row[4] for row in broken.rows} == {"10.5", "90.5"}
    assert {row[4] for row in whole.rows} == {"50.5"}


def test_a_funnel_sorts_by_name_and_never_by_share() -> None:
    dots = [charts.Dot("Beta", 90, 100), charts.Dot("Alpha", 1, 100), charts.Dot("Gamma", 0, 0)]
    assert [row[0] for row in charts.funnel_plot(charts.Heading("x"), dots).rows] == [
        "Alpha", "Beta",
    ]  # fmt: skip
