"""Which signals stand and which were reviewed: a review covers the entries up to its last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.web.oversight.rules.catalogue import KINDS, Kind
from fourfold.web.oversight.rules.lines import Occurrence

Key = tuple[str, str]  # rule, person


@dataclass(frozen=True)
class Signal:
    """All occurrences of one rule by one person that no review, or the same review, covers."""

    rule: str
    actor_ref: str
    occurrences: tuple[Occurrence, ...]

    @property
    def kind(self) -> Kind:
        """The rule in words."""
        return KINDS[self.rule]

    @property
    def key(self) -> Key:
        """Rule and person."""
        return self.rule, self.actor_ref

    @property
    def last_at(self) -> datetime:
        """The moment of the latest entry."""
        return max(one.last_at for one in self.occurrences)

    @property
    def last_seq(self) -> int:
        """The latest entry behind it."""
        return max(one.last_seq for one in self.occurrences)

    @property
    def seqs(self) -> tuple[int, ...]:
        """The numbers of all entries behind it, in order."""
        return tuple(sorted({seq for one in self.occurrences for seq in one.seqs}))


def split(
    occurrences: Iterable[Occurrence], reviewed_to: Mapping[Key, int]
) -> tuple[list[Signal], list[Signal]]:
    """Return the signals that stand and those that were reviewed, the gravest and latest first.

    An occurrence stands as soon as one entry behind it is later than the last review.
    """
    standing: dict[Key, list[Occurrence]] = {}
    reviewed: dict[Key, list[Occurrence]] = {}
    for one in occurrences:
        key = (one.rule, one.actor_ref)
        is_reviewed = 0 < one.last_seq <= reviewed_to.get(key, 0)
        (reviewed if is_reviewed else standing).setdefault(key, []).append(one)
    return _ordered(standing), _ordered(reviewed)


def _ordered(grouped: Mapping[Key, list[Occurrence]]) -> list[Signal]:
    signals = [
        Signal(rule, actor, tuple(sorted(found, key=lambda one: one.last_at, reverse=True)))
        for (rule, actor), found in grouped.items()
    ]
    signals.sort(key=lambda signal: signal.last_at, reverse=True)
    return sorted(signals, key=lambda signal: not signal.kind.is_grave)
