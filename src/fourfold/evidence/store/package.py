"""The package on disk: data files, findings, and the record that a package keeps of itself."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from fourfold.evidence.errors import CaseFolderError
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.tables import TABLES
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.store.engine import Engine, quoted
from fourfold.evidence.support.hashing import sha256_of

DATA = "data"
ORIGINALS = "originals"
PACKS = "packs"  # format packs that the caller brought along
RUN_FILE = "run.json"
FINDINGS_FILE = "findings.jsonl"
NOT_AS_CSV = ("rows",)  # the verbatim text is in the originals and in rows.parquet
RISKY_START = r"^[=+\-@\t\r]"  # a spreadsheet would take such a cell for a formula


def write_data(store: CaseStore, folder: Path, tables: list[str]) -> None:
    """Write tables as Parquet and CSV. Sorted as they stand; the same rows, the same bytes."""
    data = folder / DATA
    data.mkdir(parents=True, exist_ok=True)
    for table in tables:
        path = quoted(str(data / f"{table}.parquet"))
        store.run(f"copy {table} to {path} (format parquet, compression zstd, compression_level 1)")
        if table not in NOT_AS_CSV:
            path = quoted(str(data / f"{table}.csv"))
            store.run(f"copy ({csv_query(store, table)}) to {path} (format csv, header true)")


class Writer:
    """Writes tables that are final in a thread of its own, while the others are still made."""

    def __init__(self, store: CaseStore, folder: Path) -> None:
        self._store, self._folder = store, folder
        self.begun: set[str] = set()
        self._pool = ThreadPoolExecutor(1)
        self._writing: list[Future[None]] = []

    def write(self, tables: list[str]) -> None:
        """Begin to write these tables; they must not change any more."""
        self.begun.update(tables)
        cursor = self._store.cursor()
        self._writing.append(self._pool.submit(write_data, cursor, self._folder, tables))

    def finish(self) -> None:
        """Wait until everything is written; raises what went wrong."""
        for writing in self._writing:
            writing.result()
        self._pool.shutdown()

    def abandon(self) -> None:
        """Stop writing, so that nobody writes into a folder that is being removed."""
        self._pool.shutdown(cancel_futures=True)


def csv_query(engine: Engine, table: str) -> str:
    """Return the query for a CSV copy: lists joined, and no cell that starts like a formula.

    An apostrophe is put before such text, as spreadsheets do; Parquet holds it unchanged.
    """
    columns = []
    for column, kind, *_ in engine.rows(f"describe {table}"):
        name = f'"{column}"'  # a name such as at is a keyword of DuckDB 2
        text = f"array_to_string({name}, ' | ')" if kind.endswith("[]") else name
        if kind.startswith("VARCHAR"):
            is_risky = f"regexp_matches({text}, {quoted(RISKY_START)})"
            text = f"case when {is_risky} then '''' || {text} else {text} end"
        columns.append(f"{text} as {name}")
    return f"select {', '.join(columns)} from {table}"


def write_findings(folder: Path, findings: list[Finding]) -> None:
    """Write findings.jsonl, one finding per line."""
    encoder = msgspec.json.Encoder(order="deterministic")
    with (folder / DATA / FINDINGS_FILE).open("wb") as stream:
        for finding in findings:
            stream.write(encoder.encode(finding) + b"\n")


def read_findings(folder: Path) -> list[Finding]:
    """Read findings.jsonl back."""
    path = folder / DATA / FINDINGS_FILE
    lines = path.read_bytes().splitlines() if path.is_file() else []
    return [msgspec.json.decode(line, type=Finding) for line in lines]


def data_tables(folder: Path) -> list[str]:
    """Return the names of the tables of a package, base tables first."""
    found = {path.stem for path in (folder / DATA).glob("*.parquet")}
    return [t for t in TABLES if t in found] + sorted(found - set(TABLES))


def open_data(folder: Path, tables: Sequence[str] = ()) -> Engine:
    """Open the tables of a package, or only some, as views; nothing is copied or changed."""
    engine = Engine()
    for table in tables or data_tables(folder):
        path = quoted(str(folder / DATA / f"{table}.parquet"))
        engine.run(f"create view {table} as select * from read_parquet({path})")
    return engine


def load_tables(folder: Path, threads: int | None = None) -> CaseStore:
    """Load all tables of a package into a store, those that analyses exported included.

    Raises:
        CaseFolderError: the package has not been read yet.
    """
    tables = data_tables(folder)
    if not tables:
        raise CaseFolderError(f"{folder} holds no tables: run 'fourfold read' first")
    store = CaseStore(threads)
    for table in tables:
        path = quoted(str(folder / DATA / f"{table}.parquet"))
        store.run(f"create or replace table {table} as select * from read_parquet({path})")
        if table not in TABLES:
            store.export(table)
    return store


def hashes(folder: Path) -> dict[str, str]:
    """Return SHA-256 of every file of a package except its own record, by relative path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in files
        if path.name != RUN_FILE or path.parent != folder
    }


def table_digest(files: dict[str, str]) -> str:
    """Return one SHA-256 over the data files: equal digests, byte-identical tables."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write_run(folder: Path, record: dict[str, Any]) -> None:
    """Write run.json."""
    text = msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=2)
    (folder / RUN_FILE).write_bytes(text + b"\n")


def read_run(folder: Path) -> dict[str, Any]:
    """Read run.json."""
    record: dict[str, Any] = msgspec.json.decode((folder / RUN_FILE).read_bytes())
    return record
