"""The invented register: bodies, authorities, forty-three forces and their commissioners."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from fourfold.web.demonstration import people
from fourfold.web.demonstration.people import InventedForce
from fourfold.web.demonstration.press import Press, Sheet
from fourfold.web.demonstration.writing import Book, create
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.reference import register
from fourfold.web.supercomplaints.selectors import contents
from fourfold.web.users.models import User

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World

Kind, Authority = Organisation.Kind, Organisation.Authority
REGION = "Thistleland (invented)"
OFFICES = (
    (people.LANTERNLIGHT, Kind.CHARITY, ""),
    (people.INSPECTORATE, Kind.AUTHORITY, Authority.CHIEF_INSPECTOR),
    (people.CONDUCT, Kind.AUTHORITY, Authority.DIRECTOR_GENERAL),
    (people.COLLEGE, Kind.AUTHORITY, Authority.COLLEGE),
    (people.COUNCIL, Kind.NATIONAL_BODY, ""),
)
UNSIGNED = (
    ("Thistleland Home Department", Kind.GOVERNMENT),
    ("Thistleland Prosecution Service", Kind.NATIONAL_BODY),
)


@dataclass
class Cast:
    """The invented organisations at hand, and who acts for each."""

    forces: list[Organisation] = field(default_factory=list)
    commissioners: list[Organisation] = field(default_factory=list)
    by_name: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[str, User] = field(default_factory=dict)

    def of(self, office: InventedForce) -> Organisation:
        """Return the organisation of a body or force."""
        return self.by_name[office.name]

    def actor(self, office: InventedForce) -> User:
        """Return who signs in for it."""
        return self.actors[office.name]


def write(world: "World", book: Book, press: Press) -> Cast:
    """Write the register of the invented world, and publish it."""
    cast = Cast(actors=_actors(world))
    officer = cast.actor(people.INSPECTORATE)
    tenants = {force.name: force for force in world.forces}
    rows = [
        Organisation(name=office.name, kind=kind, authority=authority, tenant=tenants[office.name])
        for office, kind, authority in OFFICES
    ] + [Organisation(name=name, kind=kind) for name, kind in UNSIGNED]
    names = [*(each.name for each in people.FORCES), *_further()]
    cast.commissioners = _keep(cast, officer, [_commissioner(name) for name in names])
    _keep(cast, officer, rows)
    cast.forces = _keep(
        cast,
        officer,
        [
            Organisation(
                name=name, kind=Kind.TERRITORIAL_FORCE, tenant=tenants.get(name), polices_for=over
            )
            for name, over in zip(names, cast.commissioners, strict=True)
        ],
    )
    designation = _designation(world, cast, officer)
    for each in cast.by_name.values():
        book.note(officer, "organisation.add", each, "open-record")
        press.add(Sheet(contents.organisation(each), officer, world.now))
    book.note(officer, "designation.add", designation, "open-record")
    press.add(Sheet(contents.designation(designation), officer, world.now))
    return cast


def _actors(world: "World") -> dict[str, User]:
    """Return who acts for each tenant around super-complaints."""
    found = {}
    for force, by_role in zip(world.forces, world.users, strict=True):
        for role in ("complainant", "complaints_officer", "responder"):
            if by_role.get(role):
                found[force.name] = by_role[role][0]
    return found


def _further() -> list[str]:
    endings = ("Constabulary", "Police")
    return [
        f"{name} {endings[number % 2]}"
        for number, name in zip(count(), people.FURTHER_FORCES, strict=False)
    ]


def _commissioner(force: str) -> Organisation:
    area = force.removesuffix(" Constabulary").removesuffix(" Police")
    return Organisation(name=f"Police and Crime Commissioner for {area}", kind=Kind.COMMISSIONER)


def _keep(cast: Cast, officer: User, rows: list[Organisation]) -> list[Organisation]:
    for row in rows:
        row.is_invented, row.region = True, REGION
    made = create(Organisation, rows, [officer] * len(rows))
    cast.by_name |= {row.name: row for row in made}
    return made


def _designation(world: "World", cast: Cast, officer: User) -> Designation:
    row = Designation(
        organisation=cast.of(people.LANTERNLIGHT),
        designated_on=(world.now - timedelta(days=2900)).date(),
        instrument="Invented regulations of Thistleland",
        criteria=[each.code for each in register.criteria() if each.regime == "police"],
        note="Invented, as is everything about this body.",
    )
    (made,) = create(Designation, [row], [officer])
    return made
