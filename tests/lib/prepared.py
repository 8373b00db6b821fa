"""A prepared database to copy: migrations run once for all that a test run serves and asks.

Made by the program itself (`instance.prepare`), kept beside other temporary files under a digest
of all that it is made of, so that a changed migration makes a new one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "fourfold" / "web"
DATABASE = "fourfold.sqlite3"
PREPARE = (
    "import django; django.setup(); from fourfold.web.config import instance; instance.prepare()"
)


def into(home: Path) -> None:
    """Put a prepared database into the home of a new instance, on SQLite."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_folder() / DATABASE, home / DATABASE)


def template(server: str) -> str:
    """Return the name of a prepared database of a PostgreSQL server, to copy."""
    name = f"prepared_{_digest()}"
    with _alone(name), psycopg.connect(_named(server, "postgres"), autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            connection.execute(f'CREATE DATABASE "{name}_half"')
            with tempfile.TemporaryDirectory(prefix="fourfold-prepare-") as folder:
                _prepare(Path(folder), _named(server, f"{name}_half"))
            connection.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
    return name


def _named(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"fourfold-prepared-{_digest()}"
    with _alone(folder.name):
        if not (folder / DATABASE).exists():
            half = Path(tempfile.mkdtemp(prefix="fourfold-prepare-"))
            _prepare(half, "")
            folder.mkdir(exist_ok=True)
            _whole(half / DATABASE, folder / DATABASE)
            shutil.rmtree(half)
    return folder


def _whole(source: Path, target: Path) -> None:
    """Copy a database with what its log still holds, then let it appear at once."""
    import sqlite3

    half = target.with_suffix(".half")
    half.unlink(missing_ok=True)
    with sqlite3.connect(source) as live, sqlite3.connect(half) as copy:
        live.backup(copy)
    half.rename(target)


def _prepare(home: Path, database: str) -> None:
    environment = {
        **os.environ,
        "FOURFOLD_HOME": str(home),
        "FOURFOLD_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr)


def _digest() -> str:
    found = hashlib.sha256((ROOT / "requirements" / "web.txt").read_bytes())
    made_of = [*WEB.glob("*/migrations/*.py"), *WEB.glob("*/reference/*"), *WEB.glob("config/*.py")]
    for path in sorted(path for path in made_of if path.is_file()):
        found.update(path.as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let one process of a test run make it while the others wait."""
    with (Path(tempfile.gettempdir()) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
