"""The same act told by several sources: joined by a person, and parted again.

A source is written once and stays with the act under which it was recorded; the act that stands
shows the sources of those joined to it. So parting loses nothing.
"""

from django.db import transaction

from fourfold.web.cases.actions import occasion_members
from fourfold.web.cases.actions.act_changes import ActStateError
from fourfold.web.cases.actions.acts import keep
from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Act
from fourfold.web.users import access
from fourfold.web.users.models import User


def join_acts(*, actor: User, act: Act, other: Act, reason: str) -> Act:
    """Let `act` stand for both; `other` and whatever was joined to it now belong to `act`."""
    decision = access.require(actor, "act.join", act)
    with transaction.atomic():
        occasion_members.take_turn(act.case)
        standing, joined = _pair(act, other)
        left = occasion_members.take_out(joined, by=actor)
        for earlier in Act.objects.filter(joined_into=joined):
            earlier.joined_into = standing
            keep(earlier, by=actor, why=f"Joined to {standing.ref} with {joined.ref}")
        joined.state, joined.state_reason = Act.State.JOINED, reason
        joined.joined_into = standing
        keep(joined, by=actor, why=f"Joined to {standing.ref}")
        access.record_act(
            actor, "act.join", standing, decision=decision, detail={"joined": joined.ref, **left}
        )
    return standing


def part_act(*, actor: User, act: Act, reason: str) -> Act:
    """Let a joined act stand by itself again, with its own sources."""
    decision = access.require(actor, "act.join", act)
    with transaction.atomic():
        held = Act.objects.select_for_update(of=("self",)).select_related("case").get(pk=act.pk)
        if held.state != Act.State.JOINED or held.joined_into is None:
            raise ActStateError(f"{act} is not joined")
        parted_from = held.joined_into
        held.state, held.state_reason, held.joined_into = Act.State.STANDING, reason, None
        keep(held, by=actor, why=f"Parted from {parted_from.ref}")
        access.record_act(
            actor,
            "act.change",
            held,
            decision=decision,
            detail={"parted_from": parted_from.ref},
        )
    return held


def keep_apart(*, actor: User, act: Act, other: Act) -> None:
    """Record that two acts are not the same, so that they are no longer shown as a pair."""
    decision = access.require(actor, "act.join", act)
    with transaction.atomic():
        first, second = _pair(act, other)
        first.distinct_from = sorted({*first.distinct_from, second.ref})
        keep(first, by=actor, why=f"Not the same act as {second.ref}")
        access.record_act(
            actor, "act.change", first, decision=decision, detail={"apart_from": second.ref}
        )


def _pair(act: Act, other: Act) -> tuple[Act, Act]:
    if act.case_id != other.case_id:
        raise OtherCaseError(f"{other} does not belong to {act.case}")
    held = {
        each.pk: each
        for each in Act.objects.select_for_update(of=("self",))
        .select_related("case", "occasion")
        .filter(pk__in=(act.pk, other.pk), state=Act.State.STANDING)
    }
    if len(held) != 2:
        raise ActStateError("only two acts that stand can be joined")
    return held[act.pk], held[other.pk]
