"""The one place that knows DuckDB: works on 1.5 and 2.x, typed results, no pandas."""

import copy
from pathlib import Path
from typing import Any, Self

import duckdb


class Engine:
    """A connection with the few calls that exist in every DuckDB we support."""

    def __init__(self, path: Path | None = None, threads: int | None = None) -> None:
        self._connection = duckdb.connect(str(path) if path else ":memory:")
        self.run("set preserve_insertion_order = true")
        self.run("set TimeZone = 'UTC'")
        self.run("set autoinstall_known_extensions = false")
        self.run("set autoload_known_extensions = false")
        if threads:
            self.run(f"set threads = {int(threads)}")

    def run(self, sql: str, parameters: list[Any] | None = None) -> None:
        """Execute one statement and drop its result."""
        self._connection.execute(sql, parameters).fetchall()

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def dicts(self, sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """Return all rows of a query as dictionaries."""
        cursor = self._connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, sql: str, parameters: list[Any] | None = None) -> Any:
        """Return the first column of the first row, or None."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def columns(self, table: str) -> list[str]:
        """Return the column names of a table."""
        return [row[0] for row in self.rows(f"describe {table}")]

    def cursor(self) -> Self:
        """Return a second connection to the same database, for another thread.

        It sees all tables and views but temporary ones.
        """
        twin = copy.copy(self)
        twin._connection = self._connection.cursor()
        return twin

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def quoted(text: str) -> str:
    """Return text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
