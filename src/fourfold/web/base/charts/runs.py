"""A run chart: figures in time with centre line, limits of chance, and breaks in the series.

A break starts the series anew: centre line and limits are computed on each side by itself, and
the line between the points stops there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from fourfold.web.base.charts import limits, svg
from fourfold.web.base.charts.limits import Band
from fourfold.web.base.charts.parts import (
    Chart,
    Heading,
    Point,
    Scale,
    SeriesBreak,
    cut,
    grid,
    picture,
    scale_to,
    shown,
)
from fourfold.web.base.words import plural, uk_date

LEFT: Final = 80.0
RIGHT: Final = 600.0
FOOT: Final = 280.0
HEIGHT: Final = 320.0
COLUMNS: Final = (
    "Period", "Figure", "Numerator", "Denominator", "Centre line", "Lower limit", "Upper limit",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Points between two breaks, each with the band of chance about it."""

    points: tuple[Point, ...]
    bands: tuple[Band | None, ...]

    def is_outside(self, place: int) -> bool:
        """Return whether a point lies beyond what chance does."""
        value, band = self.points[place].value, self.bands[place]
        return value is not None and band is not None and not band.low <= value <= band.high


def run_chart(
    heading: Heading, points: Sequence[Point], breaks: Sequence[SeriesBreak] = ()
) -> Chart:
    """Draw figures in time; breaks before the first or after the last are left out."""
    ordered = sorted(points, key=lambda point: point.on)
    inner = _within(ordered, breaks)
    runs = _runs(ordered, inner)
    x = _Days.of(ordered)
    y = _height(heading, runs)
    drawn = [*grid(y, heading.unit), *_periods(x, ordered)]
    for number, mark in enumerate(inner, start=1):
        drawn += _break(x.at(mark.on), number, mark)
    for run in runs:
        drawn += [*_bands(x, y, run), *_line(x, y, run), *_points(heading, x, y, run)]
    return Chart(
        heading.title,
        picture(heading, _says(runs, inner), HEIGHT, drawn),
        COLUMNS,
        tuple(_row(heading, run, place) for run in runs for place in range(len(run.points))),
        _notes(runs, inner),
    )


@dataclass(frozen=True)
class _Days:
    first: date
    days: int

    @classmethod
    def of(cls, points: Sequence[Point]) -> "_Days":
        first = points[0].on if points else date(2000, 1, 1)
        return cls(first, (points[-1].on - first).days if points else 0)

    def at(self, on: date) -> float:
        if not self.days:
            return (LEFT + RIGHT) / 2
        return LEFT + (RIGHT - LEFT) * (on - self.first).days / self.days


def _within(points: Sequence[Point], breaks: Sequence[SeriesBreak]) -> list[SeriesBreak]:
    """Return the breaks that part the points, in order."""
    if not points:
        return []
    found = [mark for mark in breaks if points[0].on < mark.on <= points[-1].on]
    return sorted(found, key=lambda mark: mark.on)


def _runs(points: Sequence[Point], breaks: Sequence[SeriesBreak]) -> list[Run]:
    """Divide the points at the breaks."""
    ends = [*(mark.on for mark in breaks), date.max]
    starts = [date.min, *ends[:-1]]
    divided = [
        tuple(point for point in points if start <= point.on < end)
        for start, end in zip(starts, ends, strict=True)
    ]
    return [Run(part, _limits(part)) for part in divided if part]


def _limits(points: Sequence[Point]) -> tuple[Band | None, ...]:
    """Return a band per point: by p-chart where every figure has its parts, else by XmR."""
    there = [point for point in points if point.value is not None]
    parts = [
        (point.numerator, point.denominator)
        for point in there
        if point.numerator is not None and point.denominator is not None
    ]
    found: Sequence[Band | None] | None
    if there and len(parts) == len(there):
        found = limits.p_chart(parts)
    else:
        band = limits.xmr([point.value for point in there if point.value is not None])
        found = [band] * len(there)
    bands = iter(found or [None] * len(there))
    return tuple(None if point.value is None else next(bands) for point in points)


