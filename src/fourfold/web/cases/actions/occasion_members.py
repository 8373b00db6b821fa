"""Put acts into occasions and take them out; an occasion left empty is dissolved."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from simple_history.utils import bulk_update_with_history

from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.users.models import User

BATCH: Final = 500


def take_turn(case: Case) -> None:
    """Hold the grouping of a case until the transaction ends, before anything of it is read.

    So that a proposal cannot end an occasion that somebody confirms at the same moment.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def keep_occasion(occasion: Occasion, *, by: User, why: str = "") -> None:
    """Save an occasion as a new version of it, by whom and why."""
    version: Any = occasion
    version._history_user = by
    version._change_reason = why[:100] or None
    occasion.save()


def take_out(act: Act, *, by: User) -> dict[str, str]:
    """Take an act out of its occasion, unsaved; dissolve the occasion if nothing is left in it."""
    occasion = act.occasion
    if occasion is None:
        return {}
    act.occasion = None
    left = {"occasion": occasion.ref}
    others = occasion.acts.filter(state=Act.State.STANDING).exclude(pk=act.pk)
    if not others.exists() and occasion.state != Occasion.State.DISSOLVED:
        occasion.state = Occasion.State.DISSOLVED
        keep_occasion(occasion, by=by, why="No act is left in it")
        left["dissolved"] = occasion.ref
    return left


def move(keys: Iterable[int], into: Occasion | None, *, by: User, why: str) -> int:
    """Put acts into an occasion, or into none; return how many."""
    acts = list(Act.objects.in_bulk(list(keys)).values())
    return move_each(acts, dict.fromkeys((act.pk for act in acts), into), by=by, why=why)


def move_each(acts: Sequence[Act], into: dict[int, Occasion | None], *, by: User, why: str) -> int:
    """Put each act into its occasion, as a new version of each."""
    for act in acts:
        act.occasion = into[act.pk]
    if acts:
        bulk_update_with_history(
            acts, Act, ["occasion"], batch_size=BATCH, default_user=by, default_change_reason=why
        )
    return len(acts)
