"""Check the end of the ledger, as far as a page may take the time."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from fourfold.web.accountability import chain, guards, verification
from fourfold.web.accountability.chain import Head
from fourfold.web.accountability.models import LedgerEntry

ENTRIES_MAX: Final = 5_000


@dataclass(frozen=True)
class Checked:
    """What the check found: from and to which entry, the first fault, triggers that lack."""

    first_seq: int
    last_seq: int
    reason: str
    missing: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing wrong was found."""
        return not self.reason and not self.missing


def check_end() -> Checked:
    """Check the last entries of the chain, their link to what came before, and the triggers."""
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    first = max(1, last - ENTRIES_MAX + 1)
    before = LedgerEntry.objects.filter(seq=first - 1).values_list("seq", "hash").first()
    rows = verification.stored_rows(first)
    result = chain.check(rows, Head(*before) if before else None, first_seq=first)
    return Checked(first, result.last_seq, result.reason, tuple(guards.missing_guards(connection)))
