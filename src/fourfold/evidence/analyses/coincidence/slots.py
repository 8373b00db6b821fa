"""First and last records per slot of the clock: enough to tell whether any two records agree.

Slots are at most as wide as the window and divide the day. Two records in one slot
always lie within the window. Of two slots, the closest records are the last of the earlier
and the first of the later one. And a stretch at least two slots long that holds any record
of a device holds the first or the last record of some slot. So the shifted comparison of
records with a cell, of which there are many pairs, needs no pair of records at all.
"""

from typing import Final

from fourfold.evidence.analyses.coincidence.pairs import SPANS_US, listed
from fourfold.evidence.analyses.coincidence.pairs import number as number_of
from fourfold.evidence.analyses.coincidence.settings import DAY_US, Settings
from fourfold.evidence.model.protocols import Tables

# coincidence_used: what the devices that coincided have on record. site_no is 0 for fixes.
_USED: Final = """
    select s.kind, s.subject_no, s.party_no, s.site_no, s.wall_day,
        cast(floor(s.wall_us / case when s.kind = 'fix' then {fix} else {cell} end) as bigint)
            as slot,
        min(s.wall_us) as first_us, max(s.wall_us) as last_us
    from coincidence_sightings as s
    join (select distinct kind, subject_no from coincidence_sides) as d
        on d.kind = s.kind and d.subject_no = s.subject_no
    group by s.kind, s.subject_no, s.party_no, s.site_no, s.wall_day,
        cast(floor(s.wall_us / case when s.kind = 'fix' then {fix} else {cell} end) as bigint)
"""


# The slots of the devices on each key that links sites (cells.py), and in every slot from which
# the window may reach them.
_KEYED: Final = """
    select k.class, k.key_no, u.site_no, d.is_right, u.subject_no, u.party_no,
        u.slot + e.step as slot, u.first_us, u.last_us
    from coincidence_used as u
    join coincidence_keys as k on k.site_no = u.site_no and k.is_right = 1
    join coincidence_sides as d on d.class = k.class and d.subject_no = u.subject_no
    cross join {steps} as e(step)
    where u.kind = 'cell'
"""

# On side a the other device's records are moved forward; on side b this device's are (way).
# First the slots that each shift asks for, then what is there: the other way round, every
# slot of a site would meet every other.
_ASKED: Final = """
    select m.*, k.key_no, m.slot + m.way * f.trial * {per_day} as asked_slot, f.trial,
        m.way * f.trial * {day_us} as moved_us
    from (
        select * from ({members}) as o
        union all
        select 0 as span_no, d.class, '' as side, u.site_no, u.party_no, u.slot, u.wall_day,
            0 as other_no, -1 as way, u.first_us, u.last_us
        from coincidence_used as u
        join coincidence_sides as d on d.kind = u.kind and d.subject_no = u.subject_no
        where u.kind = 'cell' and d.is_left = 1
    ) as m
    join coincidence_keys as k on k.class = m.class and k.site_no = m.site_no and k.is_left = 1
    cross join {shifts} as f(trial)
"""

_AGREED: Final = """
    select distinct m.span_no, m.class, m.side, m.trial, m.wall_day, m.party_no as party_a,
        case when m.span_no = 0 then o.party_no else 0 end as party_b
    from coincidence_asked as m
    join coincidence_keyed as o
        on o.class = m.class and o.key_no = m.key_no and o.slot = m.asked_slot
    join coincidence_links as k
        on k.class = m.class and k.site_a = m.site_no and k.site_b = o.site_no
    where (m.other_no = o.subject_no or (m.other_no = 0 and o.is_right = 1))
        and m.way * (m.party_no - o.party_no) > 0
        and greatest(m.first_us - (o.last_us - m.moved_us), (o.first_us - m.moved_us) - m.last_us)
            <= {window_us}
"""


