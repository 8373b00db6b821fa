"""On which days there are records: per person and kind of record, and per source.

Days are those of the clock on the wall in the display zone, numbered from 1970-01-01.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support import clock

FIRST_DAY: Final = date(1970, 1, 1)
ANY: Final = "any source"
HOLDER_LIMIT: Final = 20  # where nobody is named: devices looked at, those with most records

# What a record is a record of. Cameras, gates, statements and subscriber data are left out:
# they do not come from a person's device.
FAMILIES: Final = {
    ANY: "1 = 1",
    "calls and messages": "r.kind in ('call', 'message')",
    "positions of devices": "r.kind = 'device_fix'",
    "records that name a cell": "r.cell_id is not null",
}
_KINDS: Final = (
    "'call', 'message', 'data_session', 'device_fix', 'network_fix', 'device_event', 'photo',"
    " 'post', 'visit', 'journey'"
)


@dataclass
class Days:
    """The days with records of one holder in one kind of record or one source.

    first_us, last_us: the first and last record of each day, UTC microseconds.
    """

    holder: str
    source: str
    first_us: dict[int, int] = field(default_factory=dict)
    last_us: dict[int, int] = field(default_factory=dict)

    def stretches_without(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return runs of days [from, to) without a record between two days, both included."""
        runs, start = [], first
        for day in [*sorted(d for d in self.first_us if first <= d <= last), last + 1]:
            if day > start:
                runs.append((start, day))
            start = day + 1
        return runs

    def bounds(self, start: int, end: int) -> list[int]:
        """Return the moments of the last record before and the first record after a run."""
        before = [day for day in self.last_us if day < start]
        after = [day for day in self.first_us if day >= end]
        return [
            *([self.last_us[max(before)]] if before else []),
            *([self.first_us[min(after)]] if after else []),
        ]


def make_records(tables: Tables, case: Case) -> list[str]:
    """Make gaps_records (holder, source, kind, day ...); return the holders looked at.

    Holders are the suspects and victims; where nobody is named, the devices themselves.
    """
    low, high = tables.rows("select min(started_us), max(started_us) from events_us")[0]
    between = (low, high) if low is not None else None
    offset = clock.sql_offset(case.display_zone, "e.started_us", between)
    people = [*case.suspects, *case.victims]
    holder = "p.person" if people else "e.subject_id"
    tables.step(
        "gaps_records",
        f"""
        select {holder} as holder, e.event_id, e.exhibit_id, e.subject_id, e.kind, e.cell_id,
            e.started_us,
            cast(floor((e.started_us + {offset}) / 8.64e10) as bigint) as day
        from events_us as e left join parties as p
            on p.identifier = e.subject_id and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where e.started_us is not null and e.kind in ({_KINDS}) and {holder} is not null
        """,
    )
    if people:
        return people
    found = tables.rows(
        "select holder from gaps_records group by holder order by count(*) desc, holder"
        f" limit {HOLDER_LIMIT}"
    )
    return sorted(holder for (holder,) in found)


def family_days(tables: Tables, holders: list[str]) -> dict[tuple[str, str], Days]:
    """Return the days per holder and kind of record; also for holders without any."""
    found = {(h, family): Days(h, family) for h in holders for family in FAMILIES}
    for family, condition in FAMILIES.items():
        for holder, day, first_us, last_us in tables.rows(
            "select r.holder, r.day, min(r.started_us), max(r.started_us)"
            f" from gaps_records as r where {condition} group by r.holder, r.day"
        ):
            if holder in holders:
                days = found[holder, family]
                days.first_us[day], days.last_us[day] = first_us, last_us
    return found


def source_days(tables: Tables, holders: list[str]) -> list[Days]:
    """Return the days per holder and exhibit, in order."""
    found: dict[tuple[str, str], Days] = {}
    for holder, source, day, first_us, last_us in tables.rows(
        "select r.holder, coalesce(x.ref, r.exhibit_id) as source, r.day, min(r.started_us),"
        " max(r.started_us) from gaps_records as r"
        " left join exhibits as x on x.exhibit_id = r.exhibit_id"
        " group by r.holder, coalesce(x.ref, r.exhibit_id), r.day"
    ):
        days = found.setdefault((holder, source), Days(holder, source))
        days.first_us[day], days.last_us[day] = first_us, last_us
    return [found[key] for key in sorted(found) if key[0] in holders]


def day_text(day: int) -> str:
    """Return the date of a day number as YYYY-MM-DD."""
    return (FIRST_DAY + timedelta(days=day)).isoformat()


def day_start(day: int, zone: str) -> datetime:
    """Return the naive UTC moment at which a day of the zone begins."""
    midnight = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time())
    return clock.from_micros(clock.from_wall_clock(midnight, zone).at).replace(tzinfo=None)


def day_of(moment: datetime, zone: str) -> int:
    """Return the day number of an aware moment in the zone."""
    return (clock.to_wall_clock(clock.micros(moment), zone).date() - FIRST_DAY).days
