"""Tables of a package as columns of JSON text that the page unpacks one at a time.

Row and event ids become integer indexes: the ordinal of the row in the ledger, of the
event in events. A column with one value is stored as that value. DuckDB writes the JSON,
so no row becomes a Python object.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import msgspec

from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.renderers.workbook.chunks import Chunks

VERBATIM_ROWS: Final = 4_000  # rows whose text is unpacked together at a click
SLICE_ROWS: Final = 8_192

EXPORTED: Final = (
    "contacts", "chronology", "occasions", "coincidences", "contradictions", "diary_checks",
    "device_changes", "device_stints", "gaps", "third_parties",
)  # fmt: skip
BASE: Final = ("ledger", "events", "occurrences", "exhibits", "parts", "attributions")

# The page can say these from the exhibit, the index or the other side of the link.
LEFT_OUT: Final = {
    "ledger": {"row_id", "exhibit_file", "event_ids"},
    "events": {"exhibit_id", "event_id"},
}
# The part of an event's id that its row does not tell.
EVENT_ORDINAL: Final = "event_ordinal"
ROW_LINKS: Final = ("row_id", "merged_into", "entry_row_id")
ROWS: Final = "workbook_rows"  # id, i: the index of every row
EVENTS: Final = "workbook_events"  # id, i: the index of every event
_PRINT_AS_JSON: Final = (
    "BOOLEAN", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER",
)  # fmt: skip


class Column(NamedTuple):
    """A column as the page gets it. kind: plain, time, row, rows, events.

    is_text: its values must be quoted; numbers and truth print as JSON by themselves.
    """

    name: str
    kind: str
    sql: str
    is_text: bool = False

    @property
    def is_link(self) -> bool:
        """Tell whether it names rows or events, which differ from record to record."""
        return self.kind in ("row", "rows", "events")

    def printed(self, value: str) -> str:
        """Return SQL for the JSON text of a value of this column."""
        json = f"to_json({value})" if self.is_text else value
        return f"coalesce(cast({json} as varchar), 'null')"


def pack_tables(tables: Tables, names: Iterable[str], chunks: Chunks) -> dict[str, Any]:
    """Pack tables, and the text of every row, into chunks.

    Args:
        tables: the tables of the package, in the order in which its files are written.
        names: tables to embed besides BASE and EXPORTED; absent ones are passed over.
        chunks: takes `<table>.<column>` and `verbatim.<n>`.

    Returns:
        The catalogue: table -> {"rows": count, "columns": {name: kind}}.
    """
    present = _present(tables)
    wanted: list[str] = [name for name in (*BASE, *EXPORTED) if name in present]
    wanted += sorted(name for name in {*names} & present if name not in (*wanted, "rows"))
    _index(tables, ROWS, "ledger", "row_id")
    _index(tables, EVENTS, "events", "event_id")
    _pack_verbatim(tables, chunks)
    return {name: _pack_table(tables, name, chunks) for name in wanted}


def _present(tables: Tables) -> set[str]:
    found = tables.rows("select table_name from information_schema.tables")
    return {str(name) for (name,) in found}


def _index(tables: Tables, index: str, table: str, key: str) -> None:
    """Number the records of a table as they stand: the package's tables are in a total order."""
    tables.step(
        index, f"select {key} as id, cast(row_number() over () - 1 as integer) as i from {table}"
    )


def _pack_verbatim(tables: Tables, chunks: Chunks) -> None:
    slices = tables.rows(
        f"""select cast(to_json(list(r.verbatim order by w.i)) as varchar)
            from {ROWS} w left join rows r on r.row_id = w.id
            group by w.i // {VERBATIM_ROWS} order by w.i // {VERBATIM_ROWS}"""
    )
    for number, (text,) in enumerate(slices):
        chunks.add(f"verbatim.{number}", text)


def _pack_table(tables: Tables, name: str, chunks: Chunks) -> dict[str, Any]:
    types = {str(row[0]): str(row[1]) for row in tables.rows(f"describe {name}")}
    columns = [
        _column(tables, name, column, kind)
        for column, kind in types.items()
        if column not in LEFT_OUT.get(name, ())
    ]
    if name == "events":
        ordinal = "try_cast(split_part(t.event_id, '.', 2) as integer)"
        columns.append(Column(EVENT_ORDINAL, "plain", ordinal))
    stats = _stats(tables, name, columns)
    count = stats.pop("")
    varied = [c for c in columns if stats[c.name] is None]
    texts = _texts(tables, name, varied) if varied else {}
    for column in columns:
        chunks.add(f"{name}.{column.name}", stats[column.name] or texts[column.name])
    return {"rows": count, "columns": {c.name: c.kind for c in columns}}


