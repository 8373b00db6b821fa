"""The recommendations as the report lists them: they go out with it, before they are issued."""

from django.db.models import Q

from fourfold.web.base.words import uk_date
from fourfold.web.publication.content import Section
from fourfold.web.recommendations.models import Recommendation
from fourfold.web.recommendations.rules.drafts import KIND_WORDS, NOT_FOUND_WORDS
from fourfold.web.supercomplaints.models import InvestigationReport, SuperComplaint

SUB = "sub"


def recommendations_of(supercomplaint: SuperComplaint) -> tuple[Section, ...]:
    """Return a section for each recommendation; what was drafted after publication is not in."""
    found = Recommendation.objects.filter(supercomplaint=supercomplaint)
    report = InvestigationReport.objects.filter(supercomplaint=supercomplaint).first()
    is_out = report is not None and report.state == InvestigationReport.State.PUBLISHED
    if is_out and supercomplaint.published_on is not None:
        before = Q(created_at__date__lte=supercomplaint.published_on)
        found = found.filter(Q(issued_on__isnull=False) | before)
    ordered = found.prefetch_related("parts", "addressees").order_by("number")
    return tuple(_section(each) for each in ordered)


def _section(found: Recommendation) -> Section:
    parts = tuple(f"{part.code} {part.text}" for part in found.parts.all())
    paragraphs = (found.text or f"{NOT_FOUND_WORDS}.", *parts, f"To: {_whom(found)}", _due(found))
    return Section(heading=f"Recommendation {found.number}", paragraphs=paragraphs, kind=SUB)


def _whom(found: Recommendation) -> str:
    kinds = [words for kind, words in KIND_WORDS.items() if kind in found.addressee_kinds]
    names = sorted(each.name for each in found.addressees.all())
    return found.addressee_words or "; ".join([*kinds, *names]) or "not stated"


def _due(found: Recommendation) -> str:
    if found.due_basis == Recommendation.DueBasis.AFTER_PUBLICATION:
        return "Answer due: 56 days after publication (practice, not a limit in law)"
    return f"Answer due: {uk_date(found.due_on, 'no deadline seen')}"
