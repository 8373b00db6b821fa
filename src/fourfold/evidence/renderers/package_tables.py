"""What renderers ask of the tables: is it there, how many entries, with local times and codes.

A renderer computes no figure. It selects, it counts the entries of a table, and it adds
to each time the wall clock of the display zone.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from fourfold.evidence.model.protocols import Package
from fourfold.evidence.support.clock import sql_offset

CODES_SHOWN: Final = 12  # row codes printed with one entry; the tables hold all of them


@dataclass(frozen=True)
class Column:
    """One column of a table as outputs print it.

    kind: `text`, `number`, `flag`, `time` (printed in UTC and in the display zone),
    `list` (joined) or `codes` (row ids printed as trace codes).
    """

    name: str
    heading: str
    kind: str = "text"
    width: int = 16


class PackageTables:
    """The tables of a package, seen by a renderer; tables and columns may be absent.

    codes_shown: how many row codes are printed with one entry; more are counted.
    """

    def __init__(self, package: Package, *, codes_shown: int = CODES_SHOWN) -> None:
        self.codes_shown = codes_shown
        self.zone = package.case.display_zone
        self._tables = package.tables
        self._columns: dict[str, dict[str, str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._periods: dict[str, tuple[int, int] | None] = {}
        for table, column, kind in self._tables.rows(
            "select table_name, column_name, data_type from information_schema.columns"
            " order by table_name, ordinal_position"
        ):
            self._columns.setdefault(table, {})[column] = kind

    def has(self, table: str) -> bool:
        """Tell whether the package has this table."""
        return table in self._columns

    def count(self, table: str, condition: str = "true") -> int:
        """Count the entries of a table; an absent table has none."""
        if not self.has(table):
            return 0
        key = table, condition
        if key not in self._counts:
            sql = f"select count(*) from {table} where {condition}"
            self._counts[key] = int(self._tables.rows(sql)[0][0])
        return self._counts[key]

    def dicts(self, sql: str) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return self._tables.dicts(sql)

    def present(self, table: str, columns: list[Column]) -> list[Column]:
        """Return those columns that the table has; what is no time or list is printed as text."""
        kinds = self._columns.get(table, {})
        return [
            replace(column, kind="text") if _is_other(column.kind, kinds[column.name]) else column
            for column in columns
            if column.name in kinds
        ]

    def entries(
        self, table: str, columns: list[Column], order: str, limit: int, condition: str = "true"
    ) -> list[dict[str, Any]]:
        """Return entries in a fixed order: each column, and `<column>_local` for times."""
        present = self.present(table, columns)
        if not present:
            return []
        keys = [_key(k) for k in order.split(", ") if k.split()[0] in self._columns[table]]
        ordered = f" order by {', '.join(keys)}" if keys else ""
        selected = ", ".join(self._expression(table, column) for column in present)
        sql = f"select {selected} from {table} as t where {condition}{ordered} limit {int(limit)}"
        entries = self._tables.dicts(sql)
        for column in present:
            if column.kind == "codes":
                self._print_codes(table, column.name, entries)
        return entries

    def local(self, table: str, column: str) -> str:
        """Return SQL for a UTC timestamp column as wall-clock time of the display zone."""
        period = self._period(table)
        if period is None:
            return "null::timestamp"
        micros = f'epoch_us("{column}")'
        return f"make_timestamp({micros} + {sql_offset(self.zone, micros, period)})"

    def _period(self, table: str) -> tuple[int, int] | None:
        """Return the lowest and the highest time of a table, over all its times; asked once."""
        if table not in self._periods:
            kinds = self._columns[table].items()
            times = ", ".join(f'"{name}"' for name, kind in kinds if kind.startswith("TIMESTAMP"))
            low, high = self._tables.rows(
                f"select epoch_us(min(least({times}))), epoch_us(max(greatest({times})))"
                f" from {table}"
            )[0]
            self._periods[table] = None if low is None else (low, high)
        return self._periods[table]

    def _expression(self, table: str, column: Column) -> str:
        name = f'"{column.name}"'  # "at" and "class" are words of SQL
        if column.kind == "time":
            return f'{name}, {self.local(table, column.name)} as "{column.name}_local"'
        if column.kind == "list":
            return f"array_to_string({name}, ', ') as {name}"
        if column.kind == "codes":
            return f"list_slice({name}, 1, {self.codes_shown}) as {name}, len({name}) as row_total"
        return name

    def occasion_sizes(self) -> list[int]:
        """Return how many entries of the chronology each proposed occasion has."""
        if "occasion_no" not in self._columns.get("chronology", {}):
            return []
        sql = "select count(*) from chronology where occasion_no is not null group by occasion_no"
        return [int(row[0]) for row in self._tables.rows(sql)]

    def codes(self, row_ids: list[str]) -> dict[str, str]:
        """Return the trace codes of rows."""
        sql = "select row_id, code from ledger where row_id in (select unnest(?::varchar[]))"
        return dict(self._tables.rows(sql, [row_ids])) if row_ids else {}

    def _print_codes(self, table: str, name: str, entries: list[dict[str, Any]]) -> None:
        codes = dict(
            self._tables.rows(
                "select l.row_id, l.code from ledger as l where l.row_id in (select"
                f" unnest(list_slice({name}, 1, {self.codes_shown})) from {table})"
            )
        )
        for entry in entries:
            shown = [codes.get(row_id, row_id) for row_id in entry[name] or []]
            more = (entry.pop("row_total") or 0) - len(shown)
            entry[name] = " ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _is_other(kind: str, type_name: str) -> bool:
    if kind == "time":
        return not type_name.startswith("TIMESTAMP")
    return kind in {"list", "codes"} and not type_name.endswith("[]")


def _key(key: str) -> str:
    name, _, direction = key.partition(" ")
    if name in {"exhibit_id", "coincidence_id"}:  # X2 before X10
        return f'length("{name}"), "{name}"'
    return f'"{name}" {direction}'.strip()
