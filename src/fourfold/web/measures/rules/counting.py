"""From rows to a figure: every number comes from the rows and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from fourfold.web.measures.rules.definitions import Definition, Kind

DAY: Final = timedelta(days=1)
DAYS_DECIMALS: Final = 4


class BadRowsError(ValueError):
    """The SQL of a definition gave rows that its kind does not have."""


@dataclass(frozen=True)
class Row:
    """One counted unit: its reference, whether it counts, and the moments it lies between."""

    ref: str
    counts: bool = True
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True)
class Counted:
    """A figure and its parts. Nothing to count: no value, and nought is not claimed."""

    numerator: int | None
    denominator: int | None
    value: float | None
    rows: tuple[Row, ...]


def count(definition: Definition, rows: Sequence[Row]) -> Counted:
    """Return the figure that the rows make.

    Raises:
        BadRowsError: a unit appears twice, or a row lacks a moment.
    """
    if len({row.ref for row in rows}) != len(rows):
        raise BadRowsError("a unit is counted twice")
    ordered = tuple(sorted(rows, key=lambda row: row.ref))
    if definition.kind == Kind.COUNT:
        return Counted(len(ordered), None, float(len(ordered)), ordered)
    if definition.kind == Kind.MEDIAN_DAYS:
        days = [_days(row) for row in ordered]
        value = round(median(days), DAYS_DECIMALS) if days else None
        return Counted(None, len(ordered), value, ordered)
    if definition.kind == Kind.WITHIN_DAYS:
        limit = timedelta(days=definition.within_days or 0)
        ordered = tuple(_in_time(row, limit) for row in ordered)
    numerator = sum(row.counts for row in ordered)
    share = numerator / len(ordered) if ordered else None
    return Counted(numerator, len(ordered), share, ordered)


def _days(row: Row) -> float:
    if row.from_at is None or row.to_at is None:
        raise BadRowsError("a row lacks a moment")
    return (row.to_at - row.from_at) / DAY


def _in_time(row: Row, limit: timedelta) -> Row:
    if row.from_at is None:
        raise BadRowsError("a row lacks the moment from which days are counted")
    is_done = row.to_at is not None and row.to_at - row.from_at <= limit
    return Row(row.ref, is_done, row.from_at, row.to_at)
