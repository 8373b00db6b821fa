"""Earlier reports and cases that share an identifier with a report, and how much of each to show.

One query for the reports, one for the cases, over all forces. What the actor may open is shown
with its reasons; of the rest of the force there is a pointer; of other forces, who to ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from fourfold.web.cases.models import (
    Attribution,
    Case,
    Identifier,
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
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found."""
        return not (self.open or self.pointers or self.forces)


@dataclass(frozen=True)
class _Found:
    """A record with the identifiers it shares."""

    subject: Case | Report
    known: tuple[Known, ...]
    at: datetime


def earlier(actor: User, report: Report) -> Matches:
    """Return what shares an identifier with a report."""
    ours = [_known(row) for row in report.identifiers.all()]
    condition = _condition(ours)
    if condition is None:
        return Matches()
    in_reports = list(_report_rows(report, condition)[:ROWS_MAX])
    in_cases = list(_case_rows(report, condition)[:ROWS_MAX])
    found = _gather(in_reports, in_cases)
    is_cut = ROWS_MAX in (len(in_reports), len(in_cases))
    return _shown(actor, report, ours, found, is_cut=is_cut)


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


def _report_rows(report: Report, condition: Q) -> QuerySet[ReportIdentifier]:
    rows = ReportIdentifier.objects.filter(condition).exclude(report=report)
    if report.case_id is not None:
        rows = rows.exclude(report__case=report.case_id)
    return rows.select_related(
        "report__force", "report__case__force", "report__case__team"
    ).order_by("-id")


def _case_rows(report: Report, condition: Q) -> QuerySet[Identifier]:
    rows = Identifier.objects.filter(condition)
    if report.case_id is not None:
        rows = rows.exclude(case=report.case_id)
    said = Attribution.objects.select_related("person")
    return (
        rows.select_related("case__force", "case__team")
        .prefetch_related(Prefetch("attributions", queryset=said))
        .order_by("-id")
    )


def _gather(in_reports: Iterable[ReportIdentifier], in_cases: Iterable[Identifier]) -> list[_Found]:
    """Return each case, and each report that is in none, with what it shares."""
    subjects: dict[tuple[str, int], Case | Report] = {}
    known: dict[tuple[str, int], list[Known]] = defaultdict(list)
    at: dict[tuple[str, int], datetime] = {}
    for row in in_reports:
        subject: Case | Report = row.report.case or row.report
        key = (type(subject).__name__, subject.pk)
        subjects.setdefault(key, subject)
        known[key].append(_known(row))
        at[key] = max(row.report.taken_at, at.get(key, row.report.taken_at))
    for one in in_cases:
        key = (Case.__name__, one.case_id)
        subjects.setdefault(key, one.case)
        known[key].append(_known_in_case(one))
        at.setdefault(key, one.case.opened_at)
    return [_Found(subjects[key], tuple(known[key]), at[key]) for key in subjects]


def _known_in_case(one: Identifier) -> Known:
    whose = frozenset(
        WHOSE_OF_ROLE.get(Person.Role(said.person.role), OTHER) for said in one.attributions.all()
    )
    return Known(one.kind, one.normalised, whose, one.is_sensitive)


def _shown(
    actor: User, report: Report, ours: Sequence[Known], found: Sequence[_Found], *, is_cut: bool
) -> Matches:
    """Sort into what is opened, what is pointed to, and forces to ask."""
    may_open = _openable(actor, found)
    matches: list[Match] = []
    pointers: list[Pointer] = []
    forces: dict[int, Force] = {}
    for one in found:
        reasons = compare(ours, one.known)
        subject = one.subject
        if (type(subject).__name__, subject.pk) in may_open:
            matches.append(_match(one, reasons))
        elif not may_point(reasons):
            continue
        elif subject.force_id != report.force_id:
            forces[subject.force_id] = subject.force
        elif isinstance(subject, Case):
            pointers.append(_pointer(subject))
    return Matches(
        open=tuple(sorted(matches, key=lambda match: order_of(match.reasons, match.at))),
        pointers=tuple(
            sorted(pointers, key=lambda pointer: (-pointer.at.timestamp(), pointer.ref))
        ),
        forces=tuple(
            ForcePointer(force.name, force.contact)
            for force in sorted(forces.values(), key=lambda force: force.name)
        ),
        is_cut=is_cut,
    )


def _openable(actor: User, found: Iterable[_Found]) -> set[tuple[str, int]]:
    """Return what the actor may open: one query for cases, one for reports."""
    cases = [one.subject.pk for one in found if isinstance(one.subject, Case)]
    reports = [one.subject.pk for one in found if isinstance(one.subject, Report)]
    may: set[tuple[str, int]] = set()
    if cases:
        ours = policy.permitted(actor, "case.open", Case.objects.filter(pk__in=cases))
        may |= {(Case.__name__, key) for key in ours.order_by().values_list("pk", flat=True)}
    if reports:
        told = policy.permitted(actor, "report.open", Report.objects.filter(pk__in=reports))
        may |= {(Report.__name__, key) for key in told.order_by().values_list("pk", flat=True)}
    return may


def _match(one: _Found, reasons: Sequence[Reason]) -> Match:
    subject = one.subject
    return Match(
        case=subject if isinstance(subject, Case) else None,
        report=subject if isinstance(subject, Report) else None,
        reasons=tuple(reasons),
        at=one.at,
    )


def _pointer(case: Case) -> Pointer:
    return Pointer(case.ref, case.team.name, case.force.name, case.force.contact, case.opened_at)
