"""Write many records as their actions would: with a version of each and an entry for each."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from fourfold.web.accountability import context, ledger
from fourfold.web.users.access import case_ref_of
from fourfold.web.users.models import User

M = TypeVar("M", bound=Model)
BATCH = 500


class Book:
    """Collects what the ledger will hold; written in one go, in the order of the acts."""

    def __init__(self) -> None:
        self.entries: list[ledger.Entry] = []

    def note(
        self, actor: User, act: str, subject: Model, rule: str = "assigned", **detail: Any
    ) -> None:
        """Note one act."""
        self.entries.append(
            ledger.Entry(
                act=act,
                actor_ref=actor.ref,
                actor_role=actor.role,
                force_ref=actor.force.ref,
                subject_kind=type(subject)._meta.model_name or "",
                subject_ref=str(getattr(subject, "ref", "")),
                case_ref=case_ref_of(subject),
                rule=rule,
                purpose=rule,
                detail=detail or None,
            )
        )

    def write(self) -> int:
        """Append what was noted to the ledger; return how many entries."""
        with context.running(channel="command"):
            count = ledger.record_all(self.entries)
        self.entries.clear()
        return count


def create(model: type[M], records: Sequence[M], by: Iterable[User] | None = None) -> list[M]:
    """Write new records; where the model keeps versions, the first one of each, and by whom."""
    for record, actor in zip(records, by or (), strict=False):
        record._history_user = actor  # type: ignore[attr-defined]
    if not hasattr(model, "history"):
        return list(model._default_manager.bulk_create(records, batch_size=BATCH))
    written: list[M] = bulk_create_with_history(list(records), model, batch_size=BATCH)
    return written
