"""What the suspect had been told, and which acts came after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fourfold.web.cases.models import Act, Case, KnowledgeEvent, Person
from fourfold.web.cases.rules import moments


@dataclass(frozen=True)
class Told:
    """A knowledge event, when it was over at the latest, and its words for pages."""

    event: KnowledgeEvent
    latest_at: datetime
    when: str

    @property
    def day(self) -> date:
        """The day in the United Kingdom on which it began."""
        return moments.local_day(self.event.at)


def told_of(case: Case) -> list[Told]:
    """Return the knowledge events of a case, the earliest first."""
    events = KnowledgeEvent.objects.filter(case=case).select_related("person")
    told = [
        Told(event, moments.end_of(event.at, event.precision), when_words(event))
        for event in events
    ]
    return sorted(told, key=lambda each: (each.latest_at, each.event.pk))


def told_before(told: Sequence[Told], at: datetime | None) -> Told | None:
    """Return the last event that was over when an act began; None where that is not certain."""
    if at is None:
        return None
    earlier = [each for each in told if each.latest_at <= at]
    return earlier[-1] if earlier else None


def when_words(event: KnowledgeEvent) -> str:
    """Return when the suspect was told, as exactly as it is known."""
    span = moments.Span(event.at, moments.end_of(event.at, event.precision), event.precision)
    return moments.words_of(span)


@dataclass(frozen=True)
class ToldWithActs:
    """A knowledge event, and how many standing acts certainly began after it."""

    told: Told
    acts_after: int
    named_by: int


def told_with_acts(case: Case) -> list[ToldWithActs]:
    """Return the knowledge events of a case, each with the acts after it."""
    rows = list(
        Act.objects.filter(case=case, state=Act.State.STANDING)
        .order_by()
        .values_list("occurred_from_at", "known_unwelcome")
    )
    return [
        ToldWithActs(
            told=told,
            acts_after=sum(at is not None and at >= told.latest_at for at, _ in rows),
            named_by=sum(named == told.event.pk for _, named in rows),
        )
        for told in told_of(case)
    ]


def people_told(case: Case) -> list[Person]:
    """Return the people who may have been told: suspects first, then others but the victim."""
    people = case.people.exclude(role=Person.Role.VICTIM)
    return sorted(people, key=lambda person: (person.role != Person.Role.SUSPECT, person.pk))
