"""The people of a case, their identifiers and places; what leads to the victim stays apart."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.rules.people import first_day, is_contact, is_contact_place, last_day


@dataclass(frozen=True)
class Said:
    """Whose an identifier is said to be, and the period as days."""

    attribution: Attribution
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class IdentifierRow:
    """An identifier and whose it is said to be; the text of a contact detail is hidden."""

    identifier: Identifier
    said: tuple[Said, ...]
    is_contact: bool


@dataclass(frozen=True)
class PlaceRow:
    """A place; where it lies is hidden where that leads to the victim."""

    place: Place
    is_contact: bool


@dataclass(frozen=True)
class People:
    """What the people page shows."""

    people: list[Person]
    identifiers: list[IdentifierRow]
    places: list[PlaceRow]

    @property
    def hidden(self) -> int:
        """How many contact details the page hides."""
        identifiers = sum(row.is_contact for row in self.identifiers)
        return identifiers + sum(row.is_contact for row in self.places)

    def contacts(self) -> "People":
        """Return the contact details alone."""
        return People(
            self.people,
            [row for row in self.identifiers if row.is_contact],
            [row for row in self.places if row.is_contact],
        )


def people_of(case: Case) -> People:
    """Return people, identifiers and places of a case: four queries."""
    said: dict[int, list[Attribution]] = defaultdict(list)
    for attribution in Attribution.objects.filter(identifier__case=case).select_related("person"):
        said[attribution.identifier_id].append(attribution)
    return People(
        people=list(case.people.all()),
        identifiers=[
            _row(each, said[each.pk], case.display_zone) for each in case.identifiers.all()
        ],
        places=[
            PlaceRow(place, is_contact_place(place))
            for place in case.places.select_related("whose")
        ],
    )


def row_of(identifier: Identifier) -> IdentifierRow:
    """Return one identifier with its attributions."""
    said = list(identifier.attributions.select_related("person"))
    return _row(identifier, said, identifier.case.display_zone)


def _row(identifier: Identifier, said: list[Attribution], zone: str) -> IdentifierRow:
    hidden = is_contact(identifier, {attribution.person.role for attribution in said})
    spans = tuple(
        Said(each, first_day(each.from_at, zone), last_day(each.to_at, zone)) for each in said
    )
    return IdentifierRow(identifier, spans, hidden)
