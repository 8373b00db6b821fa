"""Reminders: the program sends nothing; it keeps that somebody did."""

from datetime import date

from django.db import transaction

from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import Reminder
from fourfold.web.recommendations.selectors.owed import Owing, of_complaint
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import access
from fourfold.web.users.models import User


class NothingDueError(RecommendationError):
    """No step is due for this organisation now."""

    def __init__(self) -> None:
        super().__init__(
            "No reminder is due for this organisation now. It was recorded already, or the answer"
            " has come."
        )


def record_reminder(
    *,
    actor: User,
    supercomplaint: SuperComplaint,
    organisation: Organisation,
    step: str,
    today: date,
) -> list[Reminder]:
    """Record that a step which is due was sent, for each deadline that it is about."""
    decision = access.require(actor, "answer.remind", supercomplaint)
    with transaction.atomic():
        SuperComplaint.objects.select_for_update().get(pk=supercomplaint.pk)
        due = [
            owing
            for owing in of_complaint(supercomplaint, today)
            if owing.organisation.pk == organisation.pk and owing.step and owing.step.code == step
        ]
        if not due:
            raise NothingDueError
        made = [_made(actor, supercomplaint, owing, step, today) for owing in due]
        detail = {"organisation": organisation.ref, "step": step, "count": len(made)}
        access.record_act(actor, "answer.remind", supercomplaint, decision=decision, detail=detail)
    return made


def _made(
    actor: User, supercomplaint: SuperComplaint, owing: Owing, step: str, today: date
) -> Reminder:
    if owing.due_on is None:  # no step is ever due without a deadline
        raise NothingDueError
    return Reminder.objects.create(
        supercomplaint=supercomplaint,
        organisation=owing.organisation,
        step=step,
        due_on=owing.due_on,
        sent_on=today,
        sent_to=", ".join(owing.to_whom)[:300],
        numbers=list(owing.numbers),
        by=actor,
    )
