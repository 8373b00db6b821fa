"""Search across offences, references, identifiers, names and free text: what is found, in order.

The work is bounded: so many records are looked at, the newest first, and the page says when there
were more. What the actor may open is looked through by itself, so that it is not crowded out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet, prefetch_related_objects

from fourfold.web.cases.models import (
    Case,
    Identifier,
    Offence,
    Report,
    ReportIdentifier,
    SearchDocument,
)
from fourfold.web.cases.rules.search import Asked
from fourfold.web.cases.search import index
from fourfold.web.cases.search.index import Hit, Scope
from fourfold.web.cases.search.words import question_words
from fourfold.web.cases.selectors.matching import opens_by_case
from fourfold.web.users import policy
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import IdentifierKind, User

Kind = SearchDocument.Kind
NAMED: Final = (Kind.CASE, Kind.PERSON, Kind.CRIME)
TOLD: Final = (Kind.REPORT, Kind.ACT)
RECORDS_MAX: Final = 600  # of each part; nobody reads more, and frequent words must not cost more
CASES_MAX: Final = 600
ORDER_OF_KIND: Final = {kind: at for at, kind in enumerate((*NAMED, *TOLD))}
PRINCIPAL, INCLUDED, TEXT, ALL = "principal", "included", "text", "all"


@dataclass
class CaseFound:
    """A case, which of its records hold the words, and which kinds of identifier are the same.

    `identifiers`: kind, and whether all that is the same of it is kept to protect a victim.
    """

    case: int
    hits: list[Hit] = field(default_factory=list)
    identifiers: dict[str, bool] = field(default_factory=dict)

    @property
    def may_be_pointed_to(self) -> bool:
        """Say whether it rests on more than what is kept to protect a victim.

        Otherwise a pointer would tell whoever typed a number or address that it is right.
        """
        return not self.identifiers or bool(self.hits) or not all(self.identifiers.values())

    @property
    def order(self) -> tuple[int, int, int]:
        """Return its place: same identifier, then names and numbers, then accounts."""
        kind = min((ORDER_OF_KIND[Kind(hit.kind)] for hit in self.hits), default=len(ORDER_OF_KIND))
        newest = max((hit.document for hit in self.hits), default=0)
        return (0 if self.identifiers else 1), min(kind, 3), -newest


@dataclass(frozen=True)
class Part:
    """Cases of one part of the answer, in order: those that open, and those that are pointed to."""

    name: str
    open: list[CaseFound]
    closed: list[CaseFound]


@dataclass(frozen=True)
class Answer:
    """What was found; `is_cut` where more records hold the words than were looked at."""

    parts: tuple[Part, ...]
    reports: tuple[int, ...]
    words: frozenset[str]
    is_cut: bool


def find(actor: User, asked: Asked) -> Answer:
    """Return what an actor's search finds in the actor's force."""
    groups = [[word] for word in question_words(asked.words)]
    offence = Offence.objects.filter(code=asked.offence).first() if asked.offence else None
    if offence is None:
        return _by_words(actor, asked.words, groups)
    return _by_offence(actor, offence, groups)


def _by_words(actor: User, text: str, groups: list[list[str]]) -> Answer:
    found, is_cut = _hits(actor, groups, (NAMED, TOLD))
    cases = _gather(found)
    reports = [hit.report for hit in found if hit.case is None and hit.report is not None]
    reports += _same_identifier(actor, text, cases)
    parts = _parted(actor, [(ALL, cases.values())])
    return Answer(parts, _openable(actor, reports), _flat(groups), is_cut)


def _by_offence(actor: User, offence: Offence, groups: list[list[str]]) -> Answer:
    """Return cases by how the offence stands in them: principal, included, in accounts only."""
    narrowed, is_cut = _hits(actor, groups, (NAMED, TOLD))
    told = _gather(narrowed)
    mine = Case.objects.filter(force=actor.force_id).order_by("-pk")
    principal = mine.filter(crimes__principal=offence)
    included = mine.filter(crimes__inclusions__offence=offence)
    words = question_words(offence.search_words)[:40]
    heard, heard_cut = _hits(actor, [words, *groups], (TOLD,)) if words else ([], False)
    first = _keys(principal, told if groups else None)
    second = [key for key in _keys(included, told if groups else None) if key not in set(first)]
    known = {*first, *second} | _recorded_with(offence, heard)
    accounts = [one for one in _gather(heard).values() if one.case not in known]
    parts = _parted(
        actor,
        [
            (PRINCIPAL, [told.get(key) or CaseFound(key) for key in first]),
            (INCLUDED, [told.get(key) or CaseFound(key) for key in second]),
            (TEXT, accounts),
        ],
    )
    loose = [hit.report for hit in heard if hit.case is None and hit.report is not None]
    flat = _flat([words, *groups])
    return Answer(parts, _openable(actor, loose), flat, is_cut or heard_cut)


def _recorded_with(offence: Offence, heard: Iterable[Hit]) -> set[int]:
    """Return the cases of hits in which the offence is recorded after all, either way."""
    keys = {hit.case for hit in heard if hit.case is not None}
    either = Q(crimes__principal=offence) | Q(crimes__inclusions__offence=offence)
    recorded = Case.objects.filter(either, pk__in=keys).order_by()
    return set(recorded.values_list("pk", flat=True))


def _keys(cases: QuerySet[Case], within: dict[int, CaseFound] | None) -> list[int]:
    if within is not None:
        cases = cases.filter(pk__in=list(within))
    return list(dict.fromkeys(cases.values_list("pk", flat=True)[:CASES_MAX]))


def _hits(
    actor: User, groups: Sequence[Sequence[str]], kinds: Iterable[Sequence[str]]
) -> tuple[list[Hit], bool]:
    """Return hits in the force, and again in the actor's own cases where those are few."""
    if not groups:
        return [], False
    prefetch_related_objects([actor], "declared_interests")
    scopes = [Scope(actor.force_id, kinds=of_kind) for of_kind in kinds]
    own = policy.permitted(actor, "case.open", Case.objects.order_by()).values_list("pk", flat=True)
    few = list(own[: index.CASES_MAX + 1])
    if len(few) <= index.CASES_MAX:
        scopes.append(Scope(actor.force_id, cases=few))
    answers = [index.hits(groups, scope, most=RECORDS_MAX) for scope in scopes]
    by_document = {hit.document: hit for answer in answers for hit in answer}
    return list(by_document.values()), any(len(answer) == RECORDS_MAX for answer in answers)


