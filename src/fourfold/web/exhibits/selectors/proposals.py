"""Proposals of a case, filtered; and what there is to filter by."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet, Subquery
from django.http import QueryDict

from fourfold.web.base.words import uk_date
from fourfold.web.cases.models import Act, Case
from fourfold.web.cases.models.answers import Strength
from fourfold.web.exhibits.models import EngineRun, Proposal
from fourfold.web.exhibits.rules.proposals import identifier_words

State = Proposal.State
DIARY = "diary"
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Filter:
    """What a page shows. Values are codes and days: no number or name stands in an address."""

    state: str = State.OPEN
    means: str = ""
    strength: str = ""
    source: str = ""
    week: str = ""
    day: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filter":
        """Read a filter out of an address; what is not known is as if it were not there."""
        given = {each.name: query.get(each.name, "") for each in fields(cls)}
        given["state"] = query.get("state", State.OPEN)
        if given["state"] not in (*State.values, "all"):
            given["state"] = State.OPEN
        return cls(
            **{
                **given,
                "week": given["week"] if as_day(given["week"]) else "",
                "day": given["day"] if as_day(given["day"]) else "",
            }
        )

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        return urlencode({k: v for k, v in self.__dict__.items() if v})


@dataclass(frozen=True)
class Facets:
    """What there is to choose from, with how many proposals each has."""

    states: dict[str, int] = field(default_factory=dict)
    means: Choices = field(default_factory=list)
    strengths: Choices = field(default_factory=list)
    sources: Choices = field(default_factory=list)
    weeks: Choices = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    left: int = 0


def facets_of(case: Case, chosen: Filter) -> Facets:
    """Return what there is to filter by among proposals of a state, and how many the filter leaves.

    One query: a page that counted each choice by itself would ask a dozen.
    """
    rows = list(
        Proposal.objects.filter(case=case).values_list(
            "state", "means", "strength", "identifier_text", "occurred_on"
        )
    )
    states = Counter(row[0] for row in rows)
    kept = [row for row in rows if chosen.state in (row[0], "all")]
    means = Counter(row[1] for row in kept)
    strengths = Counter(row[2] for row in kept)
    sources = Counter(row[3] for row in kept)
    weeks = Counter(_monday(row[4]) for row in kept if row[4])
    return Facets(
        states={"all": len(rows), **states},
        means=[
            (value, f"{label} ({means[value]:,})")
            for value, label in Act.Means.choices
            if means[value]
        ],
        strengths=[
            (value, f"{label} ({strengths[value]:,})")
            for value, label in Strength.choices
            if strengths[value]
        ],
        sources=[
            (code_of(text), f"{source_words(text)} ({number:,})")
            for text, number in sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        weeks=[
            (monday.isoformat(), f"Week of {uk_date(monday)} ({weeks[monday]:,})")
            for monday in sorted(weeks)
        ],
        identifiers={code_of(text): text for text in sources},
        left=sum(_fits(chosen, row) for row in kept),
    )


def _fits(chosen: Filter, row: tuple[str, str, str, str, date | None]) -> bool:
    """Return whether a proposal fits all but the state, as `proposals_of` asks the database."""
    _, means, strength, text, day = row
    return (
        chosen.means in ("", means)
        and chosen.strength in ("", strength)
        and (not chosen.source or chosen.source == code_of(text))
        and (not chosen.week or (day is not None and _monday(day) == _monday_of(chosen.week)))
        and (not chosen.day or (day is not None and day == as_day(chosen.day)))
    )


def _monday_of(text: str) -> date | None:
    day = as_day(text)
    return _monday(day) if day else None


def source_words(identifier_text: str) -> str:
    """Return where acts came from, in words; a diary has no number."""
    return identifier_words(identifier_text) if identifier_text else "The victim's diary"


def code_of(identifier_text: str) -> str:
    """Return a code for a number or account, to stand in an address."""
    return hashlib.sha256(identifier_text.encode()).hexdigest()[:12]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def as_day(text: str) -> date | None:
    """Return the day that a text names, or nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def proposals_of(case: Case, chosen: Filter, facets: Facets) -> QuerySet[Proposal]:
    """Return the proposals that a filter leaves, in the order of time."""
    runs = EngineRun.objects.filter(case=case, state=EngineRun.State.FINISHED).order_by("-id")
    found = (
        Proposal.objects.filter(case=case)
        .select_related("run", "act", "decided_by")
        .annotate(newest_run=Subquery(runs.values("pk")[:1]))
    )
    if chosen.state != "all":
        found = found.filter(state=chosen.state)
    if chosen.means:
        found = found.filter(means=chosen.means)
    if chosen.strength:
        found = found.filter(strength=chosen.strength)
    if chosen.source:
        found = found.filter(identifier_text=facets.identifiers.get(chosen.source, "\x00"))
    if monday := _monday_of(chosen.week):
        found = found.filter(occurred_on__range=(monday, monday + timedelta(days=6)))
    if day := as_day(chosen.day):
        found = found.filter(occurred_on=day)
    return found.order_by("occurred_on", "occurred_from_at", "id")


def by_strength(found: QuerySet[Proposal]) -> list[tuple[str, int]]:
    """Return how many proposals rest on which strength of attribution."""
    counts = Counter(found.values_list("strength", flat=True))
    known = [(label, counts[value]) for value, label in Strength.choices if counts[value]]
    return [*known, ("No attribution: a diary", counts[""])] if counts[""] else known
