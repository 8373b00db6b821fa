"""The case itself: its name and team, closing and reopening, which course it continues."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from fourfold.web.cases import search
from fourfold.web.cases.actions.versions import keep
from fourfold.web.cases.models import Case
from fourfold.web.users import access
from fourfold.web.users.models import Team, User


class OtherForceError(ValueError):
    """The team belongs to another force."""


class ReasonMissingError(ValueError):
    """The decision has no reason."""


class CircleError(ValueError):
    """A case would continue itself, by one step or several."""


@dataclass(frozen=True)
class CaseFacts:
    """What may change about a case as such."""

    operation_name: str
    jurisdiction: str
    team: Team


def change_case(*, actor: User, case: Case, facts: CaseFacts) -> Case:
    """Change name, jurisdiction or team."""
    decision = access.require(actor, "case.change", case)
    if facts.team.force_id != case.force_id:
        raise OtherForceError("The team belongs to another force.")
    with transaction.atomic():
        changed = [name for name, value in vars(facts).items() if getattr(case, name) != value]
        for name in changed:
            setattr(case, name, getattr(facts, name))
        keep(case, by=actor)
        search.keep(case)
        access.record_act(
            actor, "case.change", case, decision=decision, detail={"changed": changed}
        )
    return case


def close_case(*, actor: User, case: Case, reason: str) -> Case:
    """Close a case, with a reason."""
    if not reason.strip():
        raise ReasonMissingError("Say why the case is closed.")
    return _set_state(actor, case, Case.State.CLOSED, reason)


def reopen_case(*, actor: User, case: Case) -> Case:
    """Open a closed case again; why it was closed stays in its versions."""
    return _set_state(actor, case, Case.State.OPEN, "")


def _set_state(actor: User, case: Case, state: Case.State, reason: str) -> Case:
    decision = access.require(actor, "case.close", case)
    is_closed = state == Case.State.CLOSED
    with transaction.atomic():
        case.state = state
        case.closed_by = actor if is_closed else None
        case.closed_at = timezone.now() if is_closed else None
        case.closing_reason = reason
        keep(case, by=actor)
        search.keep(case)
        access.record_act(actor, "case.close", case, decision=decision, detail={"state": state})
    return case


def decide_course(*, actor: User, case: Case, continues: Case | None, reason: str) -> Case:
    """Decide whether a case continues the course of conduct of an earlier one."""
    decision = access.require(actor, "case.change", case)
    if continues is not None:
        access.require(actor, "case.open", continues)
        _check_no_circle(case, continues)
    if not reason.strip():
        raise ReasonMissingError("Say why it is, or is not, the same course of conduct.")
    with transaction.atomic():
        case.continues = continues
        case.continues_reason = reason
        keep(case, by=actor)
        search.keep(case)
        access.record_act(
            actor, "case.change", case, decision=decision,
            detail={"continues": continues.ref if continues else "no"},
        )  # fmt: skip
    return case


def _check_no_circle(case: Case, earlier: Case) -> None:
    seen: Case | None = earlier
    while seen is not None:
        if seen.pk == case.pk:
            raise CircleError("That case continues this one already.")
        seen = seen.continues
