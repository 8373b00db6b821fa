"""A case with people, identifiers, an offence to record, and everybody around it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fourfold.web.cases.actions import people
from fourfold.web.cases.models import Case, Identifier, Offence, Person
from fourfold.web.cases.models.answers import Strength
from fourfold.web.users.models import DeclaredInterest, Role, User


@dataclass(frozen=True)
class Cast:
    """A victim with a phone of hers, and a suspect with a vehicle."""

    victim: Person
    suspect: Person
    phone: Identifier
    vehicle: Identifier


@pytest.fixture
def auditor(make_user: Callable[..., User]) -> User:
    return make_user(Role.AUDITOR, team=None)


@pytest.fixture
def colleague(make_user: Callable[..., User]) -> User:
    """An investigator of the force who is not assigned."""
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def cast(case: Case, investigator: User) -> Cast:
    victim = people.add_person(
        actor=investigator, case=case, facts=people.PersonFacts("victim", name="Ada Example")
    )
    suspect = people.add_person(
        actor=investigator, case=case, facts=people.PersonFacts("suspect", name="Bo Example")
    )
    phone = people.add_identifier(
        actor=investigator,
        case=case,
        facts=people.IdentifierFacts("phone", "07700 900123"),
        whose=people.AttributionFacts(victim, "her contract", Strength.ACCEPTED),
    )
    vehicle = people.add_identifier(
        actor=investigator,
        case=case,
        facts=people.IdentifierFacts("vehicle", "TE00 SEL"),
        whose=people.AttributionFacts(suspect, "seen by a neighbour"),
    )
    return Cast(victim, suspect, phone, vehicle)


@pytest.fixture
def interest(colleague: User) -> DeclaredInterest:
    """The suspect's vehicle, declared by the colleague as a relative's."""
    return DeclaredInterest.objects.create(
        user=colleague, kind="vehicle", normalised="TE00SEL", relation="brother"
    )


@pytest.fixture
def harassment(db: None) -> Offence:
    return Offence.objects.create(
        code="test-harassment",
        title="Harassment (test)",
        statute="A statute",
        jurisdiction="england-and-wales",
        is_harassment=True,
        source="test",
    )


@pytest.fixture
def stalking(db: None) -> Offence:
    return Offence.objects.create(
        code="test-stalking",
        title="Stalking (test)",
        statute="A statute",
        jurisdiction="england-and-wales",
        is_stalking=True,
        source="test",
    )
