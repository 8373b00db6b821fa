"""From a trace code back to source rows: file, hash, locator and verbatim text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fourfold.evidence.errors import TraceError
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.selection import to_sql
from fourfold.evidence.store import package
from fourfold.evidence.store.engine import Engine
from fourfold.evidence.support.hashing import sha256_of

ROW_QUERY = """select l.row_id, l.code, l.exhibit_id, x.ref, l.exhibit_file, x.sha256, l.locator,
    l.state, l.reason, l.note, l.merged_into, x.reader, x.reader_version, r.verbatim, l.event_ids
    from ledger as l join exhibits as x on x.exhibit_id = l.exhibit_id
    join rows as r on r.row_id = l.row_id
    where list_contains(?, l.row_id) order by cast(substr(l.exhibit_id, 2) as bigint), l.code"""


@dataclass
class Trace:
    """What a code leads to. what: one line about the thing itself."""

    code: str
    what: str
    details: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    row_count: int = 0


def trace(folder: Path, code: str, *, limit: int = 50) -> Trace:
    """Resolve a trace code of a package.

    Args:
        folder: the package.
        code: F3, F3.2 (finding, value), O12 (occurrence), C4 (coincidence), R2.17 or a
            row id, or an event id.
        limit: how many rows to fetch with their text; `row_count` counts all.

    Raises:
        TraceError: no such code here, or a row it names is missing.
    """
    if not (folder / package.RUN_FILE).is_file():
        raise TraceError(f"{folder} is not a package (no {package.RUN_FILE})")
    engine = package.open_data(folder)
    found = _resolve(engine, folder, _spelt(code))
    row_ids = list(dict.fromkeys(found.details.pop("row_ids")))
    found.row_count = len(row_ids)
    found.rows = engine.dicts(ROW_QUERY, [row_ids[:limit]])
    if len(found.rows) != min(limit, len(row_ids)):
        raise TraceError(f"{code} names rows that are not in this package's ledger")
    intact: dict[str, bool] = {}  # many rows come from one file, which is hashed once
    for row in found.rows:
        name = row["exhibit_file"]
        if name not in intact:
            original = folder / package.ORIGINALS / name
            intact[name] = original.is_file() and sha256_of(original) == row["sha256"]
        row["original_intact"] = intact[name]
    return found


def _spelt(code: str) -> str:
    """Return a code as printed: f3.2 is F3.2; row and event ids are in small letters."""
    code = code.strip()
    return code.upper() if re.fullmatch(r"[a-z]\d+(\.\d+)?", code) else code


def _resolve(engine: Engine, folder: Path, code: str) -> Trace:
    if match := re.fullmatch(r"F(\d+)(?:\.(\d+))?", code):
        return _finding(engine, folder, code, int(match[1]), match[2] is not None)
    for pattern, table, column in (
        (r"O\d+", "occurrences", "occurrence_id"),
        (r"C\d+", "coincidences", "coincidence_id"),
        (r"R\d+\.\d+", "ledger", "code"),
        (r"[0-9a-f]{16}", "ledger", "row_id"),
        (r"[0-9a-f]{16}\.\d+", "events", "event_id"),
    ):
        if re.fullmatch(pattern, code) and table in package.data_tables(folder):
            records = engine.dicts(f"select * from {table} where {column} = ?", [code])
            if records:
                return _record(code, table, records[0])
    raise TraceError(f"{code} leads nowhere in {folder}; codes look like F3, F3.2, O12, C4, R2.17")


def _record(code: str, table: str, record: dict[str, Any]) -> Trace:
    row_ids = record.pop("row_ids", None) or [record["row_id"]]
    shown = {k: v for k, v in record.items() if v not in (None, [], "")}
    return Trace(code, f"one line of {table}", {**shown, "row_ids": row_ids})


def _finding(engine: Engine, folder: Path, code: str, number: int, is_value: bool) -> Trace:
    findings = package.read_findings(folder)
    if not 0 < number <= len(findings):
        raise TraceError(f"{code} leads nowhere: the package has findings F1 to F{len(findings)}")
    finding = findings[number - 1]
    head = {"finding": finding.title, "method": finding.method, "settings": finding.settings}
    if not is_value:
        details = {**head, "statement": finding.statement, "caveats": finding.caveats}
        return Trace(code, finding.question, {**details, "row_ids": rows_of(engine, finding)})
    for value in values_of(finding):
        if value.code == code:
            what = f"{value.name}: {value.value} {value.unit}".strip()
            return Trace(code, what, {**head, "row_ids": rows_of(engine, value)})
    raise TraceError(f"{code} leads nowhere: {finding.finding_id} has no such value")


def values_of(finding: Finding) -> Iterator[Value]:
    """Yield every value of a finding, those of its series included."""
    yield from finding.values
    for name in sorted(finding.series):
        yield from finding.series[name]


def rows_of(engine: Engine, evidence: Finding | Value) -> list[str]:
    """Return the ids of the rows behind a finding or a value, in a fixed order."""
    if evidence.row_ids:
        return list(evidence.row_ids)
    return select_rows(engine, evidence.where) if evidence.where else []


def select_rows(engine: Engine, where: Where) -> list[str]:
    """Return the row ids that a selection leads to."""
    condition, parameters = to_sql(where)
    ids = "row_ids" if "row_ids" in engine.columns(where.table) else "[row_id]"
    rows = engine.rows(
        f"select distinct unnest({ids}) as row_id from {where.table} where {condition} order by 1",
        parameters,
    )
    return [row[0] for row in rows]
