"""Lists of reports, and what stands beside one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull
from django.utils import timezone

from fourfold.web.cases.models import Report, ReportIdentifier
from fourfold.web.cases.models.answers import Answer
from fourfold.web.users import policy
from fourfold.web.users.models import DeclaredInterest, User

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


def reports_of(actor: User, asked: ReportFilter) -> QuerySet[Report]:
    """Return the reports an actor may open, those that are in no case first, newest first."""
    found = policy.permitted(actor, "report.open", Report.objects.all())
    found = found.filter(STATES.get(asked.state, Q()) & OWED.get(asked.owed, Q()))
    if asked.mine:
        found = found.filter(taken_by=actor)
    if asked.from_on:
        found = found.filter(taken_at__gte=_midnight(asked.from_on))
    if asked.to_on:
        found = found.filter(taken_at__lt=_midnight(asked.to_on + timedelta(days=1)))
    in_a_case_last = IsNull(F("case"), False)
    return found.select_related("taken_by", "case").order_by(in_a_case_last, "-taken_at", "-id")


def figures_of(actor: User) -> ReportFigures:
    """Return the numbers of reports that are in no case, in one query."""
    found = policy.permitted(actor, "report.open", Report.objects.filter(case__isnull=True))
    numbers = found.aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=Q(taken_by=actor)),
        **{name: Count("pk", filter=condition) for name, condition in OWED.items()},
    )
    return ReportFigures(**numbers)


def whose_known(report: Report) -> frozenset[str]:
    """Return of whom the report holds an identifier."""
    return frozenset(row.whose for row in report.identifiers.all())


def meets_interest(actor: User, report: Report) -> bool:
    """Return whether something the actor declared stands in the report."""
    same = ReportIdentifier.objects.filter(
        report=report, kind=OuterRef("kind"), normalised=OuterRef("normalised")
    )
    return DeclaredInterest.objects.filter(Exists(same), user=actor).exists()


def latest_versions(report: Report) -> list[Any]:
    """Return the newest versions of a report, newest first: when, by whom."""
    history: Any = report.history  # type: ignore[attr-defined]
    return list(history.select_related("history_user").order_by("-history_date")[:10])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
