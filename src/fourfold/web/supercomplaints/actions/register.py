"""The register: organisations, who is designated, and the files that come with the program."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from fourfold.web.base import reference_data
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.users import access
from fourfold.web.users.models import Force, User


class RevocationError(SuperComplaintError):
    """A revocation lacks a ground, or lies before the designation."""


@dataclass(frozen=True)
class OrganisationFacts:
    """What the register says of an organisation, and whose people sign in for it."""

    name: str
    kind: str
    authority: str = ""
    region: str = ""
    website: str = ""
    polices_for: Organisation | None = None
    tenant: Force | None = None
    is_invented: bool = False


def keep_organisation(
    *, actor: User, facts: OrganisationFacts, organisation: Organisation | None = None
) -> Organisation:
    """Add an organisation, or change one."""
    act = "organisation.change" if organisation else "organisation.add"
    organisation = organisation or Organisation()
    decision = access.require(actor, act, organisation)
    with transaction.atomic():
        detail = {"changed": _set(organisation, vars(facts))}
        organisation.save()
        access.record_act(actor, act, organisation, decision=decision, detail=detail)
    return organisation


@dataclass(frozen=True)
class DesignationFacts:
    """That a body is designated: since when, under which instrument and criteria."""

    organisation: Organisation
    regime: str
    designated_on: date | None = None
    designated_words: str = ""
    instrument: str = ""
    criteria: tuple[str, ...] = ()
    source_url: str = ""
    note: str = ""


def keep_designation(
    *, actor: User, facts: DesignationFacts, designation: Designation | None = None
) -> Designation:
    """Record a designation, or change one."""
    act = "designation.change" if designation else "designation.add"
    designation = designation or Designation(organisation=facts.organisation)
    decision = access.require(actor, act, designation)
    with transaction.atomic():
        values = {**vars(facts), "criteria": list(facts.criteria)}
        detail = {"changed": _set(designation, values)}
        designation.save()
        access.record_act(actor, act, designation, decision=decision, detail=detail)
    return designation


@dataclass(frozen=True)
class RevocationFacts:
    """That a designation was revoked: when, on which grounds, by which instrument."""

    revoked_on: date
    grounds: tuple[str, ...]
    instrument: str = ""


def revoke(*, actor: User, designation: Designation, facts: RevocationFacts) -> None:
    """Record that a designation was revoked; from that day the body may not submit.

    Raises:
        RevocationError: without a ground of regulation 4, or before it was designated.
    """
    decision = access.require(actor, "designation.revoke", designation)
    known = {ground.code for ground in reference.grounds()}
    if not facts.grounds or not set(facts.grounds) <= known:
        raise RevocationError("Choose at least one ground: regulation 4 lists them.")
    since = designation.designated_on
    if since is not None and facts.revoked_on < since:
        raise RevocationError("The revocation lies before the designation. Check the day.")
    with transaction.atomic():
        designation.revoked_on = facts.revoked_on
        designation.revocation_grounds = list(facts.grounds)
        designation.revocation_instrument = facts.instrument
        designation.save()
        detail = {"grounds": list(facts.grounds)}
        access.record_act(
            actor, "designation.revoke", designation, decision=decision, detail=detail
        )


def load_register(*, actor: User) -> Counter[str]:
    """Write the organisations and designations that come with the program; count what was done.

    Any number of times: what stands is brought up to date, what a person changed is left alone.
    """
    decision = access.require(actor, "organisation.add", Organisation())
    content = reference.read("organisations.toml")
    done: Counter[str] = Counter()
    by_name: dict[str, Organisation] = {}
    with transaction.atomic():
        for line in content["organisation"]:
            facts = {name: value for name, value in line.items() if name != "name"}
            if "polices_for" in facts:
                facts["polices_for"] = by_name[facts["polices_for"]]
            key = {"name": line["name"]}
            row, what = reference_data.keep(Organisation, key, facts, by=actor)
            by_name[line["name"]] = row
            done[what] += 1
        for line in content["designation"]:
            done[_designation(line, by_name, actor)] += 1
        detail = dict(done)
        access.record_act(actor, "organisation.add", actor.force, decision=decision, detail=detail)
    return done


def _designation(line: Mapping[str, Any], by_name: Mapping[str, Organisation], actor: User) -> str:
    key = {"organisation": by_name[line["organisation"]], "regime": line["regime"]}
    facts = {name: value for name, value in line.items() if name not in key}
    if Designation.objects.filter(**key).exclude(designated_words=facts["designated_words"]):
        return reference_data.LEFT  # a person recorded it otherwise
    return reference_data.keep(Designation, key, facts, by=actor)[1]


def _set(row: Any, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name, None) != value]
    for name, value in values.items():
        setattr(row, name, value)
    return changed
