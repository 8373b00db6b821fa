"""Tables of a package as columns of JSON text that the page unpacks one at a time.

Row and event ids become integer indexes: rows in the order of the ledger, events in the
order of time. A column with one value is stored as that value. DuckDB writes the JSON, so
no row becomes a Python object.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import msgspec

from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.renderers.workbook.chunks import Chunks

VERBATIM_ROWS: Final = 4_000  # rows whose text is unpacked together at a click
SLICE_ROWS: Final = 8_192
SECOND_US: Final = 1_000_000

EXPORTED: Final = (
    "contacts", "chronology", "occasions", "coincidences", "contradictions", "diary_checks",
    "device_changes", "gaps", "third_parties",
)  # fmt: skip
BASE: Final = ("ledger", "events", "occurrences", "exhibits", "parts", "attributions")

# The page can say these from the exhibit, the index or the other side of the link.
LEFT_OUT: Final = {
    "ledger": {"exhibit_file", "event_ids"},
    "events": {"exhibit_id", "event_id"},
}
ROW_LINKS: Final = ("row_id", "merged_into", "entry_row_id")
_INTEGERS: Final = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER")


class Column(NamedTuple):
    """A column as the page gets it. kind: plain, time, row, rows, event, events."""

    name: str
    kind: str
    sql: str


def pack_tables(tables: Tables, names: Iterable[str], chunks: Chunks) -> dict[str, Any]:
    """Pack tables, and the text of every row, into chunks.

    Args:
        tables: the tables of the package.
        names: tables to embed besides BASE; those that do not exist are passed over.
        chunks: takes `<table>.<column>` and `verbatim.<n>`.

    Returns:
        The catalogue: table -> {"rows": count, "columns": {name: kind}}.
    """
    present = _present(tables)
    wanted = [name for name in (*BASE, *EXPORTED) if name in present]
    wanted += sorted({*names} & present - {*wanted} - {"rows"})
    _index_rows(tables)
    _index_events(tables)
    _pack_verbatim(tables, chunks)
    return {name: _pack_table(tables, name, chunks) for name in wanted}


def _present(tables: Tables) -> set[str]:
    return {str(name) for (name,) in tables.rows("select table_name from duckdb_tables()")}


def _index_rows(tables: Tables) -> None:
    """Number the rows by exhibit and ordinal, as their trace codes R<exhibit>.<ordinal> do."""
    tables.step(
        "workbook_rows",
        """select row_id as id, cast(row_number() over (order by
               try_cast(split_part(substr(code, 2), '.', 1) as bigint) nulls last,
               try_cast(split_part(code, '.', 2) as bigint) nulls last, row_id) - 1 as integer) as i
           from ledger""",
    )


def _index_events(tables: Tables) -> None:
    tables.step(
        "workbook_events",
        """select event_id as id, cast(row_number() over (
               order by started_at nulls last, row_ids[1], event_id) - 1 as integer) as i
           from events""",
    )


def _pack_verbatim(tables: Tables, chunks: Chunks) -> None:
    slices = tables.rows(
        f"""select cast(to_json(list(r.verbatim order by w.i)) as varchar)
            from workbook_rows w left join rows r on r.row_id = w.id
            group by w.i // {VERBATIM_ROWS} order by w.i // {VERBATIM_ROWS}"""
    )
    for number, (text,) in enumerate(slices):
        chunks.add(f"verbatim.{number}", text)


def _pack_table(tables: Tables, name: str, chunks: Chunks) -> dict[str, Any]:
    types = {str(row[0]): str(row[1]) for row in tables.rows(f"describe {name}")}
    types = {c: t for c, t in types.items() if c not in LEFT_OUT.get(name, ())}
    _order(tables, name, types)
    columns = [_column(tables, name, column, kind) for column, kind in types.items()]
    stats = _stats(tables, columns)
    count = stats.pop("")
    varied = [c for c in columns if stats[c.name] is None]
    texts = _texts(tables, varied) if varied else {}
    for column in columns:
        chunks.add(f"{name}.{column.name}", stats[column.name] or texts[column.name])
    return {"rows": count, "columns": {c.name: c.kind for c in columns}}


def _order(tables: Tables, name: str, types: dict[str, str]) -> None:
    """Make workbook_table: the table with its index i in a total order."""
    if name == "ledger":
        source, order = "ledger t join workbook_rows w on w.id = t.row_id", "w.i"
    elif name == "events":
        source, order = "events t join workbook_events w on w.id = t.event_id", "w.i"
    else:
        source, order = f"{name} t", _natural_order(types)
    tables.step(
        "workbook_table",
        f"select cast(row_number() over (order by {order}) - 1 as integer) as i, t.* from {source}",
    )


