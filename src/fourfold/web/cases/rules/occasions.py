"""Which acts count, and which of them a rule would call one occasion. A person confirms.

Pure functions: the same acts in any order give the same groups, and every act given stands in
exactly one group. The rule in use is named, and its sentences are printed on the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fourfold.web.cases.models.acts import Act
from fourfold.web.cases.models.answers import Precision
from fourfold.web.cases.rules import moments

BY_HAND: Final = "by-hand"


@dataclass(frozen=True)
class Rule:
    """A rule that proposes occasions: its name as kept with each occasion, and its sentences."""

    name: str
    title: str
    gap: timedelta
    sentences: tuple[str, ...]


SAME_DAY: Final = Rule(
    name="same-day-4-hours",
    title="Same local day, gaps under 4 hours",
    gap=timedelta(hours=4),
    sentences=(
        "Acts on the same local day with gaps under 4 hours belong to one occasion.",
        "Acts known only by their day belong to that day's occasion where there is just one; "
        "where there are several or none, they form one of their own.",
        "Acts known only by month, or not at all, stay apart.",
        "An act by somebody for the suspect is left out until the reason for attributing it is "
        "recorded.",
    ),
)
RULES: Final = {SAME_DAY.name: SAME_DAY}


@dataclass(frozen=True)
class Timed:
    """What the rule knows of an act."""

    key: int
    from_at: datetime | None
    to_at: datetime | None
    precision: str

    @property
    def until(self) -> datetime:
        """The last moment of the act, where its start is known."""
        if self.from_at is None:
            raise ValueError("an act without a start has no end")
        return max(self.to_at or self.from_at, self.from_at)


def counts(*, state: str, actor_kind: str, proxy_basis: str) -> bool:
    """Say whether an act stands and may count towards an occasion (PHA 1997 s.7(3A))."""
    if state != Act.State.STANDING:
        return False
    return actor_kind != Act.ActorKind.PROXY or bool(proxy_basis.strip())


def is_by_suspect(*, actor_kind: str, proxy_basis: str) -> bool:
    """Say whether an act is recorded as the suspect's own or attributed to the suspect."""
    if actor_kind == Act.ActorKind.PROXY:
        return bool(proxy_basis.strip())
    return actor_kind == Act.ActorKind.SUSPECT


def propose(acts: Iterable[Timed], rule: Rule = SAME_DAY) -> list[tuple[int, ...]]:
    """Return the groups that a rule makes of acts: keys in order of time, groups too."""
    ordered = sorted(acts, key=_order)
    groups: list[list[Timed]] = []
    by_day: dict[object, list[list[Timed]]] = defaultdict(list)
    for act in ordered:
        if act.precision in (Precision.EXACT, Precision.HOUR) and act.from_at is not None:
            _add_timed(act, by_day[moments.local_day(act.from_at)], groups, rule)
    days_only: dict[object, list[Timed]] = {}
    for act in ordered:
        if act.precision in (Precision.EXACT, Precision.HOUR) and act.from_at is not None:
            continue
        if act.precision == Precision.DAY and act.from_at is not None:
            _add_day(act, moments.local_day(act.from_at), by_day, days_only, groups)
        else:
            groups.append([act])
    for group in groups:
        group.sort(key=_order)
    groups.sort(key=lambda group: _order(group[0]))
    return [tuple(act.key for act in group) for group in groups]


def _add_timed(
    act: Timed, same_day: list[list[Timed]], groups: list[list[Timed]], rule: Rule
) -> None:
    if same_day and act.from_at is not None:
        ended_at = max(other.until for other in same_day[-1])
        if act.from_at - ended_at < rule.gap:
            same_day[-1].append(act)
            return
    same_day.append([act])
    groups.append(same_day[-1])


def _add_day(
    act: Timed,
    day: object,
    by_day: dict[object, list[list[Timed]]],
    days_only: dict[object, list[Timed]],
    groups: list[list[Timed]],
) -> None:
    if day not in days_only:
        timed = by_day.get(day, [])
        days_only[day] = timed[0] if len(timed) == 1 else []
        if len(timed) != 1:
            groups.append(days_only[day])
    days_only[day].append(act)


def _order(act: Timed) -> tuple[bool, datetime | int, int]:
    if act.from_at is None:
        return (True, 0, act.key)
    return (False, act.from_at, act.key)


def reconcile(
    standing: Sequence[tuple[int, frozenset[int]]], proposed: Iterable[Sequence[int]]
) -> tuple[list[int], list[Sequence[int]]]:
    """Compare the proposals that stand with new ones: which end, and which have to be made."""
    wanted = {frozenset(group): group for group in proposed}
    ended = [key for key, members in standing if members not in wanted]
    kept = {members for _, members in standing}
    return ended, [group for members, group in wanted.items() if members not in kept]
