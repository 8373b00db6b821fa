"""Submission: the complaint is sealed as it stands, received, and its clock begins."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.supercomplaints.actions.documents import DocumentFacts, keep_document
from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.models import Document, Step, SuperComplaint
from fourfold.web.supercomplaints.rules import canonical, clocks
from fourfold.web.supercomplaints.rules.form_of_complaint import is_form_met
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.users import access
from fourfold.web.users.models import User

INCOMPLETE = (
    " Submitted although not every item of regulation 4 was fulfilled as far as this program can"
    " tell; the authorities decide."
)


def submit(*, actor: User, supercomplaint: SuperComplaint, at: datetime | None = None) -> Step:
    """Submit a complaint: it is frozen, and two documents of it are sealed (text and JSON).

    The law's only bar to sending it is that the body is designated on the day; whether
    regulation 4 is met the authorities decide (regulation 6), so an incomplete form is no bar.

    Raises:
        GuardError: the body is not designated on that day.
        NotFromHereError: it was submitted already.
    """
    access.require(actor, "supercomplaint.submit", supercomplaint)
    received_at = at or timezone.now()
    on = received_at.astimezone(UK).date()
    is_whole = is_form_met(selectors.told(supercomplaint))
    with transaction.atomic():
        changes: dict[str, object] = {
            "received_at": received_at,
            "acknowledge_by_on": clocks.acknowledge_by_if_known(on),
        }
        words = f"{supercomplaint.body.name} submitted the super-complaint."
        made = Move(
            "submit", on, words + ("" if is_whole else INCOMPLETE), _seal(
                actor, supercomplaint, received_at
            ), changes=changes,
        )  # fmt: skip
        return move(actor=actor, supercomplaint=supercomplaint, made=made)


def _seal(actor: User, supercomplaint: SuperComplaint, at: datetime) -> Document:
    content = selectors.as_submitted(supercomplaint, at)
    made = [
        keep_document(
            actor=actor,
            supercomplaint=supercomplaint,
            facts=DocumentFacts(
                kind=Document.Kind.COMPLAINT,
                title=f"The complaint as submitted ({words})",
                file_name=f"{supercomplaint.ref}-complaint.{suffix}",
                seen_by=Document.Seen.PARTIES,
                from_whom=supercomplaint.body.name,
                given_by=supercomplaint.body,
            ),
            chunks=[data],
        )
        for words, suffix, data in (
            ("text", "txt", canonical.as_text(content)),
            ("JSON", "json", canonical.as_json(content)),
        )
    ]
    return made[0]


def take_receipt(*, actor: User, supercomplaint: SuperComplaint) -> selectors.Sealed:
    """Give out the receipt of a submission, and record that it was taken."""
    decision = access.require(actor, "supercomplaint.receipt", supercomplaint)
    with transaction.atomic():
        access.record_act(actor, "supercomplaint.receipt", supercomplaint, decision=decision)
    return selectors.sealed(supercomplaint)
