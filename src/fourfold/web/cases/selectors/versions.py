"""Versions of records: who changed what, when; what leads to the victim is not repeated here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from fourfold.web.base.words import uk_date, uk_time
from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.selectors.people import people_of

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
    people = people_of(case)
    names = {person.pk: f"{person.get_role_display()} {person.key}" for person in people.people}
    hidden = {("identifier", row.identifier.pk) for row in people.identifiers if row.is_contact}
    hidden |= {("place", row.place.pk) for row in people.places if row.is_contact}
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("person", Person, {"case": case}),
        ("identifier", Identifier, {"case": case}),
        ("attribution", Attribution, {"identifier__case": case}),
        ("place", Place, {"case": case}),
    )
    found = [
        version
        for word, model, within in kinds
        for version in _of_model(word, model.history.filter(**within), names, hidden)
    ]
    return sorted(found, key=lambda version: version.at, reverse=True)


def _of_model(
    word: str, history: Any, names: dict[int, str], hidden: set[tuple[str, int]]
) -> Iterator[Version]:
    held = list(history.select_related("history_user").order_by("id", "-history_id"))
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
        shown: Callable[[Any], str] = lambda value, name=name: _shown(newer, name, value, names)  # noqa: E731
        yield Change(label, shown(before), shown(after))


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
