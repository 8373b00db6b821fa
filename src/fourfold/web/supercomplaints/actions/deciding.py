"""Acknowledgement and eligibility: each authority's view, then the joint decision."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.supercomplaints.actions.documents import DocumentFacts, keep_document
from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import (
    Document,
    EligibilityView,
    Organisation,
    Step,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import clocks, notices, procedure
from fourfold.web.supercomplaints.selectors.standing import joint, own_organisation
from fourfold.web.users import access
from fourfold.web.users.models import User

ACK_LATE = "ACK_LATE: acknowledged after the limit of regulation 5."


class ViewError(SuperComplaintError):
    """A view on eligibility cannot be recorded so; its words say why."""


def acknowledge(
    *, actor: User, supercomplaint: SuperComplaint, at: datetime, words: str = ""
) -> Step:
    """Acknowledge a complaint; after the limit the step is flagged late and says so.

    Raises:
        GuardError: only the Chief Inspector acknowledges.
        NotFromHereError: it was acknowledged already, or never received.
        SuperComplaintError: the moment lies before the receipt or in the future.
    """
    access.require(actor, "supercomplaint.acknowledge", supercomplaint)
    received_at = supercomplaint.received_at
    if received_at is not None and at == received_at.replace(second=0, microsecond=0):
        at = received_at  # a form knows minutes: the same minute is not before
    if at > timezone.now() or (received_at is not None and at < received_at):
        raise SuperComplaintError(
            "The acknowledgement must lie between the receipt and now. Check day and time."
        )
    on = at.astimezone(UK).date()
    limit_on = supercomplaint.acknowledge_by_on
    if limit_on is None and received_at is not None:
        limit_on = clocks.acknowledge_by_if_known(received_at.astimezone(UK).date())
    with transaction.atomic():
        if limit_on != supercomplaint.acknowledge_by_on:
            SuperComplaint.objects.filter(pk=supercomplaint.pk).update(acknowledge_by_on=limit_on)
        is_late = limit_on is not None and on > limit_on
        said = words or "The Chief Inspector acknowledged the super-complaint."
        letter = _letter(actor, supercomplaint, "Acknowledgement",
                         acknowledgement_text(supercomplaint, on))  # fmt: skip
        changes = {"acknowledged_at": at, "acknowledge_by_on": limit_on}
        made = Move(
            "acknowledge", on, f"{said} {ACK_LATE}" if is_late else said, letter, changes=changes
        )
        return move(actor=actor, supercomplaint=supercomplaint, made=made)


def acknowledgement_text(supercomplaint: SuperComplaint, on: date) -> str:
    """Return the letter as it would read on a day."""
    return notices.acknowledgement(_about(supercomplaint), on)


def decision_text(supercomplaint: SuperComplaint, on: date, *, is_eligible: bool) -> str:
    """Return the letter of the decision as it would read on a day."""
    about = _about(supercomplaint)
    if is_eligible:
        return notices.eligible(about, on)
    return notices.ineligible(about, on, _reasons(supercomplaint))


@dataclass(frozen=True)
class ViewFacts:
    """What an authority holds: form, bar, which one it repeats, and why, in writing."""

    is_form_met: bool
    reasons: str
    bar: str = EligibilityView.Bar.NONE
    repeats: SuperComplaint | None = None


def record_view(
    *, actor: User, supercomplaint: SuperComplaint, facts: ViewFacts
) -> EligibilityView:
    """Record the view of the actor's authority, or change it before the decision.

    Raises:
        NoOrganisationError, ViewError: the actor's organisation does not decide on this one, the
            state is another, or reasons are missing.
    """
    decision = access.require(actor, "eligibilityview.record", supercomplaint)
    own = own_organisation(actor)
    _check_view(own, supercomplaint, facts)
    with transaction.atomic():
        view = EligibilityView.objects.filter(
            supercomplaint=supercomplaint, authority=own
        ).first() or EligibilityView(supercomplaint=supercomplaint, authority=own)
        for name, value in {**vars(facts), "by": actor, "at": timezone.now()}.items():
            setattr(view, name, value)
        view.save()
        detail = {"form_met": facts.is_form_met, "bar": facts.bar}
        access.record_act(actor, "eligibilityview.record", view, decision=decision, detail=detail)
    return view


def _check_view(own: Organisation, supercomplaint: SuperComplaint, facts: ViewFacts) -> None:
    if own.authority not in procedure.AUTHORITIES[supercomplaint.regime]:
        raise ViewError(f"{own.name} does not decide on super-complaints of this regime.")
    if supercomplaint.state != SuperComplaint.State.ACKNOWLEDGED:
        raise ViewError(
            "Views are recorded after the acknowledgement and before the decision. Reload the page."
        )
    if not facts.reasons.strip():
        raise ViewError("Give the reasons in writing.")
    if facts.bar != EligibilityView.Bar.NONE and facts.repeats is None:
        raise ViewError("Choose the super-complaint that it repeats: the bar depends on it.")
    if facts.repeats is not None and facts.repeats.pk == supercomplaint.pk:
        raise ViewError("It cannot repeat itself. Choose another super-complaint.")


def decide(*, actor: User, supercomplaint: SuperComplaint, on: date) -> Step:
    """Record the joint decision, as all authorities hold it; the letter is made and sealed.

    Raises:
        GuardError: a view is missing, or the views differ.
        NotFromHereError: it is decided already, or not acknowledged yet.
    """
    access.require(actor, "supercomplaint.decide", supercomplaint)
    is_eligible = procedure.agreed(joint(supercomplaint)) is True
    event = "find_eligible" if is_eligible else "find_ineligible"  # the guard refuses a difference
    words = f"The authorities decided together that it is {'' if is_eligible else 'not '}eligible."
    with transaction.atomic():
        text = decision_text(supercomplaint, on, is_eligible=is_eligible)
        letter = _letter(actor, supercomplaint, "Decision on eligibility", text)
        return move(actor=actor, supercomplaint=supercomplaint, made=Move(event, on, words, letter))


def _reasons(supercomplaint: SuperComplaint) -> tuple[notices.Reasons, ...]:
    return tuple(
        notices.Reasons(view.authority.name, view.get_bar_display(), view.is_form_met, view.reasons)
        for view in supercomplaint.eligibility_views.select_related("authority")
    )


def _about(supercomplaint: SuperComplaint) -> notices.About:
    received_at = supercomplaint.received_at
    return notices.About(
        ref=supercomplaint.ref,
        title=supercomplaint.title,
        body=supercomplaint.body.name,
        contact=supercomplaint.contact_name,
        received_on=received_at.astimezone(UK).date() if received_at else supercomplaint.made_on,
        regime=supercomplaint.regime,
    )


def _letter(actor: User, supercomplaint: SuperComplaint, title: str, text: str) -> Document:
    facts = DocumentFacts(
        kind=Document.Kind.LETTER,
        title=title,
        file_name=f"{supercomplaint.ref}-{title.lower().replace(' ', '-')}.txt",
        seen_by=Document.Seen.PARTIES,
        from_whom="The authorities",
    )
    return keep_document(
        actor=actor, supercomplaint=supercomplaint, facts=facts, chunks=[text.encode()]
    )
