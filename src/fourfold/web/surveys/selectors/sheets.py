"""A survey with its sections and questions in order, numbered, read once for a page."""

from dataclasses import dataclass, field
from functools import cached_property

from fourfold.web.surveys.models import Question, Survey, SurveySection
from fourfold.web.surveys.rules.filling import Asked
from fourfold.web.surveys.rules.questions import QuestionSpec, SectionSpec


@dataclass
class Part:
    """A section in its place."""

    number: int
    section: SurveySection
    questions: list[Question] = field(default_factory=list)


@dataclass
class Sheet:
    """A survey's questions in order."""

    survey: Survey
    parts: list[Part]

    @cached_property
    def questions(self) -> list[Question]:
        """Return every question in order."""
        return [question for part in self.parts for question in part.questions]

    @cached_property
    def numbers(self) -> dict[int, str]:
        """Return the number of each question, such as 2.3, by its key."""
        return {
            question.pk: f"{part.number}.{at}"
            for part in self.parts
            for at, question in enumerate(part.questions, 1)
        }

    @cached_property
    def by_key(self) -> dict[int, Question]:
        """Return each question by its key."""
        return {question.pk: question for question in self.questions}

    @cached_property
    def asked(self) -> list[Asked]:
        """Return the questions as the rules want them."""
        return [
            Asked(
                key=question.pk,
                section=question.section_id,
                shape=question.shape,
                show_if=question.show_if_id,
                show_if_answer=question.show_if_answer,
            )
            for question in self.questions
        ]

    def part_of(self, section: SurveySection) -> Part:
        """Return a section in its place."""
        return next(part for part in self.parts if part.section.pk == section.pk)

    def specs(self) -> tuple[SectionSpec, ...]:
        """Return the questions as a file says them."""
        return tuple(
            SectionSpec(
                part.section.heading,
                part.section.introduction,
                tuple(self._spec(question) for question in part.questions),
            )
            for part in self.parts
        )

    def _spec(self, question: Question) -> QuestionSpec:
        plain = (
            "text", "kind", "help_text", "unit", "is_required", "may_not_know", "may_not_hold",
            "show_if_answer", "publish", "origin",
        )  # fmt: skip
        return QuestionSpec(
            **{name: getattr(question, name) for name in plain},
            options=tuple(question.options),
            columns=tuple(question.columns),
            rows=tuple(question.rows),
            show_if=self.numbers.get(question.show_if_id or 0, ""),
        )


def sheet_of(survey: Survey) -> Sheet:
    """Read a survey's questions (2 queries)."""
    sections = SurveySection.objects.filter(survey=survey).order_by("order", "pk")
    parts = [Part(at, section) for at, section in enumerate(sections, 1)]
    by_section = {part.section.pk: part for part in parts}
    found = Question.objects.filter(section__survey=survey).order_by("order", "pk")
    for question in found:
        part = by_section[question.section_id]
        question.section = part.section
        part.questions.append(question)
    return Sheet(survey, parts)
