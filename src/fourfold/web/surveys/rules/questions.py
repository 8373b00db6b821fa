"""What a question must be, and a survey's questions as a file: read, checked, written.

The same checks stand behind the form, the import and the template.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fourfold.web.surveys.rules.kinds import (
    COUNTED,
    JOIN,
    MOST_CELLS,
    MOST_OPTIONS,
    Kind,
    State,
)

FORMAT: Final = "fourfold-survey-1"
MOST_BYTES: Final = 1_000_000
MOST_QUESTIONS: Final = 300
PUBLISH: Final = ("all", "counts", "nothing")
RESERVED: Final = frozenset(
    {"not known", "not held", "not answered", "answered", "cannot be read", "no signed reply"}
)  # labels of the analysis
LENGTHS: Final = {"text": 500, "help_text": 500, "unit": 40, "origin": 200, "show_if_answer": 200}


class QuestionFileError(ValueError):
    """A file of questions cannot be read; the message says where and why."""


@dataclass(frozen=True)
class QuestionSpec:
    """A question as it is entered, copied or imported. `show_if` is a number such as 1.2."""

    text: str
    kind: str = Kind.YES_NO
    help_text: str = ""
    options: tuple[str, ...] = ()
    unit: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    is_required: bool = False
    may_not_know: bool = True
    may_not_hold: bool = False
    show_if: str = ""
    show_if_answer: str = ""
    publish: str = "counts"
    origin: str = ""


@dataclass(frozen=True)
class SectionSpec:
    """A section with its questions."""

    heading: str
    introduction: str = ""
    questions: tuple[QuestionSpec, ...] = ()


def problems_of(spec: QuestionSpec) -> dict[str, str]:
    """Return what is wrong with a question, by field."""
    found = {name: "It is too long." for name, most in LENGTHS.items() if _len(spec, name) > most}
    if not spec.text.strip():
        found["text"] = "Enter the question."
    if spec.kind not in Kind.values:
        found["kind"] = "Choose the kind of answer."
    if spec.publish not in PUBLISH:
        found["publish"] = "Choose what may be published."
    if spec.kind in (Kind.ONE, Kind.MANY):
        found |= _lines("options", spec.options, 2, "Enter at least two answers, one on each line.")
    if spec.kind == Kind.NUMBER and not spec.unit.strip():
        found["unit"] = "Enter what is counted, such as “officers” or “days”."
    if spec.kind == Kind.TABLE:
        found |= _lines("columns", spec.columns, 1, "Enter at least one column, one on each line.")
        found |= _lines("rows", spec.rows, 1, "Enter at least one row, one on each line.")
        if len(spec.columns) * len(spec.rows) > MOST_CELLS:
            found["rows"] = f"A table has at most {MOST_CELLS} cells. Take two questions."
    return found


def waiting_problem(kind: str, choices: Sequence[str], states: Sequence[str], answer: str) -> str:
    """Say why an answer to an earlier question cannot open a later one."""
    labels = [State(state).label for state in states if state != State.ANSWERED]
    if kind not in COUNTED:
        return "Only a question with answers to choose from can open another."
    if answer not in (*choices, *labels):
        return "Enter one of its answers exactly: " + ", ".join([*choices, *labels]) + "."
    return ""


def _len(spec: QuestionSpec, name: str) -> int:
    return len(getattr(spec, name))


def _lines(field: str, lines: Sequence[str], least: int, words: str) -> dict[str, str]:
    taken = RESERVED & {line.lower() for line in lines} if field == "options" else set()
    is_unfit = any(not line.strip() or len(line) > 200 or JOIN.strip() in line for line in lines)
    found = (
        (len(lines) < least, words),
        (len(lines) > MOST_OPTIONS, f"Enter at most {MOST_OPTIONS}."),
        (len(set(lines)) < len(lines), "Each may stand here once."),
        (is_unfit, "Each has 1 to 200 characters, without a vertical bar."),
        (any(line.startswith("(") for line in lines), "None may begin with a bracket."),
        (bool(taken), f"“{min(taken, default='')}” is counted apart. Take it out of the list."),
    )
    return next(({field: said} for is_wrong, said in found if is_wrong), {})


def to_json(title: str, sections: Sequence[SectionSpec]) -> str:
    """Return a survey's questions as a file."""
    plain = {"format": FORMAT, "title": title, "sections": [_section(each) for each in sections]}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _section(section: SectionSpec) -> dict[str, Any]:
    questions = [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(q).items()
        }
        for q in section.questions
    ]
    return {"heading": section.heading, "introduction": section.introduction,
            "questions": questions}  # fmt: skip


