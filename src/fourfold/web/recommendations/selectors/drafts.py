"""Drafts: whom they address once whole kinds are spelled out, and what they lack."""

from django.db.models import Q

from fourfold.web.recommendations.models import Recommendation
from fourfold.web.recommendations.rules.drafts import DraftFacts, lacking
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint


def addressable(supercomplaint: SuperComplaint) -> list[Organisation]:
    """Return whom its recommendations may address: invented ones an invented complaint alone."""
    found = Organisation.objects.filter(is_invented=supercomplaint.is_invented)
    return list(found.order_by("name"))


def addressed(recommendation: Recommendation) -> list[Organisation]:
    """Return the organisations that a recommendation addresses, whole kinds spelled out."""
    named = Q(pk__in=recommendation.addressees.values("pk"))
    of_kind = Q(
        kind__in=recommendation.addressee_kinds,
        is_invented=recommendation.supercomplaint.is_invented,
    )
    return list(Organisation.objects.filter(named | of_kind).order_by("name"))


def facts_of(recommendation: Recommendation, addressee_count: int) -> DraftFacts:
    """Return what issuing asks of a draft."""
    return DraftFacts(
        number=recommendation.number,
        has_text=bool(recommendation.text),
        confidence=recommendation.confidence,
        due_basis=recommendation.due_basis,
        dated_on=recommendation.due_on,
        addressee_count=addressee_count,
    )


def lacking_of(supercomplaint: SuperComplaint) -> list[str]:
    """Return what the drafts of a super-complaint lack before they can be issued."""
    drafts = supercomplaint.recommendations.filter(issued_on=None).prefetch_related("addressees")
    kinds = dict.fromkeys(
        Organisation.objects.filter(is_invented=supercomplaint.is_invented)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    found: list[str] = []
    for draft in drafts:
        held = [kind for kind in draft.addressee_kinds if kind in kinds]
        count = len(draft.addressees.all()) + len(held)
        found += lacking(facts_of(draft, count))
    return found
