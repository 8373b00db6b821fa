"""The lifecycle of an answer (super-complaints.md section 4, from published plans).

Issued, then accepted, accepted in part or not accepted; then planned, in progress, complete; and
"no date possible" as a value of its own. Nothing here blocks saving: the checks stand beside the
fields, and sending or publishing wants them met.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fourfold.web.recommendations.models import Answer
from fourfold.web.recommendations.rules.standing import SILENT

Status, Position = Answer.Status, Answer.Position
TAKEN_UP: Final = frozenset({Position.ACCEPTED, Position.ACCEPTED_IN_PART})
ACTING: Final = frozenset(
    {Status.PLANNED, Status.IN_PROGRESS, Status.COMPLETE, Status.NO_DATE_POSSIBLE}
)
WANT_PLAN: Final = frozenset({Status.PLANNED, Status.IN_PROGRESS, Status.NO_DATE_POSSIBLE})
WANT_DATE: Final = frozenset({Status.PLANNED, Status.IN_PROGRESS})


@dataclass(frozen=True)
class AnswerFacts:
    """What an answer says, as far as the lifecycle asks; `sent_status`: as it was last sent."""

    position: str = ""
    status: str = Status.NOT_ANSWERED
    initial_response: str = ""
    plan: str = ""
    due_on: date | None = None
    no_date_reason: str = ""
    evidence_count: int = 0
    no_evidence_reason: str = ""
    sent_status: str = ""
    has_new_update: bool = False


@dataclass(frozen=True)
class Check:
    """One thing that is lacking before an answer can be sent: which field, and what to do."""

    field: str
    words: str


class NotReadyError(Exception):
    """An answer cannot be sent or published yet."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        super().__init__(" ".join(check.words for check in checks))
        self.checks = checks


def checks(facts: AnswerFacts) -> tuple[Check, ...]:
    """Return everything that is lacking, in the order of the form."""
    return tuple(
        check
        for guard in (_position, _reason, _status, _plan, _date, _evidence, _going_back)
        if (check := guard(facts)) is not None
    )


def require_ready(facts: AnswerFacts) -> None:
    """Raise unless the answer can be sent."""
    if lacking := checks(facts):
        raise NotReadyError(lacking)


def _position(facts: AnswerFacts) -> Check | None:
    if facts.position:
        return None
    return Check("position", "Say whether the recommendation is accepted.")


def _reason(facts: AnswerFacts) -> Check | None:
    wants = facts.position in (Position.ACCEPTED_IN_PART, Position.NOT_ACCEPTED)
    if not wants or facts.initial_response.strip():
        return None
    return Check(
        "initial_response", "Give the reason why it is not accepted, or not accepted in full."
    )


def _status(facts: AnswerFacts) -> Check | None:
    if facts.status in SILENT:
        words = Status(facts.status).label
        return Check("status", f"Choose where it stands. “{words}” cannot be sent.")
    if facts.status in ACTING and facts.position and facts.position not in TAKEN_UP:
        return Check(
            "status",
            "A recommendation that is not accepted cannot be planned or done. Choose “Answered”, "
            "or change the position.",
        )
    return None


def _plan(facts: AnswerFacts) -> Check | None:
    if facts.status not in WANT_PLAN or facts.plan.strip():
        return None
    return Check("plan", "Say what will be done.")


def _date(facts: AnswerFacts) -> Check | None:
    if facts.status in WANT_DATE and facts.due_on is None:
        return Check("due_on", "Give the date, or choose “No date possible” and say why.")
    if facts.status == Status.NO_DATE_POSSIBLE:
        if not facts.no_date_reason.strip():
            return Check("no_date_reason", "Say why no date can be given.")
        if facts.due_on is not None:
            return Check("due_on", "Take the date out, or choose another status: both cannot be.")
    return None


def _evidence(facts: AnswerFacts) -> Check | None:
    is_shown = facts.evidence_count > 0 or facts.no_evidence_reason.strip()
    if facts.status != Status.COMPLETE or is_shown:
        return None
    return Check("no_evidence_reason", "Attach evidence that it is complete, or say why none is.")


def _going_back(facts: AnswerFacts) -> Check | None:
    is_back = facts.sent_status == Status.COMPLETE and facts.status != Status.COMPLETE
    if not is_back or facts.has_new_update:
        return None
    return Check("status", "Add an update that says why it is no longer complete.")
