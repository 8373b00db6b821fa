"""Exceptions from need-to-know: break-glass, declared interests that closed a case, clearances."""

from django.db.models import QuerySet

from fourfold.web.cases.models import BreakGlass, Case, ConflictClearance
from fourfold.web.users import policy
from fourfold.web.users.models import User

SHOWN_MAX = 100


def openings(actor: User) -> QuerySet[BreakGlass]:
    """Return break-glass openings that the actor may review, those to be reviewed first."""
    mine = policy.permitted(actor, "case.break_glass_review", BreakGlass.objects.all())
    return mine.select_related("case", "user", "reviewed_by").order_by("reviewed_at", "-from_at")


def clearances(actor: User) -> QuerySet[ConflictClearance]:
    """Return matches of a declared interest that were cleared, the latest first."""
    cases = policy.permitted(actor, "case.break_glass_review", Case.objects.order_by())
    return (
        ConflictClearance.objects.filter(case__in=cases)
        .select_related("case", "interest__user", "cleared_by")
        .order_by("-cleared_at", "-pk")
    )
