"""A funnel plot: shares by denominator, with the limits of chance. Names, never ranks."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from fourfold.web.base.charts import limits, svg
from fourfold.web.base.charts.limits import TAILS_95, TAILS_99_8
from fourfold.web.base.charts.parts import (
    Chart,
    Dot,
    Heading,
    Scale,
    cut,
    grid,
    marked,
    picture,
    scale_to,
    shown,
)
from fourfold.web.base.words import plural

WITHIN: Final = "Within the limits"
OUTSIDE_95: Final = "Outside the 95% limits"
OUTSIDE_99_8: Final = "Outside the 99.8% limits"
FOOT: Final = 280.0
HEIGHT: Final = 340.0
CURVE_POINTS: Final = 80
COLUMNS: Final = ("Organisation", "Numerator", "Denominator", "Share", "Against the limits")
NOTE: Final = (
    "The lines show how far a share strays from the overall one by chance alone: 95 of 100 lie"
    " within the inner lines, 998 of 1,000 within the outer. A share outside asks for a closer"
    " look; it does not say why. Names stand in alphabetical order, not in an order of merit."
)


def funnel_plot(heading: Heading, dots: Sequence[Dot]) -> Chart:
    """Draw each share at its denominator; who counted nothing has no place in it."""
    named = sorted((dot for dot in dots if dot.denominator > 0), key=lambda dot: dot.label)
    share = limits.overall([(dot.numerator, dot.denominator) for dot in named])
    x = scale_to([float(dot.denominator) for dot in named], 60.0, 620.0)
    y = Scale(1.0, 0.2, FOOT, 20.0)
    places = [place_of(dot, share) for dot in named]
    drawn = [*grid(y, "share"), *_below(x), *_curves(share, x, y)]
    for dot, place in zip(named, places, strict=True):
        drawn += _mark(dot, place, x, y)
    says = (
        f"{plural(len(named), 'organisation')}; overall {shown(share, 'share')};"
        f" {sum(place != WITHIN for place in places)} outside the 95% limits."
        " The numbers stand in the table."
    )
    rows = tuple(
        (dot.label, f"{dot.numerator:,}", f"{dot.denominator:,}",
         shown(dot.numerator / dot.denominator, "share"), place)
        for dot, place in zip(named, places, strict=True)
    )  # fmt: skip
    return Chart(heading.title, picture(heading, says, HEIGHT, drawn), COLUMNS, rows, (NOTE,))


def place_of(dot: Dot, share: float) -> str:
    """Return how a share stands against the limits at its denominator."""
    own = dot.numerator / dot.denominator
    for tail, words in ((TAILS_99_8, OUTSIDE_99_8), (TAILS_95, OUTSIDE_95)):
        band = limits.funnel(share, dot.denominator, tail)
        if not band.low <= own <= band.high:
            return words
    return WITHIN


def _below(x: Scale) -> list[Markup]:
    marks = [
        svg.words("ff-c-quiet", (x.at(mark), FOOT + 24), marked(mark, "count"), "middle")
        for mark in x.marks()
    ]
    return [*marks, svg.words("ff-c-label", (340, FOOT + 48), "Denominator", "middle")]


def _curves(share: float, x: Scale, y: Scale) -> list[Markup]:
    """Draw the overall share and, about it, both pairs of limits."""
    sizes = sorted({max(1, round(x.top * (place / CURVE_POINTS) ** 2))
                    for place in range(1, CURVE_POINTS + 1)})  # fmt: skip
    drawn = [svg.line("ff-c-centre", (60, y.at(share)), (620, y.at(share)))]
    for tail, kind in ((TAILS_95, "ff-c-limit"), (TAILS_99_8, "ff-c-limit ff-c-limit--outer")):
        bands = [(x.at(size), limits.funnel(share, size, tail)) for size in sizes]
        drawn.append(svg.path(kind, [(at, y.at(band.low)) for at, band in bands]))
        drawn.append(svg.path(kind, [(at, y.at(band.high)) for at, band in bands]))
    return drawn


def _mark(dot: Dot, place: str, x: Scale, y: Scale) -> list[Markup]:
    """Draw a circle within the limits, a diamond outside, and the name of the reader's own."""
    at, up = x.at(dot.denominator), y.at(dot.numerator / dot.denominator)
    own = shown(dot.numerator / dot.denominator, "share")
    told = f"{dot.label}: {own} of {dot.denominator:,}. {place}"
    kind = " ff-c-own" if dot.is_own else ""
    if place == WITHIN:
        mark = svg.told("circle", told, class_="ff-c-point" + kind, cx=at, cy=up, r=6)
    else:
        corners = f"M{svg.number(at)} {svg.number(up - 8)}l8 8l-8 8l-8 -8z"
        mark = svg.told("path", told, class_="ff-c-out" + kind, d=corners)
    if not dot.is_own:
        return [mark]
    side = "end" if at > 340 else "start"
    name_at = (at + (-11 if side == "end" else 11), up - 9)
    return [mark, svg.words("ff-c-value", name_at, cut(dot.label), side)]
