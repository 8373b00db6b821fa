"""Answers: what one says now, as it was sent, as it is published; and which are one's own."""

from dataclasses import dataclass
from datetime import date

import msgspec
from django.db.models import Count, prefetch_related_objects

from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.models import Answer, SentAnswer
from fourfold.web.recommendations.rules import lateness, lifecycle, wording
from fourfold.web.recommendations.rules.lateness import Clock
from fourfold.web.recommendations.rules.standing import state_of
from fourfold.web.supercomplaints.models import Document
from fourfold.web.users import policy
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Line:
    """An answer in a list of one's own."""

    answer: Answer
    state: str
    marks: tuple[str, ...]
    lacking_words: tuple[str, ...]
    is_sent: bool


def sent_words(answer: Answer) -> content.Answer:
    """Return an answer with everything it holds; files are named by their documents."""
    held = list(answer.evidence.all())
    files = {each.pk: each.document.ref for each in held if each.document}
    return wording.answer_words(
        answer,
        said=wording.updates(list(answer.updates.all())),
        shown=wording.evidence_of(held, files),
    )


def newest_sent(answer: Answer) -> SentAnswer | None:
    """Return an answer as it was last sent."""
    return answer.sendings.filter(version=answer.sent_version).select_related("sent_by").first()


def words_of(sent: SentAnswer) -> content.Answer:
    """Return what was sent."""
    return msgspec.convert(sent.content, content.Answer)


def is_changed_since(words: content.Answer, sent: SentAnswer | None) -> bool:
    """Return whether the organisation has written something that it has not sent."""
    return sent is not None and msgspec.to_builtins(words) != sent.content


def load(answer: Answer) -> None:
    """Load the updates and the evidence of an answer at once, for a page."""
    prefetch_related_objects([answer], "updates", "evidence__document")


def published_words(answer_ref: str) -> content.Answer | None:
    """Return an answer as the public reads it."""
    return standing.one(content.Answer, answer_ref)


def lifecycle_facts(answer: Answer) -> lifecycle.AnswerFacts:
    """Return what the checks ask of an answer."""
    return facts_after(answer, newest_sent(answer))


def facts_after(answer: Answer, sent: SentAnswer | None) -> lifecycle.AnswerFacts:
    """Return what the checks ask of an answer whose newest sending is known."""
    newer = sent is not None and any(
        update.created_at > sent.sent_at for update in answer.updates.all()
    )
    return lifecycle.AnswerFacts(
        sent_status=sent.status if sent else "",
        has_new_update=newer,
        evidence_count=len(answer.evidence.all()),
        **{name: getattr(answer, name) for name in _ASKED},
    )


_ASKED = (
    "position", "status", "initial_response", "plan", "due_on", "no_date_reason",
    "no_evidence_reason",
)  # fmt: skip


def clock_of(answer: Answer) -> Clock:
    """Return the dates that lateness is computed from, as the organisation itself sees them."""
    return Clock(
        deadline_on=answer.recommendation.due_on,
        basis=answer.recommendation.due_basis,
        answered_on=answer.answered_on,
        promised_on=answer.due_on,
        is_answered=answer.submitted_at is not None,
        is_complete=answer.status == lateness.COMPLETE,
        is_refused=answer.position == lateness.REFUSED,
        is_past_record=answer.recommendation.supercomplaint.is_from_public_record,
    )


def own_lines(actor: User, today: date) -> list[Line]:
    """Return the answers of the actor's own organisation, those due first on top."""
    found = policy.permitted(actor, "answer.open", Answer.objects.all())
    own = found.filter(organisation__tenant=actor.force_id)
    related = ("recommendation__supercomplaint", "part", "organisation")
    rows = (
        own.select_related(*related)
        .annotate(evidence_count=Count("evidence"))
        .order_by(
            "-recommendation__supercomplaint__published_on", "recommendation__number",
            "part__id", "id",
        )
    )  # fmt: skip
    return [_line(answer, answer.evidence_count, today) for answer in rows]


def line_of(answer: Answer, today: date) -> Line:
    """Return an answer as a line of a list."""
    return _line(answer, answer.evidence.count(), today)


def _line(answer: Answer, evidence_count: int, today: date) -> Line:
    facts = lifecycle.AnswerFacts(
        evidence_count=evidence_count, **{name: getattr(answer, name) for name in _ASKED}
    )
    return Line(
        answer=answer,
        state=state_of(answer.status, answer.position),
        marks=lateness.marks(clock_of(answer), today),
        lacking_words=tuple(check.words for check in lifecycle.checks(facts)),
        is_sent=answer.submitted_at is not None,
    )


def clock_of_sent(answer: Answer, sent: SentAnswer | None) -> Clock:
    """Return the dates that lateness is computed from, as others know them."""
    return Clock(
        deadline_on=answer.recommendation.due_on,
        basis=answer.recommendation.due_basis,
        answered_on=sent.answered_on if sent else None,
        promised_on=sent.due_on if sent else None,
        is_answered=sent is not None,
        is_complete=sent is not None and sent.status == lateness.COMPLETE,
        is_refused=sent is not None and sent.position == lateness.REFUSED,
        is_past_record=answer.recommendation.supercomplaint.is_from_public_record,
    )


def documents_of(actor: User, answer: Answer) -> dict[str, Document]:
    """Return the files of an answer's evidence that the actor may open, by reference."""
    held = Document.objects.filter(answer_evidence__answer=answer).distinct()
    return {each.ref: each for each in policy.permitted(actor, "document.open", held)}
