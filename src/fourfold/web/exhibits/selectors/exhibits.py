"""Exhibits of a case: the list, what is owed, one exhibit with its hand-overs."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Exhibit

PER_PAGE: Final = 50
OWED_SHOWN: Final = 200
PARENTS_SHOWN: Final = 500
SORTS: Final = {
    "reference": ("exhibit_reference", "path", "pk"),
    "path": ("path", "pk"),
    "received": ("received_at", "pk"),
    "size": ("size_bytes", "pk"),
    "taken": ("taken_in_at", "pk"),
}


@dataclass(frozen=True)
class Lacking:
    """Exhibits that lack something, and the field of the totals that counts them."""

    condition: Q
    counted: str


LACKS: Final = {
    "authority": Lacking(Q(authorities__isnull=True), "without_authority"),
    "reference": Lacking(Q(exhibit_reference=""), "without_reference"),
    "scan": Lacking(Q(scan_state="not_scanned"), "not_scanned"),
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
    cites = Exhibit.authorities.through.objects.filter(exhibit=OuterRef("pk"))
    counted = (
        Exhibit.objects.filter(case=case)
        .annotate(cites=Exists(cites))
        .aggregate(
            every=Count("pk"),
            owed=Count("pk", filter=Q(cites=False)),
            bare=Count("pk", filter=Q(exhibit_reference="")),
            unscanned=Count("pk", filter=Q(scan_state="not_scanned")),
        )
    )
    return Totals(counted["every"], counted["owed"], counted["bare"], counted["unscanned"])


def owing(case: Case) -> tuple[list[Exhibit], int]:
    """Return the first exhibits that cite no authority, and how many there are in all."""
    found = Exhibit.objects.filter(case=case, authorities__isnull=True)
    first = list(found[:OWED_SHOWN])
    return first, len(first) if len(first) < OWED_SHOWN else found.count()


@dataclass(frozen=True)
class Wanted:
    """Which exhibits of a case a page shows, and in which order."""

    sort: str = ""
    lacks: str = ""
    number: str = ""


def page_of(case: Case, wanted: Wanted, known: Totals) -> Page[Exhibit]:
    """Return one page of the exhibits of a case; `known` saves counting them once more."""
    columns = SORTS.get(wanted.sort.removeprefix("-"), SORTS["path"])
    turn = "-" if wanted.sort.startswith("-") else ""
    lacking = LACKS.get(wanted.lacks, Lacking(Q(), "all"))
    found = Exhibit.objects.filter(lacking.condition, case=case)
    ordered = found.order_by(*(turn + column for column in columns))
    pages = Paginator(ordered.prefetch_related("authorities"), PER_PAGE)
    pages.count = getattr(known, lacking.counted)
    return pages.get_page(wanted.number)


@dataclass(frozen=True)
class Kin:
    """Other exhibits of the case: derived from one, or of the same bytes."""

    derived: list[Exhibit]
    same_bytes: list[Exhibit]


def kin(exhibit: Exhibit) -> Kin:
    """Return what is derived from an exhibit, and what in the same case has the same bytes."""
    others = Exhibit.objects.filter(case=exhibit.case_id).exclude(pk=exhibit.pk)
    found = list(others.filter(Q(parent=exhibit) | Q(sha256=exhibit.sha256)))
    return Kin(
        [each for each in found if each.parent_id == exhibit.pk],
        [each for each in found if each.sha256 == exhibit.sha256],
    )


def possible_parents(exhibit: Exhibit) -> list[Exhibit]:
    """Return exhibits that this one may be derived from: no loop may come of it."""
    found = list(Exhibit.objects.filter(case=exhibit.case_id))
    barred, before = {exhibit.pk}, 0
    while len(barred) > before:
        before = len(barred)
        barred |= {each.pk for each in found if each.parent_id in barred}
    fit = [each for each in found if each.pk not in barred]
    chosen = [each for each in fit if each.pk == exhibit.parent_id]
    return chosen + [each for each in fit if each.pk != exhibit.parent_id][:PARENTS_SHOWN]
