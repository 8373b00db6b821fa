"""Write the ledger: one entry for each act and each look, each chained to the one before.

The bytes that are hashed are specified in `chain.py` (and, for strangers, in docs/ledger.md):
the ASCII text `fourfold-ledger-1`, a line feed, and the canonical JSON (RFC 8785) of all fields
of the entry but its hash, the hash of the entry before among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from fourfold.web.accountability import acts, chain, context, rules
from fourfold.web.accountability.models import LedgerEntry

ADVISORY_LOCK: Final = 0x464F5552464F4C44  # "FOURFOLD": whoever holds it writes the next entry
BATCH: Final = 500


@dataclass(frozen=True)
class Entry:
    """What an app says about an act; the ledger adds the rest."""

    act: str
    actor_ref: str
    actor_role: str
    force_ref: str
    subject_kind: str
    subject_ref: str
    case_ref: str = ""
    outcome: str = "done"
    rule: str = ""
    purpose: str = ""
    detail: Mapping[str, Any] | None = None


def record(entry: Entry, *, using: str = DEFAULT_DB_ALIAS) -> LedgerEntry:
    """Append one entry, in the transaction that runs or in one of its own.

    Writers take turns until their transaction ends, so call it last.

    Raises:
        acts.UnknownActError: acts.py does not know the act.
        rules.UnfitForLedgerError: the entry holds what may not stand in the ledger.
    """
    written = _fields(entry)
    with transaction.atomic(using=using, savepoint=False):
        (row,) = _chained([written], using)
        row.save(using=using)
    return row


def record_all(entries: Iterable[Entry], *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Append many entries in one transaction (seeding, moving in); return how many."""
    written = [_fields(entry) for entry in entries]
    with transaction.atomic(using=using, savepoint=False):
        rows = list(_chained(written, using))
        LedgerEntry.objects.using(using).bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _fields(entry: Entry) -> dict[str, Any]:
    """Return what is known before the turn is taken; refuse what is unfit."""
    now = context.current()
    named = ("actor_ref", "actor_role", "force_ref", "subject_kind", "subject_ref", "case_ref")
    return {
        **{name: rules.fit_reference(name, getattr(entry, name)) for name in (*named, "rule")},
        "act": str.__str__(entry.act),
        "op": acts.kind_of(entry.act).op,
        "outcome": LedgerEntry.Outcome(entry.outcome).value,
        "purpose": rules.fit_purpose(entry.purpose),
        "channel": now.channel,
        "session_ref": rules.fit_session(now.session_ref),
        "detail": rules.fit_detail(entry.detail),
    }


def _chained(written: list[dict[str, Any]], using: str) -> Iterator[LedgerEntry]:
    """Take the turn; yield rows that continue the ledger as it stands now."""
    _take_turn(using)
    last = LedgerEntry.objects.using(using).order_by("-seq").values_list("seq", "hash").first()
    seq, last_hash = last or (0, chain.FIRST_PREVIOUS_HASH)
    for fields in written:
        seq, at = seq + 1, timezone.now()
        linked = {**fields, "seq": seq, "previous_hash": last_hash}
        last_hash = chain.hash_of({**linked, "at": chain.moment_text(at)})
        yield LedgerEntry(**linked, at=at, hash=last_hash)


def _take_turn(using: str) -> None:
    """Wait until no other transaction is appending.

    SQLite has taken its turn at BEGIN IMMEDIATE. On PostgreSQL the lock must be a statement of
    its own: the next one then sees what the writer before has committed.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
