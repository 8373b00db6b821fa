"""Surveys for programs: the replies that are asked of one's own force, read and written by key."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from fourfold.web.cases.api.fields import Text
from fourfold.web.surveys.actions import replying
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Survey, SurveyReply
from fourfold.web.surveys.rules.answers import AnswerError, kept, problem_of
from fourfold.web.surveys.rules.kinds import NONE, Given
from fourfold.web.surveys.selectors import lists
from fourfold.web.surveys.selectors.filled import filled_of
from fourfold.web.surveys.selectors.loading import reply_by_ref
from fourfold.web.surveys.views.showing import today
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import asked, opened

router = Router(tags=["surveys"])
Cells = list[Text] | list[list[Text]]


class ReplyOut(Schema):
    """A reply that is asked of one's own force."""

    ref: str
    survey_ref: str
    title: str
    survey_state: Literal["open", "closed", "published"]
    state: Literal["not_started", "started", "signed"]
    until_on: date | None
    is_late: bool


class QuestionOut(Schema):
    """A question with its answer as it stands. `problem` says what sign-off waits for."""

    ref: str
    number: str
    section: str
    text: str
    kind: str
    options: list[str]
    unit: str
    rows: list[str]
    columns: list[str]
    states: list[str]
    is_required: bool
    is_asked: bool
    state: str
    value: Any = None
    problem: str


class AnswerIn(Schema):
    """An answer. A table is a list of rows; several choices are a list; else it is text."""

    question: str = Field(max_length=20)
    state: Literal["answered", "not_known", "not_held"] = "answered"
    value: Text | Cells = ""


class AnswersIn(Schema):
    """Answers to write; an empty value takes an answer away."""

    answers: list[AnswerIn] = Field(max_length=300)


class SavedOut(Schema):
    """How many answers changed, and how far the reply is."""

    changed: int
    asked: int
    answered: int
    needed: int
    problems: int


@router.get("/surveys/replies", response=list[ReplyOut], summary="Surveys that ask your force")
def list_replies(request: HttpRequest) -> list[dict[str, Any]]:
    """List the replies of the actor's own organisation, where the survey is open."""
    actor = asked(request, "survey.list")
    return [
        {
            "ref": each.reply.ref,
            "survey_ref": each.reply.survey.ref,
            "title": each.reply.survey.title,
            "survey_state": each.reply.survey.state,
            "state": each.reply.state,
            "until_on": each.until_on,
            "is_late": each.is_late,
        }
        for each in lists.replies_of(actor, today())
        if each.reply.survey.state == Survey.State.OPEN
    ]


@router.get(
    "/surveys/replies/{surveyreply_ref}", response=list[QuestionOut], summary="A reply's questions"
)
def read_reply(request: HttpRequest, surveyreply_ref: str) -> list[dict[str, Any]]:
    """Read the questions of a reply, each with its answer."""
    reply = opened(request, "surveyreply.open", reply_by_ref, surveyreply_ref=surveyreply_ref)
    return _questions(reply)


@router.put(
    "/surveys/replies/{surveyreply_ref}/answers", response=SavedOut, summary="Write answers"
)
def write_answers(request: HttpRequest, surveyreply_ref: str, sent: AnswersIn) -> dict[str, int]:
    """Write answers into a draft: all of them, or none where one cannot be kept."""
    reply = opened(request, "surveyreply.change", reply_by_ref, surveyreply_ref=surveyreply_ref)
    given = _given(reply, sent.answers)
    changed = replying.save_answers(
        actor=actor_of(request), reply=reply, given=given, today=today()
    )
    total = filled_of(reply).total
    return {"changed": changed, **vars(total)}


def _questions(reply: SurveyReply) -> list[dict[str, Any]]:
    filled = filled_of(reply)
    found = []
    for question in filled.sheet.questions:
        given = filled.answers.get(question.pk, NONE)
        plain = ("ref", "text", "kind", "unit", "rows", "columns", "is_required")
        found.append(
            {
                **{name: getattr(question, name) for name in plain},
                "number": filled.sheet.numbers[question.pk],
                "section": question.section.heading,
                "options": list(question.shape.choices),
                "states": list(question.shape.states),
                "is_asked": question.pk in filled.visible,
                "state": given.state,
                "value": given.value,
                "problem": problem_of(question.shape, given),
            }
        )
    return found


def _given(reply: SurveyReply, sent: list[AnswerIn]) -> dict[int, Given]:
    by_ref = {each.ref: each for each in filled_of(reply).sheet.questions}
    given: dict[int, Given] = {}
    for answer in sent:
        question = by_ref.get(answer.question)
        if question is None:
            raise SurveyError("One of the questions does not belong to this survey.")
        try:
            given[question.pk] = kept(question.shape, answer.state, answer.value)
        except AnswerError as error:
            raise SurveyError(f"Question {question.ref}: {error}") from error
    return given
