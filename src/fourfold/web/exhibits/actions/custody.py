"""What is known of an exhibit, who had it, and what leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Person
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.models import Authority, Continuity, Exhibit
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class ExhibitFacts:
    """What a person records of an exhibit. All may be left out: nothing blocks saving."""

    exhibit_reference: str = ""
    producer: str = ""
    description: str = ""
    received_from: str = ""
    received_at: datetime | None = None
    format_hint: str = ""
    time_zone: str = ""
    person: Person | None = None
    device: str = ""
    identifier_text: str = ""
    parent: Exhibit | None = None


def change_exhibit(
    *, actor: User, exhibit: Exhibit, facts: ExhibitFacts, authorities: Sequence[Authority]
) -> None:
    """Change what is recorded of an exhibit; the bytes and their hash never change."""
    decision = access.require(actor, "exhibit.change", exhibit)
    for other in (facts.person, facts.parent, *authorities):
        if other is not None and other.case_id != exhibit.case_id:
            raise OtherCaseError(other.ref)
    with transaction.atomic():
        changed = [name for name, value in vars(facts).items() if getattr(exhibit, name) != value]
        for name, value in vars(facts).items():
            setattr(exhibit, name, value)
        exhibit.save()
        exhibit.authorities.set(authorities)
        detail = {"changed": changed, "authorities": [each.ref for each in authorities]}
        access.record_act(actor, "exhibit.change", exhibit, decision=decision, detail=detail)


@dataclass(frozen=True)
class HandOver:
    """One hand-over: from whom, to whom, when, why, under which seal."""

    at: datetime
    from_whom: str
    to_whom: str
    reason: str
    seal: str = ""


def record_hand_over(*, actor: User, exhibit: Exhibit, hand_over: HandOver) -> Continuity:
    """Add an entry to the continuity of an exhibit. Entries are never changed."""
    decision = access.require(actor, "exhibit.move", exhibit)
    with transaction.atomic():
        entry = Continuity.objects.create(exhibit=exhibit, recorded_by=actor, **vars(hand_over))
        access.record_act(actor, "exhibit.move", exhibit, decision=decision)
    return entry


def release(*, actor: User, exhibit: Exhibit) -> Path:
    """Let the sealed original go to the actor, after its hash was checked again.

    Raises:
        storage.SealBrokenError: it is missing or changed; nothing leaves.
    """
    decision = access.require(actor, "exhibit.download", exhibit)
    path = storage.verified(exhibit.sha256)
    with transaction.atomic():
        detail = {"sha256": exhibit.sha256, "size_bytes": exhibit.size_bytes}
        access.record_act(actor, "exhibit.download", exhibit, decision=decision, detail=detail)
    return path