def _height(heading: Heading, runs: Sequence[Run]) -> Scale:
    values = [point.value for run in runs for point in run.points if point.value is not None]
    tops = [band.high for run in runs for band in run.bands if band is not None]
    scale = scale_to([*values, *tops], FOOT, 20.0)
    if heading.unit == "share" and scale.top > 1.0:
        return Scale(1.0, 0.2, FOOT, 20.0)
    return scale


def _periods(x: _Days, points: Sequence[Point]) -> list[Markup]:
    """Name the first and last period, and as many between as there is room for."""
    every = max(1, -(-len(points) // 5))
    shown_points = list(points[::every])
    return [
        svg.words("ff-c-quiet", (x.at(point.on), FOOT + 26), cut(point.label), "middle")
        for point in shown_points
    ]


def _break(x: float, number: int, mark: SeriesBreak) -> list[Markup]:
    told = f"Break in the series, {uk_date(mark.on)}: {mark.words}"
    return [
        svg.told("line", told, class_="ff-c-break", x1=x, y1=18, x2=x, y2=FOOT),
        svg.words("ff-c-break-name", (x, 13), f"Break {number}", "middle"),
    ]


def _bands(x: _Days, y: Scale, run: Run) -> list[Markup]:
    pairs = [
        (x.at(point.on), band) for point, band in zip(run.points, run.bands, strict=True) if band
    ]
    if not pairs:
        return []
    return [
        svg.path("ff-c-limit", [(at, y.at(band.low)) for at, band in pairs]),
        svg.path("ff-c-centre", [(at, y.at(band.centre)) for at, band in pairs]),
        svg.path("ff-c-limit", [(at, y.at(band.high)) for at, band in pairs]),
    ]


def _line(x: _Days, y: Scale, run: Run) -> list[Markup]:
    """Join neighbouring points; where a figure is not there, the line stops."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for point in run.points:
        if point.value is None:
            pieces.append([])
        else:
            pieces[-1].append((x.at(point.on), y.at(point.value)))
    return [svg.path("ff-c-run", piece) for piece in pieces if len(piece) > 1]


def _points(heading: Heading, x: _Days, y: Scale, run: Run) -> list[Markup]:
    drawn = []
    for place, point in enumerate(run.points):
        if point.value is None:
            continue
        told, at = f"{point.label}: {shown(point.value, heading.unit)}", x.at(point.on)
        up = y.at(point.value)
        if run.is_outside(place):
            corners = f"M{svg.number(at)} {svg.number(up - 8)}l8 8l-8 8l-8 -8z"
            drawn.append(svg.told("path", f"{told}, outside the limits", class_="ff-c-out",
                                  d=corners))  # fmt: skip
        else:
            drawn.append(svg.told("circle", told, class_="ff-c-point", cx=at, cy=up, r=5))
    return drawn


def _row(heading: Heading, run: Run, place: int) -> tuple[str, ...]:
    point, band = run.points[place], run.bands[place]
    parts = ("" if part is None else f"{part:,}" for part in (point.numerator, point.denominator))
    words = (
        (shown(band.centre, heading.unit), shown(band.low, heading.unit),
         shown(band.high, heading.unit)) if band else ("", "", "")
    )  # fmt: skip
    return (point.label, shown(point.value, heading.unit), *parts, *words)


def _says(runs: Sequence[Run], breaks: Sequence[SeriesBreak]) -> str:
    outside = sum(run.is_outside(place) for run in runs for place in range(len(run.points)))
    number = sum(len(run.points) for run in runs)
    return (
        f"{plural(number, 'period')}; {outside} outside the limits;"
        f" {plural(len(breaks), 'break')} in the series. The numbers stand in the table."
    )


def _notes(runs: Sequence[Run], breaks: Sequence[SeriesBreak]) -> tuple[str, ...]:
    notes = [
        f"Break {number}, {uk_date(mark.on)}: {mark.words}"
        for number, mark in enumerate(breaks, start=1)
    ]
    if breaks:
        notes.append("Figures on two sides of a break do not compare: each side stands by itself.")
    if any(band for run in runs for band in run.bands):
        notes.append(
            "The dashed lines are control limits: points between them differ as chance lets them."
            " A diamond marks a point outside."
        )
    if any(not any(run.bands) and any(p.value is not None for p in run.points) for run in runs):
        notes.append(f"Limits need at least {limits.LIMITS_NEED} figures between two breaks.")
    return tuple(notes)
