"""The evidence log: lines are added and changed, each kept in versions, none taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from fourfold.web.supercomplaints.errors import NotNowError, OtherComplaintError
from fourfold.web.supercomplaints.models import Document, EvidenceEntry, SuperComplaint
from fourfold.web.supercomplaints.rules.investigation import OPEN
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class EntryFacts:
    """What a line of the evidence log says."""

    kind: str
    on: date
    title: str
    to_on: date | None = None
    summary: str = ""
    seen_by: str = Document.Seen.AUTHORITIES
    documents: Sequence[Document] = ()


def must_be_open(supercomplaint: SuperComplaint) -> None:
    """Refuse outside the investigation; the database says, not a page that was open for long."""
    state = SuperComplaint.objects.values_list("state", flat=True).get(pk=supercomplaint.pk)
    if state not in OPEN:
        raise NotNowError(
            "This can be changed while the super-complaint is under investigation, and until its"
            " report is published. Look under Procedure where it stands."
        )


def add_entry(*, actor: User, supercomplaint: SuperComplaint, facts: EntryFacts) -> EvidenceEntry:
    """Add a line; its number is the next."""
    decision = access.require(actor, "evidenceentry.add", supercomplaint)
    _must_belong(supercomplaint, facts)
    with transaction.atomic():
        SuperComplaint.objects.select_for_update(of=("self",)).get(pk=supercomplaint.pk)
        must_be_open(supercomplaint)
        every = EvidenceEntry.objects.filter(supercomplaint=supercomplaint)
        last = every.aggregate(last=Max("number"))["last"] or 0
        entry = EvidenceEntry(supercomplaint=supercomplaint, number=last + 1, recorded_by=actor)
        _write(entry, facts)
        detail = {"number": entry.number, "kind": entry.kind, "seen_by": entry.seen_by}
        access.record_act(actor, "evidenceentry.add", entry, decision=decision, detail=detail)
    return entry


def change_entry(*, actor: User, entry: EvidenceEntry, facts: EntryFacts) -> None:
    """Change a line; the version before is kept."""
    decision = access.require(actor, "evidenceentry.change", entry)
    _must_belong(entry.supercomplaint, facts)
    must_be_open(entry.supercomplaint)
    with transaction.atomic():
        detail = {"seen_by_before": entry.seen_by, "seen_by": facts.seen_by}
        _write(entry, facts)
        access.record_act(actor, "evidenceentry.change", entry, decision=decision, detail=detail)


def _write(entry: EvidenceEntry, facts: EntryFacts) -> None:
    for name in ("kind", "on", "to_on", "title", "summary", "seen_by"):
        setattr(entry, name, getattr(facts, name))
    entry.save()
    entry.documents.set(facts.documents)


def _must_belong(supercomplaint: SuperComplaint, facts: EntryFacts) -> None:
    if any(each.supercomplaint_id != supercomplaint.pk for each in facts.documents):
        raise OtherComplaintError
