"""Charts of figures: in time, and across forces with the limits of chance."""

from collections.abc import Mapping, Sequence

from fourfold.web.base import charts
from fourfold.web.base.charts import Chart, Heading
from fourfold.web.measures.rules.definitions import Definition
from fourfold.web.measures.rules.periods import Period
from fourfold.web.measures.selectors.figures import SignedFigure


def in_time(definition: Definition, name: str, figures: Sequence[SignedFigure]) -> Chart | None:
    """Draw the figures of one organisation in time, with the breaks of the series."""
    if len(figures) < 2:
        return None
    points = [
        charts.Point(
            on=each.from_on,
            label=_label(Period(each.from_on, each.to_on)),
            value=each.value,
            numerator=each.numerator if definition.kind.is_share else None,
            denominator=each.denominator if definition.kind.is_share else None,
        )
        for each in figures
    ]
    breaks = [charts.SeriesBreak(each.on, each.words) for each in definition.breaks]
    heading = Heading(f"{definition.title}: {name} in time", definition.kind.unit)
    return charts.run_chart(heading, points, breaks)


def across(
    definition: Definition, figures: Mapping[str, SignedFigure], *, own_force: int
) -> Chart | None:
    """Draw the figures of one period by name: shares as a funnel, others as bars."""
    if len(figures) < 2:
        return None
    heading = Heading(f"{definition.title}: across forces", definition.kind.unit, "Organisation")
    if not definition.kind.is_share:
        return charts.bars(
            heading, [charts.Bar(name, figures[name].value) for name in sorted(figures)]
        )
    dots = [
        charts.Dot(name, each.numerator, each.denominator, each.force_id == own_force)
        for name, each in figures.items()
        if each.numerator is not None and each.denominator
    ]
    return charts.funnel_plot(heading, dots) if len(dots) > 1 else None


def _label(period: Period) -> str:
    """Return a short label: Jan 2026, or Jan to Mar 2026."""
    start, end = f"{period.from_on:%b %Y}", f"{period.to_on:%b %Y}"
    return start if start == end else f"{period.from_on:%b} to {end}"
