"""What is counted of contacts: pairs, and for chosen pairs every breakdown at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables

# Where nobody is attributed, so many pairs (each direction counts) are answered in full.
TOP_PAIRS: Final = 6

Pair = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """Contacts that are equal in everything that is counted."""

    channel: str
    kind: str
    outcome: str
    from_id: str
    strength: str
    is_connected: bool
    is_withheld: bool
    is_night: bool
    local_day: str
    local_hour: int
    weekday: int
    contacts: int


@dataclass(frozen=True)
class Silence:
    """The longest time between two contacts of a pair that follow one another."""

    from_at: datetime
    to_at: datetime
    row_ids: list[str]

    @property
    def hours(self) -> float:
        """Return the length in hours."""
        return (self.to_at - self.from_at).total_seconds() / 3600


@dataclass
class PairCounts:
    """Everything counted of one pair; period is None where there is no contact."""

    pair: Pair
    groups: list[Group] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None
    silence: Silence | None = None

    @property
    def total(self) -> int:
        """Return the number of contacts, attempts included."""
        return sum(g.contacts for g in self.groups)

    def count(self, holds: Callable[[Group], bool]) -> int:
        """Count the contacts for which something holds."""
        return sum(g.contacts for g in self.groups if holds(g))

    def by(self, key: Callable[[Group], str | int]) -> dict[str | int, int]:
        """Count the contacts by a key, in the order of the keys."""
        counts: Counter[str | int] = Counter()
        for group in self.groups:
            counts[key(group)] += group.contacts
        return dict(sorted(counts.items(), key=lambda item: (str(type(item[0])), item[0])))


def pair_totals(tables: Tables) -> list[tuple[str, str, int]]:
    """Return every pair with its number of contacts, most first."""
    tables.step(
        "contact_pairs",
        "select c.from_party, c.to_party, count(*) as contacts from contacts as c"
        " group by c.from_party, c.to_party",
    )
    return [
        (str(a), str(b), int(n))
        for a, b, n in tables.rows(
            "select p.from_party, p.to_party, p.contacts from contact_pairs as p"
            " order by p.contacts desc, p.from_party, p.to_party limit 200"
        )
    ]


def chosen_pairs(case: Case, totals: list[tuple[str, str, int]]) -> list[Pair]:
    """Choose the pairs to answer in full: suspects and victims, else the most frequent."""
    sides = [(s, v) for s in case.suspects for v in case.victims]
    if sides:
        return [pair for s, v in sides for pair in ((s, v), (v, s))]
    return [(a, b) for a, b, _ in totals[:TOP_PAIRS]]


def count_pairs(tables: Tables, pairs: list[Pair]) -> list[PairCounts]:
    """Count everything of the chosen pairs; leaves their contacts in `chosen_contacts`."""
    counts = {pair: PairCounts(pair) for pair in pairs}
    choose_contacts(tables, pairs)
    _add_groups(tables, counts)
    _add_periods(tables, counts)
    _add_silences(tables, counts)
    return list(counts.values())


def choose_contacts(tables: Tables, pairs: list[Pair]) -> None:
    """Make the step `chosen_contacts`: the contacts of these pairs, read once from all."""
    holds = [f"(c.from_party = {_quoted(a)} and c.to_party = {_quoted(b)})" for a, b in pairs] or [
        "1 = 0"
    ]
    sides = [", ".join(sorted({_quoted(pair[side]) for pair in pairs})) or "''" for side in (0, 1)]
    # Lists of literals reach the scan of a Parquet file, which then skips most of it.
    tables.step(
        "chosen_contacts",
        f"""select {_COUNTED}, c.started_at, c.started_us, c.occurrence_id from contacts_us as c
        where c.from_party in ({sides[0]}) and c.to_party in ({sides[1]})
            and ({" or ".join(holds)})""",
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_COUNTED: Final = """c.from_party, c.to_party, c.channel, c.kind, c.outcome, c.from_id, c.strength,
    c.is_connected, c.is_withheld, c.is_night, c.local_day, c.local_hour, c.weekday"""
_OF_CHOSEN: Final = "from chosen_contacts as c"


def _add_groups(tables: Tables, counts: dict[Pair, PairCounts]) -> None:
    for row in tables.rows(
        f"select {_COUNTED}, count(*) as contacts {_OF_CHOSEN} group by {_COUNTED}"
        f" order by {_COUNTED}"
    ):
        a, b, channel, kind, outcome, from_id, strength, *rest = row
        connected, withheld, night, day, hour, weekday, contacts = rest
        counts[a, b].groups.append(
            Group(
                channel or "not stated", kind, outcome or "not stated", from_id,
                strength or "not attributed", bool(connected), bool(withheld), bool(night),
                day or "not stated", -1 if hour is None else hour,
                -1 if weekday is None else weekday, contacts,
            )
        )  # fmt: skip


def _add_periods(tables: Tables, counts: dict[Pair, PairCounts]) -> None:
    for a, b, first_at, last_at in tables.rows(
        f"""select c.from_party, c.to_party, min(c.started_at), max(c.started_at) {_OF_CHOSEN}
        group by c.from_party, c.to_party"""
    ):
        counts[a, b].first_at, counts[a, b].last_at = first_at, last_at


def _add_silences(tables: Tables, counts: dict[Pair, PairCounts]) -> None:
    """Find the longest silence of each pair; of equal ones the first."""
    found = tables.rows(
        f"""with beside as (
            select c.from_party, c.to_party, c.started_at, c.started_us, c.occurrence_id,
                lag(c.started_us) over w as previous_us, lag(c.started_at) over w as previous_at,
                lag(c.occurrence_id) over w as previous
            {_OF_CHOSEN} where c.started_us is not null
            window w as (partition by c.from_party, c.to_party
                order by c.started_us, c.occurrence_id)
        ), ranked as (
            select b.*, row_number() over (partition by b.from_party, b.to_party
                order by b.started_us - b.previous_us desc, b.started_us, b.occurrence_id) as turn
            from beside as b where b.previous_us is not null
        )
        select r.from_party, r.to_party, r.previous_at, r.started_at, r.previous, r.occurrence_id
        from ranked as r where r.turn = 1 order by r.from_party, r.to_party"""
    )
    rows_of = _rows_of(tables, [(row[2], row[4]) for row in found] + [(r[3], r[5]) for r in found])
    for a, b, from_at, to_at, previous, occurrence in found:
        row_ids = [*rows_of[previous], *rows_of[occurrence]]
        counts[a, b].silence = Silence(from_at, to_at, row_ids)


def _rows_of(tables: Tables, places: list[tuple[datetime, str]]) -> dict[str, list[str]]:
    """Return the rows behind single occurrences; their times lead a scan straight to them."""
    if not places:
        return {}
    holes = ", ".join(["?"] * len(places))
    return dict(
        tables.rows(
            f"""select c.occurrence_id, min(c.row_ids) as row_ids from contacts as c
            where c.started_at in ({holes}) and c.occurrence_id in ({holes})
            group by c.occurrence_id""",
            [*(at for at, _ in places), *(occurrence for _, occurrence in places)],
        )
    )
