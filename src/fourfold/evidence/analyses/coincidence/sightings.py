"""What can coincide: device fixes, and records of calls, texts and data sessions with a cell.

`coincidence_sightings` has one row per fix or per cell record; records of one line, cell
and second in several exhibits are one sighting. `coincidence_sources` leads from a
sighting to its events. Numbers stand for names: comparing numbers is cheap. Persons are
compared; where nobody is said to hold any of the devices, devices are.
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
    """Make coincidence_sightings and coincidence_sources; tell who is compared per kind.

    Also the names behind their numbers: coincidence_holders (holder_no: one party's use of
    one device) and coincidence_sites (site_no: one cell as listed in one place; cell_no: its
    identity).
    """
    tables.step("coincidence_records", _records(tables, case))
    found = tables.rows(
        "select kind, person, subject_id, count(*) from coincidence_records"
        " group by kind, person, subject_id order by kind, person, subject_id"
    )
    compared = {
        kind: _compared(case, kind, [row[1:] for row in found if row[0] == kind])
        for kind in (FIX, CELL)
    }
    tables.step("coincidence_holders", _holders(list(compared.values())))
    tables.step("coincidence_sites", _SITES)
    tables.step("coincidence_sources", _SOURCES)
    tables.run(_SIGHTINGS)
    return compared


def _records(tables: Tables, case: Case) -> str:
    """SQL: every record that can coincide, with its holder and its wall-clock time."""
    low, high = tables.rows("select min(started_us), max(started_us) from events_us")[0]
    between = (low, high) if low is not None else None
    offset = clock.sql_offset(case.display_zone, "e.started_us", between)
    ranks = " ".join(f"when '{s}' then {n}" for n, s in enumerate(STRENGTHS, 1))
    return f"""
        select e.event_id, e.subject_id, coalesce(p.person, '') as person, e.started_us,
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


def _compared(case: Case, kind: str, found: list[tuple[str, str, int]]) -> Compared:
    """Decide whether persons or devices are compared, and in which order."""
    persons = {person for person, _, _ in found if person}
    if not persons:
        return Compared(kind, tuple(subject for _, subject, _ in found), True, 0)
    order = {p.key: (_ROLES.index(p.role), p.key) for p in case.people}
    parties = sorted(persons, key=lambda key: order.get(key, (len(_ROLES), key)))
    return Compared(kind, tuple(parties), False, sum(n for p, _, n in found if not p))


def _holders(compared: list[Compared]) -> str:
    """SQL: who is compared in which kind of record, on which device, in the order of parties."""
    persons = ["('none', '', 0)"]
    for c in compared:
        for place, party in enumerate([] if c.by_device else c.parties, 1):
            key = party.replace("'", "''")
            persons.append(f"('{c.kind}', '{key}', {place})")
    devices = ", ".join(["'none'", *(f"'{c.kind}'" for c in compared if c.by_device)])
    return _HOLDERS.format(persons=", ".join(persons), devices=devices)


_HOLDERS: Final = """
    select h.*, row_number() over (order by h.kind, h.party_no, h.subject_id) as holder_no,
        dense_rank() over (order by h.subject_id) as subject_no
    from (
        select distinct r.kind, r.person, r.subject_id, p.party, p.party_no
        from coincidence_records as r join (values {persons}) as p(kind, party, party_no)
            on p.kind = r.kind and p.party = r.person
        union all
        select d.kind, '' as person, d.subject_id, d.subject_id as party,
            row_number() over (partition by d.kind order by d.subject_id) as party_no
        from (select distinct r.kind, r.subject_id from coincidence_records as r
            where r.kind in ({devices})) as d
    ) as h
"""

# A site without a listed position is one too: its latitude and longitude are 999 degrees.
_SITES: Final = """
    select s.cell_id, s.lat, s.lon, dense_rank() over (order by s.cell_id) as cell_no,
        row_number() over (order by s.cell_id, s.lat, s.lon) as site_no
    from (
        select distinct r.cell_id, coalesce(r.lat, 9.99e2) as lat, coalesce(r.lon, 9.99e2) as lon
        from coincidence_records as r where r.kind = 'cell'
    ) as s
"""

_COLUMNS: Final = """r.event_id, r.kind, h.holder_no, h.subject_no, h.party_no, r.weakness,
            r.started_us, r.wall_us, cast(floor(r.wall_us / 8.64e10) as bigint) as wall_day,
            r.lat, r.lon, r.accuracy_m, r.is_open"""
_HELD: Final = """coincidence_records as r join coincidence_holders as h
            on h.kind = r.kind and h.person = r.person and h.subject_id = r.subject_id"""

_SOURCES: Final = f"""
    select {_COLUMNS}, 0 as site_no, 0 as cell_no,
        row_number() over (order by r.started_us, r.event_id) as sight_no, 1 as copy_no
    from {_HELD} where r.kind = '{FIX}'
    union all
    select c.*, {_CELL_NUMBERS_FROM} + dense_rank() over (
            order by c.started_us, c.subject_no, c.cell_no) as sight_no,
        row_number() over (
            partition by c.started_us, c.subject_no, c.cell_no order by c.event_id) as copy_no
    from (
        select {_COLUMNS}, s.site_no, s.cell_no
        from {_HELD} join coincidence_sites as s on s.cell_id = r.cell_id
            and s.lat = coalesce(r.lat, 9.99e2) and s.lon = coalesce(r.lon, 9.99e2)
        where r.kind = '{CELL}'
    ) as c
"""

_SIGHTINGS: Final = """
    create or replace temp view coincidence_sightings as
    select s.* from coincidence_sources as s where s.copy_no = 1
"""
