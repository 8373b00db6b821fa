"""What the environment says about this instance: nothing else configures it."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

KEY_FILE = "secret_key"


@dataclass(frozen=True)
class Environment:
    """Where the instance lives and how it is reached."""

    home: Path
    database_url: str
    staff_host: str
    files_host: str
    victim_host: str
    public_host: str
    is_https: bool

    @property
    def files(self) -> Path:
        """The folder of uploaded files and packages."""
        return self.home / "files"


def load() -> Environment:
    """Read the environment.

    The staff host is a name and not 127.0.0.1, because passkeys refuse addresses.
    """
    return Environment(
        home=Path(os.environ.get("FOURFOLD_HOME", "workspace")).resolve(),
        database_url=os.environ.get("FOURFOLD_DATABASE", ""),
        staff_host=os.environ.get("FOURFOLD_STAFF_HOST", "localhost"),
        files_host=os.environ.get("FOURFOLD_FILES_HOST", "127.0.0.1"),
        victim_host=os.environ.get("FOURFOLD_VICTIM_HOST", ""),
        public_host=os.environ.get("FOURFOLD_PUBLIC_HOST", ""),
        is_https=os.environ.get("FOURFOLD_HTTPS", "") == "1",
    )


def secret_key(home: Path) -> str:
    """Return the instance's secret key; make it, readable by its owner only, the first time."""
    path = home / KEY_FILE
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(64)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was quicker
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


def database(environment: Environment) -> dict[str, object]:
    """Return Django's database settings: SQLite in the instance folder, or PostgreSQL by URL."""
    if not environment.database_url:
        return _sqlite(environment.home / "fourfold.sqlite3")
    parts = urlsplit(environment.database_url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("FOURFOLD_DATABASE must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
        "TEST": {"NAME": f"test_{parts.path.lstrip('/')}"},
    }


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # opening one reads the whole schema; threads keep theirs
        "OPTIONS": {
            # IMMEDIATE: a writer waits at BEGIN. DEFERRED fails when two readers turn writers.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
    }
