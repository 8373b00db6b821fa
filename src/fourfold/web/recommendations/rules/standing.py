"""How a recommendation stands with an addressee: eight words, each with its shape and colour."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.recommendations.models import Answer


@dataclass(frozen=True)
class State:
    """A state as the matrix shows it: code, word, shape. The style sheet has the colour."""

    code: str
    word: str
    shape: str


STATES: Final = (
    State("complete", "Complete", "●"),
    State("in_progress", "In progress", "◑"),
    State("planned", "Planned", "◔"),
    State("answered", "Answered", "◇"),
    State("no_date_possible", "No date possible", "△"),
    State("not_accepted", "Not accepted", "✕"),
    State("not_answered", "Not answered", "○"),
    State("not_recorded", "Not recorded here", "?"),
)
BY_CODE: Final = {state.code: state for state in STATES}
CODES: Final = tuple(BY_CODE)
NOT_ANSWERED: Final = "not_answered"
NOT_RECORDED: Final = "not_recorded"
NOT_ACCEPTED: Final = "not_accepted"
SILENT: Final = frozenset({NOT_ANSWERED, NOT_RECORDED})
SAYABLE: Final = tuple(pair for pair in Answer.Status.choices if pair[0] not in SILENT)
NOT_RECORDED_MEANS: Final = (
    "“Not recorded here” means that this program has seen no answer. It says nothing about"
    " whether one was given."
)


def silence(*, is_past_record: bool) -> str:
    """Return how a silence is called: of a past super-complaint, nobody asked here."""
    return NOT_RECORDED if is_past_record else NOT_ANSWERED


def silences(*, is_past_record: bool) -> tuple[State, ...]:
    """Return the states that can stand, with the one silence that is meant."""
    other = silence(is_past_record=not is_past_record)
    return tuple(state for state in STATES if state.code != other)


def state_of(status: str, position: str) -> str:
    """Return the state of an answer: its status; a refusal is a state of its own."""
    if status == Answer.Status.ANSWERED and position == Answer.Position.NOT_ACCEPTED:
        return NOT_ACCEPTED
    return status or NOT_ANSWERED
