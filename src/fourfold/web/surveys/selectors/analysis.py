"""The replies of a survey read once, and what each question adds up to."""

from dataclasses import dataclass
from functools import cached_property

from fourfold.web.base.words import UK
from fourfold.web.surveys.models import Question, Survey, SurveyReply
from fourfold.web.surveys.rules import analysis
from fourfold.web.surveys.rules.analysis import Count, Spread, Stand
from fourfold.web.surveys.rules.answers import columns_of, shown, to_cells
from fourfold.web.surveys.rules.kinds import NONE
from fourfold.web.surveys.selectors.filled import Filled, every_filled
from fourfold.web.surveys.selectors.sheets import Sheet, sheet_of

FIRST_COLUMNS = ("Force", "Reply", "Signed off on", "Entered by the authority", "Amended answers")


@dataclass(frozen=True)
class Said:
    """One reply to a question: whose, and its answer in words."""

    filled: Filled
    words: str
    label: str
    is_amended: bool


@dataclass
class Analysed:
    """A survey with every reply."""

    sheet: Sheet
    every: list[Filled]

    @cached_property
    def signed(self) -> list[Filled]:
        """Return the replies that count."""
        return [each for each in self.every if each.reply.state == SurveyReply.State.SIGNED]

    def stands(self, question: Question) -> list[Stand]:
        """Return how every reply stands to a question; drafts give nothing away."""
        return [self._stand(each, question) for each in self.every]

    def _stand(self, filled: Filled, question: Question) -> Stand:
        if filled.reply.state != SurveyReply.State.SIGNED:
            return Stand(filled.reply.pk, NONE, is_signed=False, is_asked=True)
        return Stand(
            key=filled.reply.pk,
            given=filled.answers.get(question.pk, NONE),
            is_signed=True,
            is_asked=question.pk in filled.visible,
            has_file=bool(filled.files.get(question.pk)),
        )

    def counts(self, question: Question) -> list[Count]:
        """Return the counts of a question."""
        return analysis.counts(question.shape, self.stands(question))

    def spread(self, question: Question) -> Spread | None:
        """Return how the numbers of a question spread."""
        found = analysis.values(question.shape, self.stands(question))
        return analysis.spread([number for _, number in found])

    def said(self, question: Question) -> list[Said]:
        """Return what every asked force said, in the order of their names."""
        shape = question.shape
        return [
            Said(
                filled,
                self._words(filled, question, stand),
                "; ".join(analysis.labels_of(shape, stand)),
                any(each.question_id == question.pk for each in filled.amendments),
            )
            for filled, stand in zip(self.every, self.stands(question), strict=True)
        ]

    def _words(self, filled: Filled, question: Question, stand: Stand) -> str:
        if not stand.is_signed or not stand.is_asked:
            return ""
        files = filled.files.get(question.pk, [])
        if files:
            return "; ".join(file.document.file_name for file in files)
        return shown(question.shape, stand.given)

    def cross(self, first: Question, second: Question) -> analysis.Cross:
        """Return two questions against each other."""
        return analysis.cross(first.shape, self.stands(first), second.shape, self.stands(second))


def analysed(survey: Survey) -> Analysed:
    """Read a survey with every reply (7 queries)."""
    sheet = sheet_of(survey)
    replies = survey.replies.select_related("organisation").order_by("organisation__name", "pk")
    return Analysed(sheet, every_filled(survey, replies, sheet))


def table_of(read: Analysed, questions: list[Question]) -> tuple[list[str], list[list[str]]]:
    """Return the signed replies as a table: a line for each force, columns for each question."""
    numbers = read.sheet.numbers
    header = list(FIRST_COLUMNS)
    for question in questions:
        header += columns_of(question.shape, f"{numbers[question.pk]} {question.text}")
    return header, [_line(each, questions) for each in read.signed]


def _line(filled: Filled, questions: list[Question]) -> list[str]:
    reply = filled.reply
    cells = [
        reply.organisation.name,
        reply.ref,
        reply.signed_at.astimezone(UK).date().isoformat() if reply.signed_at else "",
        "yes" if reply.is_entered_by_authority else "no",
        str(len(filled.amendments)),
    ]
    for question in questions:
        cells += _cells(filled, question)
    return cells


def _cells(filled: Filled, question: Question) -> list[str]:
    if question.pk not in filled.visible:
        return to_cells(question.shape, NONE)
    if files := filled.files.get(question.pk):
        return ["; ".join(file.document.file_name for file in files)]
    return to_cells(question.shape, filled.answers.get(question.pk, NONE))
