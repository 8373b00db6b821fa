"""The evidence log as an actor may see it, with its filters and its table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, QuerySet

from fourfold.web.supercomplaints.models import Document, EvidenceEntry, SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User

HEADER: Final = (
    "Number", "Reference", "Kind", "From", "To", "Title", "Summary", "Who may see it",
    "Documents (SHA-256)", "Findings",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which lines are wanted; empty means any."""

    kind: str = ""
    seen_by: str = ""
    is_unused: bool = False


def entries_of(
    actor: User, supercomplaint: SuperComplaint, wanted: Wanted | None = None
) -> list[EvidenceEntry]:
    """Return the lines that an actor may see, each with the documents and findings it may see."""
    asked = wanted or Wanted()
    every = EvidenceEntry.objects.filter(supercomplaint=supercomplaint)
    found = policy.permitted(actor, "evidenceentry.list", every)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.seen_by:
        found = found.filter(seen_by=asked.seen_by)
    if asked.is_unused:
        found = found.filter(findings=None)
    open_documents = policy.permitted(actor, "document.open", Document.objects.all())
    shown = found.prefetch_related(Prefetch("documents", open_documents.distinct()), "findings")
    return list(shown)


def documents_to_choose(actor: User, supercomplaint: SuperComplaint) -> QuerySet[Document]:
    """Return the documents that an actor may tie to a line."""
    return policy.permitted(actor, "document.open", supercomplaint.documents.all())


def documents_of(actor: User, entry: EvidenceEntry) -> list[Document]:
    """Return the documents of a line that an actor may see."""
    return list(policy.permitted(actor, "document.open", entry.documents.all()).distinct())


def rows(entries: list[EvidenceEntry]) -> Iterator[tuple[object, ...]]:
    """Yield the lines as rows of a table."""
    for entry in entries:
        yield (
            entry.number,
            entry.ref,
            entry.get_kind_display(),
            entry.on.isoformat(),
            entry.to_on.isoformat() if entry.to_on else "",
            entry.title,
            entry.summary,
            entry.get_seen_by_display(),
            "; ".join(f"{each.title} ({each.sha256})" for each in entry.documents.all()),
            ", ".join(str(each.number) for each in entry.findings.all()),
        )
