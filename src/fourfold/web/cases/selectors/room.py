"""The case list: what a user may open, filtered, sorted, and told row by row."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from fourfold.web.cases.models import Act, Assignment, Case, Occasion
from fourfold.web.cases.policies import current
from fourfold.web.users import policy
from fourfold.web.users.models import Team, User

SORTS = {
    "opened": ("opened_at", "id"),
    "ref": ("ref",),
    "operation": ("operation_name", "id"),
    "team": ("team__name", "id"),
    "state": ("state", "-opened_at", "-id"),
}
NEWEST = ("-opened_at", "-id")


@dataclass(frozen=True)
class Wanted:
    """What the filter of the list asks for."""

    state: str = ""
    team_ref: str = ""
    is_mine: bool = False
    text: str = ""
    sort: str = ""


@dataclass(frozen=True)
class CaseRow:
    """A row of the list: the case and what stands in it."""

    case: Case
    acts: int
    latest_act_at: datetime | None
    occasions: int
    assigned: tuple[str, ...]


def cases_of(actor: User, wanted: Wanted) -> QuerySet[Case]:
    """Return the cases that the user may open, as wanted."""
    found = policy.permitted(actor, "case.open", Case.objects.all())
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.team_ref:
        found = found.filter(team__ref=wanted.team_ref)
    if wanted.is_mine:
        found = found.filter(pk__in=_current().filter(user=actor).values("case"))
    if wanted.text:
        found = found.filter(
            Q(ref__icontains=wanted.text) | Q(operation_name__icontains=wanted.text)
        )
    return found.order_by(*_order(wanted.sort)).select_related("team")


def _order(sort: str) -> tuple[str, ...]:
    names = SORTS.get(sort.removeprefix("-"), NEWEST)
    if not sort.startswith("-"):
        return names
    return tuple(name.removeprefix("-") if name[0] == "-" else f"-{name}" for name in names)


def rows_of(cases: Iterable[Case]) -> list[CaseRow]:
    """Return the rows of one page: three queries, however many cases the force has."""
    cases = list(cases)
    keys = [case.pk for case in cases]
    acts = {
        each["case"]: (each["number"], each["latest"])
        for each in Act.objects.filter(case__in=keys, state=Act.State.STANDING)
        .order_by()
        .values("case")
        .annotate(number=Count("pk"), latest=Max("occurred_from_at"))
    }
    occasions = Counter(
        Occasion.objects.filter(case__in=keys, state=Occasion.State.CONFIRMED)
        .order_by()
        .values_list("case", flat=True)
    )
    names: dict[int, list[str]] = {}
    for key, name in _current().filter(case__in=keys).values_list("case", "user__name"):
        names.setdefault(key, []).append(name)
    return [
        CaseRow(
            case, *acts.get(case.pk, (0, None)), occasions[case.pk], tuple(names.get(case.pk, ()))
        )
        for case in cases
    ]


def teams_of(actor: User) -> QuerySet[Team]:
    """Return the teams of the user's force, for the filter."""
    return Team.objects.filter(force=actor.force_id)


def _current() -> QuerySet[Assignment]:
    return current(Assignment.objects.all(), timezone.now())
