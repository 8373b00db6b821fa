"""A report's people and identifiers become the case's: added where new, never written over."""

from collections.abc import Iterable, Sequence
from typing import Final

from fourfold.web.cases import search
from fourfold.web.cases.models import (
    Attribution,
    Case,
    Identifier,
    Person,
    Report,
    ReportIdentifier,
)
from fourfold.web.cases.models.answers import Strength
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import IdentifierKind, User

ROLES: Final = {
    ReportIdentifier.Whose.SUSPECT: Person.Role.SUSPECT,
    ReportIdentifier.Whose.VICTIM: Person.Role.VICTIM,
}
KEYS: Final = {Person.Role.SUSPECT: "S", Person.Role.VICTIM: "V"}
SAID: Final = {
    ReportIdentifier.Whose.SUSPECT: "said to be the suspect's",
    ReportIdentifier.Whose.VICTIM: "said to be the victim's",
}


def carry(actor: User, report: Report, case: Case) -> dict[str, int]:
    """Add what the case does not know yet; return how many of each for the ledger."""
    rows = [row for row in report.identifiers.all() if row.normalised]
    known, added = _identifiers(actor, case, rows)
    people = list(case.people.all())
    before = len(people)
    attributed = 0
    for whose, role in ROLES.items():
        theirs = [row for row in rows if row.whose == whose]
        person = _person(actor, case, people, Person.Role(role), theirs)
        if person is not None:
            basis = f"Told in report {report}: {SAID[whose]}"
            attributed += _attribute(actor, person, [known[_key(row)] for row in theirs], basis)
    return {"people": len(people) - before, "identifiers": added, "attributions": attributed}


def _key(row: ReportIdentifier | Identifier) -> tuple[str, str]:
    return row.kind, row.normalised


def _identifiers(
    actor: User, case: Case, rows: Iterable[ReportIdentifier]
) -> tuple[dict[tuple[str, str], Identifier], int]:
    """Return the case's identifiers by kind and form, new ones added, and how many are new."""
    known = {_key(one): one for one in case.identifiers.all()}
    before = len(known)
    for row in rows:
        standing = known.get(_key(row))
        if standing is None:
            standing = Identifier(
                case=case, kind=row.kind, text=row.text, normalised=row.normalised,
                is_sensitive=row.is_sensitive,
            )  # fmt: skip
            known[_key(row)] = standing
            _save(standing, actor)
        elif row.is_sensitive and not standing.is_sensitive:
            standing.is_sensitive = True  # protection is added, never taken away
            _save(standing, actor)
    return known, len(known) - before


def _person(
    actor: User,
    case: Case,
    people: list[Person],
    role: Person.Role,
    rows: Sequence[ReportIdentifier],
) -> Person | None:
    """Return whose the identifiers are in the case; None where a person has to decide.

    Somebody of the same name is that person, in whatever role. A name that nobody has makes a new
    person. Without a name, it is the one person of the role, if there is just one or none yet.
    """
    if not rows:
        return None
    names = [row for row in rows if row.kind == IdentifierKind.NAME]
    told = {row.normalised for row in names}
    same = [one for one in people if one.name and normalise("name", one.name) in told]
    if same:
        return same[0] if len(same) == 1 else None
    of_role = [one for one in people if one.role == role]
    if of_role and not names:
        return of_role[0] if len(of_role) == 1 else None
    if len(of_role) == 1 and not of_role[0].name:
        return of_role[0]
    return _new_person(actor, case, people, role, names[0].text if names else "")


def _new_person(
    actor: User, case: Case, people: list[Person], role: Person.Role, name: str
) -> Person:
    taken = {one.key for one in people}
    letter, number = KEYS[role], 1
    while (key := letter if number == 1 else f"{letter}{number}") in taken:
        number += 1
    person = Person(case=case, key=key, role=role, name=name[:200])
    _save(person, actor)
    people.append(person)
    search.keep_person(person)
    return person


def _attribute(actor: User, person: Person, known: Iterable[Identifier], basis: str) -> int:
    """Say whose each identifier is, once; return how many were said anew."""
    unique = {one.pk: one for one in known}
    said = set(
        Attribution.objects.filter(person=person, identifier__in=unique).values_list(
            "identifier", flat=True
        )
    )
    for key, one in unique.items():
        if key not in said:
            _save(
                Attribution(identifier=one, person=person, basis=basis, strength=Strength.ASSUMED),
                actor,
            )
    return len(unique) - len(said)


def _save(record: Identifier | Person | Attribution, by: User) -> None:
    record._history_user = by  # type: ignore[union-attr]
    record.save()
