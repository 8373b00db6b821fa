"""Charts drawn by the server: SVG that needs no script, each with its table beside it.

`bars`, `stacked_bars`, `run_chart` and `funnel_plot` return a `Chart`. Show it with the macro
`chart` of base/components/chart.html and load base/charts.css in block head. Nothing is told by
colour alone, organisations stand in the order of their names, and nobody is ranked. None is a
number that is not there (withheld, or nothing to count): a gap in the picture, said in words.
"""

from fourfold.web.base.charts.bars import bars, stacked_bars
from fourfold.web.base.charts.funnels import funnel_plot
from fourfold.web.base.charts.parts import Bar, Chart, Dot, Heading, Point, SeriesBreak, Stack
from fourfold.web.base.charts.runs import run_chart

__all__ = [
    "Bar", "Chart", "Dot", "Heading", "Point", "SeriesBreak", "Stack",
    "bars", "funnel_plot", "run_chart", "stacked_bars",
]  # fmt: skip
