"""Change an answer after sign-off: the change is logged for good, the first answer stays."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Amendment, Question, ReplyAnswer, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.answers import problem_of
from fourfold.web.surveys.rules.kinds import NONE, Given, Kind
from fourfold.web.surveys.selectors.filled import answers_of
from fourfold.web.users import access
from fourfold.web.users.models import User

AMEND = "surveyreply.amend"


@dataclass(frozen=True)
class Change:
    """The new answer, why, and who of the force stands behind it."""

    given: Given
    reason: str
    asked_for_by: str


def amend(*, actor: User, reply: SurveyReply, question: Question, change: Change) -> Amendment:
    """Record a change of a signed answer."""
    decision = access.require(actor, AMEND, reply)
    if words := states.why_not_amend(reply.state):
        raise SurveyError(words)
    if question.section.survey_id != reply.survey_id or question.kind == Kind.FILE:
        raise SurveyError("That question has no answer to amend here.")
    if words := problem_of(question.shape, change.given):
        raise SurveyError(words)
    with transaction.atomic():
        SurveyReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
        before = answers_of(reply).get(question.pk, NONE)
        if before == change.given:
            raise SurveyError("That is the answer as it stands. Nothing was changed.")
        amendment = Amendment.objects.create(
            reply=reply,
            question=question,
            from_state=before.state,
            from_value=before.value,
            to_state=change.given.state,
            to_value=change.given.value,
            reason=change.reason,
            asked_for_by=change.asked_for_by,
            by=actor,
            at=timezone.now(),
            is_after_closing=reply.survey.state in states.ENDED,
        )
        _choose_again(actor, reply, question)
        detail = {"question": question.ref}
        access.record_act(actor, AMEND, reply, decision=decision, detail=detail)
    return amendment


def _choose_again(actor: User, reply: SurveyReply, question: Question) -> None:
    """Take the answer out of the choice for publication: other words want to be read again."""
    first, _ = ReplyAnswer.objects.get_or_create(
        reply=reply,
        question=question,
        defaults={"state": NONE.state, "value": NONE.value, "changed_by": actor},
    )
    if first.is_chosen:
        first.is_chosen = False
        first.save()
