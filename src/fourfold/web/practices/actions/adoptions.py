"""What an organisation records about a practice it takes up, and what it publishes of that."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.reference_data import mark_published
from fourfold.web.practices.actions.entries import NotReadyError
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.practices.rules.publishing import missing_of_adoption
from fourfold.web.practices.selectors import contents
from fourfold.web.practices.selectors.bank import is_standing
from fourfold.web.publication.actions import publishing
from fourfold.web.publication.content import Kind
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users import access
from fourfold.web.users.models import User


def record_adoption(
    *, actor: User, practice: Practice, organisation: Organisation, facts: Mapping[str, Any]
) -> Adoption:
    """Record, or change, how the actor's organisation stands to a practice."""
    access.require(actor, "practice.open", practice)
    held = Adoption.objects.filter(practice=practice, organisation=organisation).first()
    adoption = held or Adoption(practice=practice, organisation=organisation)
    decision = access.require(actor, "adoption.change", adoption)
    with transaction.atomic():
        for name, value in facts.items():
            setattr(adoption, name, value)
        adoption.save()
        detail = {"practice": practice.ref, "state": adoption.state}
        access.record_act(actor, "adoption.change", adoption, decision=decision, detail=detail)
    return adoption


def missing(adoption: Adoption) -> list[str]:
    """Return what an adoption still lacks for publishing."""
    is_published = is_standing(Kind.PRACTICE, adoption.practice.ref)
    return missing_of_adoption(adoption, is_entry_published=is_published)


def publish_adoption(*, actor: User, adoption: Adoption) -> None:
    """Publish an adoption as it stands.

    Raises:
        NotReadyError: something that the public needs is missing.
    """
    decision = access.require(actor, "adoption.publish", adoption)
    if lacking := missing(adoption):
        raise NotReadyError(lacking)
    with transaction.atomic():
        made = publishing.publish(
            actor=actor,
            content=contents.of_adoption(adoption),
            within_ref=adoption.practice.ref,
        )
        adoption.published_at = timezone.now()
        mark_published(adoption, "published_at")
        detail = {"version": made.version}
        access.record_act(actor, "adoption.publish", adoption, decision=decision, detail=detail)


def withdraw_adoption(*, actor: User, adoption: Adoption) -> None:
    """Take an adoption off the public site."""
    decision = access.require(actor, "adoption.publish", adoption)
    with transaction.atomic():
        publishing.withdraw(actor=actor, kind=Kind.ADOPTION, ref=adoption.ref)
        detail = {"withdrawn": True}
        access.record_act(actor, "adoption.publish", adoption, decision=decision, detail=detail)
