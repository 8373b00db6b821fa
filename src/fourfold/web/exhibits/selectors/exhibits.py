"""Exhibits of a case: the list, what is owed, one exhibit with its hand-overs."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Exhibit

PER_PAGE: Final = 50
OWED_SHOWN: Final = 200
SORTS: Final = {
    "reference": ("exhibit_reference", "path", "pk"),
    "path": ("path", "pk"),
    "received": ("received_at", "pk"),
    "size": ("size_bytes", "pk"),
    "taken": ("taken_in_at", "pk"),
}


@dataclass(frozen=True)
class Totals:
    """How many exhibits there are, and how many lack what a decision needs."""

    all: int
    without_authority: int
    without_reference: int
    not_scanned: int


def totals(case: Case) -> Totals:
    """Count the exhibits of a case."""
    mine = Exhibit.objects.filter(case=case)
    owed = owing(case).count()
    counted = mine.aggregate(
        every=Count("pk"),
        bare=Count("pk", filter=Q(exhibit_reference="")),
        unscanned=Count("pk", filter=Q(scan_state="not_scanned")),
    )
    return Totals(counted["every"], owed, counted["bare"], counted["unscanned"])


def owing(case: Case) -> QuerySet[Exhibit]:
    """Return the exhibits that cite no authority."""
    return Exhibit.objects.filter(case=case, authorities__isnull=True)


def page_of(case: Case, *, sort: str, number: str) -> Page[Exhibit]:
    """Return one page of the exhibits of a case, in the order that was asked for."""
    columns = SORTS.get(sort.removeprefix("-"), SORTS["path"])
    turn = "-" if sort.startswith("-") else ""
    found = Exhibit.objects.filter(case=case).order_by(*(turn + column for column in columns))
    return Paginator(found.prefetch_related("authorities"), PER_PAGE).get_page(number)


def same_bytes(exhibit: Exhibit) -> list[Exhibit]:
    """Return the other exhibits of the same case that hold the same bytes."""
    twins = Exhibit.objects.filter(case=exhibit.case_id, sha256=exhibit.sha256)
    return list(twins.exclude(pk=exhibit.pk))


def others(exhibit: Exhibit) -> QuerySet[Exhibit]:
    """Return the exhibits that this one may be derived from: no loop may come of it."""
    barred = {exhibit.pk}
    step = barred
    while step:
        step = set(Exhibit.objects.filter(parent__in=step).values_list("pk", flat=True)) - barred
        barred |= step
    return Exhibit.objects.filter(case=exhibit.case_id).exclude(pk__in=barred)
