"""A throw-away PostgreSQL server on a unix socket, from Debian's packages; no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

POSTGRES_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
RUNUSER = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "runuser"
SETTINGS = {  # the data die with the test: nothing need reach the disk
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    socket_folder: Path

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the address as FOURFOLD_DATABASE takes it."""
        return f"postgresql://{user}@/{database}?host={self.socket_folder}"

    def create(self, database: str) -> str:
        """Make an empty database; return its address."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def django_settings(self, database: str) -> dict[str, object]:
        """Make an empty database; return Django's settings for it."""
        self.create(database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": "postgres",
            "HOST": str(self.socket_folder),
        }


def is_installed() -> bool:
    """Return whether the server's programs are on this machine."""
    return bool(POSTGRES_HOMES)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server in a temporary folder; stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fourfold-pg-", dir="/tmp"))  # a socket's path is short
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        _run("pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log",
             "-o", f"-k {folder} {options}", "start")  # fmt: skip
        try:
            yield Cluster(folder)
        finally:
            _run("pg_ctl", "-D", data, "-w", "-s", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    """Run one of the server's programs; the server refuses to run as root."""
    become = [RUNUSER, "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*become, str(POSTGRES_HOMES[0] / program), *map(str, arguments)]
    subprocess.run(
        command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
