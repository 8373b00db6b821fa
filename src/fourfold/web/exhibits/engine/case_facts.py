"""Put what the workspace knows of a case into the engine's model of one."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fourfold.evidence.model import case as engine
from fourfold.web.cases.models import Attribution, Case, Identifier, KnowledgeEvent, Person, Place
from fourfold.web.exhibits.engine.case_file import NAME
from fourfold.web.exhibits.models import Authority, Exhibit
from fourfold.web.users.models import IdentifierKind

SCHEMES = {
    IdentifierKind.PHONE: "tel",
    IdentifierKind.EMAIL: "email",
    IdentifierKind.VEHICLE: "vrm",
    IdentifierKind.DEVICE: "imei",
    IdentifierKind.SIM: "imsi",
    IdentifierKind.CARD: "card",
}
WITH_SCHEME = re.compile(r"[a-z][a-z0-9_]*:.+", re.DOTALL)
ROLES = ("suspect", "victim")  # everybody else is a third party to the engine


def facts_of(case: Case) -> engine.Case:
    """Return everything the engine may know of a case: eight queries, always in one order."""
    people = list(Person.objects.filter(case=case).order_by("id"))
    return engine.Case(
        folder=Path(),
        reference=case.ref,
        title=case.operation_name,
        jurisdiction=case.jurisdiction,
        display_zone=case.display_zone,
        has_case_file=True,
        people=tuple(_person(person) for person in people),
        attributions=tuple(_attributions(case)),
        places=tuple(
            _place(place)
            for place in Place.objects.filter(case=case).select_related("whose").order_by("id")
        ),
        knowledge=tuple(
            _knowledge(told)
            for told in KnowledgeEvent.objects.filter(case=case)
            .select_related("person")
            .order_by("at", "id")
        ),
        authorities=tuple(
            _authority(authority)
            for authority in Authority.objects.filter(case=case).order_by("id")
        ),
        exhibits=tuple(_exhibit(exhibit) for exhibit in exhibits_of(case)),
    )


def exhibits_of(case: Case) -> list[Exhibit]:
    """Return the exhibits that the engine reads: all but case files."""
    found = (
        Exhibit.objects.filter(case=case)
        .select_related("person")
        .prefetch_related("authorities")
        .order_by("path", "id")
    )
    return [exhibit for exhibit in found if not is_case_file(exhibit.path)]


def is_case_file(path: str) -> bool:
    """Return whether a path is that of a case.toml at the root of what was handed in."""
    parts = PurePosixPath(path).parts
    return parts[-1:] == (NAME,) and len(parts) <= 2 and parts[0] != "exhibits"


def _person(person: Person) -> engine.Person:
    role = person.role if person.role in ROLES else "third_party"
    return engine.Person(person.key, role, person.name or None)


def _attributions(case: Case) -> Iterator[engine.Attribution]:
    found = (
        Attribution.objects.filter(identifier__case=case)
        .select_related("identifier", "person")
        .order_by("id")
    )
    for attribution in found:
        if text := engine_identifier(attribution.identifier):
            yield engine.Attribution(
                text,
                attribution.person.key,
                attribution.strength,
                attribution.basis,
                attribution.from_at,
                attribution.to_at,
            )


def engine_identifier(identifier: Identifier) -> str:
    """Return an identifier in the engine's grammar (`tel:+44…`), or nothing where it has none.

    A name or an address is no identifier to the engine. An account is taken as it is written
    where it has a scheme (`telegram:user1`, `name:DEF/3:…`), else in its normal form.
    """
    if WITH_SCHEME.fullmatch(identifier.text):
        return identifier.text
    if identifier.kind == IdentifierKind.ACCOUNT:
        return identifier.normalised if WITH_SCHEME.fullmatch(identifier.normalised) else ""
    scheme = SCHEMES.get(IdentifierKind(identifier.kind))
    if scheme is None or not identifier.normalised:
        return ""
    return f"{scheme}:{identifier.normalised}"


def _place(place: Place) -> engine.Place:
    return engine.Place(
        place.key,
        place.lat,
        place.lon,
        place.label,
        place.radius_m,
        place.whose.key if place.whose else None,
        place.is_sensitive,
    )


def _knowledge(told: KnowledgeEvent) -> engine.Knowledge:
    return engine.Knowledge(told.person.key, told.at, told.by, told.how, told.words)


def _authority(authority: Authority) -> engine.Authority:
    return engine.Authority(
        authority.reference,
        authority.kind,
        authority.from_at,
        authority.to_at,
        tuple(part for text in authority.scope.split(",") if (part := text.strip())),
    )


def _exhibit(exhibit: Exhibit) -> engine.ExhibitFacts:
    return engine.ExhibitFacts(
        file=PurePosixPath(exhibit.path).as_posix(),
        ref=exhibit.exhibit_reference or None,
        producer=exhibit.producer or None,
        received_at=exhibit.received_at,
        authority=tuple(sorted(a.reference for a in exhibit.authorities.all())),
        format=exhibit.format_hint or None,
        time_zone=exhibit.time_zone or None,
        person=exhibit.person.key if exhibit.person else None,
        device=exhibit.device or None,
        identifier=exhibit.identifier_text or None,
        sha256=exhibit.sha256,
    )
