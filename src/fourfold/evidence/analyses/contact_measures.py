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
        "select c.from_party, c.to_party, count(*) as contacts, min(c.started_at) as first_at,"
        " max(c.started_at) as last_at from contacts as c group by c.from_party, c.to_party",
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
    tables.step("chosen_pairs", "select '' as from_party, '' as to_party where 1 = 0")
    if pairs:
        listed = ", ".join(["(?, ?)"] * len(pairs))
        tables.run(f"insert into chosen_pairs values {listed}", [p for pair in pairs for p in pair])
    tables.step(
        "chosen_contacts",
        """select c.* from contacts_us as c join chosen_pairs as p
        on p.from_party = c.from_party and p.to_party = c.to_party""",
    )


_OF_CHOSEN: Final = "from chosen_contacts as c"


def _add_groups(tables: Tables, counts: dict[Pair, PairCounts]) -> None:
    columns = """c.channel, c.kind, c.outcome, c.from_id, c.strength, c.is_connected,
        c.is_withheld, c.is_night, c.local_day, c.local_hour, c.weekday"""
    for row in tables.rows(
        f"""select c.from_party, c.to_party, {columns}, count(*) as contacts {_OF_CHOSEN}
        group by c.from_party, c.to_party, {columns}
        order by c.from_party, c.to_party, {columns}"""
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
    for a, b, from_at, to_at, before, after in tables.rows(
        f"""with beside as (
            select c.from_party, c.to_party, c.started_us, c.occurrence_id,
                lag(c.started_us) over w as previous_us,
                lag(c.occurrence_id) over w as previous
            {_OF_CHOSEN} where c.started_us is not null
            window w as (partition by c.from_party, c.to_party
                order by c.started_us, c.occurrence_id)
        ), ranked as (
            select b.*, row_number() over (partition by b.from_party, b.to_party
                order by b.started_us - b.previous_us desc, b.started_us, b.occurrence_id) as turn
            from beside as b where b.previous_us is not null
        )
        select r.from_party, r.to_party, x.started_at, y.started_at, x.row_ids, y.row_ids
        from ranked as r join chosen_contacts as x on x.occurrence_id = r.previous
            and x.from_party = r.from_party and x.to_party = r.to_party
        join chosen_contacts as y on y.occurrence_id = r.occurrence_id
            and y.from_party = r.from_party and y.to_party = r.to_party
        where r.turn = 1 order by r.from_party, r.to_party"""
    ):
        counts[a, b].silence = Silence(from_at, to_at, [*before, *after])
