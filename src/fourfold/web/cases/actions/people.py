"""People of a case, their identifiers and places, and whose an identifier is said to be."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from fourfold.web.cases import search
from fourfold.web.cases.actions.versions import keep
from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.models.answers import Strength
from fourfold.web.cases.rules.people import next_key
from fourfold.web.users import access
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import User


class AlreadyKnownError(ValueError):
    """The case has this identifier, short name or place already."""


class NothingToCompareError(ValueError):
    """Nothing of the text is left by which identifiers of its kind are compared."""


@dataclass(frozen=True)
class PersonFacts:
    """What is known of a person. Without a key, the next free one is given."""

    role: str
    key: str = ""
    name: str = ""
    born_on: date | None = None
    relationship: str = ""


@dataclass(frozen=True)
class IdentifierFacts:
    """A number, account, vehicle, address or name, as it was given."""

    kind: str
    text: str
    is_sensitive: bool = False


@dataclass(frozen=True)
class AttributionFacts:
    """Whose an identifier is said to be, for which period, on what basis, how firmly."""

    person: Person
    basis: str = ""
    strength: str = Strength.ASSUMED
    from_at: datetime | None = None
    to_at: datetime | None = None


@dataclass(frozen=True)
class PlaceFacts:
    """A place of the case, WGS84 degrees."""

    key: str
    lat: float
    lon: float
    radius_m: float = 50.0
    label: str = ""
    whose: Person | None = None
    is_sensitive: bool = False


def add_person(*, actor: User, case: Case, facts: PersonFacts) -> Person:
    """Add a person to a case."""
    decision = access.require(actor, "person.add", case)
    taken = set(case.people.values_list("key", flat=True))
    values = asdict(facts) | {"key": facts.key or next_key(facts.role, taken)}
    if values["key"] in taken:
        raise AlreadyKnownError("This short name is taken in this case.")
    with transaction.atomic():
        person = Person(case=case, **values)
        keep(person, by=actor)
        search.keep_person(person)
        access.record_act(
            actor, "person.add", person, decision=decision, detail={"role": person.role}
        )
    return person


def change_person(*, actor: User, person: Person, facts: PersonFacts) -> Person:
    """Change what is known of a person."""
    decision = access.require(actor, "person.change", person)
    key = facts.key or person.key
    if person.case.people.exclude(pk=person.pk).filter(key=key).exists():
        raise AlreadyKnownError("This short name is taken in this case.")
    with transaction.atomic():
        changed = _set(person, asdict(facts) | {"key": key})
        keep(person, by=actor)
        search.keep_person(person)
        access.record_act(
            actor, "person.change", person, decision=decision, detail={"changed": changed}
        )
    return person


def add_identifier(
    *, actor: User, case: Case, facts: IdentifierFacts, whose: AttributionFacts | None = None
) -> Identifier:
    """Add an identifier to a case, and whose it is said to be where that is told with it."""
    decision = access.require(actor, "identifier.add", case)
    if whose is not None:
        access.require(actor, "attribution.add", case)
        _check_case(case, whose.person)
    normalised = _normal_form(case, facts)
    with transaction.atomic():
        identifier = Identifier(case=case, normalised=normalised, **asdict(facts))
        keep(identifier, by=actor)
        detail = {"kind": identifier.kind}
        if whose is not None:
            keep(Attribution(identifier=identifier, **vars(whose)), by=actor)
            detail["person"] = whose.person.ref
        access.record_act(actor, "identifier.add", identifier, decision=decision, detail=detail)
    return identifier


def change_identifier(*, actor: User, identifier: Identifier, facts: IdentifierFacts) -> Identifier:
    """Correct an identifier."""
    decision = access.require(actor, "identifier.change", identifier)
    normalised = _normal_form(identifier.case, facts, but=identifier)
    with transaction.atomic():
        changed = _set(identifier, asdict(facts) | {"normalised": normalised})
        keep(identifier, by=actor)
        access.record_act(
            actor, "identifier.change", identifier, decision=decision, detail={"changed": changed}
        )
    return identifier


def add_attribution(*, actor: User, identifier: Identifier, facts: AttributionFacts) -> Attribution:
    """Say whose an identifier is, for which period and on what basis."""
    decision = access.require(actor, "attribution.add", identifier)
    _check_case(identifier.case, facts.person)
    with transaction.atomic():
        attribution = Attribution(identifier=identifier, **vars(facts))
        keep(attribution, by=actor)
        access.record_act(
            actor, "attribution.add", attribution, decision=decision,
            detail={"identifier": identifier.ref, "person": facts.person.ref,
                    "strength": facts.strength},
        )  # fmt: skip
    return attribution


def change_attribution(
    *, actor: User, attribution: Attribution, facts: AttributionFacts
) -> Attribution:
    """Change whose an identifier is said to be."""
    decision = access.require(actor, "attribution.change", attribution)
    _check_case(attribution.case, facts.person)
    with transaction.atomic():
        changed = _set(attribution, vars(facts))
        keep(attribution, by=actor)
        access.record_act(
            actor, "attribution.change", attribution, decision=decision, detail={"changed": changed}
        )
    return attribution


def add_place(*, actor: User, case: Case, facts: PlaceFacts) -> Place:
    """Add a place to a case."""
    decision = access.require(actor, "place.add", case)
    _check_place(case, facts)
    with transaction.atomic():
        place = Place(case=case, **vars(facts))
        keep(place, by=actor)
        access.record_act(actor, "place.add", place, decision=decision)
    return place


def change_place(*, actor: User, place: Place, facts: PlaceFacts) -> Place:
    """Change a place."""
    decision = access.require(actor, "place.change", place)
    _check_place(place.case, facts, but=place)
    with transaction.atomic():
        changed = _set(place, vars(facts))
        keep(place, by=actor)
        access.record_act(
            actor, "place.change", place, decision=decision, detail={"changed": changed}
        )
    return place


def _set(record: Person | Identifier | Attribution | Place, values: dict[str, object]) -> list[str]:
    """Set fields and return the names of those that differ."""
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    return changed


def _check_case(case: Case, person: Person) -> None:
    if person.case_id != case.pk:
        raise OtherCaseError(f"{person} does not belong to {case}")


def _check_place(case: Case, facts: PlaceFacts, but: Place | None = None) -> None:
    if facts.whose is not None:
        _check_case(case, facts.whose)
    same = case.places.filter(key=facts.key)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise AlreadyKnownError("This case has a place of this name already.")


def _normal_form(case: Case, facts: IdentifierFacts, but: Identifier | None = None) -> str:
    normalised = normalise(facts.kind, facts.text)
    if not normalised:
        raise NothingToCompareError("Enter letters or digits that can be compared.")
    same = case.identifiers.filter(kind=facts.kind, normalised=normalised)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise AlreadyKnownError("This case has this identifier already. Attribute that one.")
    return normalised
