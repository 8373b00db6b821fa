"""Publish a survey: what each question's switch allows, and nothing of a person."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.models import Published
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import ReplyAnswer, ReplyFile, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.answers import is_free_text
from fourfold.web.surveys.selectors.annex import annex_of
from fourfold.web.users import access
from fourfold.web.users.models import User


def choose_texts(
    *, actor: User, survey: Survey, answers: Iterable[str], files: Iterable[str]
) -> None:
    """Choose, one by one, which free texts and files the annex may show."""
    decision = access.require(actor, "survey.change", survey)
    wanted, wanted_files = set(answers), set(files)
    signed = {"reply__survey": survey, "reply__state": SurveyReply.State.SIGNED}
    with transaction.atomic():
        for answer in ReplyAnswer.objects.filter(**signed).select_related("question"):
            _choose(answer, answer.ref in wanted and is_free_text(answer.question.shape))
        for file in ReplyFile.objects.filter(**signed, is_taken_off=False):
            _choose(file, file.ref in wanted_files)
        detail = {"texts": len(wanted), "files": len(wanted_files)}
        access.record_act(actor, "survey.change", survey, decision=decision, detail=detail)


def _choose(record: ReplyAnswer | ReplyFile, is_chosen: bool) -> None:
    if record.is_chosen != is_chosen:
        record.is_chosen = is_chosen
        record.save()


def publish_survey(*, actor: User, survey: Survey, today: date) -> Published:
    """Publish the annex and its data; publishing again replaces it by a new version."""
    decision = access.require(actor, "survey.publish", survey)
    if words := states.why_not_publish(survey.state):
        raise SurveyError(words)
    annex = annex_of(survey)
    if annex.names_found:
        raise SurveyError(
            "A chosen text or file names a respondent or signatory. Take it out of the choice: "
            + ", ".join(annex.names_found)
            + "."
        )
    with transaction.atomic():
        made = publish(
            actor=actor,
            content=annex.content,
            within_ref=survey.supercomplaint.ref,
            files=annex.files,
        )
        survey.state = Survey.State.PUBLISHED
        survey.published_on = survey.published_on or today
        survey.save()
        detail = {"version": made.version, "tables": len(annex.content.tables)}
        access.record_act(actor, "survey.publish", survey, decision=decision, detail=detail)
    return made
