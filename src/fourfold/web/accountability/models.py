"""The ledger's one table: written once, chained, guarded by triggers."""

from typing import Any, ClassVar

from django.db import models

from fourfold.web.accountability.context import CHANNELS
from fourfold.web.base.models import WrittenOnce, WrittenOnceError

TABLE = "accountability_ledgerentry"


class Entries(models.QuerySet["LedgerEntry"]):
    """Entries of the ledger: they can be read, and nothing else."""

    def update(self, **_kwargs: Any) -> int:
        """Refuse."""
        raise WrittenOnceError("the ledger is written once")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise WrittenOnceError("the ledger is never deleted")


class LedgerEntry(WrittenOnce):
    """One act or one look. No foreign keys: an entry outlives whatever it names."""

    class Outcome(models.TextChoices):
        """What came of it."""

        DONE = "done", "done"
        REFUSED = "refused", "refused"

    # BigAutoField is SQLite's own row number: no second key by which a row could be replaced.
    # The number is always given by the ledger, never by the database.
    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=64)
    op = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.DONE)
    actor_ref = models.CharField(max_length=64, blank=True)
    actor_role = models.CharField(max_length=64, blank=True)
    force_ref = models.CharField(max_length=64, blank=True)
    subject_kind = models.CharField(max_length=64, blank=True)
    subject_ref = models.CharField(max_length=64, blank=True)
    case_ref = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=16, choices=[(name, name) for name in CHANNELS])
    session_ref = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = Entries.as_manager()

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["actor_ref", "at"], name="ledger_by_actor"),
            models.Index(fields=["case_ref", "seq"], name="ledger_by_case"),
            models.Index(fields=["act", "at"], name="ledger_by_act"),
            models.Index(fields=["force_ref", "seq"], name="ledger_by_force"),
            models.Index(fields=["force_ref", "act", "seq"], name="ledger_by_force_act"),
            models.Index(fields=["force_ref", "outcome", "at"], name="ledger_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq}"
