"""Publishing an answer: what its organisation chose, and nothing that was written besides."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.recommendations.actions.answering import keep_sent
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import Answer, AnswerEvidence
from fourfold.web.recommendations.rules import lifecycle, wording
from fourfold.web.recommendations.rules.public_files import (
    PUBLIC_FILE_BYTES,
    media_type,
    public_name,
)
from fourfold.web.recommendations.selectors.answers import lifecycle_facts
from fourfold.web.supercomplaints import files
from fourfold.web.users import access
from fourfold.web.users.models import User


class TooLargeToPublishError(RecommendationError):
    """A file is too large for the public site."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” is larger than {PUBLIC_FILE_BYTES // 1000**2} MB, too large for the public"
            " site. Publish it elsewhere and attach its address."
        )


def publish_answer(
    *,
    actor: User,
    answer: Answer,
    updates: Collection[str],
    today: date | None,
    act: str = "answer.publish",
) -> None:
    """Publish an answer as it stands, with the updates named by reference and public evidence.

    What is published is sent as well, where it was not: the public never knows more than the
    collator. `today` is the day of the answer where it has none yet; without it, none is said.

    Raises:
        lifecycle.NotReadyError: something is lacking; its checks say what.
        TooLargeToPublishError: a public file is too large.
    """
    decision = access.require(actor, act, answer)
    lifecycle.require_ready(lifecycle_facts(answer))
    with transaction.atomic():
        now = timezone.now()
        for update in answer.updates.filter(ref__in=updates, published_at=None):
            update.published_at = now
            update.save()
        answer.published_at = now
        answer.answered_on = answer.answered_on or today
        sent = keep_sent(actor, answer)
        attached = _attachments(list(answer.evidence.filter(is_public=True)))
        publish(
            actor=actor,
            content=_public_words(answer, attached),
            within_ref=answer.recommendation.supercomplaint.ref,
            files=attached.values(),
        )
        detail = {"version": sent.version, "files": len(attached)}
        access.record_act(actor, act, answer, decision=decision, detail=detail)


def _public_words(answer: Answer, attached: dict[int, content.Attachment]) -> content.Answer:
    said = wording.updates(list(answer.updates.filter(published_at__isnull=False)))
    shown = wording.evidence_of(
        list(answer.evidence.filter(is_public=True)),
        {key: file.name for key, file in attached.items()},
    )
    words = wording.answer_words(answer, said=said, shown=shown)
    held = tuple(
        content.File(file.name, file.title, file.media_type, len(file.content))
        for file in attached.values()
    )
    return content.Answer(**{**vars(words), "files": held})


def _attachments(found: list[AnswerEvidence]) -> dict[int, content.Attachment]:
    attached: dict[int, content.Attachment] = {}
    for number, each in enumerate(found, 1):
        if each.document is None:
            continue
        if each.document.size_bytes > PUBLIC_FILE_BYTES:
            raise TooLargeToPublishError(each.title)
        name = public_name(number, each.document.file_name)
        with files.opened(each.document.sha256) as file:
            attached[each.pk] = content.Attachment(name, each.title, media_type(name), file.read())
    return attached
