"""Rows of reference files: made once, kept up to date, left alone once a person changed them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)

REASON = "reference file"
PUBLISHED = "published"  # a version that publishing wrote: nobody changed what it says
MADE, CHANGED, SAME, LEFT = "made", "changed", "same", "left"


def keep(
    model: type[M], key: Mapping[str, Any], facts: Mapping[str, Any], *, by: models.Model
) -> tuple[M, str]:
    """Write a row of a reference file; return it and what was done (made, changed, same, left).

    The model keeps versions. A row of which one version was not written here is a person's: it is
    left as it stands.
    """
    held = model._default_manager.filter(**key).first()
    if held is None:
        return _write(model(**key, **facts), by), MADE
    if all(getattr(held, name) == value for name, value in facts.items()):
        return held, SAME
    if is_changed_by_a_person(held):
        return held, LEFT
    for name, value in facts.items():
        setattr(held, name, value)
    return _write(held, by), CHANGED


def is_changed_by_a_person(row: models.Model) -> bool:
    """Return whether a version of a row was written by anything but a reference file."""
    versions = getattr(row, "history")  # noqa: B009 - the model's own, unknown to its base
    reasons = set(versions.values_list("history_change_reason", flat=True))
    return bool(reasons - {REASON, PUBLISHED})


def mark_published(row: models.Model, *names: str) -> None:
    """Save fields that only say that a row was published."""
    row._change_reason = PUBLISHED  # type: ignore[attr-defined]
    row.save(update_fields=names)
    del row._change_reason  # type: ignore[attr-defined]


def _write(row: M, by: models.Model) -> M:
    row._change_reason = REASON  # type: ignore[attr-defined]
    row._history_user = by  # type: ignore[attr-defined]
    row.save()
    del row._change_reason, row._history_user  # type: ignore[attr-defined]
    return row
