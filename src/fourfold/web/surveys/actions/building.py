"""Make a survey and its questions. Once forces are asked, the questions stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Question, Survey, SurveySection
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.questions import QuestionSpec, SectionSpec
from fourfold.web.surveys.selectors.sheets import sheet_of
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

CHANGE = "survey.change"
PLAIN = (
    "text", "kind", "help_text", "unit", "is_required", "may_not_know", "may_not_hold",
    "show_if_answer", "publish", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class SurveyFacts:
    """What a survey says of itself."""

    title: str
    introduction: str = ""
    contact: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    public_note: str = ""


def make_survey(
    *,
    actor: User,
    supercomplaint: SuperComplaint,
    facts: SurveyFacts,
    sections: Sequence[SectionSpec] = (),
) -> Survey:
    """Make a survey, empty or with the questions of a template, a file or another survey."""
    decision = access.require(actor, CHANGE, supercomplaint)
    with transaction.atomic():
        survey = Survey.objects.create(supercomplaint=supercomplaint, made_by=actor, **vars(facts))
        added = _load(survey, sections)
        detail = {"made": True, "questions": added}
        access.record_act(actor, CHANGE, survey, decision=decision, detail=detail)
    return survey


def questions_of(*, actor: User, source: Survey) -> tuple[SectionSpec, ...]:
    """Return the questions of an earlier survey that the actor may open, to copy them."""
    access.require(actor, "survey.open", source)
    return sheet_of(source).specs()


def change_survey(*, actor: User, survey: Survey, facts: SurveyFacts) -> None:
    """Change title, introduction and days; after opening, the closing day may only move back."""
    decision = access.require(actor, CHANGE, survey)
    if survey.state != Survey.State.DRAFT:
        if facts.opens_on != survey.opens_on:
            raise SurveyError("The opening day stands: the survey is open.")
        if survey.state != Survey.State.OPEN and facts.closes_on != survey.closes_on:
            raise SurveyError("The closing day stands: the survey is closed.")
    with transaction.atomic():
        for name, value in vars(facts).items():
            setattr(survey, name, value)
        survey.save()
        access.record_act(actor, CHANGE, survey, decision=decision)


def load_questions(*, actor: User, survey: Survey, sections: Sequence[SectionSpec]) -> int:
    """Add sections with their questions behind those that stand; return how many questions."""
    decision = _may_change(actor, survey)
    with transaction.atomic():
        added = _load(survey, sections)
        detail = {"sections": len(sections), "questions": added}
        access.record_act(actor, CHANGE, survey, decision=decision, detail=detail)
    return added


def save_section(
    *, actor: User, survey: Survey, heading: str, introduction: str,
    section: SurveySection | None = None,
) -> SurveySection:  # fmt: skip
    """Add a section, or change one."""
    decision = _may_change(actor, survey)
    with transaction.atomic():
        if section is None:
            section = SurveySection(survey=survey, order=_next(survey.sections.all()))
        section.heading, section.introduction = heading, introduction
        section.save()
        access.record_act(actor, CHANGE, survey, decision=decision, detail={"part": section.ref})
    return section


def save_question(
    *, actor: User, section: SurveySection, spec: QuestionSpec, show_if: Question | None,
    question: Question | None = None,
) -> Question:  # fmt: skip
    """Add a question, or change one."""
    survey = section.survey
    decision = _may_change(actor, survey)
    with transaction.atomic():
        if question is None:
            question = Question(section=section, order=_next(section.questions.all()))
        _fill(question, spec, show_if)
        question.save()
        access.record_act(actor, CHANGE, survey, decision=decision, detail={"part": question.ref})
    return question


def set_publication(*, actor: User, survey: Survey, chosen: dict[Question, str]) -> None:
    """Set what may be published of each question; this may change until it is published."""
    decision = access.require(actor, CHANGE, survey)
    with transaction.atomic():
        for question, publish in chosen.items():
            question.publish = publish
            question.save(update_fields=["publish"])
        detail = {"publication_of": [question.ref for question in chosen]}
        access.record_act(actor, CHANGE, survey, decision=decision, detail=detail)


def move(*, actor: User, part: SurveySection | Question, by: int) -> None:
    """Move a section or question one place up (-1) or down (+1)."""
    survey = part.survey if isinstance(part, SurveySection) else part.section.survey
    decision = _may_change(actor, survey)
    with transaction.atomic():
        parts: list[SurveySection | Question] = (
            list(survey.sections.all())
            if isinstance(part, SurveySection)
            else list(part.section.questions.all())
        )
        at = next(n for n, each in enumerate(parts) if each.pk == part.pk)
        to = min(max(at + by, 0), len(parts) - 1)
        parts.insert(to, parts.pop(at))
        for order, each in enumerate(parts, 1):
            if each.order != order:
                each.order = order
                each.save()
        _check_waiting(survey)
        access.record_act(actor, CHANGE, survey, decision=decision, detail={"part": part.ref})


def remove(*, actor: User, part: SurveySection | Question) -> None:
    """Take a section or question out of a draft; its versions are kept."""
    is_section = isinstance(part, SurveySection)
    survey = part.survey if isinstance(part, SurveySection) else part.section.survey
    decision = _may_change(actor, survey)
    with transaction.atomic():
        gone = list(part.questions.all()) if isinstance(part, SurveySection) else [part]
        waiting = Question.objects.filter(show_if__in=gone).exclude(pk__in=[q.pk for q in gone])
        if waiting.exists():
            raise SurveyError("Another question waits for an answer here. Change that one first.")
        for question in reversed(gone):
            question.delete()
        if is_section:
            part.delete()
        access.record_act(actor, CHANGE, survey, decision=decision, detail={"removed": part.ref})


def _may_change(actor: User, survey: Survey) -> Decision:
    decision = access.require(actor, CHANGE, survey)
    if words := states.why_not_change(survey.state):
        raise SurveyError(words)
    return decision


def _load(survey: Survey, sections: Sequence[SectionSpec]) -> int:
    numbered: dict[str, Question] = {}
    first = _next(survey.sections.all())
    for at, spec in enumerate(sections):
        section = SurveySection.objects.create(
            survey=survey, order=first + at, heading=spec.heading, introduction=spec.introduction
        )
        for order, asked in enumerate(spec.questions, 1):
            question = Question(section=section, order=order)
            _fill(question, asked, numbered.get(asked.show_if))
            question.save()
            numbered[f"{at + 1}.{order}"] = question
    return len(numbered)


def _fill(question: Question, spec: QuestionSpec, show_if: Question | None) -> None:
    for name in PLAIN:
        setattr(question, name, getattr(spec, name))
    question.options, question.columns = list(spec.options), list(spec.columns)
    question.rows, question.show_if = list(spec.rows), show_if


def _next(parts: QuerySet[Any]) -> int:
    last = parts.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _check_waiting(survey: Survey) -> None:
    """Refuse an order in which a question stands before the one that it waits for."""
    seen: set[int] = set()
    for asked in sheet_of(survey).asked:
        if asked.show_if is not None and asked.show_if not in seen:
            raise SurveyError("A question would stand before the one whose answer it waits for.")
        seen.add(asked.key)
