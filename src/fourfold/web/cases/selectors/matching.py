"""Earlier reports and cases that share an identifier with a report, and how much of each to show.

One query for the reports, one for the cases, over all forces. What the actor may open is shown
with its reasons; of the rest of the force there is a pointer; of other forces, who to ask.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from fourfold.web.cases.models import (
    Case,
    Identifier,
    Joining,
    Person,
    Report,
    ReportIdentifier,
)
from fourfold.web.cases.rules.matching import (
    OTHER,
    SUSPECT,
    VICTIM,
    Known,
    Reason,
    compare,
    may_point,
    order_of,
    similar_names,
)
from fourfold.web.users import policy
from fourfold.web.users.models import Force, IdentifierKind, User

ROWS_MAX: Final = 1_000  # of each side; a name that more records hold tells nothing
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
WHOSE_OF_ROLE: Final = {Person.Role.SUSPECT: SUSPECT, Person.Role.VICTIM: VICTIM}


@dataclass(frozen=True)
class Match:
    """A case or report that the actor may open, and why it was found."""

    case: Case | None
    report: Report | None
    reasons: tuple[Reason, ...]
    at: datetime

    @property
    def ref(self) -> str:
        """Return the reference of the case, or of the report that is in none."""
        return str(self.case or self.report)

    @property
    def is_swapped(self) -> bool:
        """Say whether suspect and victim are the other way round."""
        return any(reason.is_swapped for reason in self.reasons)


@dataclass(frozen=True)
class Pointer:
    """A case of the force that stays closed: whom to ask, and nothing of why."""

    ref: str
    team: str
    force: str
    contact: str
    at: datetime


@dataclass(frozen=True)
class ForcePointer:
    """Another force that holds something: whom to ask, and nothing else."""

    force: str
    contact: str


@dataclass(frozen=True)
class Matches:
    """All that was found, each list in order."""

    open: tuple[Match, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    forces: tuple[ForcePointer, ...] = ()
    identifiers: int = 0
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found."""
        return not (self.open or self.pointers or self.forces)


@dataclass
class _Found:
    """A record with the identifiers it shares, and what the actor may do with it."""

    subject: Case | Report
    opens: bool
    is_pointed_to: bool
    known: list[Known] = field(default_factory=list)
    at: datetime = LONG_AGO


def earlier(actor: User, report: Report) -> Matches:
    """Return what shares an identifier with a report."""
    ours = [_known(row) for row in report.identifiers.all()]
    condition = _condition(ours)
    if condition is None:
        return Matches(identifiers=len(ours))
    prefetch_related_objects([actor], "declared_interests")
    in_reports = list(_report_rows(actor, report, condition)[:ROWS_MAX])
    in_cases = list(_case_rows(actor, report, condition)[:ROWS_MAX])
    found = _gather(in_reports, in_cases)
    is_cut = ROWS_MAX in (len(in_reports), len(in_cases))
    return _shown(report, ours, found, is_cut=is_cut)


def reasons_of(joining: Joining) -> list[Reason]:
    """Return the reasons that were shown when a report was joined, as they are kept with it."""
    return [
        Reason(kept["kind"], frozenset(kept["here"]), frozenset(kept["there"]), kept["is_similar"])
        for kept in joining.reasons
    ]


def _known(row: ReportIdentifier) -> Known:
    return Known(row.kind, row.normalised, frozenset((row.whose,)), row.is_sensitive)


def _condition(ours: Iterable[Known]) -> Q | None:
    """Return one condition for all identifiers: a list of forms for each kind."""
    forms: dict[str, set[str]] = defaultdict(set)
    for known in ours:
        if known.normalised:
            forms[known.kind].add(known.normalised)
            if known.kind == IdentifierKind.NAME:
                forms[known.kind].update(similar_names(known.normalised))
    condition: Q | None = None
    for kind, values in sorted(forms.items()):
        one = Q(kind=kind, normalised__in=sorted(values))
        condition = one if condition is None else condition | one
    return condition


def _report_rows(actor: User, report: Report, condition: Q) -> QuerySet[ReportIdentifier]:
    rows = ReportIdentifier.objects.filter(condition).exclude(report=report)
    if report.case_id is not None:
        rows = rows.exclude(report__case=report.case_id)
    same = Report.objects.filter(pk=OuterRef("report"), case__isnull=True)
    return (
        rows.annotate(
            opens_alone=Exists(policy.permitted(actor, "report.open", same)),
            **_standing(actor, "report__case"),
        )
        .select_related("report__force", "report__case__force", "report__case__team")
        .order_by("-id")
    )


