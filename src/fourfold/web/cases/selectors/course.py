"""The course of conduct as it is recorded: counts, first, last, list, questions, the time limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final

from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.cases.models.answers import Answer
from fourfold.web.cases.rules import course as rules
from fourfold.web.cases.rules import moments
from fourfold.web.cases.rules.law import Law, law_of
from fourfold.web.cases.rules.occasions import is_by_suspect
from fourfold.web.cases.selectors.knowledge import Told, told_of
from fourfold.web.cases.selectors.occasions import (
    Member,
    Members,
    OccasionFacts,
    facts_of_case,
    members_of,
)
from fourfold.web.cases.selectors.timeline import source_kinds, when_words

EVER: Final = datetime.max.replace(tzinfo=UTC)
OPEN: Final = (Occasion.State.PROPOSED, Occasion.State.CONFIRMED)


@dataclass(frozen=True)
class LastAct:
    """The act that the time limit is counted from, who confirmed it, and the limit."""

    act: Act
    when: str
    confirmed_by: str
    confirmed_at: datetime | None
    limit: rules.Limit
    days_left: int
    marks: tuple[tuple[int, date, bool], ...]


@dataclass(frozen=True)
class Course:
    """What is recorded of the course of conduct."""

    counted: list[OccasionFacts]
    not_counted: list[OccasionFacts]
    proposed: int
    standing_acts: int
    questions: list[rules.Question]
    told: list[Told]
    last: LastAct | None
    later: LastAct | None
    law: Law

    @cached_property
    def is_course(self) -> bool:
        """Whether the words “course of conduct” may stand on the page."""
        return rules.is_course(len(self.counted))

    @cached_property
    def fears(self) -> list[OccasionFacts]:
        """The occasions with a recorded fear of violence."""
        return [each for each in self.counted if each.fear_of_violence == Answer.YES]

    @cached_property
    def impacts(self) -> list[OccasionFacts]:
        """The occasions with a recorded effect."""
        return [each for each in self.counted if each.has_impact]

    @cached_property
    def after_told(self) -> list[OccasionFacts]:
        """The occasions that began after the suspect had been told."""
        return [each for each in self.counted if each.told is not None]

    @cached_property
    def first_and_last(self) -> tuple[str, str] | None:
        """The days of the first and the last act, in words; None where no day is known."""
        starts = [each for each in self.counted if each.first_at is not None]
        ends = [each for each in self.counted if each.last_at is not None]
        if not starts:
            return None
        first = min(starts, key=lambda each: each.first_at or EVER)
        last = max(ends, key=lambda each: each.last_at or EVER)
        return first.first_day, last.last_day


def course_of(case: Case, *, today: date) -> Course:
    """Return what is recorded of a case's course of conduct."""
    told, kinds, members = told_of(case), source_kinds(case), members_of(case)
    everything = facts_of_case(case, *OPEN, told=told, kinds=kinds, members=members)
    filled = [each for each in everything if each.members]
    confirmed = [each for each in filled if each.occasion.state == Occasion.State.CONFIRMED]
    proposed = len(filled) - len(confirmed)
    counted = [each for each in confirmed if each.counts]
    not_counted = [each for each in confirmed if not each.counts]
    law = law_of(case.jurisdiction)
    last, later = _last_acts(counted, members, today) if law.has_time_limit else (None, None)
    return Course(
        counted=counted,
        not_counted=not_counted,
        proposed=proposed,
        standing_acts=sum(len(each) for each in members.values()),
        questions=_questions(counted, proposed, len(not_counted), law),
        told=told,
        last=last,
        later=later,
        law=law,
    )


def _questions(
    counted: Sequence[OccasionFacts], proposed: int, not_counted: int, law: Law
) -> list[rules.Question]:
    known = [
        rules.Known(
            fear_of_violence=each.fear_of_violence,
            has_impact=each.has_impact,
            has_date=each.first_at is not None,
            has_source=bool(each.source_kinds),
            is_told_before=each.told is not None,
        )
        for each in counted
    ]
    return rules.questions(known, proposed=proposed, not_counted=not_counted, law=law)


def _last_acts(
    counted: Sequence[OccasionFacts], members: Members, today: date
) -> tuple[LastAct | None, LastAct | None]:
    """Return the last act of a counted occasion, and a later act that nobody has confirmed."""
    confirmed = _latest(member for each in counted for member in each.members)
    latest = _latest(member for each in members.values() for member in each)
    keys = [each.pk for each in (confirmed, latest) if each is not None]
    acts = Act.objects.select_related("occasion__confirmed_by").in_bulk(keys)
    last = _last(acts[confirmed.pk], today) if confirmed else None
    is_later = latest is not None and latest.from_at != (confirmed and confirmed.from_at)
    later = _last(acts[latest.pk], today) if latest and is_later else None
    return last, later


def _latest(members: Iterable[Member]) -> Member | None:
    """Return the last dated act that is the suspect's, or attributed with a reason."""
    dated = [
        each
        for each in members
        if each.from_at is not None
        and is_by_suspect(actor_kind=each.actor_kind, proxy_basis=each.proxy_basis)
    ]
    return max(dated, key=lambda each: (each.from_at, each.pk), default=None)


def _is_confirmed(act: Act) -> bool:
    return act.occasion is not None and act.occasion.state == Occasion.State.CONFIRMED


def _last(act: Act, today: date) -> LastAct:
    if act.occurred_from_at is None:
        raise ValueError("the limit is counted from a dated act")
    limit = rules.limit_of(moments.local_day(act.occurred_from_at))
    occasion = act.occasion if _is_confirmed(act) else None
    confirmed_by = occasion.confirmed_by if occasion else None
    return LastAct(
        act=act,
        when=when_words(act),
        confirmed_by=confirmed_by.name if confirmed_by else "",
        confirmed_at=occasion.confirmed_at if occasion else None,
        limit=limit,
        days_left=limit.days_left(today),
        marks=tuple((days, on, on <= today) for days, on in limit.marks),
    )
