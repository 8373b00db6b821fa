"""How often each device's records show the place or the cell of a coincidence on other days."""

from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs
from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.model.protocols import Tables

_OWN_DAYS = """
    select distinct m.span_no, s.wall_day
    from coincidence_members as m join coincidence_sightings as s on s.sight_no = m.sight_no
"""

# Positions to 4 decimals (11 m): one point per device, day and place is enough to count days.
_DAILY_POINTS = """
    select row_number() over (order by d.subject_id, d.wall_day, d.lat, d.lon) as sight_no, d.*
    from (
        select distinct s.subject_id, s.wall_day, round(s.lat, 4) as lat, round(s.lon, 4) as lon
        from coincidence_sightings as s
        join (
            select subject_a as subject_id from coincidence_spans where class = 'A'
            union
            select subject_b as subject_id from coincidence_spans where class = 'A'
        ) as c on c.subject_id = s.subject_id
        where s.kind = 'fix'
    ) as d
"""

_PLACES = """
    select n.span_no * 2 + x.step as sight_no, n.span_no, x.step,
        case when x.step = 0 then a.subject_id else b.subject_id end as subject_id,
        case when x.step = 0 then a.lat else b.lat end as lat,
        case when x.step = 0 then a.lon else b.lon end as lon
    from coincidence_nearest as n
    join coincidence_sightings as a on a.sight_no = n.sight_a
    join coincidence_sightings as b on b.sight_no = n.sight_b
    cross join (select 0 as step union all select 1 as step) as x
    where a.kind = 'fix'
"""

_PLACE_DAYS = """
    select q.span_no, case when q.step = 0 then 'a' else 'b' end as side, d.wall_day
    from coincidence_place_pairs as p
    join coincidence_places as q on q.sight_no = p.sight_b
    join coincidence_daily_points as d
        on d.sight_no = p.sight_a and d.subject_id = q.subject_id
"""

_CELL_DAYS = """
    select c.span_no, c.side, u.wall_day
    from (
        select s.span_no, 'a' as side, s.subject_a as subject_id, s.cell_a as cell_id
        from coincidence_spans as s join coincidence_nearest as n on n.span_no = s.span_no
        where s.class <> 'A'
        union all
        select s.span_no, 'b' as side, s.subject_b as subject_id, s.cell_b as cell_id
        from coincidence_spans as s join coincidence_nearest as n on n.span_no = s.span_no
        where s.class <> 'A'
    ) as c
    join (
        select distinct s.subject_id, s.cell_id, s.wall_day
        from coincidence_sightings as s where s.kind = 'cell'
    ) as u on u.subject_id = c.subject_id and u.cell_id = c.cell_id
"""

_OTHER_DAYS = """
    select d.span_no,
        count(distinct case when d.side = 'a' then d.wall_day end) as days_a,
        count(distinct case when d.side = 'b' then d.wall_day end) as days_b
    from coincidence_habit_days as d
    left join coincidence_own_days as o on o.span_no = d.span_no and o.wall_day = d.wall_day
    where o.span_no is null
    group by d.span_no
"""


def count_other_days(tables: Tables, settings: Settings) -> None:
    """Make coincidence_other_days: span_no, days_a, days_b.

    Days (wall clock), other than those of the coincidence itself, on which the records of
    each device show a position within settings.distance_m of its own position in the
    coincidence (class A), or the same cell (classes B and C).
    """
    tables.step("coincidence_own_days", _OWN_DAYS)
    tables.step("coincidence_daily_points", _DAILY_POINTS)
    tables.step("coincidence_places", _PLACES)
    columns = "sight_no, 0 as party_no, 0 as started_us, lat, lon"
    search = Search(
        name="coincidence_place_pairs",
        left=f"(select {columns} from coincidence_daily_points)",
        right=f"(select {columns} from coincidence_places)",
        reach=Reach(settings.distance_m, 1),
        condition="1 = 1",
    )
    find_pairs(tables, search, settings.comparison_limit)
    tables.step("coincidence_habit_days", f"{_PLACE_DAYS} union all {_CELL_DAYS}")
    tables.step("coincidence_other_days", _OTHER_DAYS)
