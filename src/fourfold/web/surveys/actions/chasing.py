"""Chase replies: letters built and logged, more time, replies that came on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Reminder, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Letter:
    """A letter that was built for one organisation."""

    reply: SurveyReply
    words: str


def remind(*, actor: User, survey: Survey, letters: Sequence[Letter]) -> int:
    """Log letters that were built for forces which have not replied; the program sends none."""
    decision = access.require(actor, "survey.remind", survey)
    if survey.state == Survey.State.DRAFT:
        raise SurveyError("The survey is not open yet. There is nothing to remind of.")
    if any(letter.reply.survey_id != survey.pk for letter in letters):
        raise SurveyError("That reply belongs to another survey.")
    with transaction.atomic():
        Reminder.objects.bulk_create(
            Reminder(reply=letter.reply, words=letter.words, by=actor, at=timezone.now())
            for letter in letters
        )
        detail = {"reminded": [letter.reply.ref for letter in letters]}
        access.record_act(actor, "survey.remind", survey, decision=decision, detail=detail)
    return len(letters)


def give_more_time(*, actor: User, reply: SurveyReply, until_on: date, today: date) -> None:
    """Let one force reply until a later day."""
    survey = reply.survey
    decision = access.require(actor, "survey.change", survey)
    if reply.state == SurveyReply.State.SIGNED:
        raise SurveyError("The reply is signed off. It needs no more time.")
    if until_on < today or (survey.closes_on is not None and until_on <= survey.closes_on):
        raise SurveyError("Enter a day after today and after the closing day.")
    with transaction.atomic():
        reply.more_time_until_on = until_on
        reply.save()
        detail = {"reply": reply.ref, "more_time": True}
        access.record_act(actor, "survey.change", survey, decision=decision, detail=detail)


def enter_for(*, actor: User, reply: SurveyReply, came_as: str, came_on: date | None) -> None:
    """Take a reply over that came on paper or as a file, to enter it, marked as such."""
    survey = reply.survey
    decision = access.require(actor, "survey.change", survey)
    if survey.state == Survey.State.DRAFT:
        raise SurveyError("The survey is not open yet.")
    if reply.state != SurveyReply.State.NOT_STARTED:
        raise SurveyError("The force has begun its own reply. Ask it to finish there.")
    with transaction.atomic():
        reply.is_entered_by_authority = True
        reply.came_as, reply.came_on = came_as, came_on
        reply.save()
        detail = {"reply": reply.ref, "entered_by_authority": True}
        access.record_act(actor, "survey.change", survey, decision=decision, detail=detail)


def hand_back(*, actor: User, reply: SurveyReply) -> None:
    """Let the force write its reply itself again, before anything was signed."""
    survey = reply.survey
    decision = access.require(actor, "survey.change", survey)
    if not reply.is_entered_by_authority or reply.state == SurveyReply.State.SIGNED:
        raise SurveyError("There is nothing to hand back.")
    if reply.state != SurveyReply.State.NOT_STARTED:
        raise SurveyError("Answers were entered already. Finish the reply, then amend it.")
    with transaction.atomic():
        reply.is_entered_by_authority, reply.came_as, reply.came_on = False, "", None
        reply.save()
        detail = {"reply": reply.ref, "handed_back": True}
        access.record_act(actor, "survey.change", survey, decision=decision, detail=detail)


def is_waited_for(reply: SurveyReply) -> bool:
    """Say whether a reply is still to come."""
    return reply.state != states.SIGNED
