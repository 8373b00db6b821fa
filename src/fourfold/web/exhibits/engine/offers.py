"""What a case.toml that came as a file would add to the record of the case: offered, not taken."""

import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.db.models import Count, Exists, OuterRef, Value

from fourfold.evidence import pipeline
from fourfold.evidence.errors import FourfoldError
from fourfold.evidence.model import case as engine
from fourfold.web.base.words import uk_time
from fourfold.web.cases.models import Attribution, Case, KnowledgeEvent, Person, Place
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.engine.case_facts import engine_identifier
from fourfold.web.exhibits.engine.case_file import NAME, orders_text
from fourfold.web.exhibits.models import Authority, CaseFileTaken, Exhibit

NEW, STANDS, CONFLICT = "new", "stands", "conflict"
LARGEST_BYTES = 4 * 1024 * 1024
ROLES = {"suspect": "suspect", "victim": "victim"}
AUTHORITY_KINDS = {
    **{kind: kind for kind in Authority.Kind.values},
    "consent": Authority.Kind.CONSENT_NOTICE,
    "device_examination": Authority.Kind.SEIZURE,
}
TEXT_FIELDS = (
    ("ref", "exhibit_reference", 50), ("producer", "producer", 200), ("format", "format_hint", 50),
    ("time_zone", "time_zone", 50), ("device", "device", 100),
    ("identifier", "identifier_text", 200),
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """One fact of the file: whether it is new, stands already, or does not fit the record."""

    key: str
    kind: str
    label: str
    detail: str
    state: str
    note: str = ""
    fact: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Offers:
    """Everything that a file offers, or why it cannot be read."""

    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()
    orders_toml: str = ""
    fault: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> list[Offer]:
        """Return the offers of a kind."""
        return [offer for offer in self.offers if offer.kind == kind]


def offers_of(case: Case, exhibit: Exhibit) -> Offers:
    """Compare a case file with the record of the case."""
    try:
        text, facts = _read(exhibit)
    except (FourfoldError, UnicodeDecodeError) as error:
        return Offers(fault=str(error))
    return _Comparison(case, exhibit, facts, text).offers()


def _read(exhibit: Exhibit) -> tuple[str, engine.Case]:
    """Read the sealed original, its hash checked, by the engine's own parser."""
    if exhibit.size_bytes > LARGEST_BYTES:
        raise FourfoldError("This file is too large for a case file.")
    path = storage.verified(exhibit.sha256)
    with tempfile.TemporaryDirectory(prefix="fourfold-case-") as folder:
        (Path(folder) / NAME).symlink_to(path)
        try:
            facts = pipeline.load_case(Path(folder))
        except FourfoldError as error:
            raise FourfoldError(str(error).replace(f"{folder}/", "")) from error
    return path.read_bytes().decode("utf-8-sig"), facts


class _Comparison:
    """One file beside one record."""

    def __init__(self, case: Case, exhibit: Exhibit, facts: engine.Case, text: str) -> None:
        self.case, self.exhibit, self.facts, self.text = case, exhibit, facts, text
        self.people = {person.key: person for person in Person.objects.filter(case=case)}
        self.known = _known(case)
        self.exhibits = {exhibit.path: exhibit for exhibit in _exhibits(case)}
        self.clashing = {
            p.key
            for p in facts.people
            if p.key in self.people and _role(self.people[p.key].role) != _role(p.role)
        }

    def offers(self) -> Offers:
        orders, order_offers, notes = self._orders()
        found = (
            *self._people(), *self._attributions(), *self._places(), *self._knowledge(),
            *self._authorities(), *self._exhibits(), *order_offers,
        )  # fmt: skip
        counts = {state: sum(o.state == state for o in found) for state in (NEW, STANDS, CONFLICT)}
        return Offers(found, (*self.facts.notes, *self._differences(), *notes), orders, "", counts)

    def _differences(self) -> Iterator[str]:
        if self.facts.jurisdiction != self.case.jurisdiction:
            yield f"Another jurisdiction stands in the file: {self.facts.jurisdiction}. Not taken."
        if self.facts.display_zone != self.case.display_zone:
            yield f"Another time zone stands in the file: {self.facts.display_zone}. Not taken."

    def _offer(self, kind: str, key: object, label: str, detail: str, **more: Any) -> Offer:
        people = more.pop("people", ())
        clash = next((p for p in people if p in self.clashing), "")
        if clash:
            more |= {
                "state": CONFLICT,
                "note": f"The record has a person {clash} with another part in the case.",
            }
        return Offer(f"{kind}:{key}", kind, label, detail, **more)

    def _people(self) -> Iterator[Offer]:
        for person in self.facts.people:
            stands = self.people.get(person.key)
            label = f"{person.key}, {person.role.replace('_', ' ')}"
            note = ""
            if stands and person.name and stands.name and stands.name != person.name:
                note = "The record has another name, which stays."
            yield self._offer(
                "person", person.key, label, person.name or "No name given",
                state=STANDS if stands else NEW, note=note, fact=person, people=(person.key,),
            )  # fmt: skip

    def _attributions(self) -> Iterator[Offer]:
        known = {
            (engine_identifier(a.identifier).casefold(), a.person.key, a.from_at, a.to_at)
            for a in Attribution.objects.filter(identifier__case=self.case).select_related(
                "identifier", "person"
            )
        }
        for number, a in enumerate(self.facts.attributions):
            is_known = (a.identifier.casefold(), a.person, a.from_at, a.to_at) in known
            yield self._offer(
                "attribution", number, a.identifier,
                f"{a.person}, {a.strength}{_period(a.from_at, a.to_at)}. {a.basis}".strip(),
                state=STANDS if is_known else NEW, fact=a, people=(a.person,),
            )  # fmt: skip

    def _places(self) -> Iterator[Offer]:
        for place in self.facts.places:
            secret = " Sensitive." if place.is_sensitive else ""
            yield self._offer(
                "place", place.key, place.label or place.key,
                f"{place.lat:.6f}, {place.lon:.6f}, radius {place.radius_m:g} m.{secret}",
                state=STANDS if ("place", place.key) in self.known else NEW, fact=place,
                people=(place.whose,) if place.whose else (),
            )  # fmt: skip

    def _knowledge(self) -> Iterator[Offer]:
        known = set(KnowledgeEvent.objects.filter(case=self.case).values_list("person__key", "at"))
        for number, told in enumerate(self.facts.knowledge):
            yield self._offer(
                "knowledge", number, f"{told.person} told to stop, {uk_time(told.at)}",
                ", ".join(filter(None, (told.by, told.how, told.words))),
                state=STANDS if (told.person, told.at) in known else NEW, fact=told,
                people=(told.person,),
            )  # fmt: skip

    def _authorities(self) -> Iterator[Offer]:
        for authority in self.facts.authorities:
            is_known = ("authority", authority.ref) in self.known
            state, note = (STANDS if is_known else NEW), ""
            if state == NEW and authority.kind not in AUTHORITY_KINDS:
                state, note = CONFLICT, "Its kind is not known here. Add it by hand."
            kind = authority.kind.replace("_", " ")
            yield self._offer(
                "authority", authority.ref, authority.ref,
                f"{kind}{_period(authority.from_at, authority.to_at)}", state=state, note=note,
                fact=authority,
            )  # fmt: skip

    def _exhibits(self) -> Iterator[Offer]:
        root = PurePosixPath(self.exhibit.path).parent
        for facts in self.facts.exhibits:
            exhibit = self.exhibits.get((root / facts.file).as_posix())
            state, note, detail = _exhibit_state(exhibit, facts)
            yield self._offer(
                "exhibit", facts.file, facts.file, detail, state=state, note=note,
                fact=(exhibit, facts), people=(facts.person,) if facts.person else (),
            )  # fmt: skip

    def _orders(self) -> tuple[str, list[Offer], list[str]]:
        if not self.facts.orders:
            return "", [], []
        text = orders_text(self.text)
        if tomllib.loads(text).get("order") != tomllib.loads(self.text).get("order"):
            return "", [], ["The orders in the file could not be told apart from its other facts."]
        is_taken = getattr(self.exhibits[self.exhibit.path], "has_orders_taken", False)
        keys = ", ".join(f"{o.key} ({o.kind.replace('_', ' ')})" for o in self.facts.orders)
        people = [p for o in self.facts.orders for p in (o.defendant, *o.protected)]
        terms = sum(len(o.terms) for o in self.facts.orders)
        offer = self._offer(
            "orders", "all", keys, f"{terms} terms, kept word for word",
            state=STANDS if is_taken else NEW, people=people,
            note="The engine gets them as they are written. They cannot be changed here yet.",
        )  # fmt: skip
        return text, [offer], []


def _exhibits(case: Case) -> Iterable[Exhibit]:
    """Return the exhibits, each with its authorities counted and whether orders came of it."""
    orders = CaseFileTaken.objects.filter(exhibit=OuterRef("pk")).exclude(orders_toml="")
    return (
        Exhibit.objects.filter(case=case)
        .select_related("person")
        .annotate(authority_count=Count("authorities"), has_orders_taken=Exists(orders))
    )


def _known(case: Case) -> set[tuple[str, str]]:
    """Return the keys of places and the references of authorities that the record has."""
    places = Place.objects.filter(case=case).order_by().annotate(of=Value("place"))
    authorities = Authority.objects.filter(case=case).order_by().annotate(of=Value("authority"))
    found = places.values_list("of", "key").union(authorities.values_list("of", "reference"))
    return set(found)


def _exhibit_state(exhibit: Exhibit | None, facts: engine.ExhibitFacts) -> tuple[str, str, str]:
    if exhibit is None:
        return CONFLICT, "This file has not been uploaded.", ""
    if facts.sha256 and facts.sha256.lower() != exhibit.sha256:
        note = "The case file gives another SHA-256 than the file that was uploaded. Find out why."
        return CONFLICT, note, ""
    blanks = blanks_of(exhibit, facts)
    return (NEW if blanks else STANDS), "", ", ".join(blanks.values())


def blanks_of(exhibit: Exhibit, facts: engine.ExhibitFacts) -> dict[str, str]:
    """Return the fields of an exhibit that are blank and that the file fills, with the words."""
    found = {
        column: str(getattr(facts, name))
        for name, column, _ in TEXT_FIELDS
        if getattr(facts, name) and not getattr(exhibit, column)
    }
    if facts.person and exhibit.person is None:
        found["person"] = f"from {facts.person}"
    if facts.received_at and exhibit.received_at is None:
        found["received_at"] = f"received {uk_time(facts.received_at)}"
    if facts.authority and not getattr(exhibit, "authority_count", 0):
        found["authorities"] = "under " + ", ".join(facts.authority)
    return found


def _role(role: str) -> str:
    return ROLES.get(role, "third_party")


def _period(starts: Any, ends: Any) -> str:
    told = [f" from {uk_time(starts)}"] if starts else []
    return "".join([*told, f" to {uk_time(ends)}"] if ends else told)
