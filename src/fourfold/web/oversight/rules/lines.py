"""What the rules read, and what they say: lines of the ledger in, occurrences out."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

LOOKING: Final = ("consult", "disclose", "export")
WORKING: Final = ("collect", "alter", "combine")
SEARCHING: Final = ("search.case", "offence.search")
NOT_OPENED: Final = ("case.looks", "case.find")  # who looked, and a bare pointer
ASSIGNED: Final = "assigned"
NOBODY: Final = ""  # the actor of a failed sign-in


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the ledger, as far as rules read it."""

    seq: int
    at: datetime
    act: str
    op: str
    outcome: str
    actor_ref: str
    actor_role: str
    case_ref: str
    subject_ref: str
    rule: str
    meets_interest: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it was allowed and done."""
        return self.outcome == "done"

    @property
    def record(self) -> str:
        """The case that was opened, or the report in no case; "" for anything else."""
        if not self.is_done or self.op not in LOOKING or self.act in NOT_OPENED:
            return ""
        return self.case_ref or (self.subject_ref if self.act == "report.open" else "")


@dataclass(frozen=True, slots=True)
class DayFigures:
    """How much one person looked at in one day by the clock in the United Kingdom."""

    actor_ref: str
    actor_role: str
    day: date
    cases: int
    unassigned: int = 0
    at_night: int = 0
    interests: int = 0


@dataclass(frozen=True, slots=True)
class BusyHour:
    """An hour in which one person opened or searched enough to be looked at line by line."""

    actor_ref: str
    day: date
    hour: int
    cases: int
    searches: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A case opened by break-glass."""

    actor_ref: str
    at: datetime
    is_reviewed: bool


@dataclass(frozen=True)
class Evidence:
    """All that the rules are asked about, within one window."""

    lines: Sequence[Line] = ()
    days: Sequence[DayFigures] = ()
    openings: Sequence[Opening] = ()
    until: datetime | None = None
    # relations of the interests that a person has, or ever had, declared
    relations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # (person, case): relations of those interests that the case holds
    matched: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    # (person, case): cases that hold what the person has withdrawn, and since when
    withdrawn: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    def by_actor(self) -> dict[str, list[Line]]:
        """Return each person's lines in the order of the ledger."""
        sorted_lines = sorted(self.lines, key=lambda line: line.seq)
        found: dict[str, list[Line]] = {}
        for line in sorted_lines:
            found.setdefault(line.actor_ref, []).append(line)
        return found


@dataclass(frozen=True)
class Figure:
    """A number of an occurrence, its noun, and the entries behind it."""

    number: int
    one: str
    many: str
    seqs: tuple[int, ...]
    act: str = ""


@dataclass(frozen=True)
class Occurrence:
    """A rule's condition held once: by whom, when, and the entries that show it."""

    rule: str
    actor_ref: str
    first_at: datetime
    last_at: datetime
    figures: tuple[Figure, ...]
    compared: str = ""

    @property
    def seqs(self) -> tuple[int, ...]:
        """The numbers of all entries behind it, in order."""
        return tuple(sorted({seq for figure in self.figures for seq in figure.seqs}))

    @property
    def last_seq(self) -> int:
        """The last entry behind it; 0 where it rests on none."""
        return max((seq for figure in self.figures for seq in figure.seqs), default=0)


def occurrence(
    rule: str, lines: Sequence[Line], figures: Sequence[Figure], compared: str = ""
) -> Occurrence:
    """Return an occurrence over these lines, which are one person's."""
    moments = [line.at for line in lines]
    return Occurrence(
        rule, lines[0].actor_ref, min(moments), max(moments), tuple(figures), compared
    )


def counted(lines: Iterable[Line], one: str, many: str = "", act: str = "") -> Figure:
    """Return the number of lines as a figure."""
    seqs = tuple(line.seq for line in lines)
    return Figure(len(seqs), one, many or one + "s", seqs, act)


def distinct(lines: Iterable[Line], key: Callable[[Line], str], one: str, many: str) -> Figure:
    """Return the number of different keys among lines as a figure."""
    kept = [line for line in lines if key(line)]
    return Figure(len({key(line) for line in kept}), one, many, tuple(line.seq for line in kept))


def bursts(
    lines: Iterable[Line], within: timedelta, most: int, key: Callable[[Line], Hashable]
) -> Iterator[list[Line]]:
    """Yield each run of lines in which more than `most` different keys lie within a time.

    Whatever the order of the lines. Spans that overlap are one run.
    """
    ordered = sorted(lines, key=lambda line: (line.at, line.seq))
    inside: dict[Hashable, int] = {}
    first, run_from, run_to = 0, -1, -1
    for at, line in enumerate(ordered):
        inside[key(line)] = inside.get(key(line), 0) + 1
        while line.at - ordered[first].at >= within:
            _take_out(inside, key(ordered[first]))
            first += 1
        if len(inside) <= most:
            continue
        if run_from >= 0 and first > run_to:
            yield ordered[run_from : run_to + 1]
            run_from = first
        run_from, run_to = (first if run_from < 0 else run_from), at
    if run_from >= 0:
        yield ordered[run_from : run_to + 1]


def _take_out(inside: dict[Hashable, int], key: Hashable) -> None:
    inside[key] -= 1
    if not inside[key]:
        del inside[key]
