"""Which questions a reply is asked, and how far it is. One walk, in the order of the survey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourfold.web.base.words import plural
from fourfold.web.surveys.rules.answers import problem_of
from fourfold.web.surveys.rules.kinds import NONE, Given, Kind, Shape, State


@dataclass(frozen=True)
class Asked:
    """A question in its place: key, section, shape, and the answer that opens it."""

    key: int
    section: int
    shape: Shape
    show_if: int | None = None
    show_if_answer: str = ""


@dataclass(frozen=True)
class Progress:
    """Counts of a reply or of a section of it."""

    asked: int = 0
    answered: int = 0
    needed: int = 0
    problems: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing stands in the way of sign-off."""
        return not self.needed and not self.problems

    @property
    def waits_for(self) -> str:
        """Say what sign-off waits for; "" where it waits for nothing."""
        parts = [
            plural(self.needed, "required answer") if self.needed else "",
            plural(self.problems, "answer that cannot be read", "answers that cannot be read")
            if self.problems
            else "",
        ]
        words = " and ".join(filter(None, parts))
        return f"Sign-off waits for {words}." if words else ""

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.asked + other.asked,
            self.answered + other.answered,
            self.needed + other.needed,
            self.problems + other.problems,
        )


def opens(given: Given, answer: str) -> bool:
    """Say whether an answer opens a question that waits for it."""
    if given.state in (State.NOT_KNOWN, State.NOT_HELD):
        return answer == State(given.state).label
    if isinstance(given.value, list):
        return answer in given.value
    return bool(given) and given.value == answer


def visible(questions: Sequence[Asked], answers: Mapping[int, Given]) -> set[int]:
    """Return the questions that a reply is asked; one waits only for one before it."""
    seen: set[int] = set()
    for question in questions:
        waits_for = question.show_if
        if waits_for is None or (
            waits_for in seen and opens(answers.get(waits_for, NONE), question.show_if_answer)
        ):
            seen.add(question.key)
    return seen


def progress(
    questions: Sequence[Asked], answers: Mapping[int, Given], with_files: frozenset[int]
) -> dict[int, Progress]:
    """Return how far each section is."""
    seen = visible(questions, answers)
    counted: dict[int, Progress] = {question.section: Progress() for question in questions}
    for question in questions:
        if question.key in seen:
            given = answers.get(question.key, NONE)
            counted[question.section] += _one(question, given, question.key in with_files)
    return counted


def is_answered(shape: Shape, given: Given, has_file: bool) -> bool:
    """Say whether there is an answer: for a file, the file itself."""
    return bool(given) or (shape.kind == Kind.FILE and has_file)


def _one(question: Asked, given: Given, has_file: bool) -> Progress:
    answered = is_answered(question.shape, given, has_file)
    return Progress(
        asked=1,
        answered=int(answered),
        needed=int(question.shape.is_required and not answered),
        problems=int(bool(problem_of(question.shape, given))),
    )
