"""The database's part of a backup: a snapshot of it, put back, and the ledger inside one."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections

from fourfold.web.accountability import chain
from fourfold.web.accountability.chain import Row
from fourfold.web.accountability.models import TABLE
from fourfold.web.config.backup_manifest import BackupError

FILES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
PROGRAMS: Final = Path("/usr/lib/postgresql")
COLUMNS: Final = (*chain.FIELDS, "hash")
ESCAPED: Final = re.compile(r"\\(.)")
ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def kind() -> str:
    """Return which database this instance has: sqlite or postgresql."""
    return str(connection.vendor)


def snapshot(folder: Path) -> Path:
    """Copy the database as it stands at one moment, while others go on writing."""
    target = folder / FILES[kind()]
    if kind() == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
    else:
        _program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    target.chmod(0o600)
    return target


def put_back(source: Path, aside: Path) -> None:
    """Put a snapshot in the place of this instance's database.

    SQLite: the old file is moved to `aside`. PostgreSQL: the old tables go and the new ones come
    in one transaction.
    """
    connections.close_all()
    if kind() == "sqlite":
        _put_back_file(source, aside)
        return
    name = str(connection.settings_dict["NAME"])
    connection.close_pool()  # type: ignore[attr-defined]  # nobody may hold what is replaced
    with tempfile.TemporaryDirectory(prefix="fourfold-restore-") as folder:
        script = Path(folder) / "restore.sql"
        _program("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        _program(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            "--output=/dev/null", f"--dbname={name}",
            "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public",
            f"--file={script}",
        )  # fmt: skip


def _put_back_file(source: Path, aside: Path) -> None:
    place = Path(connection.settings_dict["NAME"])
    for old in (place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))):
        if old.exists():
            old.rename(aside / old.name)
    draft = place.with_name(place.name + ".restoring")
    shutil.copyfile(source, draft)
    draft.chmod(0o600)
    draft.rename(place)


def ledger_of(source: Path, database: str) -> Iterator[Row]:
    """Yield the ledger inside a snapshot, by number, without putting it anywhere."""
    rows = _ledger_of_file(source) if database == "sqlite" else _ledger_of_dump(source)
    for cells in rows:
        yield _row(cells)


def _row(cells: dict[str, Any]) -> Row:
    """Return the fields as they are hashed; what cannot be read is an empty row."""
    try:
        at = datetime.fromisoformat(str(cells["at"]))
        moment = chain.moment_text(at) if at.tzinfo else at.isoformat(timespec="microseconds") + "Z"
        detail = chain.load(str(cells["detail"]))
        return {**cells, "seq": int(cells["seq"]), "at": moment, "detail": detail}
    except (ValueError, KeyError):
        return {}


def _ledger_of_file(source: Path) -> Iterator[dict[str, Any]]:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as opened:
        try:
            cursor = opened.execute(f"SELECT {names} FROM {TABLE} ORDER BY seq")
            for cells in cursor:
                yield dict(zip(COLUMNS, cells, strict=True))
        except sqlite3.DatabaseError as error:
            raise BackupError(f"the database in the backup cannot be read: {error}") from None


def _ledger_of_dump(source: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows that a dump would copy in, sorted on disk: a dump has no order."""
    with tempfile.TemporaryDirectory(prefix="fourfold-ledger-") as folder:
        script, sorted_file = Path(folder) / "ledger.sql", Path(folder) / "sorted"
        _program("pg_restore", "--data-only", f"--table={TABLE}", f"--file={script}", str(source))
        with closing(sqlite3.connect(sorted_file)) as store:
            store.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)")
            columns = _sort(script, store)
            for (line,) in store.execute("SELECT line FROM rows ORDER BY seq"):
                yield dict(zip(columns, map(_unescaped, line.split("\t")), strict=True))


def _sort(script: Path, store: sqlite3.Connection) -> list[str]:
    columns: list[str] = []
    with script.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if not columns:
                found = re.match(rf"COPY \S*{TABLE} \((.*)\) FROM stdin;", line)
                columns = [name.strip(' "') for name in found[1].split(",")] if found else []
                at = columns.index("seq") if columns else 0
                continue
            if line == "\\.\n":
                break
            text = line.removesuffix("\n")
            store.execute("INSERT INTO rows VALUES (?, ?)", (int(text.split("\t")[at]), text))
    return columns


def _unescaped(cell: str) -> str:
    return ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), cell)


def _program(name: str, *words: str) -> None:
    """Run one of PostgreSQL's programs against this instance's database; no password in sight."""
    settings = connection.settings_dict
    pairs = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
             "PGDATABASE": "NAME"}  # fmt: skip
    named = {key: str(settings[of]) for key, of in pairs.items() if settings.get(of)}
    newest = sorted(PROGRAMS.glob(f"*/bin/{name}"), reverse=True)
    path = str(newest[0]) if newest else shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is not installed; Debian has it in 'postgresql-client'")
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with words of ours
        [path, *words], env={**os.environ, **named}, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip()[-500:]}")
