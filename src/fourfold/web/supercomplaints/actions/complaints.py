"""Drafting a complaint: the draft, its features, harms and facts, and the talk before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from fourfold.web.supercomplaints.errors import FrozenError, OtherComplaintError
from fourfold.web.supercomplaints.models import (
    Document,
    Fact,
    Feature,
    Harm,
    Organisation,
    Step,
    SuperComplaint,
    Talk,
)
from fourfold.web.supercomplaints.rules import procedure
from fourfold.web.supercomplaints.selectors.standing import own_organisation
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

CHANGE = "supercomplaint.change"


@dataclass(frozen=True)
class DraftFacts:
    """What the draft says of the whole. Only the title must be given."""

    title: str
    regime: str = "police"
    with_whom: str = ""
    subject: str = ""
    contact_name: str = ""
    contact_details: str = ""


def draft(*, actor: User, facts: DraftFacts) -> SuperComplaint:
    """Begin a draft for the actor's organisation.

    Raises:
        NoOrganisationError: the actor's team is linked with none.
    """
    decision = access.require(actor, "supercomplaint.draft", actor.force)
    body = own_organisation(actor)
    with transaction.atomic():
        made = SuperComplaint.objects.create(
            body=body, drafted_by=actor, is_invented=body.is_invented, **vars(facts)
        )
        event = procedure.BY_CODE["draft"]
        Step.objects.create(
            supercomplaint=made, event=event.code, to_state=event.to_state,
            on=made.created_at.date(), words=event.name, basis=event.said.basis,
            source=event.said.source, is_public=False, by=actor,
        )  # fmt: skip
        access.record_act(actor, "supercomplaint.draft", made, decision=decision)
    return made


def change_draft(*, actor: User, supercomplaint: SuperComplaint, facts: DraftFacts) -> None:
    """Change what the draft says of the whole."""
    decision = _open(actor, supercomplaint)
    with transaction.atomic():
        for name, value in vars(facts).items():
            setattr(supercomplaint, name, value)
        supercomplaint.save()
        access.record_act(actor, CHANGE, supercomplaint, decision=decision)


def share(*, actor: User, supercomplaint: SuperComplaint, is_shared: bool) -> None:
    """Let the authorities read the draft for the talk, or take that back."""
    decision = access.require(actor, "supercomplaint.share", supercomplaint)
    _must_be_draft(supercomplaint)
    with transaction.atomic():
        supercomplaint.is_shared_with_authorities = is_shared
        supercomplaint.save()
        detail = {"shared": is_shared}
        access.record_act(
            actor, "supercomplaint.share", supercomplaint, decision=decision, detail=detail
        )


@dataclass(frozen=True)
class TalkFacts:
    """A talk before submission: when, with whom, what was advised."""

    on: date
    with_whom: str
    advice: str


def add_talk(*, actor: User, supercomplaint: SuperComplaint, facts: TalkFacts) -> Talk:
    """Record a talk of the body with the authorities."""
    decision = access.require(actor, "talk.add", supercomplaint)
    _must_be_draft(supercomplaint)
    with transaction.atomic():
        talk = Talk.objects.create(supercomplaint=supercomplaint, recorded_by=actor, **vars(facts))
        access.record_act(actor, "talk.add", talk, decision=decision)
    return talk


@dataclass(frozen=True)
class FeatureFacts:
    """A feature of policing, why it harms, and the forces responsible."""

    text: str
    why_harmful: str = ""
    forces: Sequence[Organisation] = ()
    forces_words: str = ""


def keep_feature(
    *,
    actor: User,
    supercomplaint: SuperComplaint,
    facts: FeatureFacts,
    feature: Feature | None = None,
) -> Feature:
    """Add a feature, or change one."""
    decision = _open(actor, supercomplaint)
    _must_be_of(supercomplaint, feature)
    with transaction.atomic():
        if feature is None:
            last = supercomplaint.features.aggregate(last=Max("number"))["last"] or 0
            feature = Feature(supercomplaint=supercomplaint, number=last + 1)
        for name in ("text", "why_harmful", "forces_words"):
            setattr(feature, name, getattr(facts, name))
        feature.save()
        feature.forces.set(facts.forces)
        access.record_act(actor, CHANGE, feature, decision=decision)
    return feature


@dataclass(frozen=True)
class HarmFacts:
    """A harm: its nature, its scale, the groups it falls on."""

    nature: str
    scale: str = ""
    groups: str = ""


def keep_harm(*, actor: User, feature: Feature, facts: HarmFacts, harm: Harm | None = None) -> Harm:
    """Add a harm to a feature, or change one."""
    decision = _open(actor, feature.supercomplaint)
    harm = harm or Harm(feature=feature)
    _keep(actor, harm, vars(facts), decision)
    return harm


@dataclass(frozen=True)
class FactFacts:
    """A documented fact, its source, and the document that holds it."""

    text: str
    source: str
    document: Document | None = None


def keep_fact(*, actor: User, feature: Feature, facts: FactFacts, fact: Fact | None = None) -> Fact:
    """Add a documented fact to a feature, or change one."""
    decision = _open(actor, feature.supercomplaint)
    document = facts.document
    if document is not None and document.supercomplaint_id != feature.supercomplaint_id:
        raise OtherComplaintError
    fact = fact or Fact(feature=feature)
    _keep(actor, fact, vars(facts), decision)
    return fact


def remove(*, actor: User, part: Feature | Harm | Fact) -> None:
    """Take a feature, harm or fact out of the draft; its versions are kept."""
    supercomplaint = (part if isinstance(part, Feature) else part.feature).supercomplaint
    decision = _open(actor, supercomplaint)
    with transaction.atomic():
        access.record_act(actor, CHANGE, part, decision=decision, detail={"removed": part.ref})
        if isinstance(part, Feature):
            for inner in (*part.harms.all(), *part.facts.all()):
                inner.delete()
        part.delete()


def _keep(actor: User, row: Harm | Fact, values: dict[str, Any], decision: Decision) -> None:
    with transaction.atomic():
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        access.record_act(actor, CHANGE, row, decision=decision)


def _open(actor: User, supercomplaint: SuperComplaint) -> Decision:
    decision = access.require(actor, CHANGE, supercomplaint)
    _must_be_draft(supercomplaint)
    return decision


def _must_be_draft(supercomplaint: SuperComplaint) -> None:
    """Refuse where it was submitted; the database says, not a page that was open for long."""
    state = SuperComplaint.objects.values_list("state", flat=True).get(pk=supercomplaint.pk)
    if state != SuperComplaint.State.PREPARING:
        raise FrozenError


def _must_be_of(supercomplaint: SuperComplaint, feature: Feature | None) -> None:
    if feature is not None and feature.supercomplaint_id != supercomplaint.pk:
        raise OtherComplaintError
