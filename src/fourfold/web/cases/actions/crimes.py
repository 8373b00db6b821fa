"""Recorded crimes: the principal offence, the included ones, and what the registrar notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fourfold.web.cases import search
from fourfold.web.cases.actions.versions import drop, keep
from fourfold.web.cases.models import Case, IncludedOffence, Offence, RecordedCrime
from fourfold.web.users import access
from fourfold.web.users.models import User


class IncludedAlreadyError(ValueError):
    """The offence stands in this crime already."""


class NotIncludedError(ValueError):
    """The offence is not an included one of this crime."""


class ReasonMissingError(ValueError):
    """An offence is taken out without a reason."""


@dataclass(frozen=True)
class CrimeFacts:
    """A crime as it is recorded."""

    crime_number: str
    principal: Offence
    recorded_on: date
    registrar_note: str = ""
    harassment_reason: str = ""


def add_crime(
    *, actor: User, case: Case, facts: CrimeFacts, included: Sequence[Offence] = ()
) -> RecordedCrime:
    """Record a crime with its principal offence and the included ones."""
    decision = access.require(actor, "crime.add", case)
    others = [offence for offence in included if offence != facts.principal]
    with transaction.atomic():
        crime = RecordedCrime(case=case, recorded_by=actor, **vars(facts))
        keep(crime, by=actor)
        for offence in others:
            keep(IncludedOffence(crime=crime, offence=offence, added_by=actor), by=actor)
        search.keep_crime(crime)
        access.record_act(
            actor, "crime.add", crime, decision=decision,
            detail={"principal": facts.principal.code, "included": [o.code for o in others]},
        )  # fmt: skip
    return crime


def change_crime(*, actor: User, crime: RecordedCrime, facts: CrimeFacts) -> RecordedCrime:
    """Change a recorded crime. A former principal offence that should stay is included anew."""
    decision = access.require(actor, "crime.change", crime)
    if crime.inclusions.filter(offence=facts.principal).exists():
        raise IncludedAlreadyError("This offence is an included one. Take it out there first.")
    with transaction.atomic():
        changed = [name for name, value in vars(facts).items() if getattr(crime, name) != value]
        for name in changed:
            setattr(crime, name, getattr(facts, name))
        keep(crime, by=actor)
        search.keep_crime(crime)
        access.record_act(
            actor, "crime.change", crime, decision=decision, detail={"changed": changed}
        )
    return crime


def include_offence(*, actor: User, crime: RecordedCrime, offence: Offence) -> IncludedOffence:
    """Include an offence, so that it is found though it is not the principal one."""
    decision = access.require(actor, "crime.change", crime)
    if crime.principal_id == offence.pk or crime.inclusions.filter(offence=offence).exists():
        raise IncludedAlreadyError("This offence stands in this crime already.")
    with transaction.atomic():
        inclusion = IncludedOffence(crime=crime, offence=offence, added_by=actor)
        keep(inclusion, by=actor)
        search.keep_crime(crime)
        access.record_act(
            actor, "crime.change", crime, decision=decision, detail={"included": offence.code}
        )
    return inclusion


def remove_included(*, actor: User, crime: RecordedCrime, offence: Offence, reason: str) -> None:
    """Take an included offence out; versions keep that it stood there, and the reason."""
    decision = access.require(actor, "crime.change", crime)
    if not reason.strip():
        raise ReasonMissingError("Say why the offence is taken out.")
    inclusion = crime.inclusions.filter(offence=offence).first()
    if inclusion is None:
        raise NotIncludedError("This offence is not an included one.")
    with transaction.atomic():
        drop(inclusion, by=actor, why=reason)
        search.keep_crime(crime)
        access.record_act(
            actor, "crime.change", crime, decision=decision, detail={"removed": offence.code}
        )
