"""Every move of a super-complaint: guard, state, step and ledger, at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from fourfold.web.supercomplaints.errors import GuardError, NotFromHereError
from fourfold.web.supercomplaints.models import Document, Step, SuperComplaint
from fourfold.web.supercomplaints.rules import clocks, procedure
from fourfold.web.supercomplaints.selectors.standing import facts_of
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Move:
    """One event: which (a code of rules/procedure.py), on which day, in which words.

    `changes` are fields of the super-complaint that change with it.
    """

    event: str
    on: date
    words: str = ""
    document: Document | None = None
    is_public: bool = True
    source: str = ""
    changes: Mapping[str, object] = field(default_factory=dict)


def move(*, actor: User, supercomplaint: SuperComplaint, made: Move) -> Step:
    """Move a super-complaint by an event; what is not met is said and nothing changes.

    Raises:
        NotFromHereError: the event does not follow in its state.
        GuardError: a guard of the event does not hold; says which and what to do.
    """
    event = procedure.BY_CODE[made.event]
    decision = access.require(actor, event.act, supercomplaint)
    with transaction.atomic():
        held = SuperComplaint.objects.select_for_update(of=("self",)).get(pk=supercomplaint.pk)
        _check(actor, held, event, made)
        step = _step(actor, held, event, made)
        _change(supercomplaint, event, made)
        detail = {"event": event.code, "to": event.to_state, "late": step.is_late}
        access.record_act(actor, event.act, supercomplaint, decision=decision, detail=detail)
    return step


def _check(actor: User, held: SuperComplaint, event: procedure.Event, made: Move) -> None:
    if held.state not in event.from_states:
        raise NotFromHereError(
            f"“{event.name}” does not follow while a super-complaint is"
            f" “{held.get_state_display()}”. Reload the page to see where it stands."
        )
    if unmet := procedure.unmet(event, facts_of(held, actor, made.on)):
        raise GuardError(" ".join(guard.unmet for guard in unmet))


def _step(actor: User, held: SuperComplaint, event: procedure.Event, made: Move) -> Step:
    limit_on = getattr(held, event.limit) if event.limit else None
    basis = procedure.PRACTICE if event.said.basis == procedure.NOT_SEEN else event.said.basis
    return Step.objects.create(
        supercomplaint=held,
        event=event.code,
        from_state=held.state,
        to_state=event.to_state,
        on=made.on,
        words=made.words or event.said.words,
        basis=basis,
        source=made.source or event.said.source,
        is_late=limit_on is not None and made.on > limit_on,
        is_public=made.is_public,
        document=made.document,
        by=actor,
    )


def _change(supercomplaint: SuperComplaint, event: procedure.Event, made: Move) -> None:
    supercomplaint.refresh_from_db()
    supercomplaint.state = event.to_state
    if event.sets_date:
        setattr(supercomplaint, event.sets_date, made.on)
    if event.code == "publish" and supercomplaint.responses_due_on is None:
        supercomplaint.responses_due_on = clocks.responses_due(made.on)
    for name, value in made.changes.items():
        setattr(supercomplaint, name, value)
    supercomplaint.save()
