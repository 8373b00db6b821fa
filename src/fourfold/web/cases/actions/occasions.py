"""Occasions: proposed by a rule; confirmed, split, merged and dissolved by a person."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from fourfold.web.cases.actions.occasion_members import (
    keep_occasion,
    move,
    move_each,
    take_turn,
)
from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.cases.rules import occasions as rules
from fourfold.web.users import access
from fourfold.web.users.models import User

BATCH: Final = 500
State = Occasion.State


class OccasionError(ValueError):
    """Occasions or acts do not allow it; the words say why."""


def propose_occasions(*, actor: User, case: Case, rule: rules.Rule = rules.SAME_DAY) -> int:
    """Group the acts that nobody has grouped yet; return how many groups are proposed now.

    What a person confirmed or made by hand is never touched. A proposal with the same acts as
    before stays as it is.
    """
    decision = access.require(actor, "occasion.propose", case)
    with transaction.atomic():
        take_turn(case)
        acts = {act.key: act for act in _free_acts(case)}
        standing = _open_proposals(case)
        proposed = rules.propose(acts.values(), rule)
        ended, made = rules.reconcile(
            [(key, frozenset(members)) for key, members in standing.items()], proposed
        )
        _end(ended, standing, actor)
        _make(case, made, rule, actor)
        access.record_act(
            actor,
            "occasion.propose",
            case,
            decision=decision,
            detail={"rule": rule.name, "proposed": len(proposed), "made": len(made)},
        )
    return len(proposed)


def _free_acts(case: Case) -> list[rules.Timed]:
    held = case.acts.filter(state=Act.State.STANDING).values_list(
        "pk", "occurred_from_at", "occurred_to_at", "precision", "state", "actor_kind",
        "proxy_basis", "occasion__state", "occasion__rule",
    )  # fmt: skip
    return [
        rules.Timed(pk, from_at, to_at, precision)
        for pk, from_at, to_at, precision, state, kind, basis, group_state, group_rule in held
        if rules.counts(state=state, actor_kind=kind, proxy_basis=basis)
        and (group_state is None or _is_by_rule(group_state, group_rule))
    ]


def _is_by_rule(state: str, rule: str) -> bool:
    return state == State.DISSOLVED or (state == State.PROPOSED and rule != rules.BY_HAND)


def _open_proposals(case: Case) -> dict[int, set[int]]:
    proposals = case.occasions.filter(state=State.PROPOSED).exclude(rule=rules.BY_HAND)
    members: dict[int, set[int]] = {pk: set() for pk in proposals.values_list("pk", flat=True)}
    for pk, occasion in case.acts.filter(occasion__in=proposals).values_list("pk", "occasion"):
        members[occasion].add(pk)
    return members


def _end(ended: Sequence[int], standing: dict[int, set[int]], actor: User) -> None:
    if not ended:
        return
    occasions = list(Occasion.objects.in_bulk(list(ended)).values())
    for occasion in occasions:
        occasion.state = State.DISSOLVED
    bulk_update_with_history(
        occasions,
        Occasion,
        ["state"],
        batch_size=BATCH,
        default_user=actor,
        default_change_reason="Proposed anew",
    )
    move([pk for key in ended for pk in standing[key]], None, by=actor, why="Proposed anew")


def _make(case: Case, groups: Sequence[Sequence[int]], rule: rules.Rule, actor: User) -> None:
    occasions: list[Occasion] = bulk_create_with_history(
        [Occasion(case=case, rule=rule.name, grouped_by=actor) for _ in groups],
        Occasion,
        batch_size=BATCH,
        default_user=actor,
    )
    into: dict[int, Occasion | None] = {
        pk: occasion for occasion, group in zip(occasions, groups, strict=True) for pk in group
    }
    acts = list(Act.objects.in_bulk(list(into)).values())
    move_each(acts, into, by=actor, why=f"Proposed by rule {rule.name}")


def confirm_occasions(*, actor: User, case: Case, occasions: Sequence[Occasion]) -> int:
    """Confirm proposed occasions, with one entry in the ledger that holds their references."""
    decision = access.require(actor, "occasion.confirm", case)
    with transaction.atomic():
        held = _held(case, occasions, State.PROPOSED)
        filled = _filled(held)
        if any(occasion.pk not in filled for occasion in held):
            raise OccasionError("An occasion without a standing act cannot be confirmed.")
        for occasion in held:
            occasion.state = State.CONFIRMED
            occasion.confirmed_by, occasion.confirmed_at = actor, timezone.now()
        bulk_update_with_history(
            held,
            Occasion,
            ["state", "confirmed_by", "confirmed_at"],
            batch_size=BATCH,
            default_user=actor,
            default_change_reason="Confirmed",
        )
        access.record_act(
            actor,
            "occasion.confirm",
            case,
            decision=decision,
            detail={"count": len(held), "occasions": [occasion.ref for occasion in held][:100]},
        )
    return len(held)


def group_by_hand(*, actor: User, case: Case, acts: Sequence[Act], words: str = "") -> Occasion:
    """Make one confirmed occasion of acts that a person chose and that stand in none."""
    decision = access.require(actor, "occasion.confirm", case)
    with transaction.atomic():
        take_turn(case)
        held = list(
            case.acts.select_for_update(of=("self",)).filter(pk__in=[act.pk for act in acts])
        )
        if not held or any(_is_taken(act) for act in held):
            raise OccasionError("Choose acts that stand, and that belong to no occasion yet.")
        occasion = _new_confirmed(case, actor, words)
        move([act.pk for act in held], occasion, by=actor, why="Grouped by hand")
        access.record_act(
            actor, "occasion.confirm", occasion, decision=decision, detail={"acts": len(held)}
        )
    return occasion


def _is_taken(act: Act) -> bool:
    counted = rules.counts(state=act.state, actor_kind=act.actor_kind, proxy_basis=act.proxy_basis)
    return not counted or act.occasion_id is not None


def split_occasion(*, actor: User, occasion: Occasion, acts: Sequence[Act]) -> Occasion:
    """Move some acts of an occasion into a new one. Both keep the state, and are by hand now."""
    decision = access.require(actor, "occasion.change", occasion)
    with transaction.atomic():
        (held,) = _held(occasion.case, [occasion], State.PROPOSED, State.CONFIRMED)
        members = set(held.acts.values_list("pk", flat=True))
        chosen = {act.pk for act in acts}
        if not chosen or not chosen < members:
            raise OccasionError("Choose some of its acts, and leave at least one.")
        new = _like(held, actor)
        held.rule = rules.BY_HAND
        keep_occasion(held, by=actor, why=f"Split into {new.ref}")
        move(chosen, new, by=actor, why=f"Split from {held.ref}")
        access.record_act(
            actor,
            "occasion.change",
            held,
            decision=decision,
            detail={"split_into": new.ref, "acts": len(chosen)},
        )
    return new


def merge_occasions(*, actor: User, case: Case, occasions: Sequence[Occasion]) -> Occasion:
    """Make one confirmed occasion of several: the first stands, the others are dissolved."""
    decision = access.require(actor, "occasion.change", case)
    with transaction.atomic():
        held = _held(case, occasions, State.PROPOSED, State.CONFIRMED)
        if len(held) < 2:
            raise OccasionError("Choose at least two occasions.")
        first, *others = held
        first.state, first.rule = State.CONFIRMED, rules.BY_HAND
        first.confirmed_by, first.confirmed_at = actor, timezone.now()
        keep_occasion(first, by=actor, why="Merged from several")
        moved = Act.objects.filter(occasion__in=others).values_list("pk", flat=True)
        move(list(moved), first, by=actor, why=f"Merged into {first.ref}")
        for other in others:
            other.state = State.DISSOLVED
            keep_occasion(other, by=actor, why=f"Merged into {first.ref}")
        access.record_act(
            actor,
            "occasion.change",
            first,
            decision=decision,
            detail={"merged": [other.ref for other in others]},
        )
    return first


def dissolve_occasion(*, actor: User, occasion: Occasion, reason: str) -> Occasion:
    """Let an occasion be none: its acts stand in no occasion again."""
    decision = access.require(actor, "occasion.dissolve", occasion)
    with transaction.atomic():
        (held,) = _held(occasion.case, [occasion], State.PROPOSED, State.CONFIRMED)
        held.state, held.words = State.DISSOLVED, reason
        keep_occasion(held, by=actor, why="Dissolved")
        keys = list(held.acts.values_list("pk", flat=True))
        move(keys, None, by=actor, why=f"{held.ref} dissolved")
        access.record_act(
            actor, "occasion.dissolve", held, decision=decision, detail={"acts": len(keys)}
        )
    return held


def _held(case: Case, occasions: Sequence[Occasion], *states: str) -> list[Occasion]:
    """Return the occasions as they stand now, held; refuse those of another case or state."""
    take_turn(case)
    keys = {occasion.pk for occasion in occasions}
    held = list(
        case.occasions.select_for_update(of=("self",)).filter(pk__in=keys, state__in=states)
    )
    if not keys or len(held) != len(keys):
        raise OccasionError("Some of these occasions changed meanwhile. Look at the list again.")
    return held


def _filled(occasions: Sequence[Occasion]) -> set[int]:
    counted: dict[int, int] = defaultdict(int)
    keys = [occasion.pk for occasion in occasions]
    standing = Act.objects.filter(occasion__in=keys, state=Act.State.STANDING)
    for key in standing.values_list("occasion", flat=True):
        if key is not None:
            counted[key] += 1
    return set(counted)


def _new_confirmed(case: Case, actor: User, words: str) -> Occasion:
    occasion = Occasion(
        case=case,
        rule=rules.BY_HAND,
        grouped_by=actor,
        state=State.CONFIRMED,
        confirmed_by=actor,
        confirmed_at=timezone.now(),
        words=words,
    )
    keep_occasion(occasion, by=actor, why="Grouped by hand")
    return occasion


def _like(occasion: Occasion, actor: User) -> Occasion:
    if occasion.state == State.CONFIRMED:
        return _new_confirmed(occasion.case, actor, "")
    new = Occasion(case=occasion.case, rule=rules.BY_HAND, grouped_by=actor)
    keep_occasion(new, by=actor, why=f"Split from {occasion.ref}")
    return new
