"""Publish the record of a super-complaint: what the public site shows of it."""

from django.db import transaction

from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.models import Published
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import Designation, SuperComplaint
from fourfold.web.supercomplaints.selectors import contents
from fourfold.web.users import access
from fourfold.web.users.models import User


def publish_record(*, actor: User, supercomplaint: SuperComplaint) -> Published:
    """Publish a super-complaint with its public steps, its body, and the body's designations.

    Raises:
        SuperComplaintError: it is a draft; a draft is never public.
    """
    decision = access.require(actor, "supercomplaint.publish", supercomplaint)
    if supercomplaint.state == SuperComplaint.State.PREPARING:
        raise SuperComplaintError("A draft is never published. It must be submitted first.")
    with transaction.atomic():
        made = publish(
            actor=actor,
            content=contents.super_complaint(supercomplaint),
            within_ref=supercomplaint.ref,
        )
        publish(actor=actor, content=contents.organisation(supercomplaint.body))
        rows = Designation.objects.filter(organisation=supercomplaint.body)
        for row in rows.select_related("organisation"):
            publish(actor=actor, content=contents.designation(row))
        detail = {"version": made.version, "sha256": made.sha256}
        access.record_act(
            actor, "supercomplaint.publish", supercomplaint, decision=decision, detail=detail
        )
    return made


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
