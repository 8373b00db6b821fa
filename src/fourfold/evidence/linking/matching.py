"""Which records of several exhibits state one happening: pure rules over a few records.

Each exhibit's records keep their order; records of one exhibit are never joined. Of all
ways to pair two exhibits in order, the one with most pairs is taken, of these the one with
the smallest differences of time. What fits two partners equally well is left open.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

WITHHELD: Final = "withheld"
# Two partners whose distances in time differ by less cannot be told apart: call data
# give whole seconds.
UNDECIDED_US: Final = 1_000_000
# Talk times of one call in two logs differ by rounding.
DURATION_S: Final = 3.0
# Above this many records at once the stretch is cut at its widest pause.
STRETCH_RECORDS: Final = 200

# Schemes whose values cannot be compared across exhibits: only the persons can.
_SCOPED: Final = frozenset({"name", "person", "exhibit", "device"})


class Record(NamedTuple):
    """One happening as one exhibit states it; at_us is less the clock's offset."""

    n: int
    place: int
    at_us: int
    width_us: int
    tolerance_us: int
    lasted_s: float | None
    compared: str | None
    from_id: str
    from_person: str | None
    to_id: str
    to_person: str | None
    is_withheld: bool


class Joined(NamedTuple):
    """The outcome: groups of two records or more, and the records left open."""

    groups: list[list[int]]
    undecided: list[int]


def join(records: Sequence[Record]) -> Joined:
    """Join the records of one stretch of time with the same recipient.

    Args:
        records: in the order (place, at_us, n); place numbers the exhibits from the best.
    """
    joined = Joined([], [])
    for stretch in _stretches(sorted(records, key=lambda r: (r.at_us, r.n))):
        groups: list[list[Record]] = []
        ordered = sorted(stretch, key=lambda r: (r.place, r.at_us, r.n))
        for _, of_exhibit in groupby(ordered, key=lambda r: r.place):
            _add_exhibit(groups, list(of_exhibit), joined.undecided)
            groups.sort(key=lambda g: (g[0].at_us, g[0].n))
        joined.groups.extend([r.n for r in g] for g in groups if len(g) > 1)
    return joined


def _stretches(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    if len(records) <= STRETCH_RECORDS:
        yield records
        return
    cut = max(
        range(1, len(records)),
        key=lambda i: (records[i].at_us - records[i - 1].at_us, -abs(2 * i - len(records))),
    )
    yield from _stretches(records[:cut])
    yield from _stretches(records[cut:])


def _add_exhibit(groups: list[list[Record]], new: list[Record], undecided: list[int]) -> None:
    costs = {
        (i, j): cost
        for i, group in enumerate(groups)
        for j, record in enumerate(new)
        if (cost := distance(group, record)) is not None
    }
    pairs = best_in_order(len(groups), len(new), costs)
    open_pairs = {pair for pair in pairs if _is_undecided(pair, pairs, costs)}
    for i, j in pairs - open_pairs:
        groups[i].append(new[j])
    taken = {j for _, j in pairs - open_pairs}
    for i, j in sorted(open_pairs):
        undecided.extend([groups[i][0].n, new[j].n])
    groups.extend([record] for j, record in enumerate(new) if j not in taken)


def _is_undecided(
    pair: tuple[int, int], pairs: set[tuple[int, int]], costs: dict[tuple[int, int], int]
) -> bool:
    """Tell whether a partner that stays alone fits as well as the one chosen."""
    i, j = pair
    used_i, used_j = {a for a, _ in pairs}, {b for _, b in pairs}
    return any(
        abs(cost - costs[pair]) < UNDECIDED_US
        for (a, b), cost in costs.items()
        if (a == i and b not in used_j) or (b == j and a not in used_i)
    )


def distance(group: Sequence[Record], record: Record) -> int | None:
    """Return microseconds between a group and a record, None where they do not fit."""
    if not (_same_caller(group, record) and _same_recipient(group, record)):
        return None
    if not all(_fits(member, record) for member in group):
        return None
    away_us = min(_apart(member, record) for member in group)
    return away_us if away_us <= record.tolerance_us else None


def _apart(a: Record, b: Record) -> int:
    """Return the gap between two moments known to a width, 0 where they overlap."""
    first, second = (a, b) if a.at_us <= b.at_us else (b, a)
    return max(0, second.at_us - first.at_us - max(0, first.width_us - 1))


def _fits(a: Record, b: Record) -> bool:
    if a.compared and b.compared and a.compared != b.compared:
        return False
    return not (a.lasted_s and b.lasted_s and abs(a.lasted_s - b.lasted_s) > DURATION_S)


def _same_caller(group: Sequence[Record], record: Record) -> bool:
    """Compare callers; a withheld caller fits one who hid his number."""
    known = [r for r in group if r.from_id != WITHHELD]
    if record.from_id == WITHHELD:
        return any(r.is_withheld for r in group)
    if not known:
        return record.is_withheld
    return all(
        is_same_party(r.from_id, r.from_person, record.from_id, record.from_person) for r in known
    )


def _same_recipient(group: Sequence[Record], record: Record) -> bool:
    return all(is_same_party(r.to_id, r.to_person, record.to_id, record.to_person) for r in group)


def is_same_party(a: str, a_person: str | None, b: str, b_person: str | None) -> bool:
    """Compare identifiers where they can be compared, else the persons they are attributed to."""
    if a == b:
        return True
    a_scheme, b_scheme = a.partition(":")[0], b.partition(":")[0]
    if a_scheme == b_scheme and a_scheme not in _SCOPED:
        return False
    return a_person is not None and a_person == b_person


def best_in_order(
    rows: int, columns: int, costs: dict[tuple[int, int], int]
) -> set[tuple[int, int]]:
    """Pair rows with columns, both in order: most pairs first, then the smallest sum of costs."""
    # best[i][j]: (minus pairs, cost) for the first i rows and j columns
    best = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            best[i][j] = min(best[i - 1][j], best[i][j - 1])
            cost = costs.get((i - 1, j - 1))
            if cost is not None:
                pairs, total = best[i - 1][j - 1]
                best[i][j] = min(best[i][j], (pairs - 1, total + cost))
    return set(_trace(best))


def _trace(best: list[list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Walk back from the last cell to the pairs that made it."""
    i, j = len(best) - 1, len(best[0]) - 1
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j