def _gather(hits: Iterable[Hit]) -> dict[int, CaseFound]:
    cases: dict[int, CaseFound] = {}
    for hit in hits:
        if hit.case is not None:
            cases.setdefault(hit.case, CaseFound(hit.case)).hits.append(hit)
    for one in cases.values():
        one.hits.sort(key=lambda hit: (ORDER_OF_KIND[Kind(hit.kind)], -hit.document))
    return cases


def _same_identifier(actor: User, text: str, cases: dict[int, CaseFound]) -> list[int]:
    """Add cases that hold the text as an identifier; return reports in no case that do."""
    condition = Q()
    for each in IdentifierKind:
        if form := normalise(each, text):
            condition |= Q(kind=each, normalised=form)
    if not condition:
        return []
    mine = Identifier.objects.filter(condition, case__force=actor.force_id).order_by()
    for key, kind, guarded in mine.values_list("case", "kind", "is_sensitive")[:RECORDS_MAX]:
        _note(cases, key, kind, guarded=guarded)
    told = ReportIdentifier.objects.filter(condition, report__force=actor.force_id).order_by()
    columns = ("report", "report__case", "kind", "is_sensitive")
    reports = []
    for report, case, kind, guarded in told.values_list(*columns)[:RECORDS_MAX]:
        if case is None:
            reports.append(report)
        else:
            _note(cases, case, kind, guarded=guarded)
    return reports


def _note(cases: dict[int, CaseFound], key: int, kind: str, *, guarded: bool) -> None:
    same = cases.setdefault(key, CaseFound(key)).identifiers
    same[kind] = same.get(kind, True) and guarded


def _parted(actor: User, named: list[tuple[str, Iterable[CaseFound]]]) -> tuple[Part, ...]:
    """Keep what opens apart from what is only pointed to: one query for all parts."""
    listed = [(name, sorted(found, key=lambda one: one.order)[:CASES_MAX]) for name, found in named]
    keys = {one.case for _, found in listed for one in found}
    known = opens_by_case(actor, keys)
    return tuple(
        Part(name, [one for one in found if known.get(one.case)], _closed(found, known))
        for name, found in listed
    )


def _closed(found: Iterable[CaseFound], known: dict[int, bool]) -> list[CaseFound]:
    """Return what is pointed to, newest case first: the order tells nothing of what matched."""
    closed = (one for one in found if known.get(one.case) is False and one.may_be_pointed_to)
    return sorted(closed, key=lambda one: -one.case)


def _openable(actor: User, reports: Iterable[int]) -> tuple[int, ...]:
    keys = list(dict.fromkeys(reports))[:CASES_MAX]
    if not keys:
        return ()
    may = policy.permitted(actor, "report.open", Report.objects.filter(pk__in=keys))
    return tuple(may.order_by("-pk").values_list("pk", flat=True))


def _flat(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for group in groups for word in group)


def by_kind(hits: Iterable[Hit]) -> dict[str, list[str]]:
    """Return the references of hits by kind of record."""
    refs: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        refs[hit.kind].append(hit.subject_ref)
    return refs
