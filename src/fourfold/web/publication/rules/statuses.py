"""How a status looks on the public site: a word, a shape and a colour, never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fourfold.web.publication.content import Answer


@dataclass(frozen=True)
class Look:
    """A status: its code, its words, a short word for a cell, and its shape."""

    code: str
    words: str
    short: str
    shape: str


LOOKS: Final = {
    look.code: look
    for look in (
        Look("complete", "Complete", "Done", "complete"),
        Look("in_progress", "In progress", "Begun", "half"),
        Look("planned", "Planned", "Planned", "ring"),
        Look("answered", "Answered, no plan yet", "Answered", "square"),
        Look("no_date_possible", "No date possible", "No date", "diamond"),
        Look("not_accepted", "Not accepted", "Refused", "cross"),
        Look("not_answered", "Not answered", "No answer", "gap"),
        Look("mixed", "Differs from part to part", "Mixed", "mixed"),
        Look("nothing", "No answer published", "None seen", "dots"),
        Look("not_recorded", "Answer not recorded here", "Not seen", "query"),
    )
}
ORDER: Final = tuple(LOOKS)


def look_of(code: str, words: str = "") -> Look:
    """Return how a status looks; one that is not known keeps its own words."""
    if code in LOOKS:
        return LOOKS[code]
    said = words or code.replace("_", " ").capitalize() or "Not said"
    return Look(code or "other", said, said[:9], "square")


def look_of_answer(answer: Answer) -> Look:
    """Return how an answer looks: one that says no is shown as such."""
    if answer.position == "not_accepted":
        return LOOKS["not_accepted"]
    return look_of(answer.status, answer.status_words)


def look_of_cell(answers: Sequence[Answer]) -> Look:
    """Return how all that one organisation answers to one recommendation looks."""
    whole = [answer for answer in answers if not answer.part] or list(answers)
    looks = {look_of_answer(answer).code: look_of_answer(answer) for answer in whole}
    if not looks:
        return LOOKS["nothing"]
    return next(iter(looks.values())) if len(looks) == 1 else LOOKS["mixed"]
