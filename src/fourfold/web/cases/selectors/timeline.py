"""The acts of a case in sequence: filtered, counted by week, one page at a time.

Codes are kept as JSON, which SQLite cannot search by member: the few columns that filters and
counts need are read for the whole case in one query, and only one page of acts is read in full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.core.paginator import Page, Paginator

from fourfold.web.cases.models import Act, ActSource, Case
from fourfold.web.cases.models.answers import Precision
from fourfold.web.cases.rules import act_codes, moments, occasions
from fourfold.web.cases.rules.rhythm import Rhythm, rhythm_of
from fourfold.web.cases.selectors.knowledge import Told, told_before, told_of

PAGE_ACTS: Final = 40
NO_CODE: Final = "none"
NO_SOURCE: Final = "none"


@dataclass(frozen=True)
class Light:
    """The columns of an act that filters and counts need."""

    pk: int
    from_at: datetime | None
    to_at: datetime | None
    precision: str
    means: str
    codes: tuple[str, ...]
    state: str
    actor_kind: str
    proxy_basis: str

    @property
    def local_day(self) -> date | None:
        """The day in the United Kingdom; None where the day is not known."""
        if self.from_at is None or self.precision in (Precision.MONTH, Precision.UNKNOWN):
            return None
        return moments.local_day(self.from_at)


@dataclass(frozen=True)
class Chosen:
    """What a filter holds; an empty part lets everything through, an empty state what stands."""

    codes: Sequence[str] = ()
    means: Sequence[str] = ()
    sources: Sequence[str] = ()
    states: Sequence[str] = ()
    period: tuple[date, date] | None = None


@dataclass(frozen=True)
class Entry:
    """An act as the timeline shows it."""

    act: Act
    when: str
    heading: str
    codes: tuple[str, ...]
    told: Told | None
    source_kinds: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Timeline:
    """One page of acts, the rhythm of all that were chosen, and what is not in the rhythm."""

    page: Page[int]
    entries: list[Entry]
    rhythm: Rhythm
    told: list[Told]
    without_day: int
    total: int

    @property
    def months(self) -> list[tuple[str, list[Entry]]]:
        """The entries under their headings, in the order of the page."""
        return [
            (heading, list(entries))
            for heading, entries in groupby(self.entries, key=lambda entry: entry.heading)
        ]


def timeline(case: Case, chosen: Chosen, *, page: str | None, newest_first: bool) -> Timeline:
    """Return one page of the acts of a case."""
    acts = light(case)
    kinds = source_kinds(case)
    told = told_of(case)
    before_period = [act for act in acts if _is_chosen(act, chosen, kinds)]
    shown = [act for act in before_period if _is_in_period(act, chosen.period)]
    shown.sort(key=_order, reverse=newest_first)
    paged = Paginator([act.pk for act in shown], PAGE_ACTS).get_page(page)
    days = [act.local_day for act in before_period]
    return Timeline(
        page=paged,
        entries=_entries(list(paged.object_list), told, kinds),
        rhythm=rhythm_of(day for day in days if day is not None),
        told=told,
        without_day=sum(day is None for day in days),
        total=len(acts),
    )


def light(case: Case) -> list[Light]:
    """Return the light columns of every act of a case."""
    rows = Act.objects.filter(case=case).order_by().values_list(
        "pk", "occurred_from_at", "occurred_to_at", "precision", "means", "codes", "state",
        "actor_kind", "proxy_basis",
    )  # fmt: skip
    return [Light(*row[:5], tuple(row[5]), *row[6:]) for row in rows.iterator(chunk_size=5_000)]


def source_kinds(case: Case) -> dict[int, set[str]]:
    """Return which kinds of source each act has; those of joined acts count for the one joined."""
    found: dict[int, set[str]] = {}
    rows = ActSource.objects.filter(act__case=case).order_by()
    for act, joined_into, kind in rows.values_list("act", "act__joined_into", "kind").distinct():
        found.setdefault(act, set()).add(kind)
        if joined_into is not None:
            found.setdefault(joined_into, set()).add(kind)
    return found


def _is_chosen(act: Light, chosen: Chosen, kinds: dict[int, set[str]]) -> bool:
    codes = act.codes or (NO_CODE,)
    sources = kinds.get(act.pk) or {NO_SOURCE}
    return (
        act.state in (chosen.states or (Act.State.STANDING,))
        and (not chosen.codes or not set(chosen.codes).isdisjoint(codes))
        and (not chosen.means or act.means in chosen.means)
        and (not chosen.sources or not sources.isdisjoint(chosen.sources))
    )


def _is_in_period(act: Light, period: tuple[date, date] | None) -> bool:
    if period is None:
        return True
    day = act.local_day
    return day is not None and period[0] <= day < period[1]


def _order(act: Light) -> tuple[bool, float, int]:
    at = act.from_at
    return (at is None, at.timestamp() if at else 0.0, act.pk)


def _entries(keys: Sequence[int], told: Sequence[Told], kinds: dict[int, set[str]]) -> list[Entry]:
    acts = {act.pk: act for act in Act.objects.filter(pk__in=keys).select_related("occasion")}
    return [entry_of(acts[key], told, kinds.get(key, set())) for key in keys if key in acts]


def entry_of(act: Act, told: Sequence[Told], kinds: Iterable[str]) -> Entry:
    """Return what the timeline shows of an act."""
    return Entry(
        act=act,
        when=when_words(act),
        heading=_heading(act),
        codes=tuple(act_codes.words_of(code) for code in act.codes),
        told=told_before(told, act.occurred_from_at),
        source_kinds=tuple(
            ActSource.Kind(kind).label for kind in ActSource.Kind.values if kind in set(kinds)
        ),
        counts=occasions.counts(
            state=act.state, actor_kind=act.actor_kind, proxy_basis=act.proxy_basis
        ),
    )


def when_words(act: Act) -> str:
    """Return when an act happened, as exactly as it is known."""
    return moments.words_of(moments.Span(act.occurred_from_at, act.occurred_to_at, act.precision))


def _heading(act: Act) -> str:
    if act.occurred_from_at is None:
        return "Date not known"
    local = act.occurred_from_at.astimezone(moments.UK)
    return f"{local:%B %Y}"
