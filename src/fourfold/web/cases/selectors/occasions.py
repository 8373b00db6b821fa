"""Occasions with what is recorded of them: acts, effect, sources, the rule, who confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from fourfold.web.cases.models import Act, ActSource, Case, Occasion
from fourfold.web.cases.models.answers import Answer, Precision
from fourfold.web.cases.rules import act_codes, moments
from fourfold.web.cases.rules import occasions as rules
from fourfold.web.cases.rules.course import answer_of
from fourfold.web.cases.selectors.knowledge import Told, told_before, told_of
from fourfold.web.cases.selectors.timeline import (
    Entry,
    entry_of,
    source_kinds,
)

PAGE_OCCASIONS: Final = 15
LINES_EACH: Final = 6
LOOSE_LINES: Final = 50
COLUMNS: Final = (
    "pk", "occasion", "occurred_from_at", "occurred_to_at", "precision", "codes", "means",
    "actor_kind", "proxy_basis", "fear_of_violence", "alarm", "distress", "effect_words",
)  # fmt: skip
TIMED: Final = (Precision.EXACT, Precision.HOUR)


@dataclass(frozen=True)
class Member:
    """The columns of an act that an occasion is described by."""

    pk: int
    occasion: int | None
    from_at: datetime | None
    to_at: datetime | None
    precision: str
    codes: Sequence[str]
    means: str
    actor_kind: str
    proxy_basis: str
    fear_of_violence: str
    alarm: str
    distress: str
    effect_words: str


@dataclass(frozen=True)
class OccasionFacts:
    """What is recorded of one occasion."""

    occasion: Occasion
    members: tuple[Member, ...]
    source_kinds: tuple[str, ...]
    told: Told | None
    lines: tuple[Entry, ...] = field(default=())

    @cached_property
    def first_at(self) -> datetime | None:
        """When its first dated act began."""
        return min((each.from_at for each in self.members if each.from_at), default=None)

    @cached_property
    def last_at(self) -> datetime | None:
        """When its last dated act began."""
        return max((each.from_at for each in self.members if each.from_at), default=None)

    @cached_property
    def first_day(self) -> str:
        """The day or month of its first dated act, in words."""
        return _day_words(min(self._dated, key=_order, default=None))

    @cached_property
    def last_day(self) -> str:
        """The day or month of its last dated act, in words."""
        return _day_words(max(self._dated, key=_order, default=None))

    @cached_property
    def _dated(self) -> list[Member]:
        return [each for each in self.members if each.from_at is not None]

    @cached_property
    def when(self) -> str:
        """When it was, as exactly as it is known."""
        return _period_words(self.members)

    @cached_property
    def rule_title(self) -> str:
        """The title of the rule that proposed it."""
        if self.occasion.rule == rules.BY_HAND:
            return "By hand"
        rule = rules.RULES.get(self.occasion.rule)
        return rule.title if rule else self.occasion.rule

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The kinds of act in it, in plain words."""
        found = sorted({code for each in self.members for code in each.codes})
        return tuple(act_codes.words_of(code) for code in found)

    @cached_property
    def means(self) -> tuple[str, ...]:
        """By what means, in plain words."""
        found = {each.means for each in self.members}
        return tuple(label for value, label in Act.Means.choices if value in found)

    @cached_property
    def fear_of_violence(self) -> str:
        """One answer for its acts: a yes of any is a yes."""
        return answer_of([each.fear_of_violence for each in self.members])

    @cached_property
    def alarm(self) -> str:
        """One answer for its acts."""
        return answer_of([each.alarm for each in self.members])

    @cached_property
    def distress(self) -> str:
        """One answer for its acts."""
        return answer_of([each.distress for each in self.members])

    @cached_property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The three answers with their labels."""
        return (
            ("Fear of violence", Answer(self.fear_of_violence).label),
            ("Alarm", Answer(self.alarm).label),
            ("Distress", Answer(self.distress).label),
        )

    @cached_property
    def effects(self) -> tuple[str, ...]:
        """What is recorded of the effect, each once, in order of time."""
        told = (each.effect_words.strip() for each in self.members)
        return tuple(dict.fromkeys(words for words in told if words))

    @cached_property
    def has_impact(self) -> bool:
        """Whether an effect is recorded: in words, or by alarm or distress."""
        return bool(self.effects) or Answer.YES in (self.alarm, self.distress)

    @cached_property
    def counts(self) -> bool:
        """Whether it counts: an act of it is the suspect's, or attributed with a reason."""
        return any(
            rules.is_by_suspect(actor_kind=each.actor_kind, proxy_basis=each.proxy_basis)
            for each in self.members
        )


@dataclass(frozen=True)
class OccasionPage:
    """One page of occasions, how many there are of each state, and acts that stand in none."""

    page: Page[OccasionFacts]
    shown: list[OccasionFacts]
    states: dict[str, int]
    loose: list[Entry]
    loose_count: int
    left_out: int


Members = dict[int | None, list[Member]]


def facts_of_case(
    case: Case,
    *states: str,
    kinds: dict[int, set[str]] | None = None,
    told: Sequence[Told] | None = None,
    members: Members | None = None,
) -> list[OccasionFacts]:
    """Return what is recorded of a case's occasions in some states, in order of time."""
    held = (
        Occasion.objects.filter(case=case, state__in=states)
        .select_related("grouped_by", "confirmed_by")
        .order_by("pk")
    )
    return facts_of(
        held,
        members_of(case) if members is None else members,
        told=told_of(case) if told is None else told,
        kinds=source_kinds(case) if kinds is None else kinds,
    )


