"""Whether an answer is late. Computed from dates whenever it is asked, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fourfold.web.recommendations.models import Answer, Recommendation

COMPLETE: Final = Answer.Status.COMPLETE
REFUSED: Final = Answer.Position.NOT_ACCEPTED
DATED: Final = Recommendation.DueBasis.DATED


@dataclass(frozen=True)
class Clock:
    """The dates that lateness is computed from.

    `is_past_record`: of a past super-complaint, where no answer seen is not an answer missed.
    """

    deadline_on: date | None
    basis: str = ""
    answered_on: date | None = None
    promised_on: date | None = None
    is_answered: bool = False
    is_complete: bool = False
    is_refused: bool = False
    is_past_record: bool = False


def days_late(clock: Clock, today: date) -> int:
    """Return by how many days the answer missed its deadline, so far; 0 where it did not."""
    is_unknown = clock.is_past_record and not clock.is_answered
    if clock.deadline_on is None or is_unknown:
        return 0
    answered = clock.answered_on if clock.is_answered else today
    return 0 if answered is None else max(0, (answered - clock.deadline_on).days)


def marks(clock: Clock, today: date) -> tuple[str, ...]:
    """Return what is late, in words; nothing where nothing is."""
    found, late = [], days_late(clock, today)
    if late:
        found.append(f"{_days(late)} late" + (" when answered" if clock.is_answered else ""))
    if clock.is_complete or clock.is_refused or not clock.is_answered:
        return tuple(found)
    if clock.basis == DATED and clock.deadline_on is not None and clock.deadline_on < today:
        found.append("not complete by the date the recommendation names")
    if clock.promised_on is not None and clock.promised_on < today:
        found.append("its own date has passed")
    return tuple(found)


def _days(number: int) -> str:
    return f"{number:,} {'day' if number == 1 else 'days'}"
