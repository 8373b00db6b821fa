"""How a recommendation stands with an addressee: seven words, each with its shape and colour."""

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
)
BY_CODE: Final = {state.code: state for state in STATES}
CODES: Final = tuple(BY_CODE)
NOT_ANSWERED: Final = "not_answered"
NOT_ACCEPTED: Final = "not_accepted"


def state_of(status: str, position: str) -> str:
    """Return the state of an answer: its status; a refusal is a state of its own."""
    if status == Answer.Status.ANSWERED and position == Answer.Position.NOT_ACCEPTED:
        return NOT_ACCEPTED
    return status or NOT_ANSWERED
