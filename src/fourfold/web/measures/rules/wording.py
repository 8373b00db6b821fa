"""Figures in words: the same on pages, in the matrix and on the command line."""

from typing import Final

from fourfold.web.base.words import count, plural
from fourfold.web.measures.rules.definitions import Kind

WITHHELD: Final = "Withheld"
NOTHING: Final = "Nothing to count"


def value_words(
    kind: Kind, value: float | None, numerator: int | None, denominator: int | None
) -> str:
    """Return a figure with its parts: 45.2% (14 of 31); 3.5 days (median of 20); 12."""
    if value is None:
        return NOTHING
    if kind.is_share:
        parts = f"{count(numerator or 0)} of {count(denominator or 0)}"
        return f"{100 * value:.1f}% ({parts})"
    if kind == Kind.MEDIAN_DAYS:
        return f"{value:,.1f} days (median of {count(denominator or 0)})"
    return count(round(value))


def rows_words(number: int, unit: str) -> str:
    """Return how many rows there are, with their noun."""
    return plural(number, unit or "row")