def _case_rows(actor: User, report: Report, condition: Q) -> QuerySet[Identifier]:
    rows = Identifier.objects.filter(condition)
    if report.case_id is not None:
        rows = rows.exclude(case=report.case_id)
    role = F("attributions__person__role")  # a row for each person it is said to be whose
    return (
        rows.annotate(role=role, **_standing(actor, "case"))
        .select_related("case__force", "case__team")
        .order_by("-id")
    )


def _standing(actor: User, path: str) -> dict[str, Exists]:
    """Return whether the case of a row opens, and whether it may at least be pointed to."""
    same = Case.objects.filter(pk=OuterRef(path))
    return {
        "opens": Exists(policy.permitted(actor, "case.open", same)),
        "is_known": Exists(policy.permitted(actor, "case.find", same)),
    }


def _gather(in_reports: Iterable[Any], in_cases: Iterable[Any]) -> list[_Found]:
    """Return each case, and each report that is in none, with what it shares."""
    found: dict[tuple[str, int], _Found] = {}
    for row in in_reports:
        one = _found_in(found, row, row.report.case)
        one.known.append(_known(row))
        one.at = max(one.at, row.report.taken_at)
    for row in in_cases:
        one = _found_in(found, row, row.case)
        one.known.append(_known_in_case(row))
        one.at = max(one.at, row.case.opened_at)
    return list(found.values())


def _found_in(found: dict[tuple[str, int], _Found], row: Any, case: Case | None) -> _Found:
    if case is not None:
        fresh = _Found(case, row.opens, row.is_known)
        return found.setdefault((Case.__name__, case.pk), fresh)
    fresh = _Found(row.report, row.opens_alone, False)
    return found.setdefault((Report.__name__, row.report.pk), fresh)


def _known_in_case(one: Any) -> Known:
    """Return what a case holds; `role` is that of one of the people whose it is said to be."""
    whose = frozenset((WHOSE_OF_ROLE.get(one.role, OTHER),) if one.role else ())
    return Known(one.kind, one.normalised, whose, one.is_sensitive)


def _shown(
    report: Report, ours: Sequence[Known], found: Sequence[_Found], *, is_cut: bool
) -> Matches:
    """Sort into what is opened, what is pointed to, and forces to ask."""
    matches: list[Match] = []
    pointers: list[Pointer] = []
    forces: dict[int, Force] = {}
    for one in found:
        reasons = compare(ours, one.known)
        subject = one.subject
        if one.opens:
            matches.append(_match(one, reasons))
        elif not may_point(reasons):
            continue
        elif subject.force_id != report.force_id:
            forces[subject.force_id] = subject.force
        elif isinstance(subject, Case) and one.is_pointed_to:
            pointers.append(pointer_to(subject))
    return Matches(
        open=tuple(sorted(matches, key=lambda match: order_of(match.reasons, match.at))),
        pointers=tuple(
            sorted(pointers, key=lambda pointer: (-pointer.at.timestamp(), pointer.ref))
        ),
        forces=tuple(
            ForcePointer(force.name, force.contact)
            for force in sorted(forces.values(), key=lambda force: force.name)
        ),
        identifiers=len(ours),
        is_cut=is_cut,
    )


def opens_by_case(actor: User, keys: Collection[int]) -> dict[int, bool]:
    """Return the cases an actor may know of, each with whether it opens: one query."""
    if not keys:
        return {}
    prefetch_related_objects([actor], "declared_interests")
    asked = Case.objects.filter(pk__in=keys).order_by()
    opens = Q(pk__in=policy.permitted(actor, "case.open", asked).values("pk"))
    known = policy.permitted(actor, "case.find", asked)
    known = known.annotate(opens=ExpressionWrapper(opens, output_field=BooleanField()))
    return dict(known.values_list("pk", "opens"))


def _match(one: _Found, reasons: Sequence[Reason]) -> Match:
    subject = one.subject
    return Match(
        case=subject if isinstance(subject, Case) else None,
        report=subject if isinstance(subject, Report) else None,
        reasons=tuple(reasons),
        at=one.at,
    )


def pointer_to(case: Case) -> Pointer:
    """Return what may be said of a case that stays closed."""
    return Pointer(case.ref, case.team.name, case.force.name, case.force.contact, case.opened_at)
