"""The lead authority, how often progress is reported, and the letters that report it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.errors import NotNowError
from fourfold.web.supercomplaints.models import Organisation, ProgressLetter, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User

UNDER_INVESTIGATION = SuperComplaint.State.UNDER_INVESTIGATION
WORDS = "A progress report was sent to the body."


@dataclass(frozen=True)
class LetterFacts:
    """A letter: its date and its text."""

    on: date
    text: str


def name_lead(*, actor: User, supercomplaint: SuperComplaint, lead: Organisation | None) -> None:
    """Name the authority that leads the work, or none."""
    decision = access.require(actor, "supercomplaint.lead", supercomplaint)
    if lead is not None and not lead.authority:
        raise NotNowError("Only one of the authorities can lead the work. Choose again.")
    with transaction.atomic():
        supercomplaint.refresh_from_db()
        before = supercomplaint.lead.ref if supercomplaint.lead else ""
        supercomplaint.lead = lead
        supercomplaint.save()
        detail = {"before": before or "none", "lead": lead.ref if lead else "none"}
        access.record_act(
            actor, "supercomplaint.lead", supercomplaint, decision=decision, detail=detail
        )


def name_collator(
    *, actor: User, supercomplaint: SuperComplaint, collator: Organisation | None
) -> None:
    """Name who collates the answers, or nobody: they then read what is sent to them."""
    decision = access.require(actor, "supercomplaint.collator", supercomplaint)
    with transaction.atomic():
        supercomplaint.refresh_from_db()
        before = supercomplaint.collator.ref if supercomplaint.collator else ""
        supercomplaint.collator = collator
        supercomplaint.save()
        detail = {"before": before or "none", "collator": collator.ref if collator else "none"}
        access.record_act(
            actor, "supercomplaint.collator", supercomplaint, decision=decision, detail=detail
        )


def set_interval(*, actor: User, supercomplaint: SuperComplaint, every_days: int | None) -> None:
    """Choose how often the body is told of progress; nothing means that no day is due."""
    decision = access.require(actor, "supercomplaint.interval", supercomplaint)
    with transaction.atomic():
        supercomplaint.refresh_from_db()
        before = supercomplaint.progress_every_days
        detail = {"before": before or 0, "every_days": every_days or 0}
        supercomplaint.progress_every_days = every_days
        supercomplaint.save()
        access.record_act(
            actor, "supercomplaint.interval", supercomplaint, decision=decision, detail=detail
        )


def keep_letter(
    *,
    actor: User,
    supercomplaint: SuperComplaint,
    facts: LetterFacts,
    letter: ProgressLetter | None = None,
) -> ProgressLetter:
    """Keep a draft of a letter; the body does not see it before it is sent."""
    decision = access.require(actor, "progressletter.write", letter or supercomplaint)
    with transaction.atomic():
        made = letter or ProgressLetter(supercomplaint=supercomplaint, written_by=actor)
        _must_not_be_sent(made)
        made.on, made.text = facts.on, facts.text
        made.save()
        access.record_act(actor, "progressletter.write", made, decision=decision)
    return made


def send_letter(*, actor: User, letter: ProgressLetter) -> None:
    """Send a letter to the body: it can open it from now on, and a step is recorded.

    Raises:
        NotFromHereError: the super-complaint is not under investigation.
        NotNowError: it was sent already.
    """
    access.require(actor, "progressletter.send", letter)
    with transaction.atomic():
        held = ProgressLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        _must_not_be_sent(held)
        letter.sent_at, letter.sent_by = timezone.now(), actor
        letter.save()
        made = Move("report_progress", letter.on, WORDS)
        move(actor=actor, supercomplaint=letter.supercomplaint, made=made)


def _must_not_be_sent(letter: ProgressLetter) -> None:
    known = ProgressLetter.objects.filter(pk=letter.pk, sent_at__isnull=False)
    if letter.pk and known.exists():
        raise NotNowError("This letter was sent, so it is not changed any more. Write another.")
