"""An answer in the words of the public contract: made from plain facts, checked by its class."""

from datetime import date
from typing import Final

from fourfold.web.publication import content
from fourfold.web.recommendations.models import Answer, AnswerEvidence, Update

STATUS_WORDS: Final = dict(Answer.Status.choices)
POSITION_WORDS: Final = {code: words for code, words in Answer.Position.choices if code}


def iso(day: date | None) -> str:
    """Return a day as the open data write it; an unknown one is empty."""
    return day.isoformat() if day else ""


def updates(found: list[Update]) -> tuple[content.Update, ...]:
    """Return dated updates, oldest first."""
    return tuple(
        content.Update(
            on=iso(update.on),
            text=update.text,
            status=update.status,
            status_words=str(STATUS_WORDS.get(update.status, "")),
        )
        for update in sorted(found, key=lambda update: (update.on, update.pk))
    )


def evidence_of(found: list[AnswerEvidence], files: dict[int, str]) -> tuple[content.Evidence, ...]:
    """Return evidence; `files` names the file that stands for each that is one."""
    return tuple(
        content.Evidence(title=each.title, file=files.get(each.pk, ""), url=each.url)
        for each in found
    )


def answer_words(
    answer: Answer,
    *,
    said: tuple[content.Update, ...],
    shown: tuple[content.Evidence, ...],
) -> content.Answer:
    """Return an answer with the updates and the evidence given."""
    recommendation, due_on = answer.recommendation, answer.recommendation.due_on
    is_late = bool(due_on and answer.answered_on and answer.answered_on > due_on)
    return content.Answer(
        ref=answer.ref,
        super_complaint_ref=recommendation.supercomplaint.ref,
        recommendation_ref=recommendation.ref,
        number=recommendation.number,
        part=answer.part.code if answer.part else "",
        organisation_ref=answer.organisation.ref,
        organisation=answer.organisation.name,
        status=answer.status,
        status_words=str(STATUS_WORDS[answer.status]),
        position=answer.position,
        position_words=str(POSITION_WORDS.get(answer.position, "")),
        initial_response=answer.initial_response,
        plan=answer.plan,
        due_on=iso(answer.due_on),
        no_date_reason=answer.no_date_reason,
        no_evidence_reason=answer.no_evidence_reason,
        answered_on=iso(answer.answered_on),
        is_late=is_late,
        owner=answer.owner,
        executive_lead=answer.executive_lead,
        operational_lead=answer.operational_lead,
        updates=said,
        evidence=shown,
        source_url=answer.source_url,
    )
