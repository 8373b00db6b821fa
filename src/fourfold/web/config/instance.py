"""The instance as a whole: prepared, in use, empty."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from fourfold.web.cases.models import Offence
from fourfold.web.cases.reference import offences
from fourfold.web.exhibits.actions import recovery

log = logging.getLogger(__name__)

LOCK_FILE = "in_use.lock"
FIRST_TABLE = "django_migrations"


class InUseError(Exception):
    """Another process serves or restores this instance."""


def home() -> Path:
    """Return the instance folder."""
    return Path(settings.INSTANCE.home)


def prepare() -> None:
    """Make or update the database, the cache table and the reference data. Safe to repeat."""
    home().mkdir(parents=True, exist_ok=True)
    home().chmod(0o700)
    settings.FILES_ROOT.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    offences.load(Offence)


def recover() -> None:
    """Bring files and records together after a crash, before anybody is answered."""
    found = recovery.recover()
    for what, count in asdict(found).items():
        if count:
            log.warning("recovered: %s %s", len(count), what)


def is_empty() -> bool:
    """Return whether nothing was ever recorded or taken in here."""
    if any(path.is_file() for path in settings.FILES_ROOT.rglob("*")):
        return False
    if FIRST_TABLE not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        for table in ("accountability_ledgerentry", "users_user"):
            if table not in connection.introspection.table_names(cursor):
                continue
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            if cursor.fetchone():
                return False
    return True


@contextmanager
def in_use() -> Iterator[None]:
    """Hold the instance: serving and restoring exclude each other.

    Raises:
        InUseError: somebody else holds it.
    """
    import fcntl

    home().mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home() / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError(
                f"the instance in {home()} is being served or restored; stop that first"
            ) from None
        yield
    finally:
        os.close(descriptor)
