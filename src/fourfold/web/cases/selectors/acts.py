"""One act: its sources with those of acts joined to it, its versions, its choices in forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fourfold.web.base.words import uk_time
from fourfold.web.cases.models import (
    Act,
    ActSource,
    Case,
    KnowledgeEvent,
    Occasion,
    Person,
    Report,
)
from fourfold.web.cases.models.answers import Answer, Precision
from fourfold.web.cases.rules import act_codes

FIELD_WORDS: Final = {
    "victim_words": "The victim's words",
    "effect_words": "What changed in daily life",
    "fear_of_violence": "Fear of violence",
    "alarm": "Alarm",
    "distress": "Distress",
    "occurred_from_at": "When (from)",
    "occurred_to_at": "When (to)",
    "precision": "How exactly",
    "when_text": "When, as it was told",
    "codes": "Kind of act",
    "means": "Means",
    "place_text": "Place",
    "actor_kind": "Who did it",
    "actor_person": "Person who did it",
    "proxy_basis": "Why it counts as the suspect's",
    "target": "Aimed at",
    "target_person": "Person aimed at",
    "known_unwelcome": "Told before",
    "summary": "Summary",
    "state": "State",
    "state_reason": "Reason of the state",
    "joined_into": "Joined to",
    "occasion": "Occasion",
    "distinct_from": "Not the same as",
}
CHOICES: Final[dict[str, Any]] = {
    "fear_of_violence": Answer,
    "alarm": Answer,
    "distress": Answer,
    "precision": Precision,
    "means": Act.Means,
    "actor_kind": Act.ActorKind,
    "target": Act.Target,
    "state": Act.State,
}
MOST_VERSIONS: Final = 50


@dataclass(frozen=True)
class Change:
    """One field of one version: what stood before and what stands after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One version of an act: when, by whom, why, and what changed."""

    at: datetime
    by: str
    why: str
    changes: tuple[Change, ...]
    is_first: bool


def sources_of(act: Act) -> list[ActSource]:
    """Return the sources of an act, then those of the acts joined to it."""
    family = ActSource.objects.filter(act=act) | ActSource.objects.filter(act__joined_into=act)
    found = list(family.select_related("act", "report", "added_by").order_by("pk"))
    return sorted(found, key=lambda source: (source.act.pk != act.pk, source.pk))


def versions_of(act: Act) -> list[Version]:
    """Return the newest versions of an act, the newest first."""
    held = list(act.history.select_related("history_user").order_by("-history_id")[:MOST_VERSIONS])
    refs = _refs(held)
    return [_version(newer, older, refs) for newer, older in _with_older(held)]


def _with_older(held: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for place, version in enumerate(held):
        yield version, held[place + 1] if place + 1 < len(held) else None


def _version(newer: Any, older: Any, refs: dict[tuple[str, int], str]) -> Version:
    changes = () if older is None else tuple(_changes(newer, older, refs))
    return Version(
        at=newer.history_date,
        by=newer.history_user.name if newer.history_user else "Not recorded",
        why=newer.history_change_reason or "",
        changes=changes,
        is_first=newer.history_type == "+",
    )


POINTERS: Final[dict[str, Any]] = {
    "actor_person": Person,
    "target_person": Person,
    "known_unwelcome": KnowledgeEvent,
    "joined_into": Act,
    "occasion": Occasion,
}


def _changes(newer: Any, older: Any, refs: dict[tuple[str, int], str]) -> Iterator[Change]:
    for name, label in FIELD_WORDS.items():
        column = f"{name}_id" if name in POINTERS else name
        before, after = getattr(older, column), getattr(newer, column)
        if before != after:
            yield Change(label, _shown(name, before, refs), _shown(name, after, refs))


def _shown(name: str, value: Any, refs: dict[tuple[str, int], str]) -> str:
    if value in (None, "", []):
        return "Nothing"
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name in POINTERS:
        return refs.get((name, value), "Another record")
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(
            act_codes.by_code()[each].words if each in act_codes.by_code() else each
            for each in value
        )
    return uk_time(value, zone=True) if isinstance(value, datetime) else str(value)


def _refs(held: Sequence[Any]) -> dict[tuple[str, int], str]:
    """Return the references that versions point to, each kind asked once and only if needed."""
    found: dict[tuple[str, int], str] = {}
    for name, model in POINTERS.items():
        keys = {getattr(version, f"{name}_id") for version in held} - {None}
        if keys and _differs(held, f"{name}_id"):
            rows = model.objects.filter(pk__in=keys).values_list("pk", "ref")
            found.update({(name, pk): ref for pk, ref in rows})
    return found


def _differs(held: Sequence[Any], column: str) -> bool:
    return len({getattr(version, column) for version in held}) > 1


@dataclass(frozen=True)
class FormChoices:
    """What the selects of the act form offer."""

    people: list[Person]
    knowledge: list[KnowledgeEvent]
    reports: list[Report]


def form_choices(case: Case) -> FormChoices:
    """Return the people, knowledge events and reports that an act of a case may point to."""
    return FormChoices(
        people=list(case.people.all()),
        knowledge=list(case.knowledge_events.all()),
        reports=list(case.reports.all()),
    )


def codes_of(act: Act) -> list[str]:
    """Return the kinds of an act with their letters, in plain words."""
    known = act_codes.by_code()
    return [
        f"{known[code].letter} {known[code].words}" if code in known else act_codes.words_of(code)
        for code in act.codes
    ]
