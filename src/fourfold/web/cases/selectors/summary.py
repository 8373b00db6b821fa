"""What stands in a case, in numbers that each lead to a list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import (
    Act,
    Case,
    KnowledgeEvent,
    Occasion,
    Person,
    RecordedCrime,
    Report,
)
from fourfold.web.cases.models.answers import Answer
from fourfold.web.cases.rules.owed import CaseState, Owed, owed_of

LATEST_ACTS = 5
LOOKS_DAYS = 7
STANDING = Q(acts__state=Act.State.STANDING)
EDGES = ("first_act_at", "last_act_at")
QUESTIONS = ("fixated", "obsessive", "unwanted", "repeated", "in_danger_now", "relationship")


@dataclass(frozen=True)
class Looks:
    """How many looks at a case, by how many people, in the days before now."""

    number: int
    people: int
    days: int = LOOKS_DAYS


@dataclass(frozen=True)
class Summary:
    """What the summary page of a case shows."""

    state: CaseState
    owed: list[Owed]
    people: list[Person]
    latest_acts: list[Act]
    first_act_at: datetime | None
    last_act_at: datetime | None
    looks: Looks


def summary_of(case: Case) -> Summary:
    """Return the summary of a case: a handful of queries, however long the case is."""
    people = list(case.people.all())
    numbers = _numbers(case)
    edges = {name: numbers.pop(name) for name in EDGES}
    state = CaseState(roles=frozenset(person.role for person in people), **numbers)
    return Summary(
        state=state,
        owed=owed_of(state),
        people=people,
        latest_acts=_latest(case),
        looks=looks_at(case),
        **edges,
    )


def _numbers(case: Case) -> dict[str, Any]:
    """Count acts and what else hangs on a case, in one query.

    Acts are the only rows that are joined, so each is counted once; the rest are subqueries.
    """
    occasions = Occasion.objects.all()
    harassment = RecordedCrime.objects.filter(principal__is_harassment=True, harassment_reason="")
    numbers: dict[str, Any] = {
        "first_act_at": Min("acts__occurred_from_at", filter=STANDING),
        "last_act_at": Max("acts__occurred_from_at", filter=STANDING),
        "acts": _of_acts(),
        "acts_without_time": _of_acts(acts__occurred_from_at__isnull=True),
        "acts_fear_not_asked": _of_acts(acts__fear_of_violence=Answer.NOT_ASKED),
        "acts_without_effect": _of_acts(acts__effect_words=""),
        "acts_by_proxy_without_basis": _of_acts(
            acts__actor_kind=Act.ActorKind.PROXY, acts__proxy_basis=""
        ),
        "acts_outside_occasions": _of_acts(acts__occasion__isnull=True),
        "reports": _number(Report.objects.all()),
        "reports_with_open_questions": _number(Report.objects.filter(_open_questions())),
        "occasions_proposed": _number(occasions.filter(state=Occasion.State.PROPOSED)),
        "occasions_confirmed": _number(occasions.filter(state=Occasion.State.CONFIRMED)),
        "knowledge_events": _number(KnowledgeEvent.objects.all()),
        "crimes": _number(RecordedCrime.objects.all()),
        "crimes_harassment_without_reason": _number(harassment),
    }
    # Under names of their own: a case has relations called reports and crimes.
    asked = {f"number_of_{name}": number for name, number in numbers.items()}
    one: QuerySet[Any, Any] = Case.objects.filter(pk=case.pk).order_by()
    found = one.values("pk").annotate(**asked).get()
    return {name: found[f"number_of_{name}"] for name in numbers}


def _of_acts(**condition: Any) -> Count:
    return Count("acts", filter=STANDING & Q(**condition))


def _open_questions() -> Q:
    whole = Q()
    for name in QUESTIONS:
        whole |= Q(**{name: Answer.NOT_ASKED})
    return whole


def _number(records: QuerySet[Any]) -> Coalesce:
    counted = records.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _latest(case: Case) -> list[Act]:
    standing = Act.objects.filter(case=case, state=Act.State.STANDING)
    dated = standing.filter(occurred_from_at__isnull=False)
    return list(dated.order_by("-occurred_from_at", "-id")[:LATEST_ACTS])


def looks_at(case: Case) -> Looks:
    """Count who looked lately; the list of names is the auditor's."""
    since = timezone.now() - timedelta(days=LOOKS_DAYS)
    found = LedgerEntry.objects.filter(
        case_ref=case.ref, op="consult", outcome=LedgerEntry.Outcome.DONE, at__gte=since
    ).aggregate(number=Count("seq"), people=Count("actor_ref", distinct=True))
    return Looks(**found)