def _column(tables: Tables, table: str, name: str, kind: str) -> Column:
    quoted = f't."{name}"'
    if name == "row_ids":
        return Column(name, "rows", _linked(tables, table, name, ROWS), True)
    if name == "event_ids":
        return Column(name, "events", _linked(tables, table, name, EVENTS), True)
    if name in ROW_LINKS:
        return Column(name, "row", f"(select w.i from {ROWS} w where w.id = {quoted})")
    return _plain_column(name, quoted, kind)


def _plain_column(name: str, quoted: str, kind: str) -> Column:
    if kind.startswith("TIMESTAMP"):
        return Column(name, "time", f"epoch_us(cast({quoted} as timestamp))")
    if kind.startswith(("DOUBLE", "FLOAT", "DECIMAL", "HUGEINT")):
        number = f"cast({quoted} as double)"
        return Column(name, "plain", f"case when isfinite({number}) then {number} end")
    if kind in _PRINT_AS_JSON:
        return Column(name, "plain", quoted)
    text = quoted if kind.startswith("VARCHAR") else f"cast({quoted} as varchar)"
    return Column(name, "plain", text, True)


def _linked(tables: Tables, table: str, column: str, index: str) -> str:
    """Make workbook_<column>: the indexes of each record's list; return SQL that looks it up."""
    step = f"workbook_{column}"
    tables.step(
        step,
        f"""select k, list(w.i order by w.i) as ids from (
              select n as k, unnest({column}) as id from ({_numbered(table)})
            ) join {index} w using (id) group by k""",
    )
    return f"coalesce((select l.ids from {step} l where l.k = t.n), [])"


def _numbered(table: str) -> str:
    return f"select *, cast(row_number() over () - 1 as integer) as n from {table}"


def _stats(tables: Tables, table: str, columns: list[Column]) -> dict[str, Any]:
    """Return the JSON text of each column with a single value, else None; "" is the count."""
    plain = [c for c in columns if not c.is_link]
    named = ", ".join(f"{c.sql} as x{n}" for n, c in enumerate(plain))
    asked = ", ".join(
        f"case when count(x{n}) = 0 then '{{\"c\":null}}' when count(x{n}) = count(*) and "
        f"min(x{n}) = max(x{n}) then '{{\"c\":' || {c.printed(f'min(x{n})')} || '}}' end"
        for n, c in enumerate(plain)
    )
    (found,) = tables.rows(f"select count(*), {asked} from (select {named} from {table} t)")
    return {
        "": found[0],
        **{c.name: None for c in columns},
        **{c.name: found[n + 1] for n, c in enumerate(plain)},
    }


def _texts(tables: Tables, table: str, columns: list[Column]) -> dict[str, str]:
    """Return each column as the text of one JSON array, in the order of the table."""
    ordinals, *slices = _slices(tables, table, columns, "")
    if ordinals != ",".join(map(str, range(ordinals.count(",") + 1))):
        _, *slices = _slices(tables, table, columns, " order by n")
    return {column.name: f"[{text}]" for column, text in zip(columns, slices, strict=True)}


def _slices(tables: Tables, table: str, columns: list[Column], order: str) -> list[str]:
    """Return the ordinals and the columns, comma-separated.

    Without `order` DuckDB joins the values of a slice as it scans them, in a third of the
    time; the ordinals tell the caller whether it kept the order, as it does so far.
    """
    named = ", ".join(f"{c.sql} as x{n}" for n, c in enumerate(columns))
    joined = ", ".join(
        f"string_agg({c.printed(f'x{n}')}, ','{order})" for n, c in enumerate(columns)
    )
    parts = tables.rows(
        f"select string_agg(cast(n as varchar), ','{order}), {joined}"
        f" from (select t.n, {named} from ({_numbered(table)}) t)"
        f" group by n // {SLICE_ROWS} order by n // {SLICE_ROWS}"
    )
    return [",".join(part[k] for part in parts) for k in range(len(columns) + 1)]


def index_of(tables: Tables, ids: Iterable[str], index: str) -> dict[str, int]:
    """Return the index of each id that exists; index: workbook_rows or workbook_events."""
    wanted = sorted({*ids})
    found = tables.rows(
        f"select id, i from {index} where id in (select unnest(cast(? as varchar[])))", [wanted]
    )
    return {str(name): int(number) for name, number in sorted(found)}


def to_text(value: Any) -> str:
    """Return JSON text of plain data, structs and times."""
    return msgspec.json.encode(value).decode()