def members_of(case: Case) -> Members:
    """Return the standing acts of a case by occasion; under None, those in no occasion."""
    return _grouped(Act.objects.filter(case=case, state=Act.State.STANDING))


def facts_of(
    occasions: Iterable[Occasion],
    members: Members,
    *,
    told: Sequence[Told],
    kinds: dict[int, set[str]],
) -> list[OccasionFacts]:
    """Describe occasions by their acts."""
    found = []
    for occasion in occasions:
        inside = tuple(sorted(members.get(occasion.pk, ()), key=_order))
        starts = [each.from_at for each in inside if each.from_at is not None]
        known = {kind for each in inside for kind in kinds.get(each.pk, ())}
        found.append(
            OccasionFacts(
                occasion=occasion,
                members=inside,
                source_kinds=tuple(
                    label for kind, label in ActSource.Kind.choices if kind in known
                ),
                told=told_before(told, min(starts, default=None)),
            )
        )
    return sorted(found, key=lambda each: _first(each.members))


def occasion_page(case: Case, *, states: Sequence[str], page: str | None) -> OccasionPage:
    """Return one page of the occasions of a case, with lines for their first acts."""
    told, kinds, members = told_of(case), source_kinds(case), members_of(case)
    everything = facts_of_case(
        case, *Occasion.State.values, told=told, kinds=kinds, members=members
    )
    counted = dict.fromkeys(Occasion.State.values, 0)
    for each in everything:
        counted[each.occasion.state] += 1
    wanted = [each for each in everything if each.occasion.state in states]
    paged = Paginator(wanted, PAGE_OCCASIONS).get_page(page)
    alone = sorted(members.get(None, ()), key=_order)
    loose = [each.pk for each in alone if _counts(each)]
    left_out = len(alone) - len(loose)
    lines = _lines([*_first_keys(paged.object_list), *loose[:LOOSE_LINES]], told, kinds)
    return OccasionPage(
        page=paged,
        shown=[_with_lines(each, lines) for each in paged.object_list],
        states=counted,
        loose=[lines[key] for key in loose[:LOOSE_LINES] if key in lines],
        loose_count=len(loose),
        left_out=left_out,
    )


def occasion_facts(occasion: Occasion, members: Members | None = None) -> OccasionFacts:
    """Return what is recorded of one occasion, with a line for each of its acts."""
    case = occasion.case
    told, kinds = told_of(case), source_kinds(case)
    inside = members_of(case) if members is None else members
    (facts,) = facts_of([occasion], inside, told=told, kinds=kinds)
    lines = _lines([each.pk for each in facts.members], told, kinds)
    return _with_lines(facts, lines, most=len(lines))


def neighbours(occasion: Occasion, members: Members) -> list[OccasionFacts]:
    """Return the open occasions just before and after one, to merge it with."""
    open_states = (Occasion.State.PROPOSED, Occasion.State.CONFIRMED)
    held = facts_of_case(occasion.case, *open_states, told=(), kinds={}, members=members)
    places = [place for place, each in enumerate(held) if each.occasion.pk == occasion.pk]
    if not places:
        return []
    place = places[0]
    around = held[max(0, place - 3) : place] + held[place + 1 : place + 4]
    return [each for each in around if each.members]


def _grouped(acts: QuerySet[Act]) -> Members:
    members: Members = defaultdict(list)
    for row in acts.order_by().values_list(*COLUMNS):
        member = Member(*row)
        members[member.occasion].append(member)
    return members


def _counts(member: Member) -> bool:
    return rules.counts(
        state=Act.State.STANDING, actor_kind=member.actor_kind, proxy_basis=member.proxy_basis
    )


def _first_keys(occasions: Iterable[OccasionFacts]) -> list[int]:
    return [member.pk for each in occasions for member in each.members[:LINES_EACH]]


def _lines(
    keys: Sequence[int], told: Sequence[Told], kinds: dict[int, set[str]]
) -> dict[int, Entry]:
    acts = Act.objects.select_related("occasion").in_bulk(list(keys))
    return {key: entry_of(act, told, kinds.get(key, set())) for key, act in acts.items()}


def _with_lines(
    facts: OccasionFacts, lines: dict[int, Entry], most: int = LINES_EACH
) -> OccasionFacts:
    shown = tuple(lines[each.pk] for each in facts.members[:most] if each.pk in lines)
    return OccasionFacts(facts.occasion, facts.members, facts.source_kinds, facts.told, shown)


def _period_words(members: Sequence[Member]) -> str:
    if not members:
        return "No act is in it"
    timed = [
        (each.from_at, max(each.to_at or each.from_at, each.from_at))
        for each in members
        if each.from_at is not None and each.precision in TIMED
    ]
    if len(timed) < 2:
        first = members[0]
        return moments.words_of(moments.Span(first.from_at, first.to_at, first.precision))
    span = moments.Span(
        min(start for start, _ in timed), max(end for _, end in timed), Precision.EXACT
    )
    return moments.words_of(span)


def _day_words(member: Member | None) -> str:
    if member is None:
        return "a day not known"
    return moments.day_words(moments.Span(member.from_at, member.to_at, member.precision))


def _order(member: Member) -> tuple[bool, float, int]:
    at = member.from_at
    return (at is None, at.timestamp() if at else 0.0, member.pk)


def _first(members: Sequence[Member]) -> tuple[bool, float, int]:
    return _order(members[0]) if members else (True, 0.0, 0)
