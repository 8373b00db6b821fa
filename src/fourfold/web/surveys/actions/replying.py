"""Write a reply, section by section; attach files; sign it off. A draft takes what is typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.supercomplaints.actions.documents import DocumentFacts, keep_document
from fourfold.web.supercomplaints.models import Document
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Question, ReplyAnswer, ReplyFile, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.kinds import Given
from fourfold.web.surveys.selectors.filled import filled_of
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

CHANGE = "surveyreply.change"
MOST_FILES = 50


@dataclass(frozen=True)
class Respondent:
    """Who answers for the force, and how to reach them."""

    name: str
    post: str
    contact: str


@dataclass(frozen=True)
class Upload:
    """A file to attach."""

    name: str
    title: str
    chunks: Iterable[bytes]


def save_answers(
    *, actor: User, reply: SurveyReply, given: Mapping[int, Given], today: date
) -> int:
    """Save answers by the keys of their questions; return how many changed."""
    decision = _may_write(actor, reply, today)
    with transaction.atomic():
        _lock(reply, today)
        held = {answer.question_id: answer for answer in reply.answers.all()}
        changed = [key for key, new in given.items() if _is_new(held.get(key), new)]
        for key in changed:
            answer = held.get(key) or ReplyAnswer(reply=reply, question_id=key)
            answer.state, answer.value = given[key].state, given[key].value
            answer.changed_by = actor
            answer.save()
        if changed:
            _start(reply)
        detail = {"answers": len(changed)}
        access.record_act(actor, CHANGE, reply, decision=decision, detail=detail)
    return len(changed)


def name_respondent(
    *, actor: User, reply: SurveyReply, respondent: Respondent, today: date
) -> None:
    """Record who answers for the force."""
    decision = _may_write(actor, reply, today)
    with transaction.atomic():
        _lock(reply, today)
        reply.respondent_name, reply.respondent_post = respondent.name, respondent.post
        reply.respondent_contact = respondent.contact
        reply.save()
        access.record_act(actor, CHANGE, reply, decision=decision)


def attach(
    *, actor: User, reply: SurveyReply, question: Question | None, upload: Upload, today: date
) -> ReplyFile:
    """Attach a file; only the force and the authorities see it."""
    decision = _may_write(actor, reply, today)
    if reply.files.filter(is_taken_off=False).count() >= MOST_FILES:
        raise SurveyError(f"A reply holds at most {MOST_FILES} files. Take one off first.")
    facts = DocumentFacts(
        kind=Document.Kind.SURVEY,
        title=upload.title,
        file_name=upload.name,
        seen_by=Document.Seen.GIVER,
        from_whom=reply.organisation.name,
        given_by=reply.organisation,
    )
    with transaction.atomic():
        _lock(reply, today)
        document = keep_document(
            actor=actor,
            supercomplaint=reply.survey.supercomplaint,
            facts=facts,
            chunks=upload.chunks,
        )
        file = ReplyFile.objects.create(reply=reply, question=question, document=document)
        _start(reply)
        detail = {"attached": document.ref, "sha256": document.sha256}
        access.record_act(actor, CHANGE, reply, decision=decision, detail=detail)
    return file


def take_off(*, actor: User, file: ReplyFile, today: date) -> None:
    """Take a file off the reply; what was handed over is kept as a document."""
    decision = _may_write(actor, file.reply, today)
    with transaction.atomic():
        _lock(file.reply, today)
        file.is_taken_off = True
        file.save()
        detail = {"taken_off": file.ref}
        access.record_act(actor, CHANGE, file.reply, decision=decision, detail=detail)


def sign(*, actor: User, reply: SurveyReply, name: str, post: str, today: date) -> None:
    """Sign the reply off by a named senior officer; from now on it is sent and stands."""
    decision = access.require(actor, "surveyreply.sign", reply)
    with transaction.atomic():
        _lock(reply, today)
        total = filled_of(reply).total
        if not total.is_complete:
            raise SurveyError(f"{total.waits_for} The review marks them.")
        reply.state = SurveyReply.State.SIGNED
        reply.signatory_name, reply.signatory_post = name, post
        reply.signed_at, reply.signed_by = timezone.now(), actor
        reply.save()
        detail = {"answered": total.answered, "asked": total.asked}
        access.record_act(actor, "surveyreply.sign", reply, decision=decision, detail=detail)


def _may_write(actor: User, reply: SurveyReply, today: date) -> Decision:
    decision = access.require(actor, CHANGE, reply)
    _check(reply, today)
    return decision


def _check(reply: SurveyReply, today: date) -> None:
    words = states.why_not_write(
        reply.survey.state,
        reply.state,
        reply.more_time_until_on,
        reply.is_entered_by_authority,
        today,
    )
    if words:
        raise SurveyError(words)


def _lock(reply: SurveyReply, today: date) -> None:
    """Hold the reply until the transaction ends: nobody writes in it while it is signed."""
    held = SurveyReply.objects.select_for_update(of=("self",)).select_related("survey")
    found = held.get(pk=reply.pk)
    _check(found, today)
    reply.state = found.state


def _start(reply: SurveyReply) -> None:
    if reply.state == SurveyReply.State.NOT_STARTED:
        reply.state = SurveyReply.State.STARTED
        reply.save()


def _is_new(held: ReplyAnswer | None, new: Given) -> bool:
    if held is None:
        return bool(new)
    return (held.state, held.value) != (new.state, new.value)
