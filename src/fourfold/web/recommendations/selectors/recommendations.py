"""Recommendations of a super-complaint, for its list, its page and the drill-down."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from fourfold.web.recommendations.models import Recommendation
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Listed:
    """A recommendation in a list, with how many parts and addressees it has."""

    recommendation: Recommendation
    part_count: int
    addressee_count: int


def of_complaint(actor: User, supercomplaint: SuperComplaint) -> list[Listed]:
    """Return the recommendations that the actor may open, drafts among them for officers."""
    found: QuerySet[Recommendation] = policy.permitted(
        actor, "recommendation.open", Recommendation.objects.filter(supercomplaint=supercomplaint)
    )
    counted = found.annotate(
        part_count=Count("parts", distinct=True),
        addressee_count=Count("answers__organisation", distinct=True),
    ).order_by("number")
    return [Listed(each, each.part_count, each.addressee_count) for each in counted]


def complaints_with_any(actor: User) -> list[SuperComplaint]:
    """Return the super-complaints open to the actor that have issued recommendations."""
    issued = Q(recommendations__issued_on__isnull=False)
    found = policy.permitted(actor, "supercomplaint.list", SuperComplaint.objects.all())
    return list(
        found.annotate(issued_count=Count("recommendations", filter=issued))
        .filter(issued_count__gt=0)
        .select_related("body")
        .order_by("-published_on", "title")
    )
