"""The few elements from which a picture is drawn. Text is escaped; numbers have two decimals."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def number(value: float) -> str:
    """Return a coordinate: at most two decimals, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def plain(text: object, longest: int = 0) -> str:
    """Return text without characters that break XML or turn its direction; cut where asked."""
    kept = "".join(
        letter
        for letter in str(text)
        if unicodedata.category(letter) not in {"Cc", "Cs", "Cn"} and letter not in _BIDI
    )
    if longest and len(kept) > longest:
        return kept[: longest - 1].rstrip() + "…"
    return kept


def tag(name: str, inside: str = "", **attributes: str | float) -> Markup:
    """Return one element; `class_` is its class, underscores are hyphens."""
    pairs = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"),
            plain(value) if isinstance(value, str) else number(value),
        )
        for key, value in attributes.items()
    )
    body = inside if isinstance(inside, Markup) else escape(plain(inside))
    if not body:
        return Markup("<{name}{pairs}/>").format(name=Markup(name), pairs=pairs)  # noqa: S704
    return Markup("<{name}{pairs}>{body}</{name}>").format(
        name=Markup(name),  # noqa: S704 - the names of elements are ours
        pairs=pairs,
        body=body,
    )


def together(parts: Iterable[Markup]) -> Markup:
    """Return elements one after another."""
    return Markup("").join(parts)


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    """Return a straight line of a class."""
    return tag("line", class_=kind, x1=start[0], y1=start[1], x2=end[0], y2=end[1])


def words(kind: str, at: tuple[float, float], text: object, anchor: str = "start") -> Markup:
    """Return text at a point."""
    return tag("text", plain(text), class_=kind, x=at[0], y=at[1], text_anchor=anchor)


def path(kind: str, points: Iterable[tuple[float, float]]) -> Markup:
    """Return a line through points."""
    drawn = " L".join(f"{number(x)} {number(y)}" for x, y in points)
    return tag("path", class_=kind, d=f"M{drawn}") if drawn else Markup("")


def told(shape: str, saying: str, **attributes: str | float) -> Markup:
    """Return a shape that says in words what it stands for."""
    return tag(shape, tag("title", saying), **attributes)