def from_json(content: bytes) -> tuple[SectionSpec, ...]:
    """Read a file of questions.

    Raises:
        QuestionFileError: it is too large, not of this form, or has a question that is wrong.
    """
    if len(content) > MOST_BYTES:
        raise QuestionFileError("The file is larger than 1 MB.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise QuestionFileError(
            "The file is not JSON. Choose a file saved from a survey."
        ) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise QuestionFileError(f"The file is not of the form {FORMAT}.")
    return from_plain(found.get("sections"))


def from_plain(found: object) -> tuple[SectionSpec, ...]:
    """Return the sections of a file of questions or of a template, each question checked."""
    if not isinstance(found, list) or not found or len(found) > MOST_OPTIONS * 2:
        raise QuestionFileError("The file has no list of sections.")
    sections = tuple(_read_section(each, at) for at, each in enumerate(found, 1))
    if sum(len(section.questions) for section in sections) > MOST_QUESTIONS:
        raise QuestionFileError(f"The file has more than {MOST_QUESTIONS} questions.")
    _check_waiting(sections)
    return sections


def _read_section(found: object, at: int) -> SectionSpec:
    if not isinstance(found, Mapping) or not _words(found.get("heading"), 200):
        raise QuestionFileError(f"Section {at} has no heading.")
    questions = found.get("questions", [])
    introduction = found.get("introduction", "")
    if not isinstance(questions, list) or not isinstance(introduction, str):
        raise QuestionFileError(f"Section {at} cannot be read.")
    read = tuple(_read_question(each, f"{at}.{n}") for n, each in enumerate(questions, 1))
    return SectionSpec(str(found["heading"]), _clean(introduction), read)


def _read_question(found: object, number: str) -> QuestionSpec:
    names = QuestionSpec.__dataclass_fields__
    if not isinstance(found, Mapping) or not set(found) <= set(names):
        raise QuestionFileError(f"Question {number} cannot be read.")
    facts: dict[str, Any] = {}
    for name, value in found.items():
        facts[name] = _fact(name, value, number)
    spec = QuestionSpec(**{"text": "", **facts})
    for field, words in problems_of(spec).items():
        raise QuestionFileError(f"Question {number}, {field.replace('_', ' ')}: {words}")
    return spec


def _fact(name: str, value: object, number: str) -> object:
    if name in ("options", "columns", "rows"):
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return tuple(_clean(each) for each in value)
    elif name.startswith(("is_", "may_")):
        if isinstance(value, bool):
            return value
    elif isinstance(value, str):
        return _clean(value)
    raise QuestionFileError(f"Question {number}, {name.replace('_', ' ')}: it cannot be read.")


def _clean(text: str) -> str:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise QuestionFileError("The file has a character that cannot be kept.")
    return text.strip()


def _words(value: object, most: int) -> bool:
    return isinstance(value, str) and bool(_clean(value)) and len(value) <= most


def _check_waiting(sections: Sequence[SectionSpec]) -> None:
    """Refuse a question that waits for none, for one after it, or for no answer of it."""
    before: dict[str, QuestionSpec] = {}
    for at, section in enumerate(sections, 1):
        for n, spec in enumerate(section.questions, 1):
            if spec.show_if:
                waited = before.get(spec.show_if)
                words = "It waits for a question that does not stand before it."
                if waited is not None:
                    words = waiting_problem(
                        waited.kind, choices_of(waited), states_of(waited), spec.show_if_answer
                    )
                if words:
                    raise QuestionFileError(f"Question {at}.{n}, show if: {words}")
            before[f"{at}.{n}"] = spec


def choices_of(spec: QuestionSpec) -> tuple[str, ...]:
    """Return the choices that a question offers."""
    return ("Yes", "No") if spec.kind == Kind.YES_NO else spec.options


def states_of(spec: QuestionSpec) -> tuple[str, ...]:
    """Return the states beside an answer that a question offers."""
    known = (State.NOT_KNOWN,) if spec.may_not_know else ()
    return known + ((State.NOT_HELD,) if spec.may_not_hold else ())
