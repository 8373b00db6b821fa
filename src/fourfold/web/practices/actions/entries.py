"""Keeping the bank: add an entry, change it, publish it, take it down."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.reference_data import mark_published
from fourfold.web.practices.models import Practice
from fourfold.web.practices.rules.publishing import missing_of_entry
from fourfold.web.practices.selectors import contents
from fourfold.web.publication.actions import publishing
from fourfold.web.publication.content import Kind
from fourfold.web.users import access
from fourfold.web.users.models import User


class NotReadyError(Exception):
    """Something that publishing needs is missing; `missing` says what."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def add_practice(*, actor: User, facts: Mapping[str, Any]) -> Practice:
    """Add an entry, as a draft of the authorities."""
    decision = access.require(actor, "practice.add", Practice())
    with transaction.atomic():
        practice = Practice.objects.create(**facts)
        access.record_act(actor, "practice.add", practice, decision=decision)
    return practice


def change_practice(*, actor: User, practice: Practice, facts: Mapping[str, Any]) -> None:
    """Change an entry; what is published stands until it is published again."""
    decision = access.require(actor, "practice.change", practice)
    with transaction.atomic():
        for name, value in facts.items():
            setattr(practice, name, value)
        practice.save()
        access.record_act(actor, "practice.change", practice, decision=decision)


def publish_practice(*, actor: User, practice: Practice) -> None:
    """Publish an entry as it stands.

    Raises:
        NotReadyError: something that the public needs is missing.
    """
    decision = access.require(actor, "practice.publish", practice)
    if missing := missing_of_entry(practice):
        raise NotReadyError(missing)
    with transaction.atomic():
        made = publishing.publish(actor=actor, content=contents.of_practice(practice))
        if practice.published_at is None:
            practice.published_at = timezone.now()
            mark_published(practice, "published_at")
        detail = {"version": made.version}
        access.record_act(actor, "practice.publish", practice, decision=decision, detail=detail)


def withdraw_practice(*, actor: User, practice: Practice) -> None:
    """Take an entry off the public site, with what was published about its adoption."""
    decision = access.require(actor, "practice.publish", practice)
    with transaction.atomic():
        publishing.withdraw(actor=actor, kind=Kind.PRACTICE, ref=practice.ref)
        for adoption in practice.adoptions.all():
            publishing.withdraw(actor=actor, kind=Kind.ADOPTION, ref=adoption.ref)
        detail = {"withdrawn": True}
        access.record_act(actor, "practice.publish", practice, decision=decision, detail=detail)
