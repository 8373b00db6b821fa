"""Which acts may be one act that several sources tell of. A person joins them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from fourfold.web.cases.models.acts import Act
from fourfold.web.cases.models.answers import Precision

TOLERANCE: Final = timedelta(minutes=5)
MOST_PAIRS: Final = 500
SENTENCES: Final = (
    "Two acts are shown as a pair where they lead to the same rows of an exhibit, or where "
    "different sources tell of the same means at times no more than 5 minutes apart.",
    "Nothing is joined until a person says so, and what was joined can be parted again.",
)


@dataclass(frozen=True)
class Told:
    """What the rule knows of an act and of where it is known from."""

    key: int
    from_at: datetime | None
    precision: str
    means: str
    sources: frozenset[str]
    traces: frozenset[str]
    distinct: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Pair:
    """Two acts that may be one, the earlier recorded one first, and why."""

    first: int
    second: int
    reasons: tuple[str, ...]


def pairs(acts: Iterable[Told]) -> list[Pair]:
    """Return the pairs that a person should look at, at most MOST_PAIRS of them."""
    ordered = sorted(acts, key=lambda act: act.key)
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for first, second in _same_rows(ordered):
        reasons[first.key, second.key].append("Both lead to the same rows of an exhibit.")
    for first, second, apart in _same_time(ordered):
        reasons[first.key, second.key].append(_time_words(first, apart))
    apart_by_hand = {act.key: act.distinct for act in ordered}
    return [
        Pair(first, second, tuple(why))
        for (first, second), why in sorted(reasons.items())
        if second not in apart_by_hand[first] and first not in apart_by_hand[second]
    ][:MOST_PAIRS]


def _same_rows(ordered: list[Told]) -> Iterator[tuple[Told, Told]]:
    by_trace: dict[str, list[Told]] = defaultdict(list)
    for act in ordered:
        for trace in act.traces:
            by_trace[trace].append(act)
    seen = set()
    for group in by_trace.values():
        for first, second in pairwise(group):
            if (first.key, second.key) not in seen:
                seen.add((first.key, second.key))
                yield first, second


def _same_time(ordered: list[Told]) -> Iterator[tuple[Told, Told, timedelta]]:
    by_means: dict[str, list[tuple[datetime, Told]]] = defaultdict(list)
    for act in ordered:
        is_known = act.means != Act.Means.NOT_KNOWN and act.precision == Precision.EXACT
        if act.from_at is not None and is_known:
            by_means[act.means].append((act.from_at, act))
    for group in by_means.values():
        group.sort(key=lambda each: (each[0], each[1].key))
        yield from _within_tolerance(group)


def _within_tolerance(
    group: list[tuple[datetime, Told]],
) -> Iterator[tuple[Told, Told, timedelta]]:
    for place, (at, act) in enumerate(group):
        for other_at, other in group[place + 1 :]:
            if other_at - at > TOLERANCE:
                break
            if act.sources and other.sources and not act.sources & other.sources:
                first, second = sorted((act, other), key=lambda each: each.key)
                yield first, second, other_at - at


def _time_words(act: Told, apart: timedelta) -> str:
    minutes = int(apart.total_seconds() // 60)
    when = "at the same minute" if minutes == 0 else f"{minutes} minutes apart"
    if minutes == 1:
        when = "1 minute apart"
    return f"Same means ({Act.Means(act.means).label.lower()}), {when}, from different sources."
