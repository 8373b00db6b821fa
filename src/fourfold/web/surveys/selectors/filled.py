"""Replies as they are filled in: answers as they stand now, files, how far each section is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from fourfold.web.surveys.models import Amendment, ReplyAnswer, ReplyFile, Survey, SurveyReply
from fourfold.web.surveys.rules import filling
from fourfold.web.surveys.rules.filling import Progress
from fourfold.web.surveys.rules.kinds import Given
from fourfold.web.surveys.selectors.sheets import Sheet, sheet_of

Answers = dict[int, Given]


@dataclass
class Filled:
    """A reply with its answers by question; an amended answer stands in place of the first."""

    reply: SurveyReply
    sheet: Sheet
    answers: Answers
    files: dict[int | None, list[ReplyFile]] = field(default_factory=dict)
    amendments: list[Amendment] = field(default_factory=list)

    @cached_property
    def visible(self) -> set[int]:
        """Return the questions that this reply is asked."""
        return filling.visible(self.sheet.asked, self.answers)

    @cached_property
    def progress(self) -> dict[int, Progress]:
        """Return how far each section is, by its key."""
        with_files = frozenset(key for key in self.files if key is not None)
        return filling.progress(self.sheet.asked, self.answers, with_files)

    @property
    def total(self) -> Progress:
        """Return how far the whole is."""
        return sum(self.progress.values(), Progress())


def filled_of(reply: SurveyReply, sheet: Sheet | None = None) -> Filled:
    """Read one reply (4 queries, 2 fewer with the sheet at hand)."""
    return Filled(
        reply=reply,
        sheet=sheet or sheet_of(reply.survey),
        answers=answers_of(reply),
        files=_files([reply]).get(reply.pk, {}),
        amendments=list(
            Amendment.objects.filter(reply=reply).select_related("by", "question").order_by("pk")
        ),
    )


def answers_of(reply: SurveyReply) -> Answers:
    """Return the answers of a reply as they stand now."""
    return _answers([reply]).get(reply.pk, {})


def first_answers_of(reply: SurveyReply) -> Answers:
    """Return the answers as they were signed."""
    return {each.question_id: Given(each.state, each.value) for each in reply.answers.all()}


def every_filled(survey: Survey, replies: Iterable[SurveyReply], sheet: Sheet) -> list[Filled]:
    """Read many replies at once: 3 queries, however many there are."""
    found = list(replies)
    answers, files = _answers(found), _files(found)
    amended: dict[int, list[Amendment]] = {}
    for each in Amendment.objects.filter(reply__in=found).order_by("pk"):
        amended.setdefault(each.reply_id, []).append(each)
    return [
        Filled(
            reply=reply,
            sheet=sheet,
            answers=answers.get(reply.pk, {}),
            files=files.get(reply.pk, {}),
            amendments=amended.get(reply.pk, []),
        )
        for reply in found
    ]


def _answers(replies: list[SurveyReply]) -> dict[int, Answers]:
    found: dict[int, Answers] = {}
    rows = ReplyAnswer.objects.filter(reply__in=replies)
    for reply, question, state, value in rows.values_list(
        "reply_id", "question_id", "state", "value"
    ):
        found.setdefault(reply, {})[question] = Given(state, value)
    changes = Amendment.objects.filter(reply__in=replies).order_by("pk")
    for reply, question, state, value in changes.values_list(
        "reply_id", "question_id", "to_state", "to_value"
    ):
        found.setdefault(reply, {})[question] = Given(state, value)
    return found


def _files(replies: list[SurveyReply]) -> dict[int, dict[int | None, list[ReplyFile]]]:
    found: dict[int, dict[int | None, list[ReplyFile]]] = {}
    rows = ReplyFile.objects.filter(reply__in=replies, is_taken_off=False)
    for file in rows.select_related("document").order_by("pk"):
        found.setdefault(file.reply_id, {}).setdefault(file.question_id, []).append(file)
    return found
