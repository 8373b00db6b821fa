"""An organisation answers: it writes, adds updates and evidence, and sends.

Saving never asks for anything; sending wants the checks of `rules/lifecycle.py` met and keeps
what was sent, so that nobody else reads what is written afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import msgspec
from django.db import transaction
from django.utils import timezone

from fourfold.web.recommendations.models import Answer, AnswerEvidence, SentAnswer, Update
from fourfold.web.recommendations.rules import lifecycle
from fourfold.web.recommendations.rules.standing import SILENT, silence
from fourfold.web.recommendations.selectors.answers import lifecycle_facts, sent_words
from fourfold.web.supercomplaints.actions.documents import DocumentFacts, keep_document
from fourfold.web.supercomplaints.models import Document
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class AnswerText:
    """What an organisation writes. Owner and leads are posts, never names of people."""

    position: str = ""
    status: str = Answer.Status.NOT_ANSWERED
    initial_response: str = ""
    plan: str = ""
    due_on: date | None = None
    no_date_reason: str = ""
    no_evidence_reason: str = ""
    owner: str = ""
    executive_lead: str = ""
    operational_lead: str = ""


@dataclass(frozen=True)
class UpdateText:
    """A dated update; `status` moves the answer where it is given."""

    on: date
    text: str
    status: str = ""


@dataclass(frozen=True)
class EvidenceOffer:
    """Evidence: a file (its name and bytes) or an address."""

    title: str
    url: str = ""
    is_public: bool = False
    file_name: str = ""
    chunks: Iterable[bytes] = ()


def change_answer(*, actor: User, answer: Answer, text: AnswerText) -> None:
    """Save what the organisation has written so far."""
    decision = access.require(actor, "answer.change", answer)
    with transaction.atomic():
        write(answer, text)
        access.record_act(actor, "answer.change", answer, decision=decision)


def write(answer: Answer, text: AnswerText) -> None:
    """Put a text on an answer. The caller has asked and records.

    Which silence is meant, the super-complaint says: nobody chooses it.
    """
    for each in fields(AnswerText):
        setattr(answer, each.name, getattr(text, each.name))
    if answer.status in SILENT:
        past = answer.recommendation.supercomplaint.is_from_public_record
        answer.status = silence(is_past_record=past)
    answer.save()


def add_update(*, actor: User, answer: Answer, text: UpdateText, act: str = "update.add") -> Update:
    """Add a dated update. It is not public until it is published."""
    decision = access.require(actor, act, answer)
    with transaction.atomic():
        update = Update.objects.create(answer=answer, by=actor, **vars(text))
        if text.status:
            answer.status = text.status
        if answer.last_updated_on is None or text.on > answer.last_updated_on:
            answer.last_updated_on = text.on
        answer.save()
        access.record_act(actor, act, answer, decision=decision, detail={"update": update.ref})
    return update


def change_update(*, actor: User, update: Update, text: UpdateText) -> None:
    """Correct an update; the version before is kept."""
    decision = access.require(actor, "update.change", update)
    with transaction.atomic():
        for name, value in vars(text).items():
            setattr(update, name, value)
        update.save()
        access.record_act(actor, "update.change", update, decision=decision)


def attach_evidence(
    *, actor: User, answer: Answer, offer: EvidenceOffer, act: str = "answerevidence.add"
) -> AnswerEvidence:
    """Attach a file or an address; a file is sealed and its hand-over recorded.

    Raises:
        files.FileRefusedError: the file is not kept; its words say why.
    """
    decision = access.require(actor, act, answer)
    with transaction.atomic():
        document = _document(actor, answer, offer) if offer.file_name else None
        evidence = AnswerEvidence.objects.create(
            answer=answer,
            title=offer.title,
            url=offer.url,
            is_public=offer.is_public,
            document=document,
        )
        detail = {"evidence": evidence.ref, **({"document": document.ref} if document else {})}
        access.record_act(actor, act, answer, decision=decision, detail=detail)
    return evidence


def submit_answer(*, actor: User, answer: Answer, today: date) -> SentAnswer:
    """Send an answer to the collator and the authorities, as it stands.

    Raises:
        lifecycle.NotReadyError: something is lacking; its checks say what.
    """
    decision = access.require(actor, "answer.submit", answer)
    lifecycle.require_ready(lifecycle_facts(answer))
    with transaction.atomic():
        answer.answered_on = answer.answered_on or today
        sent = keep_sent(actor, answer)
        detail = {"version": sent.version}
        access.record_act(actor, "answer.submit", answer, decision=decision, detail=detail)
    return sent


def keep_sent(actor: User, answer: Answer) -> SentAnswer:
    """Keep an answer as it is sent now. The caller has asked, checked it, and records."""
    answer.sent_version += 1
    answer.submitted_at = timezone.now()
    answer.save()
    for document in Document.objects.filter(
        answer_evidence__answer=answer, seen_by=Document.Seen.OWN
    ):
        document.seen_by = Document.Seen.GIVER
        document.save()
    return SentAnswer.objects.create(
        answer=answer,
        version=answer.sent_version,
        sent_at=answer.submitted_at,
        sent_by=actor,
        status=answer.status,
        position=answer.position,
        due_on=answer.due_on,
        answered_on=answer.answered_on,
        last_updated_on=answer.last_updated_on,
        evidence_count=answer.evidence.count(),
        content=msgspec.to_builtins(sent_words(answer)),
    )


def _document(actor: User, answer: Answer, offer: EvidenceOffer) -> Document:
    is_own = answer.organisation.tenant_id == actor.force_id
    facts = DocumentFacts(
        kind=Document.Kind.RESPONSE,
        title=offer.title,
        file_name=offer.file_name,
        seen_by=Document.Seen.OWN if is_own else Document.Seen.AUTHORITIES,
        from_whom=answer.organisation.name,
        given_by=answer.organisation,
    )
    return keep_document(
        actor=actor,
        supercomplaint=answer.recommendation.supercomplaint,
        facts=facts,
        chunks=offer.chunks,
    )
