"""Findings as the page gets them: ids as indexes, times as UTC microseconds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.renderers.workbook.embed import EVENTS, ROW_LINKS, ROWS, index_of
from fourfold.evidence.support.clock import micros, parse_iso

_EVENT_COLUMNS = ("event_id", "event_ids")
_ROW_COLUMNS = (*ROW_LINKS, "row_ids")


def tables_named(findings: Iterable[Finding]) -> set[str]:
    """Return the tables that selections of these findings name."""
    return {where.table for where in _selections(findings)}


def pack_findings(
    findings: list[Finding], tables: Tables, catalogue: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return findings as plain data in which every id is an index and every time a number.

    Args:
        findings: the findings of the package.
        tables: with workbook_rows and workbook_events (embed.pack_tables makes them).
        catalogue: what embed.pack_tables returned; it tells which columns are times.
    """
    rows = index_of(tables, _row_ids(findings), ROWS)
    events = index_of(tables, _compared(findings, _EVENT_COLUMNS), EVENTS)

    def condition(where: Where, column: str, operator: str, value: Any) -> list[Any]:
        if column in _ROW_COLUMNS:
            return [column, operator, _mapped(value, rows)]
        if column in _EVENT_COLUMNS:
            return [column, operator, _mapped(value, events)]
        kind = catalogue.get(where.table, {}).get("columns", {}).get(column)
        return [column, operator, _moments(value) if kind == "time" else value]

    def packed(item: Finding | Value) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(item)
        if item.where is not None:
            plain["where"] = {
                "table": item.where.table,
                "conditions": [condition(item.where, *c) for c in item.where.conditions],
            }
        plain["row_ids"] = [rows[i] for i in item.row_ids or () if i in rows]
        return plain

    def whole(finding: Finding) -> dict[str, Any]:
        series = {name: [packed(v) for v in values] for name, values in finding.series.items()}
        return {
            **packed(finding),
            "values": [packed(v) for v in finding.values],
            "series": series,
        }

    return [whole(finding) for finding in findings]


def _items(findings: Iterable[Finding]) -> Iterator[Finding | Value]:
    for finding in findings:
        yield finding
        yield from finding.values
        for values in finding.series.values():
            yield from values


def _selections(findings: Iterable[Finding]) -> Iterator[Where]:
    return (item.where for item in _items(findings) if item.where is not None)


def _compared(findings: Iterable[Finding], columns: tuple[str, ...]) -> Iterator[str]:
    """Yield every text that a condition compares with one of these columns."""
    for where in _selections(findings):
        for column, _, value in where.conditions:
            if column in columns:
                yield from (v for v in _listed(value) if isinstance(v, str))


def _row_ids(findings: list[Finding]) -> Iterator[str]:
    for item in _items(findings):
        yield from item.row_ids or ()
    yield from _compared(findings, _ROW_COLUMNS)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _mapped(value: Any, index: dict[str, int]) -> Any:
    if isinstance(value, list | tuple):
        return [index.get(v, -1) for v in value]
    return index.get(value, -1) if isinstance(value, str) else value


def _moments(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_moments(v) for v in value]
    if isinstance(value, datetime):
        return micros(value)
    return micros(parse_iso(value)[0]) if isinstance(value, str) else value
