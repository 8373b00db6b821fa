"""Charts of published figures: what is withheld is a gap, and nobody is ranked."""

from typing import Final

from fourfold.web.base.charts import Chart, Dot, Heading, Point, SeriesBreak, funnel_plot, run_chart
from fourfold.web.publication.content import Figure, Measure
from fourfold.web.publication.rules.days import day_of, day_words

POINTS_LEAST: Final = 3  # fewer periods make no line
DOTS_LEAST: Final = 3  # fewer organisations make no funnel
CHARTS_MOST: Final = 60


def charts_of(measure: Measure, figures: list[Figure]) -> list[Chart]:
    """Return a funnel of the newest period, and a run chart for each organisation with enough."""
    drawn = []
    if funnel := _funnel(measure, figures):
        drawn.append(funnel)
    for organisation in sorted({f.organisation for f in figures}, key=str.casefold):
        own = [f for f in figures if f.organisation == organisation]
        if run := _run(measure, organisation, own):
            drawn.append(run)
    return drawn[:CHARTS_MOST]


def _unit(measure: Measure) -> str:
    if "share" in (measure.kind, measure.unit) or "%" in measure.unit:
        return "share"
    return "days" if "day" in measure.unit else "count"


def _funnel(measure: Measure, figures: list[Figure]) -> Chart | None:
    if _unit(measure) != "share":
        return None
    newest = max((f.period_to for f in figures), default="")
    dots = [
        Dot(f.organisation, f.numerator, f.denominator)
        for f in figures
        if f.period_to == newest and not f.is_suppressed and f.denominator
        and f.numerator is not None
    ]  # fmt: skip
    if len(dots) < DOTS_LEAST:
        return None
    return funnel_plot(
        Heading(f"{measure.title}: all organisations, to {day_words(newest)}", "share"), dots
    )


def _run(measure: Measure, organisation: str, figures: list[Figure]) -> Chart | None:
    points = [
        Point(
            day,
            f"{day_words(f.period_from)} to {day_words(f.period_to)}",
            None if f.is_suppressed else f.value,
            None if f.is_suppressed else f.numerator,
            None if f.is_suppressed else f.denominator,
        )
        for f in figures
        if (day := day_of(f.period_from))
    ]
    if len({point.on for point in points}) < POINTS_LEAST or len(points) != len(
        {point.on for point in points}
    ):
        return None
    breaks = [SeriesBreak(day, b.words) for b in measure.breaks if (day := day_of(b.on))]
    return run_chart(Heading(f"{measure.title}: {organisation}", _unit(measure)), points, breaks)
