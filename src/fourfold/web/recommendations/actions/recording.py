"""Officers record what an organisation answered in public, where its people do not sign in here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fourfold.web.recommendations.actions.answering import (
    AnswerText,
    EvidenceOffer,
    UpdateText,
    add_update,
    attach_evidence,
    keep_sent,
    write,
)
from fourfold.web.recommendations.actions.disclosing import publish_answer
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import Answer, AnswerEvidence, Update
from fourfold.web.recommendations.rules import lifecycle
from fourfold.web.recommendations.selectors.answers import lifecycle_facts
from fourfold.web.users import access
from fourfold.web.users.models import User

RECORD = "answer.record"


class NoSourceError(RecommendationError):
    """A public answer is recorded with where it stands, or not at all."""

    def __init__(self) -> None:
        super().__init__("Enter the address where the organisation published this.")


@dataclass(frozen=True)
class PublicRecord:
    """What an organisation answered in public, where, and when (if the day was seen)."""

    text: AnswerText
    source_url: str
    answered_on: date | None = None


def record_answer(*, actor: User, answer: Answer, record: PublicRecord) -> None:
    """Record a public answer; the authorities and the collator see it at once.

    Raises:
        NoSourceError: it has no source.
        lifecycle.NotReadyError: something is lacking; its checks say what.
    """
    decision = access.require(actor, RECORD, answer)
    if not record.source_url:
        raise NoSourceError
    with transaction.atomic():
        answer.source_url, answer.answered_on = record.source_url, record.answered_on
        write(answer, record.text)
        lifecycle.require_ready(lifecycle_facts(answer))
        sent = keep_sent(actor, answer)
        detail = {"version": sent.version}
        access.record_act(actor, RECORD, answer, decision=decision, detail=detail)


def record_update(*, actor: User, answer: Answer, text: UpdateText) -> Update:
    """Record a dated update that stands in a public source."""
    return add_update(actor=actor, answer=answer, text=text, act=RECORD)


def record_evidence(*, actor: User, answer: Answer, offer: EvidenceOffer) -> AnswerEvidence:
    """Record evidence that stands in a public source."""
    return attach_evidence(actor=actor, answer=answer, offer=offer, act=RECORD)


def publish_record(*, actor: User, answer: Answer, updates: Collection[str]) -> None:
    """Publish the record of a public answer, with its source.

    Raises:
        NoSourceError: it has no source.
    """
    access.require(actor, "answer.publish_record", answer)
    if not answer.source_url:
        raise NoSourceError
    publish_answer(
        actor=actor, answer=answer, updates=updates, today=None, act="answer.publish_record"
    )
