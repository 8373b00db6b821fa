"""People of a case: short names, which identifiers are contact details, periods as days."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fourfold.web.cases.models import Identifier, Person, Place
from fourfold.web.users.models import IdentifierKind

KEY_LETTERS: Final = {
    Person.Role.SUSPECT: "S",
    Person.Role.VICTIM: "V",
    Person.Role.WITNESS: "W",
    Person.Role.THIRD_PARTY: "F",
}
CONTACT_KINDS: Final = frozenset(
    {IdentifierKind.PHONE, IdentifierKind.EMAIL, IdentifierKind.ACCOUNT, IdentifierKind.ADDRESS}
)


def next_key(role: str, taken: Collection[str]) -> str:
    """Return the next free short name of a role: S, S2, S3, ..."""
    letter = KEY_LETTERS[Person.Role(role)]
    number = 1
    while (key := letter if number == 1 else f"{letter}{number}") in taken:
        number += 1
    return key


def is_contact(identifier: Identifier, roles: Collection[str]) -> bool:
    """Return whether an identifier leads to the victim; `roles` are of those it is said to be of.

    What is marked as sensitive always does; a number, account or address does as soon as anybody
    says that it is the victim's.
    """
    return identifier.is_sensitive or (
        identifier.kind in CONTACT_KINDS and Person.Role.VICTIM in roles
    )


def is_contact_place(place: Place) -> bool:
    """Return whether a place leads to the victim."""
    owner = place.whose
    return place.is_sensitive or (owner is not None and owner.role == Person.Role.VICTIM)


def day_start(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which a day begins in a zone."""
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def day_end(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which a day is over in a zone: the start of the next."""
    return None if day is None else day_start(day + timedelta(days=1), zone)


def first_day(at: datetime | None, zone: str) -> date | None:
    """Return the day of a period's start."""
    return None if at is None else at.astimezone(ZoneInfo(zone)).date()


def last_day(at: datetime | None, zone: str) -> date | None:
    """Return the last day of a period whose end is excluded."""
    return None if at is None else first_day(at - timedelta(microseconds=1), zone)
