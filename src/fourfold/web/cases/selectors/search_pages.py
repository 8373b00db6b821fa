"""One page of what a search found: cases with what matched in them, or pointers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse

from fourfold.web.cases.models import Act, Case, Person, RecordedCrime, Report
from fourfold.web.cases.rules.matching import WORDS_OF_KIND
from fourfold.web.cases.rules.search import PAGE, Asked, Piece, snippet
from fourfold.web.cases.search.documents import act_texts, case_texts, crime_texts, report_texts
from fourfold.web.cases.search.index import Hit
from fourfold.web.cases.selectors.matching import Pointer, pointer_to
from fourfold.web.cases.selectors.search import Answer, CaseFound, by_kind
from fourfold.web.users.models import IdentifierKind

HITS_SHOWN: Final = 3
LABELS: Final = {
    "case": "Case", "person": "Name of a person", "crime": "Recorded crime",
    "report": "Report", "act": "Act",
}  # fmt: skip


@dataclass(frozen=True)
class RecordShown:
    """A record that holds the words: what it is, a piece of it, where it is opened."""

    label: str
    ref: str
    pieces: tuple[Piece, ...]
    href: str


@dataclass(frozen=True)
class CaseShown:
    """A case that the actor may open, with what matched in it."""

    case: Case
    same: tuple[str, ...]
    records: tuple[RecordShown, ...]
    more: int


@dataclass(frozen=True)
class PartShown:
    """One part of the answer: a page of its cases, and a page of its pointers."""

    name: str
    cases: list[CaseShown]
    page: Page[CaseFound]
    pointers: list[Pointer]
    closed_page: Page[CaseFound]


@dataclass(frozen=True)
class ReportShown:
    """A report in no case that holds the words."""

    report: Report
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shown:
    """The page of a search."""

    parts: list[PartShown]
    reports: list[ReportShown]
    reports_count: int
    is_cut: bool
    is_empty: bool


def shown(answer: Answer, asked: Asked) -> Shown:
    """Return the page that was asked for, in a fixed number of queries."""
    paged = [
        (
            part.name,
            _page(part.open, asked, part.name),
            _page(part.closed, asked, f"{part.name}-closed"),
        )
        for part in answer.parts
    ]
    keys = {one.case for _, page, closed in paged for one in (*page, *closed)}
    cases = Case.objects.select_related("force", "team").in_bulk(list(keys)) if keys else {}
    hits = [hit for _, page, _ in paged for one in page for hit in one.hits[:HITS_SHOWN]]
    texts = _texts(hits)
    words = set(answer.words)
    parts = [
        PartShown(
            name,
            [_case_shown(cases[one.case], one, texts, words) for one in page],
            page,
            [pointer_to(cases[one.case]) for one in closed],
            closed,
        )
        for name, page, closed in paged
    ]
    reports = Report.objects.filter(pk__in=answer.reports[:PAGE]).order_by("-pk")
    told = [
        ReportShown(report, _pieces(report_texts(report), words))
        for report in (reports if answer.reports else ())
    ]
    is_empty = not keys and not told
    return Shown(parts, told, len(answer.reports), answer.is_cut, is_empty)


def _page(found: Sequence[CaseFound], asked: Asked, name: str) -> Page[CaseFound]:
    return Paginator(found, PAGE).get_page(asked.page if asked.part == name else 1)


def _texts(hits: Iterable[Hit]) -> dict[str, tuple[str, ...]]:
    """Return the texts of records by reference: one query for each kind that is on the page."""
    refs = by_kind(hits)
    told: dict[str, tuple[str, ...]] = {}
    if refs["act"]:
        told |= {act.ref: act_texts(act) for act in Act.objects.filter(ref__in=refs["act"])}
    if refs["report"]:
        found = Report.objects.filter(ref__in=refs["report"])
        told |= {report.ref: report_texts(report) for report in found}
    if refs["crime"]:
        crimes = RecordedCrime.objects.filter(ref__in=refs["crime"])
        told |= {crime.ref: crime_texts(crime) for crime in crimes}
    if refs["person"]:
        people = Person.objects.filter(ref__in=refs["person"])
        told |= {person.ref: (person.name, person.ref) for person in people}
    return told


def _case_shown(
    case: Case, found: CaseFound, texts: dict[str, tuple[str, ...]], words: set[str]
) -> CaseShown:
    same = tuple(
        f"Same {WORDS_OF_KIND[IdentifierKind(kind)]}" for kind in sorted(found.identifiers)
    )
    texts = {**texts, case.ref: case_texts(case)}
    records = tuple(
        RecordShown(
            LABELS[hit.kind],
            hit.subject_ref,
            _pieces(texts.get(hit.subject_ref, ()), words),
            _address(case, hit),
        )
        for hit in found.hits[:HITS_SHOWN]
    )
    return CaseShown(case, same, records, max(0, len(found.hits) - HITS_SHOWN))


def _pieces(texts: Iterable[str], words: set[str]) -> tuple[Piece, ...]:
    """Return a piece of the first text that holds a word."""
    return tuple(next(filter(None, (snippet(text, words) for text in texts)), []))


def _address(case: Case, hit: Hit) -> str:
    routes: dict[str, tuple[str, dict[str, Any]]] = {
        "case": ("cases:case", {"case_ref": case.ref}),
        "person": ("cases:people", {"case_ref": case.ref}),
        "crime": ("cases:crimes", {"case_ref": case.ref}),
        "report": ("cases:report", {"report_ref": hit.subject_ref}),
        "act": ("cases:act", {"case_ref": case.ref, "act_ref": hit.subject_ref}),
    }
    name, kwargs = routes[hit.kind]
    return reverse(name, kwargs=kwargs)
