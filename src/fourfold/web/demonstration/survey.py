"""The invented survey: forty-three forces asked, forty-one replies, the annex published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from fourfold.web.demonstration import people
from fourfold.web.demonstration.complaints import OFFICER, Stage
from fourfold.web.demonstration.press import Press, Sheet
from fourfold.web.demonstration.writing import create
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.surveys.models import Question, ReplyAnswer, Survey, SurveyReply, SurveySection
from fourfold.web.surveys.rules.kinds import Kind
from fourfold.web.surveys.selectors.annex import annex_of

AFTER_DECISION_DAYS = 195
OPEN_DAYS = 31
UNSIGNED = 2  # the last two forces of the list did not sign in time
SEED = 43


@dataclass(frozen=True)
class Asked:
    """A question, and the answers of the forty-one: so that the report's figures are its sums."""

    heading: str
    text: str
    kind: str
    answers: Callable[[Random, int], Sequence[str | list[str]]]
    options: tuple[str, ...] = ()
    unit: str = ""
    publish: str = Question.Publish.ALL


def _exactly(*shares: tuple[str, int]) -> Callable[[Random, int], list[str]]:
    """Give each answer exactly as often as said, in an order of chance."""

    def answers(rng: Random, number: int) -> list[str]:
        found = [answer for answer, times in shares for _ in range(times)]
        rng.shuffle(found)
        return found[:number]

    return answers


def _between(low: int, high: int) -> Callable[[Random, int], list[str]]:
    return lambda rng, number: [str(rng.randint(low, high)) for _ in range(number)]


def _some(options: Sequence[str]) -> Callable[[Random, int], list[list[str]]]:
    def answers(rng: Random, number: int) -> list[list[str]]:
        return [
            [each for each in options if rng.random() < 0.55] or [options[0]] for _ in range(number)
        ]

    return answers


GROUPS = ("Contact and control room", "Response officers", "Investigators", "Supervisors")
DISTRICTS = ("In every district", "In some districts", "In none")
QUESTIONS = (
    Asked("Recording", "Can staff find earlier reports by a suspect's number, plate or account?",
          Kind.YES_NO, _exactly(("No", 29), ("Yes", 12))),
    Asked("Recording", "Is each report searched for earlier ones before it is closed?",
          Kind.YES_NO, _exactly(("No", 24), ("Yes", 17))),
    Asked("Evidence", "Does a named person own the date on which evidence expires?",
          Kind.YES_NO, _exactly(("No", 31), ("Yes", 10))),
    Asked("Evidence", "How many days pass before footage is asked for, as a median?",
          Kind.NUMBER, _between(2, 34), unit="days"),
    Asked("Support", "Where is an advocate at hand?", Kind.ONE,
          _exactly((DISTRICTS[0], 18), (DISTRICTS[1], 14), (DISTRICTS[2], 9)), DISTRICTS),
    Asked("Training", "Which groups have had training on stalking?", Kind.MANY, _some(GROUPS),
          GROUPS),
    Asked("Training", "What share of response officers has had it?", Kind.PERCENT,
          _between(12, 96), publish=Question.Publish.COUNTS),
    Asked("Orders", "Is a breach recorded in the case that the order came from?", Kind.YES_NO,
          _exactly(("No", 22), ("Yes", 19))),
)  # fmt: skip


def write(stage: Stage, made: SuperComplaint, press: Press) -> Survey:
    """Write the survey with its replies; publish its annex with the report."""
    actor, days = stage.cast.actor(people.CONDUCT), stage.days
    opens_on = days.decided_on + timedelta(days=AFTER_DECISION_DAYS)
    closes_on = opens_on + timedelta(days=OPEN_DAYS)
    row = Survey(
        supercomplaint=made, title="Self-assessment of forces on reports of stalking",
        introduction="Answer for the force as a whole. Say “not known” where you do not know.",
        contact="survey desk, 01632 960172", opens_on=opens_on, closes_on=closes_on,
        state=Survey.State.PUBLISHED, opened_at=days.moment(opens_on), opened_by=actor,
        closed_at=days.moment(closes_on, 18), closed_by=actor, published_on=days.published_on,
        public_note="Invented replies of invented forces.", made_by=actor,
        entry=made.evidence_entries.get(kind="survey"),
    )  # fmt: skip
    (survey,) = create(Survey, [row], [actor])
    replies = _replies(stage, survey)
    _answers(stage, _questions(stage, survey), replies)
    for act in ("survey.change", "survey.start", "survey.close", "survey.publish"):
        stage.book.note(actor, act, survey, OFFICER)
    annex = annex_of(survey)
    at = days.moment(days.published_on)
    press.add(Sheet(annex.content, actor, at, made.ref, annex.files))
    return survey


def _questions(stage: Stage, survey: Survey) -> list[Question]:
    actor = stage.cast.actor(people.CONDUCT)
    headings = list(dict.fromkeys(each.heading for each in QUESTIONS))
    sections = create(
        SurveySection,
        [
            SurveySection(survey=survey, order=order, heading=heading)
            for order, heading in enumerate(headings, 1)
        ],
        [actor] * len(headings),
    )
    by_heading = dict(zip(headings, sections, strict=True))
    rows = [
        Question(
            section=by_heading[each.heading], order=order, text=each.text, kind=each.kind,
            options=list(each.options), unit=each.unit, is_required=True, publish=each.publish,
            origin="Invented",
        )
        for order, each in enumerate(QUESTIONS, 1)
    ]  # fmt: skip
    return create(Question, rows, [actor] * len(rows))


def _replies(stage: Stage, survey: Survey) -> list[SurveyReply]:
    actor, days = stage.cast.actor(people.CONDUCT), stage.days
    opens_on = days.decided_on + timedelta(days=AFTER_DECISION_DAYS)
    rows = []
    for number, force in enumerate(stage.cast.forces):
        is_signed = number < len(stage.cast.forces) - UNSIGNED
        signer = stage.cast.actors.get(force.name, actor)
        rows.append(
            SurveyReply(
                survey=survey, organisation=force, asked_at=days.moment(opens_on), asked_by=actor,
                state=SurveyReply.State.SIGNED if is_signed else SurveyReply.State.NOT_STARTED,
                respondent_post="Lead on stalking" if is_signed else "",
                signatory_post="Assistant chief constable" if is_signed else "",
                signed_by=signer if is_signed else None,
                signed_at=days.moment(opens_on + timedelta(days=4 + number % 27))
                if is_signed else None,
                is_entered_by_authority=is_signed and signer is actor,
                came_as="A file" if is_signed and signer is actor else "",
            )
        )  # fmt: skip
    made = create(SurveyReply, rows, [actor] * len(rows))
    for row in made:
        if row.signed_by and row.signed_by != actor:
            stage.book.note(row.signed_by, "surveyreply.sign", row, "own-organisation")
    return [row for row in made if row.signed_at]


def _answers(stage: Stage, questions: Sequence[Question], replies: Sequence[SurveyReply]) -> None:
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    rows = [
        ReplyAnswer(reply=reply, question=question, value=value, changed_by=reply.signed_by)
        for question, asked in zip(questions, QUESTIONS, strict=True)
        for reply, value in zip(replies, asked.answers(rng, len(replies)), strict=True)
    ]
    create(ReplyAnswer, rows, [row.changed_by for row in rows])
