"""Save a record as a new version of it: by whom, and why."""

from typing import Any

from django.db.models import Model

from fourfold.web.users.models import User


def keep(record: Model, *, by: User, why: str = "") -> None:
    """Save a record; its version names who saved it, also outside a request."""
    _sign(record, by, why)
    record.save()


def drop(record: Model, *, by: User, why: str) -> None:
    """Delete a record whose versions stay; the last of them says who dropped it, and why."""
    _sign(record, by, why)
    record.delete()


def _sign(record: Model, by: User, why: str) -> None:
    version: Any = record  # what simple_history reads of the instance
    version._history_user = by
    version._change_reason = why or None
