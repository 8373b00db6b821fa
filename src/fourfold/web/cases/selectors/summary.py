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
    acts = _acts(case)
    state = CaseState(
        roles=frozenset(person.role for person in people),
        **acts["numbers"],
        **_others(case),
    )
    return Summary(
        state=state,
        owed=owed_of(state),
        people=people,
        latest_acts=_latest(case),
        first_act_at=acts["first"],
        last_act_at=acts["last"],
        looks=looks_at(case),
    )


def _acts(case: Case) -> dict[str, Any]:
    found = _standing(case).aggregate(
        first=Min("occurred_from_at"),
        last=Max("occurred_from_at"),
        acts=Count("pk"),
        acts_without_time=Count("pk", filter=Q(occurred_from_at__isnull=True)),
        acts_fear_not_asked=Count("pk", filter=Q(fear_of_violence=Answer.NOT_ASKED)),
        acts_without_effect=Count("pk", filter=Q(effect_words="")),
        acts_by_proxy_without_basis=Count(
            "pk", filter=Q(actor_kind=Act.ActorKind.PROXY, proxy_basis="")
        ),
        acts_outside_occasions=Count("pk", filter=Q(occasion__isnull=True)),
    )
    return {"first": found.pop("first"), "last": found.pop("last"), "numbers": found}


def _others(case: Case) -> dict[str, int]:
    """Count what hangs on a case, in one query."""
    occasions = Occasion.objects.all()
    harassment = RecordedCrime.objects.filter(principal__is_harassment=True, harassment_reason="")
    numbers = {
        "reports": _number(Report.objects.all()),
        "reports_with_open_questions": _number(Report.objects.filter(_open_questions())),
        "occasions_proposed": _number(occasions.filter(state=Occasion.State.PROPOSED)),
        "occasions_confirmed": _number(occasions.filter(state=Occasion.State.CONFIRMED)),
        "knowledge_events": _number(KnowledgeEvent.objects.all()),
        "crimes": _number(RecordedCrime.objects.all()),
        "crimes_harassment_without_reason": _number(harassment),
    }
    return Case.objects.filter(pk=case.pk).values(**numbers).get()


def _open_questions() -> Q:
    whole = Q()
    for name in QUESTIONS:
        whole |= Q(**{name: Answer.NOT_ASKED})
    return whole


def _number(records: QuerySet[Any]) -> Coalesce:
    counted = records.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _standing(case: Case) -> QuerySet[Act]:
    return Act.objects.filter(case=case, state=Act.State.STANDING)


def _latest(case: Case) -> list[Act]:
    dated = _standing(case).filter(occurred_from_at__isnull=False)
    return list(dated.order_by("-occurred_from_at", "-id")[:LATEST_ACTS])


def looks_at(case: Case) -> Looks:
    """Count who looked lately; the list of names is the auditor's."""
    since = timezone.now() - timedelta(days=LOOKS_DAYS)
    found = LedgerEntry.objects.filter(
        case_ref=case.ref, op="consult", outcome=LedgerEntry.Outcome.DONE, at__gte=since
    ).aggregate(number=Count("seq"), people=Count("actor_ref", distinct=True))
    return Looks(**found)
