"""What goes into a chart and what comes out, and the frame that every picture shares."""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from fourfold.web.base.charts import svg

WIDTH: Final = 640.0
LABEL_LETTERS: Final = 64
NOT_THERE: Final = "Not shown"
STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Heading:
    """The title of a chart, its unit (`share`, `days` or `count`), and what its rows are."""

    title: str
    unit: str = "count"
    rows_are: str = "What"


@dataclass(frozen=True)
class Chart:
    """A picture, and the same in words and numbers."""

    title: str
    picture: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A bar: its label, and its number if there is one."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Stack:
    """A row of a stacked chart: a number for each series."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """A figure of a period. With its parts, the limits follow the denominator (p-chart)."""

    on: date
    label: str
    value: float | None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class SeriesBreak:
    """A day from which figures do not compare with those before it."""

    on: date
    words: str


@dataclass(frozen=True)
class Dot:
    """A share of one organisation; `is_own` marks the reader's."""

    label: str
    numerator: int
    denominator: int
    is_own: bool = False


@dataclass(frozen=True)
class Scale:
    """From numbers to coordinates, with round marks from nought to `top`."""

    top: float
    step: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the coordinate of a number."""
        return self.start + (self.end - self.start) * value / self.top

    def marks(self) -> list[float]:
        """Return the numbers at which the axis has a mark."""
        return [self.step * place for place in range(round(self.top / self.step) + 1)]


def scale_to(values: Iterable[float], start: float, end: float) -> Scale:
    """Return a scale that ends at a round number not below the largest value."""
    largest = max([value for value in values if value > 0], default=1.0)
    power = 10.0 ** math.floor(math.log10(largest / 4))
    step = next(step * power for step in STEPS if step * power * 5 >= largest)
    return Scale(step * math.ceil(round(largest / step, 9)), step, start, end)


def shown(value: float | None, unit: str) -> str:
    """Return a number as it is read: 45.2%, 3.5 days, 1,204."""
    if value is None:
        return NOT_THERE
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "days":
        return f"{value:,.1f} days"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def marked(value: float, unit: str) -> str:
    """Return a mark of an axis, without a decimal that says nothing."""
    if unit == "share":
        return f"{round(100 * value, 1):g}%"
    return f"{round(value, 3):,g}"


def picture(heading: Heading, says: str, height: float, drawn: Sequence[Markup]) -> Markup:
    """Return the whole picture with its title and what it shows in words."""
    inside = svg.together(drawn)
    key = key_of(heading.title, says, inside)
    named = svg.tag("title", heading.title, id=f"{key}-title")
    described = svg.tag("desc", says, id=f"{key}-says")
    return svg.tag(
        "svg",
        svg.together([named, described, inside]),
        xmlns="http://www.w3.org/2000/svg",
        class_="ff-c-picture",
        viewBox=f"0 0 {svg.number(WIDTH)} {svg.number(height)}",
        role="img",
        aria_labelledby=f"{key}-title {key}-says",
    )


def key_of(*parts: object) -> str:
    """Return an id that is the same for the same chart and no other's on the page."""
    told = "\x00".join(str(part) for part in parts)
    return "c" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:10]


def cut(label: str) -> str:
    """Return a label that fits into the picture; the table has it whole."""
    return svg.plain(label, LABEL_LETTERS)


def grid(y: Scale, unit: str) -> list[Markup]:
    """Return the lines across a picture and what each stands for."""
    drawn = []
    for mark in y.marks():
        at = y.at(mark)
        drawn.append(svg.line("ff-c-axis" if mark == 0 else "ff-c-grid", (60, at), (620, at)))
        drawn.append(svg.words("ff-c-quiet", (52, at + 5), marked(mark, unit), "end"))
    return drawn
