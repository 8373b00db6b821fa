"""SQLite takes text with NUL, PostgreSQL refuses it: a guard that finds here what fails there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


class NulError(Exception):
    """A value with NUL reached the database: PostgreSQL would refuse it."""


def no_nul(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Refuse what PostgreSQL refuses."""
    rows = params if many else [params or ()]
    values = (v for row in rows for v in (row.values() if isinstance(row, dict) else row))
    if any(isinstance(value, str) and "\0" in value for value in values):
        raise NulError(sql)
    return execute(sql, params, many, context)


@contextmanager
def as_on_postgresql() -> Iterator[None]:
    """Refuse NUL, as PostgreSQL does."""
    with connection.execute_wrapper(no_nul):
        yield