def _natural_order(types: dict[str, str]) -> str:
    numbers = [c for c in types if c.endswith("_no")]
    times = [c for c, t in types.items() if t.startswith("TIMESTAMP")][:1]
    texts = [c for c, t in types.items() if t == "VARCHAR" and c != "text"][:8]
    rows = [f"cast(t.{c} as varchar)" for c in ("row_ids", "event_ids") if c in types]
    exhibit = ["try_cast(substr(t.exhibit_id, 2) as bigint)"] if "exhibit_id" in types else []
    keys = [*(f"t.{c}" for c in numbers), *exhibit, *(f"t.{c}" for c in (*times, *texts)), *rows]
    return ", ".join(f"{key} nulls last" for key in keys) or "1"


def _column(tables: Tables, table: str, name: str, kind: str) -> Column:
    quoted = f'"{name}"'
    if name == "row_ids":
        return Column(name, "rows", _linked(tables, name, "workbook_rows"))
    if name == "event_ids":
        return Column(name, "events", _linked(tables, name, "workbook_events"))
    if name in ROW_LINKS:
        return Column(name, "row", f"(select w.i from workbook_rows w where w.id = t.{quoted})")
    if kind.startswith("TIMESTAMP"):
        return Column(name, "time", f"epoch_us(cast({quoted} as timestamp))")
    if kind in ("DOUBLE", "FLOAT"):
        return Column(name, "plain", f"case when isfinite({quoted}) then {quoted} end")
    if kind.startswith("DECIMAL") or kind == "HUGEINT":
        return Column(name, "plain", f"cast({quoted} as double)")
    if kind in _INTEGERS or kind == "BOOLEAN" or kind.startswith("VARCHAR"):
        return Column(name, "plain", quoted)
    return Column(name, "plain", f"cast({quoted} as varchar)")


def _linked(tables: Tables, column: str, index: str) -> str:
    """Make workbook_<column>: per row of workbook_table the list of indexes; say how to read it."""
    tables.step(
        f"workbook_{column}",
        f"""select k, list(w.i order by w.i) as ids from
              (select i as k, unnest({column}) as id from workbook_table) join {index} w using (id)
            group by k""",
    )
    return f"coalesce((select l.ids from workbook_{column} l where l.k = t.i), [])"


def _stats(tables: Tables, columns: list[Column]) -> dict[str, str | None]:
    """Return the JSON text of each column with a single value, None for others; "" is the count."""
    asked = ", ".join(
        f"case when count(x{n}) = 0 then '{{\"c\":null}}' when count(x{n}) = count(*) and "
        f"min(x{n}) = max(x{n}) then '{{\"c\":' || to_json(min(x{n})) || '}}' end"
        for n in range(len(columns))
    )
    (counted,) = tables.rows(f"select count(*), {asked} from ({_selected(columns)})")
    return {"": counted[0], **{c.name: counted[n + 1] for n, c in enumerate(columns)}}


def _selected(columns: list[Column]) -> str:
    named = ", ".join(f"{c.sql} as x{n}" for n, c in enumerate(columns))
    return f"select t.i, {named} from workbook_table t"


def _texts(tables: Tables, columns: list[Column]) -> dict[str, str]:
    """Return each column as the text of one JSON array, in the order of i."""
    lists = ", ".join(
        f"cast(to_json(list(x{n} order by i)) as varchar)" for n in range(len(columns))
    )
    slices = tables.rows(
        f"select {lists} from ({_selected(columns)}) group by i // {SLICE_ROWS}"
        f" order by i // {SLICE_ROWS}"
    )
    return {
        column.name: "[" + ",".join(part[n][1:-1] for part in slices) + "]"
        for n, column in enumerate(columns)
    }


def index_of(tables: Tables, ids: Iterable[str], index: str) -> dict[str, int]:
    """Return the index of each id that exists; index: workbook_rows or workbook_events."""
    wanted = sorted({*ids})
    found = tables.rows(
        f"select id, i from {index} where id in (select unnest(cast(? as varchar[])))", [wanted]
    )
    return {str(name): int(number) for name, number in found}


def to_text(value: Any) -> str:
    """Return JSON text of plain data, structs and times."""
    return msgspec.json.encode(value).decode()
