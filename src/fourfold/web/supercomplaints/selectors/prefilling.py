"""What a section of the report says at first: built from the record, to be written on."""

from collections import Counter

from fourfold.web.base.words import plural, uk_date
from fourfold.web.supercomplaints.models import Document, EvidenceEntry, SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User


def text_of(actor: User, supercomplaint: SuperComplaint, kind: str) -> str:
    """Return the first text of a section of a kind; nothing where the record says nothing."""
    if kind == "steps":
        return _steps(actor, supercomplaint)
    if kind == "conclusions":
        return _conclusions(supercomplaint)
    return ""


def _steps(actor: User, supercomplaint: SuperComplaint) -> str:
    """Return the steps of the procedure, then the lines of the evidence log but the lead's own."""
    steps = [
        f"{uk_date(step.on, step.on_words or 'Date not seen')}: {step.words}"
        for step in supercomplaint.steps.filter(is_public=True)
    ]
    every = EvidenceEntry.objects.filter(supercomplaint=supercomplaint)
    shown = policy.permitted(actor, "evidenceentry.list", every)
    entries = list(shown.exclude(seen_by=Document.Seen.LEAD))
    parts = []
    if steps:
        parts += ["The super-complaint took these steps.", "\n".join(steps)]
    if entries:
        kinds = Counter(entry.get_kind_display() for entry in entries)
        counted = "; ".join(f"{words.lower()}: {number}" for words, number in kinds.items())
        parts.append(
            f"The evidence log has {plural(len(entries), 'line')} that this section draws on"
            f" ({counted})."
        )
        parts.append("\n".join(_line(entry) for entry in entries))
    return "\n\n".join(parts)


def _line(entry: EvidenceEntry) -> str:
    to = f" to {uk_date(entry.to_on)}" if entry.to_on else ""
    return f"{entry.get_kind_display()}, {uk_date(entry.on)}{to}: {entry.title}"


def _conclusions(supercomplaint: SuperComplaint) -> str:
    number = supercomplaint.findings.count()
    if not number:
        return ""
    return (
        f"The authorities make {plural(number, 'finding')}. Each stands below with its reasons"
        " and the features of policing that it speaks to."
    )
