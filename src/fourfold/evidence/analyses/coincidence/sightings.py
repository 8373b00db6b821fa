"""What can coincide: device fixes, and records of calls, texts and data sessions with a cell.

`coincidence_sightings` has one row per fix or per cell record; records of one line, cell
and second in several exhibits are one sighting. `coincidence_sources` leads from a
sighting to its events. Persons are compared; where nobody is said to hold any of
the devices, devices are.
"""

from dataclasses import dataclass
from typing import Final

from fourfold.evidence.model.case import STRENGTHS, Case
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support import clock

FIX: Final = "fix"
CELL: Final = "cell"
_CELL_NUMBERS_FROM: Final = 10**12  # fixes are numbered from 1, cell records from here
_ROLES: Final = ("suspect", "victim", "third_party")
_KINDS: Final = {
    FIX: "e.kind = 'device_fix' and e.place_kind = 'fix' and e.lat between -9e1 and 9e1"
    " and e.lon between -1.8e2 and 1.8e2 and not (e.lat = 0e0 and e.lon = 0e0)",
    CELL: "e.kind in ('call', 'message', 'data_session') and e.cell_id is not null",
}


@dataclass(frozen=True)
class Compared:
    """Who is compared in one kind of record.

    parties: in the order of the case; person keys, or identifiers if `by_device`.
    left_out: records that nobody is said to have made, so that they are not compared.
    """

    kind: str
    parties: tuple[str, ...]
    by_device: bool
    left_out: int

    @property
    def is_comparable(self) -> bool:
        """Two sides are needed."""
        return len(self.parties) > 1


def make_sightings(tables: Tables, case: Case) -> dict[str, Compared]:
    """Make coincidence_sightings and coincidence_sources; tell who is compared per kind."""
    tables.step("coincidence_records", _records(tables, case))
    compared = {kind: _compared(tables, case, kind) for kind in (FIX, CELL)}
    tables.step("coincidence_parties", _party_table(list(compared.values())))
    tables.step("coincidence_held", _HELD)
    tables.step("coincidence_numbered", _NUMBERED)
    tables.step("coincidence_sightings", _SIGHTINGS)
    tables.step(
        "coincidence_sources",
        "select n.sight_no, n.event_id from coincidence_numbered as n",
    )
    return compared


def _records(tables: Tables, case: Case) -> str:
    """SQL: every record that can coincide, with its holder and its wall-clock time."""
    low, high = tables.rows("select min(started_us), max(started_us) from events_us")[0]
    between = (low, high) if low is not None else None
    offset = clock.sql_offset(case.display_zone, "e.started_us", between)
    ranks = " ".join(f"when '{s}' then {n}" for n, s in enumerate(STRENGTHS, 1))
    return f"""
        select e.event_id, e.subject_id, p.person, e.started_us,
            e.started_us + {offset} as wall_us, e.lat, e.lon, e.accuracy_m, e.cell_id,
            case when {_KINDS[FIX]} then '{FIX}' else '{CELL}' end as kind,
            case when p.person is null then 0
                else case p.strength {ranks} else {len(STRENGTHS)} end end as weakness,
            case when e.time_relation = 'at_or_before' then 1 else 0 end as is_open
        from events_us as e left join parties as p
            on p.identifier = e.subject_id and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where e.started_us is not null and e.subject_id is not null
            and ({_KINDS[FIX]} or {_KINDS[CELL]})
    """


def _compared(tables: Tables, case: Case, kind: str) -> Compared:
    """Decide whether persons or devices are compared, and in which order."""
    found = tables.rows(
        "select person, subject_id, count(*) from coincidence_records"
        " where kind = ? group by person, subject_id order by person, subject_id",
        [kind],
    )
    persons = {person for person, _, _ in found if person is not None}
    if not persons:
        return Compared(kind, tuple(subject for _, subject, _ in found), True, 0)
    order = {p.key: (_ROLES.index(p.role), p.key) for p in case.people}
    parties = sorted(persons, key=lambda key: order.get(key, (len(_ROLES), key)))
    return Compared(kind, tuple(parties), False, sum(n for p, _, n in found if p is None))


def _party_table(compared: list[Compared]) -> str:
    """SQL: the parties of each kind with their number, in the order of `parties`."""
    tables = ["select 'none' as kind, '' as party, 0 as party_no, 0 as by_device"]
    for c in compared:
        if c.by_device:
            tables.append(_DEVICES.format(kind=c.kind))
        for number, party in enumerate([] if c.by_device else c.parties, 1):
            key = party.replace("'", "''")
            tables.append(
                f"select '{c.kind}' as kind, '{key}' as party, {number} as party_no, 0 as by_device"
            )
    return " union all ".join(tables)


_DEVICES: Final = """
    select '{kind}' as kind, d.subject_id as party,
        row_number() over (order by d.subject_id) as party_no, 1 as by_device
    from (select distinct r.subject_id from coincidence_records as r
        where r.kind = '{kind}') as d
"""

_HELD: Final = """
    select r.*, p.party, p.party_no
    from coincidence_records as r join coincidence_parties as p
        on p.kind = r.kind
        and p.party = case when p.by_device = 1 then r.subject_id else r.person end
"""

_NUMBERED: Final = f"""
    select f.*, row_number() over (order by f.started_us, f.event_id) as sight_no, 1 as copy_no
    from coincidence_held as f where f.kind = '{FIX}'
    union all
    select n.*, row_number() over (partition by n.sight_no order by n.event_id) as copy_no
    from (
        select c.*, {_CELL_NUMBERS_FROM} + dense_rank() over (
            order by c.started_us, c.subject_id, c.cell_id) as sight_no
        from coincidence_held as c where c.kind = '{CELL}'
    ) as n
"""

_SIGHTINGS: Final = """
    select n.sight_no, n.kind, n.party, n.party_no, n.subject_id, n.weakness, n.started_us,
        n.wall_us, cast(floor(n.wall_us / 8.64e10) as bigint) as wall_day,
        n.lat, n.lon, n.accuracy_m, n.cell_id, n.is_open
    from coincidence_numbered as n
    where n.copy_no = 1
"""
