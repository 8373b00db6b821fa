"""Run the SQL of a definition: read-only, over open tables only, within a time limit.

The text has been checked (rules/sql_guard.py). Here the database refuses again: SQLite asks an
authoriser for every column and takes no writes; PostgreSQL runs it in a read-only transaction
that is rolled back.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from django.db import DatabaseError, connection, transaction

from fourfold.web.measures.rules import sql_guard
from fourfold.web.measures.rules.counting import Counted, Row, count
from fourfold.web.measures.rules.definitions import Definition, Kind
from fourfold.web.measures.rules.periods import Period

LIMIT_SECONDS: Final = 10.0
ROWS_MAX: Final = 200_000
STEPS_BETWEEN_LOOKS: Final = 10_000
PARAMETER: Final = re.compile(r":([a-z_]+)")
READING: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION})


class MeasureFailedError(Exception):
    """The database did not compute a measure: too slow, too much, or refused."""


def calculate(definition: Definition, force_id: int, period: Period) -> Counted:
    """Compute a measure for a force and a period; nothing is written.

    Raises:
        sql_guard.ForbiddenSqlError: the SQL of the definition says more than it may.
        MeasureFailedError: the database did not compute it.
        BadRowsError: the rows are not those of the kind.
    """
    sql_guard.check(definition)
    sql = PARAMETER.sub(r"%(\1)s", definition.sql)
    given = _adapted({"force_id": force_id, **parameters(period)})
    try:
        with _read_only(), connection.cursor() as cursor:
            cursor.execute(sql, given)
            found = cursor.fetchmany(ROWS_MAX + 1)
    except DatabaseError as error:
        raise MeasureFailedError(
            f"the database did not compute “{definition.name}” within"
            f" {LIMIT_SECONDS:.0f} seconds, or refused it"
        ) from error
    if len(found) > ROWS_MAX:
        raise MeasureFailedError(f"more than {ROWS_MAX:,} rows: choose a shorter period")
    return count(definition, [_row(definition.kind, values) for values in found])


def parameters(period: Period) -> dict[str, Any]:
    """Return what the SQL is given of a period."""
    return {
        "from_at": period.from_at,
        "to_at": period.to_at,
        "from_on": period.from_on,
        "until_on": period.until_on,
    }


def _adapted(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return moments and days as this database keeps them."""
    ops = connection.ops
    return {
        **given,
        "from_at": ops.adapt_datetimefield_value(given["from_at"]),
        "to_at": ops.adapt_datetimefield_value(given["to_at"]),
        "from_on": ops.adapt_datefield_value(given["from_on"]),
        "until_on": ops.adapt_datefield_value(given["until_on"]),
    }


def _row(kind: Kind, values: tuple[Any, ...]) -> Row:
    if kind == Kind.COUNT:
        return Row(str(values[0]))
    if kind == Kind.SHARE:
        return Row(str(values[0]), bool(values[1]))
    return Row(str(values[0]), True, _moment(values[1]), _moment(values[2]))


def _moment(value: Any) -> datetime | None:
    """Return a moment as the database gave it: SQLite keeps text in UTC."""
    if value is None:
        return None
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@contextmanager
def _read_only() -> Iterator[None]:
    """Let the database refuse what is not reading, and what takes too long."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with _sqlite_read_only(connection.connection):
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {int(LIMIT_SECONDS * 1000)}")
        yield
        transaction.set_rollback(True)  # also gives the transaction around its rights back


@contextmanager
def _sqlite_read_only(raw: Any) -> Iterator[None]:
    raw.execute("PRAGMA query_only = ON")
    raw.set_authorizer(_authorise)
    raw.set_progress_handler(_until(time.monotonic() + LIMIT_SECONDS), STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
        raw.set_authorizer(None)
        raw.execute("PRAGMA query_only = OFF")


def _until(end: float) -> Callable[[], int]:
    return lambda: int(time.monotonic() > end)


def _authorise(
    action: int, first: str | None, second: str | None, _base: str | None, _by: str | None
) -> int:
    """Allow reading of open columns; deny everything else."""
    if action in READING:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ:
        columns = sql_guard.COLUMNS.get(first or "", frozenset())
        if not second or second in columns:
            return sqlite3.SQLITE_OK if first in sql_guard.COLUMNS else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_DENY