def make_slots(tables: Tables, settings: Settings) -> None:
    """Make coincidence_used and coincidence_agreed, by the clock on the wall.

    coincidence_used has the first and the last record, per slot, of devices that coincided
    (coincidence_sides): kind, subject_no, party_no, site_no, wall_day, slot, first_us,
    last_us. coincidence_agreed has what agrees under a shift, in classes B and C: either a
    side of a span (span_no, side, trial), or, with span_no 0, a day on which records of two
    parties agree (class, trial, party_a, party_b, wall_day).
    """
    window_us = settings.cell_window_us
    slot_us = _slot_us(window_us)
    fix, cell = number_of(_slot_us(settings.window_us)), number_of(slot_us)
    most = -(-window_us // slot_us)
    tables.step("coincidence_used", _USED.format(fix=fix, cell=cell))
    tables.step("coincidence_keyed", _KEYED.format(steps=listed(tuple(range(-most, most + 1)))))
    tables.step(
        "coincidence_asked",
        _ASKED.format(
            members=_MEMBERS.format(cell=cell),
            shifts=listed(settings.shifts_days),
            per_day=DAY_US // slot_us,
            day_us=DAY_US,
        ),
    )
    tables.step("coincidence_agreed", _AGREED.format(window_us=window_us))


def _slot_us(window_us: int) -> int:
    """The widest slot that divides the day and is no wider than the window."""
    return max((slot for slot in SPANS_US if slot <= window_us), default=1)


# The records of each listed span of classes B and C, per side and slot.
_MEMBERS: Final = """
    select m.span_no, m.class, m.side, s.site_no, s.party_no,
        cast(floor(s.wall_us / {cell}) as bigint) as slot, 0 as wall_day,
        case when m.side = 'a' then p.subject_no_b else p.subject_no_a end as other_no,
        case when m.side = 'a' then -1 else 1 end as way,
        min(s.wall_us) as first_us, max(s.wall_us) as last_us
    from coincidence_members as m
    join coincidence_spans as p on p.span_no = m.span_no
    join coincidence_sightings as s on s.sight_no = m.sight_no
    where m.class <> 'A'
    group by m.span_no, m.class, m.side, s.site_no, s.party_no,
        cast(floor(s.wall_us / {cell}) as bigint), p.subject_no_a, p.subject_no_b
"""


def occupied(settings: Settings) -> str:
    """SQL: per span, side and shift, whether the other device has a record in the window.

    The first record at or after the start of each window is found with one ordered pass.
    """
    return f"""
        select o.span_no, o.class, o.side, o.trial
        from (
            select u.*, min(u.record_us) over (partition by u.kind, u.subject_no
                order by u.at_us, u.is_record
                rows between current row and unbounded following) as next_us
            from (
                select v.kind, v.subject_no, v.low_us as at_us, 0 as is_record,
                    cast(null as bigint) as record_us, v.high_us, v.span_no, v.class, v.side,
                    v.trial
                from ({_windows(settings)}) as v
                union all
                select distinct r.kind, r.subject_no,
                    case when e.step = 0 then r.first_us else r.last_us end as at_us,
                    1 as is_record,
                    case when e.step = 0 then r.first_us else r.last_us end as record_us,
                    cast(null as bigint) as high_us, cast(null as bigint) as span_no,
                    cast(null as varchar(1)) as class, cast(null as varchar(1)) as side,
                    cast(null as bigint) as trial
                from coincidence_used as r cross join (values (0), (1)) as e(step)
            ) as u
        ) as o
        where o.is_record = 0 and o.next_us <= o.high_us
    """


def _windows(settings: Settings) -> str:
    """SQL: the stretch of the other device's own clock that each trial looks at."""
    reach = f"case when w.class = 'A' then {settings.window_us} else {settings.cell_window_us} end"
    moved = f"case when w.side = 'a' then -1 else 1 end * f.trial * {DAY_US}"
    return f"""
        select case when w.class = 'A' then 'fix' else 'cell' end as kind, w.class, w.span_no,
            w.side, f.trial, case when w.side = 'a' then p.subject_no_b else p.subject_no_a end
                as subject_no,
            w.first_us - {reach} + {moved} as low_us, w.last_us + {reach} + {moved} as high_us
        from (
            select m.span_no, m.class, m.side, min(s.wall_us) as first_us,
                max(s.wall_us) as last_us
            from coincidence_members as m
            join coincidence_sightings as s on s.sight_no = m.sight_no
            group by m.span_no, m.class, m.side
        ) as w
        join coincidence_spans as p on p.span_no = w.span_no
        cross join {listed(settings.shifts_days)} as f(trial)
    """
