"""Change an act, withdraw it, let it stand again, add a source to it."""

from django.db import transaction

from fourfold.web.cases.actions import occasion_members
from fourfold.web.cases.actions.acts import (
    ActFacts,
    SourceFacts,
    check_case,
    keep,
    new_source,
    values_of,
)
from fourfold.web.cases.models import Act, ActSource
from fourfold.web.users import access
from fourfold.web.users.models import User


class ActStateError(ValueError):
    """The act is not in the state that this needs."""


class ChangedMeanwhileError(ValueError):
    """Somebody saved another version since the form was opened."""


def change_act(
    *, actor: User, act: Act, facts: ActFacts, why: str = "", seen_version: int | None = None
) -> Act:
    """Write a new version of an act; `seen_version` is the one that the user had before them."""
    decision = access.require(actor, "act.change", act)
    check_case(act.case, facts, None)
    with transaction.atomic():
        held = _held(act)
        if seen_version is not None and version_of(held) != seen_version:
            raise ChangedMeanwhileError(str(act))
        before = {name: getattr(held, name) for name in values_of(facts)}
        for name, value in values_of(facts).items():
            setattr(held, name, value)
        changed = sorted(name for name, value in before.items() if getattr(held, name) != value)
        if changed:
            keep(held, by=actor, why=why)
            access.record_act(
                actor, "act.change", held, decision=decision, detail={"fields": changed}
            )
    return held


def withdraw_act(*, actor: User, act: Act, reason: str) -> Act:
    """Let an act no longer count. It stays in the record with the reason."""
    decision = access.require(actor, "act.withdraw", act)
    with transaction.atomic():
        occasion_members.take_turn(act.case)
        held = _held(act, Act.State.STANDING)
        left = occasion_members.take_out(held, by=actor)
        held.state, held.state_reason = Act.State.WITHDRAWN, reason
        keep(held, by=actor, why="Withdrawn")
        access.record_act(actor, "act.withdraw", held, decision=decision, detail=left)
    return held


def restore_act(*, actor: User, act: Act, reason: str) -> Act:
    """Let a withdrawn act stand again."""
    decision = access.require(actor, "act.withdraw", act)
    with transaction.atomic():
        held = _held(act, Act.State.WITHDRAWN)
        held.state, held.state_reason = Act.State.STANDING, reason
        keep(held, by=actor, why="Stands again")
        access.record_act(
            actor, "act.withdraw", held, decision=decision, detail={"stands_again": True}
        )
    return held


def add_source(*, actor: User, act: Act, source: SourceFacts) -> ActSource:
    """Add a source that an act is known from."""
    decision = access.require(actor, "act.change", act)
    check_case(act.case, ActFacts(), source)
    with transaction.atomic():
        added = new_source(actor, act, source)
        added.save()
        access.record_act(
            actor, "act.change", act, decision=decision, detail={"source": source.kind}
        )
    return added


def version_of(act: Act) -> int | None:
    """Return the number of an act's newest version."""
    newest: int | None = (
        act.history.order_by("-history_id").values_list("history_id", flat=True).first()
    )
    return newest


def _held(act: Act, *states: str) -> Act:
    """Return the act as it stands now, held until the transaction ends."""
    held = Act.objects.select_for_update(of=("self",)).select_related("case").get(pk=act.pk)
    if states and held.state not in states:
        raise ActStateError(f"{act} is {held.state}")
    return held
