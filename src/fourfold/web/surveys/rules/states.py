"""When a survey or a reply allows a step. Each rule returns why not, or nothing.

Basis: practice of the published force survey (4 August to 4 September 2023). The law fixes
nothing of a survey.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

DRAFT, OPEN, CLOSED, PUBLISHED = "draft", "open", "closed", "published"
SIGNED = "signed"
ENDED: Final = frozenset({CLOSED, PUBLISHED})


@dataclass(frozen=True)
class Readiness:
    """What a survey has before it is opened."""

    state: str
    questions: int
    asked: int
    opens_on: date | None
    closes_on: date | None
    is_investigated: bool


def why_not_change(state: str) -> str:
    """Say why the questions cannot be changed."""
    if state == DRAFT:
        return ""
    return "Forces answer these questions already. Copy the survey to ask something else."


def why_not_open(ready: Readiness, today: date) -> list[str]:
    """List what is missing before a survey is opened."""
    missing = []
    if ready.state != DRAFT:
        missing.append("It was opened already.")
    if not ready.is_investigated:
        missing.append("The super-complaint is not under investigation.")
    if not ready.questions:
        missing.append("Add at least one question.")
    if not ready.asked:
        missing.append("Choose who is asked.")
    if ready.closes_on is None or ready.closes_on < today:
        missing.append("Set a closing day that is not past.")
    if ready.opens_on is not None and ready.opens_on > today:
        missing.append("The opening day is still to come. Open it then, or change the day.")
    return missing


def why_not_close(state: str) -> str:
    """Say why a survey cannot be closed."""
    return "" if state == OPEN else "Only an open survey can be closed."


def why_not_publish(state: str) -> str:
    """Say why a survey cannot be published."""
    return "" if state in ENDED else "Close the survey first. Replies can still change until then."


def why_not_write(
    survey: str, reply: str, more_time_until: date | None, is_by_authority: bool, today: date
) -> str:
    """Say why nobody can write in a reply."""
    if reply == SIGNED:
        return "The reply is signed off. Record an amendment to change an answer."
    if survey == OPEN or (survey in ENDED and is_by_authority):
        return ""
    if survey in ENDED and more_time_until is not None and today <= more_time_until:
        return ""
    if survey == DRAFT:
        return "The survey is not open yet."
    return "The survey is closed. Ask the authority for more time."


def why_not_amend(reply: str) -> str:
    """Say why an answer cannot be amended."""
    return "" if reply == SIGNED else "The reply is not signed off. Change the answer itself."


def is_late(signed_on: date | None, closes_on: date | None, today: date) -> bool:
    """Say whether a reply came, or stays out, after the closing day."""
    return closes_on is not None and (signed_on or today) > closes_on
