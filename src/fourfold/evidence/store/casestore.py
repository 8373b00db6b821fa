"""The tables of one run: empty with their schema at first, filled station by station."""

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from fourfold.evidence.model.tables import TABLES, Schema
from fourfold.evidence.store.engine import Engine, quoted

_ENCODER = msgspec.json.Encoder()


class CaseStore(Engine):
    """All tables of model.tables.TABLES, plus those that analyses export."""

    def __init__(self, threads: int | None = None) -> None:
        """Create the empty tables; threads: DuckDB threads, by default all cores."""
        super().__init__(None, threads)
        self.work = Path(tempfile.mkdtemp(prefix="fourfold-store-"))
        weakref.finalize(self, shutil.rmtree, self.work, ignore_errors=True)
        self.run(f"set temp_directory = {quoted(str(self.work / 'spill'))}")
        self.exported: list[str] = []
        for name, schema in TABLES.items():
            self.run(create_statement(name, schema))

    def step(self, name: str, sql: str) -> None:
        """Materialise one named step of portable SQL as a temporary table."""
        self.run(f"create or replace temp table {name} as {sql}")

    def export(self, name: str) -> None:
        """Mark a table as part of the package: data/<name>.parquet."""
        if name not in self.exported:
            self.exported.append(name)

    def append(self, name: str, schema: Schema, records: Iterable[Any]) -> None:
        """Append Python records (dicts or structs with the schema's names) to a table.

        Records travel as newline-delimited JSON, the fastest way in that needs no
        second data library. Columns absent from a record are NULL.
        """
        path = self.work / f"append-{name}.ndjson"
        with path.open("wb") as stream:
            for record in records:
                stream.write(_ENCODER.encode(record) + b"\n")
        if path.stat().st_size:
            self.run(f"insert into {name} by name select * from {ndjson([path], schema)}")
        path.unlink()


def create_statement(name: str, schema: Schema) -> str:
    """Return the statement that creates an empty table of this schema."""
    columns = ", ".join(f"{column} {kind}" for column, kind in schema.items())
    return f"create or replace table {name} ({columns})"


def ndjson(paths: list[Path], schema: Schema) -> str:
    """Return the SQL table function that reads newline-delimited JSON with this schema."""
    files = ", ".join(quoted(str(path)) for path in paths)
    columns = ", ".join(f"{quoted(k)}: {quoted(v)}" for k, v in schema.items())
    return (
        f"read_json([{files}], format='newline_delimited', columns={{{columns}}},"
        " maximum_object_size=268435456)"
    )
