"""Publish the record of a super-complaint: what the public site shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.models import Published
from fourfold.web.supercomplaints.errors import OtherComplaintError, SuperComplaintError
from fourfold.web.supercomplaints.models import Designation, SuperComplaint
from fourfold.web.supercomplaints.rules.public_files import NotPublicError
from fourfold.web.supercomplaints.rules.redaction import Quote, stands_in
from fourfold.web.supercomplaints.selectors import contents, public_documents
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Choice:
    """A document chosen for the public, its title there, and whether somebody has read it."""

    ref: str
    title: str
    is_read: bool


def publish_record(
    *, actor: User, supercomplaint: SuperComplaint, chosen: Sequence[Choice] | None = None
) -> Published:
    """Publish a super-complaint with its public steps, its body, and the body's designations.

    `chosen` are the documents that go with it, all of them: what is not among them is public no
    more. Without it, those that were chosen before stay.

    Raises:
        SuperComplaintError: it is a draft (a draft is never public), or a document cannot go.
    """
    decision = access.require(actor, "supercomplaint.publish", supercomplaint)
    if supercomplaint.state == SuperComplaint.State.PREPARING:
        raise SuperComplaintError("A draft is never published. It must be submitted first.")
    with transaction.atomic():
        marked = {} if chosen is None else _mark(actor, supercomplaint, chosen)
        record = public_documents.record_of(supercomplaint)
        made = publish(
            actor=actor,
            content=record.content,
            within_ref=supercomplaint.ref,
            files=record.files,
        )
        publish(actor=actor, content=contents.organisation(supercomplaint.body))
        rows = Designation.objects.filter(organisation=supercomplaint.body)
        for row in rows.select_related("organisation"):
            publish(actor=actor, content=contents.designation(row))
        detail = {
            "version": made.version, "sha256": made.sha256, "files": len(record.files), **marked,
        }  # fmt: skip
        access.record_act(
            actor, "supercomplaint.publish", supercomplaint, decision=decision, detail=detail
        )
    return made


def _mark(
    actor: User, supercomplaint: SuperComplaint, chosen: Sequence[Choice]
) -> dict[str, list[str]]:
    """Mark what goes public and unmark the rest; return what was read through, and taken off."""
    wanted = {each.ref: each for each in chosen}
    offered = public_documents.candidates(actor, supercomplaint)
    if set(wanted) - {each.ref for each in offered}:
        raise OtherComplaintError
    quotes = public_documents.quotes_of(supercomplaint)
    off = []
    for each in offered:
        record, choice = each.record, wanted.get(each.ref)
        if choice is not None:
            _require_ready(choice, quotes)
            record.public_title, record.is_public = choice.title.strip(), True
            record.read_through_at, record.read_through_by = timezone.now(), actor
            record.save()
        elif record.is_public:
            record.is_public = False
            record.save()
            off.append(each.ref)
    return {"documents": sorted(wanted), "taken_off": off}


def _require_ready(choice: Choice, quotes: list[Quote]) -> None:
    if not choice.title.strip():
        raise NotPublicError(f"Give {choice.ref} a title for the public.")
    if not choice.is_read:
        raise NotPublicError(
            f"“{choice.title}” goes public once somebody has read it through. Read it, then say so."
        )
    if any(stands_in(choice.title, quote) for quote in quotes):
        raise NotPublicError(
            f"The title of {choice.ref} holds words that are withheld, or that name the contact"
            " person. Give it another title."
        )


def publish_register(*, actor: User) -> int:
    """Publish every designation with its body; return how many."""
    decision = access.require(actor, "supercomplaint.publish", actor.force)
    rows = list(Designation.objects.select_related("organisation"))
    with transaction.atomic():
        for row in rows:
            publish(actor=actor, content=contents.organisation(row.organisation))
            publish(actor=actor, content=contents.designation(row))
        detail = {"designations": len(rows)}
        access.record_act(
            actor, "supercomplaint.publish", actor.force, decision=decision, detail=detail
        )
    return len(rows)
