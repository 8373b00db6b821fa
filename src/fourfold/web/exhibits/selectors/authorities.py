"""Authorities of a case, each with how many exhibits cite it."""

from django.db.models import Count, QuerySet

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Authority


def of_case(case: Case) -> QuerySet[Authority]:
    """Return the authorities of a case."""
    return Authority.objects.filter(case=case).annotate(cited=Count("exhibits")).order_by("pk")
