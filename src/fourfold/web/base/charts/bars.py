"""Bars and stacked bars, lying, each below its name: long names fit, and narrow screens too."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from fourfold.web.base.charts import svg
from fourfold.web.base.charts.parts import (
    NOT_THERE,
    Bar,
    Chart,
    Heading,
    Scale,
    Stack,
    cut,
    key_of,
    picture,
    scale_to,
    shown,
)
from fourfold.web.base.words import plural

START: Final = 4.0
END: Final = 540.0
PITCH: Final = 48
THICK: Final = 22
LEGEND_PITCH: Final = 28
PATTERNS: Final = (
    "M0 0h8v8h-8z",  # full
    "M-2 2l4 -4M0 8l8 -8M6 10l4 -4",  # rising lines
    "M4 1.5a2.5 2.5 0 1 0 .01 0z",  # dots
    "M0 4h8",  # level lines
    "M-2 6l4 4M0 0l8 8M6 -2l4 4",  # falling lines
    "M4 0v8M0 4h8",  # a net
)


def bars(heading: Heading, items: Sequence[Bar]) -> Chart:
    """Draw a bar for each item, in the order given."""
    top = 1.0 if heading.unit == "share" else 0.0
    values = [item.value for item in items if item.value is not None]
    scale = scale_to([*values, top], START, END)
    drawn = [svg.line("ff-c-axis", (START, 4), (START, 8.0 + len(items) * PITCH))]
    for place, item in enumerate(items):
        drawn += _bar(heading, item, 4.0 + place * PITCH, scale)
    says = f"{plural(len(items), 'bar')}. The numbers stand in the table."
    return Chart(
        heading.title,
        picture(heading, says, 12.0 + len(items) * PITCH, drawn),
        (heading.rows_are, "Number"),
        tuple((item.label, shown(item.value, heading.unit)) for item in items),
    )


def stacked_bars(
    heading: Heading, series: Sequence[str], stacks: Sequence[Stack], *, as_share: bool = False
) -> Chart:
    """Draw a bar for each row, divided among the series; each series has its pattern.

    Raises:
        ValueError: more series than patterns, or a row with too few or too many numbers.
    """
    if len(series) > len(PATTERNS):
        raise ValueError("more series than patterns")
    key, top = key_of(heading, series, stacks), 12.0 + LEGEND_PITCH * len(series)
    scale = scale_to([float(sum(stack.values)) for stack in stacks], START, END)
    drawn = [_patterns(key, len(series)), *_legend(key, series)]
    for place, stack in enumerate(stacks):
        drawn += _stack(key, series, stack, top + place * PITCH, None if as_share else scale)
    says = (
        f"{plural(len(stacks), 'bar')}, each in {plural(len(series), 'part')}."
        " The numbers stand in the table."
    )
    return Chart(
        heading.title,
        picture(heading, says, top + 6 + PITCH * len(stacks), drawn),
        (heading.rows_are, *series, "All"),
        tuple(
            (stack.label, *(f"{value:,}" for value in stack.values), f"{sum(stack.values):,}")
            for stack in stacks
        ),
    )


def _bar(heading: Heading, item: Bar, y: float, scale: Scale) -> list[Markup]:
    label, y = svg.words("ff-c-label", (START + 4, y + 15), cut(item.label)), y + 21
    if item.value is None:
        return [label, svg.words("ff-c-quiet", (START + 8, y + 16), NOT_THERE)]
    length, said = max(0.0, scale.at(item.value) - START), shown(item.value, heading.unit)
    told = f"{item.label}: {said}"
    bar = svg.told("rect", told, class_="ff-c-bar", x=START, y=y, width=length, height=THICK)
    return [label, bar, svg.words("ff-c-value", (START + 8 + length, y + 16), said)]


def _stack(
    key: str, series: Sequence[str], stack: Stack, y: float, scale: Scale | None
) -> list[Markup]:
    """Draw one row; without a scale it is as long as any other: shares, not numbers."""
    drawn = [svg.words("ff-c-label", (START, y + 15), cut(stack.label))]
    whole, x, y = sum(stack.values), START, y + 21
    for place, (name, value) in enumerate(zip(series, stack.values, strict=True)):
        width = ((END - START) * value / whole if whole else 0.0) if scale is None else (
            scale.at(float(value)) - START
        )  # fmt: skip
        told = f"{stack.label}, {name}: {value:,} of {whole:,}"
        drawn.append(_swatch(key, place, (x, y, width), told))
        x += width
    return [*drawn, svg.words("ff-c-value", (x + 8, y + 16), f"{whole:,}")]


def _swatch(key: str, place: int, box: tuple[float, float, float], told: str) -> Markup:
    x, y, width = box
    return svg.told(
        "rect", told, class_=f"ff-c-part ff-c-part--{place}", fill=f"url(#{key}-{place})",
        x=x, y=y, width=width, height=THICK,
    )  # fmt: skip


def _legend(key: str, series: Sequence[str]) -> list[Markup]:
    drawn = []
    for place, name in enumerate(series):
        y = 4.0 + LEGEND_PITCH * place
        drawn.append(_swatch(key, place, (START, y, 30), name))
        drawn.append(svg.words("ff-c-label", (START + 40, y + 16), svg.plain(name, 45)))
    return drawn


def _patterns(key: str, number: int) -> Markup:
    made = [
        svg.tag(
            "pattern",
            svg.tag("path", class_=f"ff-c-ink ff-c-ink--{place}", d=PATTERNS[place]),
            id=f"{key}-{place}", width=8, height=8, patternUnits="userSpaceOnUse",
        )
        for place in range(number)
    ]  # fmt: skip
    return svg.tag("defs", svg.together(made))
