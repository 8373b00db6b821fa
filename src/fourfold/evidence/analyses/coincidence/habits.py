"""How often each device's records show the place or the cell of a coincidence on other days."""

from typing import Final

from fourfold.evidence.analyses.coincidence.pairs import TOUCHED, XYZ, Reach, number
from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.model.protocols import Tables

# The place of each side of a coincidence, in every row of latitude that the reach touches.
_PLACES: Final = f"""
    select q.span_no, q.side, q.subject_no, q.first_row + e.step as lat_row, {XYZ}
    from (
        select p.*, cast(floor((p.lat - {{lat}} + 9e1) / {{row}}) as bigint) as first_row,
            cast(floor((p.lat + {{lat}} + 9e1) / {{row}}) as bigint) as last_row
        from (
            select n.span_no, 'a' as side, s.subject_no, s.lat, s.lon
            from coincidence_nearest as n join coincidence_sightings as s on s.sight_no = n.sight_a
            where s.kind = 'fix'
            union all
            select n.span_no, 'b' as side, s.subject_no, s.lat, s.lon
            from coincidence_nearest as n join coincidence_sightings as s on s.sight_no = n.sight_b
            where s.kind = 'fix'
        ) as p
    ) as q join {TOUCHED} on e.spread = q.last_row - q.first_row
"""

# Positions to 4 decimals (11 m): one point per device, day and place is enough to count days.
_POINTS: Final = f"""
    select d.subject_no, d.wall_day, cast(floor((d.lat + 9e1) / {{row}}) as bigint) as lat_row,
        {XYZ}
    from (
        select distinct s.subject_no, s.wall_day, round(s.lat, 4) as lat, round(s.lon, 4) as lon
        from coincidence_sightings as s
        join (select distinct subject_no from coincidence_sides where class = 'A') as c
            on c.subject_no = s.subject_no
        where s.kind = 'fix'
    ) as d
"""

_PLACE_DAYS: Final = """
    select q.span_no, q.side, d.wall_day
    from coincidence_places as q join ({points}) as d
        on d.subject_no = q.subject_no and d.lat_row = q.lat_row
    where (d.x - q.x) * (d.x - q.x) + (d.y - q.y) * (d.y - q.y) + (d.z - q.z) * (d.z - q.z)
        <= {chord_sq}
"""

_CELL_DAYS: Final = """
    select c.span_no, c.side, u.wall_day
    from (
        select s.span_no, 'a' as side, s.subject_no_a as subject_no, s.cell_a as cell_no
        from coincidence_spans as s join coincidence_nearest as n on n.span_no = s.span_no
        where s.class <> 'A'
        union all
        select s.span_no, 'b' as side, s.subject_no_b as subject_no, s.cell_b as cell_no
        from coincidence_spans as s join coincidence_nearest as n on n.span_no = s.span_no
        where s.class <> 'A'
    ) as c
    join (
        select distinct o.subject_no, i.cell_no, o.wall_day
        from coincidence_used as o join coincidence_sites as i on i.site_no = o.site_no
        where o.kind = 'cell'
    ) as u on u.subject_no = c.subject_no and u.cell_no = c.cell_no
"""

_OTHER_DAYS: Final = """
    select d.span_no,
        count(distinct case when d.side = 'a' then d.wall_day end) as days_a,
        count(distinct case when d.side = 'b' then d.wall_day end) as days_b
    from ({days}) as d
    left join (
        select distinct m.span_no, s.wall_day
        from coincidence_members as m join coincidence_sightings as s on s.sight_no = m.sight_no
    ) as o on o.span_no = d.span_no and o.wall_day = d.wall_day
    where o.span_no is null
    group by d.span_no
"""


def count_other_days(tables: Tables, settings: Settings) -> None:
    """Make coincidence_other_days: span_no, days_a, days_b.

    Days (wall clock), other than those of the coincidence itself, on which the records of
    each device show a position within settings.distance_m of its own position in the
    coincidence (class A), or the same cell (classes B and C).
    """
    reach = Reach(settings.distance_m, 1)
    lat, row = number(reach.lat_deg), number(reach.row_deg)
    tables.step("coincidence_places", _PLACES.format(lat=lat, row=row))
    places = _PLACE_DAYS.format(points=_POINTS.format(row=row), chord_sq=number(reach.chord_sq))
    tables.step(
        "coincidence_other_days", _OTHER_DAYS.format(days=f"{places} union all {_CELL_DAYS}")
    )
