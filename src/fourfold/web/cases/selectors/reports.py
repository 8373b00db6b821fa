"""Lists of reports, and what stands beside one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, prefetch_related_objects
from django.db.models.lookups import IsNull
from django.utils import timezone

from fourfold.web.cases.models import Case, Joining, Report
from fourfold.web.cases.models.answers import Answer
from fourfold.web.users import policy
from fourfold.web.users.models import User

STATES: Final = {
    "open": Q(case__isnull=True),
    "joined": Q(case__isnull=False),
}
HARASSMENT_OWED: Final = Q(
    classification=Report.Classification.HARASSMENT, classification_reason=""
)
NOT_ASKED: Final = (
    Q(fixated=Answer.NOT_ASKED)
    | Q(obsessive=Answer.NOT_ASKED)
    | Q(unwanted=Answer.NOT_ASKED)
    | Q(repeated=Answer.NOT_ASKED)
)
OWED: Final = {
    "danger": Q(in_danger_now=Answer.YES),
    "four": NOT_ASKED,
    "harassment": HARASSMENT_OWED,
}


@dataclass(frozen=True)
class ReportFilter:
    """Which reports a list shows."""

    state: str = "open"
    mine: bool = False
    owed: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class ReportFigures:
    """Numbers above the list; each leads to its list."""

    open: int
    mine: int
    danger: int
    four: int
    harassment: int


def visible_to(actor: User) -> QuerySet[Report]:
    """Return the reports an actor may open."""
    prefetch_related_objects([actor], "declared_interests")
    return policy.permitted(actor, "report.open", Report.objects.all())


def narrowed(reports: QuerySet[Report], actor: User, asked: ReportFilter) -> QuerySet[Report]:
    """Return the reports that were asked for, those that are in no case first, newest first."""
    found = reports.filter(STATES.get(asked.state, Q()) & OWED.get(asked.owed, Q()))
    if asked.mine:
        found = found.filter(taken_by=actor)
    if asked.from_on:
        found = found.filter(taken_at__gte=_midnight(asked.from_on))
    if asked.to_on:
        found = found.filter(taken_at__lt=_midnight(asked.to_on + timedelta(days=1)))
    in_a_case_last = IsNull(F("case"), False)
    return found.select_related("taken_by", "case").order_by(in_a_case_last, "-taken_at", "-id")


def reports_of(actor: User, asked: ReportFilter) -> QuerySet[Report]:
    """Return the reports that an actor may open and asked for."""
    return narrowed(visible_to(actor), actor, asked)


def figures_of(reports: QuerySet[Report], actor: User) -> ReportFigures:
    """Return the numbers of reports that are in no case, in one query."""
    numbers = reports.filter(case__isnull=True).aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=Q(taken_by=actor)),
        **{name: Count("pk", filter=condition) for name, condition in OWED.items()},
    )
    return ReportFigures(**numbers)


def latest_versions(report: Report) -> list[Any]:
    """Return the newest versions of a report, newest first: when, by whom."""
    history: Any = report.history
    return list(history.select_related("history_user").order_by("-history_date")[:10])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def reports_in(case: Case) -> QuerySet[Report]:
    """Return the reports of a case with their joinings, newest first."""
    return case.reports.select_related("taken_by", "joining__joined_by").order_by(
        "-taken_at", "-id"
    )


def operation_names(force: int) -> set[str]:
    """Return the operation names that a force has used."""
    return set(Case.objects.filter(force=force).values_list("operation_name", flat=True))


def joining_of(report: Report) -> Joining | None:
    """Return how a report came into its case."""
    return Joining.objects.filter(report=report).select_related("joined_by").first()
