"""Authorities of a case, each with how many exhibits cite it, or whether one of them does."""

from django.db.models import Count, Exists, OuterRef

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Authority, Exhibit


def of_case(case: Case) -> list[Authority]:
    """Return the authorities of a case, with `cited`: how many exhibits cite each."""
    found = Authority.objects.filter(case=case)
    return list(found.annotate(cited=Count("exhibits")).order_by("pk"))


def for_exhibit(exhibit: Exhibit) -> tuple[list[Authority], list[Authority]]:
    """Return the authorities of the case of an exhibit, and those of them that it cites."""
    through = Exhibit.authorities.through.objects
    citing = through.filter(authority=OuterRef("pk"), exhibit=exhibit)
    found = Authority.objects.filter(case=exhibit.case_id).annotate(is_cited=Exists(citing))
    every = list(found)
    cited: list[Authority] = [each for each in every if each.is_cited]
    return [*every], cited
