"""Take facts of a case file over into the record: what is chosen, and nothing is overwritten."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import transaction

from fourfold.evidence.model import case as engine
from fourfold.web.cases.models import (
    Attribution,
    Case,
    Identifier,
    KnowledgeEvent,
    Person,
    Place,
)
from fourfold.web.exhibits.engine.case_facts import SCHEMES
from fourfold.web.exhibits.engine.offers import (
    AUTHORITY_KINDS,
    NEW,
    TEXT_FIELDS,
    Offer,
    blanks_of,
    offers_of,
)
from fourfold.web.exhibits.models import Authority, CaseFileTaken, Exhibit
from fourfold.web.users import access
from fourfold.web.users.identifiers import normalise
from fourfold.web.users.models import IdentifierKind, User

KINDS = {scheme: kind for kind, scheme in SCHEMES.items()}
ORDER = ("person", "attribution", "place", "knowledge", "authority", "exhibit", "orders")


def take_over(
    *, actor: User, case: Case, exhibit: Exhibit, chosen: Collection[str]
) -> dict[str, int]:
    """Add the chosen facts of a case file; return how many of each kind were added.

    A fact about a person whom the record does not have, and who is not chosen, is left out.
    """
    decision = access.require(actor, "case.change", case)
    with transaction.atomic():
        offers = offers_of(case, exhibit)
        taking = [o for o in offers.offers if o.state == NEW and o.key in chosen]
        taken = _Taking(case)
        for kind in ORDER:
            for offer in (o for o in taking if o.kind == kind):
                taken.take(offer)
        if taken.counts:
            CaseFileTaken.objects.create(
                case=case,
                exhibit=exhibit,
                taken_by=actor,
                counts=dict(taken.counts),
                orders_toml=offers.orders_toml if taken.counts["orders"] else "",
            )
            detail = {"from_exhibit": exhibit.ref, **taken.counts}
            access.record_act(actor, "case.change", case, decision=decision, detail=detail)
    return dict(taken.counts)


class _Taking:
    """Writes facts into the record, one kind after the other: people first."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.people = {person.key: person for person in Person.objects.filter(case=case)}
        self.counts: Counter[str] = Counter()

    def take(self, offer: Offer) -> None:
        """Add one fact, where the people whom it names are known."""
        if getattr(self, f"_take_{offer.kind}")(offer.fact):
            self.counts[offer.kind] += 1

    def _take_person(self, fact: engine.Person) -> bool:
        person = Person(
            case=self.case, key=fact.key[:20], role=fact.role, name=(fact.name or "")[:200]
        )
        person.save()
        self.people[fact.key] = person
        return True

    def _take_attribution(self, fact: engine.Attribution) -> bool:
        if fact.person not in self.people:
            return False
        Attribution(
            identifier=self._identifier(fact.identifier),
            person=self.people[fact.person],
            from_at=fact.from_at,
            to_at=fact.to_at,
            basis=fact.basis[:500],
            strength=fact.strength,
        ).save()
        return True

    def _identifier(self, text: str) -> Identifier:
        scheme, _, value = text.partition(":")
        kind = KINDS.get(scheme, IdentifierKind.ACCOUNT)
        shown = value if scheme in KINDS else text
        found, _ = Identifier.objects.get_or_create(
            case=self.case,
            kind=kind,
            normalised=normalise(kind, shown),
            defaults={"text": shown[:300]},
        )
        return found

    def _take_place(self, fact: engine.Place) -> bool:
        if fact.whose and fact.whose not in self.people:
            return False
        Place(
            case=self.case, key=fact.key[:50], label=fact.label[:200], lat=fact.lat, lon=fact.lon,
            radius_m=fact.radius_m, is_sensitive=fact.is_sensitive,
            whose=self.people[fact.whose] if fact.whose else None,
        ).save()  # fmt: skip
        return True

    def _take_knowledge(self, fact: engine.Knowledge) -> bool:
        if fact.person not in self.people:
            return False
        KnowledgeEvent(
            case=self.case, person=self.people[fact.person], at=fact.at, by=fact.by[:100],
            how=fact.how[:100], words=fact.words,
        ).save()  # fmt: skip
        return True

    def _take_authority(self, fact: engine.Authority) -> bool:
        Authority(
            case=self.case, reference=fact.ref[:100], kind=AUTHORITY_KINDS[fact.kind],
            from_at=fact.from_at, to_at=fact.to_at, scope=", ".join(fact.scope)[:500],
        ).save()  # fmt: skip
        return True

    def _take_exhibit(self, fact: tuple[Exhibit, engine.ExhibitFacts]) -> bool:
        exhibit, facts = fact
        blanks = blanks_of(exhibit, facts)
        for name, column, most in TEXT_FIELDS:
            if column in blanks:
                setattr(exhibit, column, str(getattr(facts, name))[:most])
        if "received_at" in blanks:
            exhibit.received_at = facts.received_at
        if "person" in blanks and facts.person in self.people:
            exhibit.person = self.people[facts.person]
        exhibit.save()
        if "authorities" in blanks:
            exhibit.authorities.set(
                Authority.objects.filter(case=self.case, reference__in=facts.authority)
            )
        return True

    def _take_orders(self, _fact: Any) -> bool:
        return True
