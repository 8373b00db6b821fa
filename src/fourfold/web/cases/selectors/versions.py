"""Versions of records: who changed what, when; what leads to the victim is not repeated here."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from fourfold.web.base.words import uk_date, uk_time
from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.rules.people import is_contact

NOTHING: Final = "Nothing"
HIDDEN: Final = "Hidden: a contact detail"
WORDS: Final = {"+": "added", "~": "changed", "-": "taken out"}
LABELS: Final[dict[str, str]] = {
    "key": "Short name", "role": "Part in the case", "name": "Name", "born_on": "Born",
    "relationship": "Relationship", "kind": "Kind", "text": "Text",
    "is_sensitive": "Kept to protect the victim", "person_id": "Whose",
    "from_at": "From", "to_at": "Until", "basis": "Basis", "strength": "Strength",
    "label": "Words", "lat": "Latitude", "lon": "Longitude", "radius_m": "Radius in metres",
    "whose_id": "Whose",
}  # fmt: skip
SECRET: Final = frozenset({"text", "label", "lat", "lon", "radius_m"})


@dataclass(frozen=True)
class Change:
    """One field: what stood before and what stands after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One version of a record."""

    at: datetime
    by: str
    title: str
    why: str
    changes: tuple[Change, ...]


def versions_of(case: Case) -> list[Version]:
    """Return every version of the people, identifiers, attributions and places, newest first."""
    held = {
        model: list(
            model.history.filter(**within)
            .select_related("history_user")
            .order_by("id", "-history_id")
        )
        for model, within in _within(case).items()
    }
    people = _newest(held[Person])
    names = {key: f"{each.get_role_display()} {each.key}" for key, each in people.items()}
    hidden = _hidden(case, held, people)
    found = [
        version
        for model, records in held.items()
        for version in _of_model(model._meta.model_name or "", records, names, hidden)
    ]
    return sorted(found, key=lambda version: version.at, reverse=True)


def _within(case: Case) -> dict[Any, dict[str, Any]]:
    return {
        Person: {"case": case},
        Identifier: {"case": case},
        Attribution: {"identifier__case": case},
        Place: {"case": case},
    }


def _newest(records: list[Any]) -> dict[int, Any]:
    """Return the newest version of each record."""
    return {record.id: record for record in reversed(records)}


def _hidden(case: Case, held: dict[Any, list[Any]], people: dict[int, Any]) -> set[tuple[str, int]]:
    """Return which identifiers and places lead to the victim now."""
    roles: dict[int, set[str]] = defaultdict(set)
    said = Attribution.objects.filter(identifier__case=case)
    for identifier, role in said.values_list("identifier", "person__role"):
        roles[identifier].add(role)
    hidden = {
        ("identifier", key)
        for key, each in _newest(held[Identifier]).items()
        if is_contact(each, roles[key])
    }
    return hidden | {
        ("place", key)
        for key, each in _newest(held[Place]).items()
        if each.is_sensitive or _is_victim(people.get(each.whose_id))
    }


def _is_victim(person: Any) -> bool:
    return person is not None and person.role == Person.Role.VICTIM


def _of_model(
    word: str, held: list[Any], names: dict[int, str], hidden: set[tuple[str, int]]
) -> Iterator[Version]:
    for newer, older in pairwise([*held, None]):
        same = older is not None and older.id == newer.id
        is_hidden = (word, newer.id) in hidden or bool(getattr(newer, "is_sensitive", False))
        yield Version(
            at=newer.history_date,
            by=newer.history_user.name if newer.history_user else "Not recorded",
            title=f"{word.capitalize()} {newer.ref} {WORDS[newer.history_type]}",
            why=newer.history_change_reason or "",
            changes=tuple(_changes(newer, older if same else None, names, is_hidden)),
        )


def _changes(
    newer: Any, older: Any | None, names: dict[int, str], is_hidden: bool
) -> Iterator[Change]:
    for name, label in LABELS.items():
        if not hasattr(newer, name):
            continue
        before, after = getattr(older, name, None), getattr(newer, name)
        if before == after or (older is None and after in (None, "", False)):
            continue
        if is_hidden and name in SECRET:
            yield Change(label, HIDDEN if older else NOTHING, HIDDEN)
            continue
        was, becomes = (_shown(newer, name, value, names) for value in (before, after))
        yield Change(label, was, becomes)


def _shown(record: Any, name: str, value: Any, names: dict[int, str]) -> str:
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name in ("person_id", "whose_id"):
        return names.get(value, "Somebody else")
    if isinstance(value, datetime):
        return uk_time(value)
    if isinstance(value, date):
        return uk_date(value)
    choices = dict(record._meta.get_field(name).flatchoices)
    return str(choices.get(value, value))
