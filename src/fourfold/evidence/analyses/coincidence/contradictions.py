"""Stretches in which fixes of both devices exist in one window but lie far apart."""

from fourfold.evidence.analyses.coincidence.pairs import (
    TOUCHED,
    XYZ,
    Reach,
    number,
    time_cell,
)
from fourfold.evidence.analyses.coincidence.settings import MINUTE_US, Settings
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.geo import EARTH_RADIUS_M

_FIXES = "coincidence_sightings as s where s.kind = 'fix' and s.party_no"
_TOUCHED_SPANS = f"""
        select s.sight_no, s.party_no, s.subject_no, s.started_us, s.lat, s.lon,
            {{first}} as first_cell, {{last}} as last_cell
        from {_FIXES} > 1
"""

_LEFT = f"""
    select l.sight_no, l.party_no, l.subject_no, l.started_us, l.time_cell, {XYZ}
    from (select s.*, {{cell}} as time_cell from {_FIXES} < {{last_party}}) as l
    join (
        select distinct o.first_cell + e.step as time_cell
        from ({_TOUCHED_SPANS}) as o join {TOUCHED} on e.spread = o.last_cell - o.first_cell
    ) as t on t.time_cell = l.time_cell
"""

_RIGHT = f"""
    select r.sight_no, r.party_no, r.subject_no, r.started_us, r.time_cell, {XYZ}
    from (
        select o.*, o.first_cell + e.step as time_cell
        from ({_TOUCHED_SPANS}) as o join {TOUCHED} on e.spread = o.last_cell - o.first_cell
    ) as r
    join (select distinct time_cell from coincidence_apart_left) as t
        on t.time_cell = r.time_cell
"""

# One row per fix of the first device that has any fix of the second in its window.
_LEAST = """
    select a.subject_no as subject_a, b.subject_no as subject_b, a.sight_no, a.started_us,
        min((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z))
            as chord_sq
    from coincidence_apart_left as a join coincidence_apart_right as b
        on a.time_cell = b.time_cell
    where {refused} a.party_no < b.party_no and abs(a.started_us - b.started_us) <= {reach}
    group by a.subject_no, b.subject_no, a.sight_no, a.started_us
"""

_RUNS = """
    select w.*, sum(w.is_new) over (partition by w.subject_a, w.subject_b
        order by w.started_us, w.sight_no rows unbounded preceding) as run_no
    from (
        select v.*, case when v.is_apart = lag(v.is_apart) over (
                partition by v.subject_a, v.subject_b order by v.started_us, v.sight_no)
            and v.started_us - lag(v.started_us) over (
                partition by v.subject_a, v.subject_b order by v.started_us, v.sight_no)
                <= {pause} then 0 else 1 end as is_new
        from (
            select l.*, case when l.chord_sq > {far_sq} then 1 else 0 end as is_apart
            from ({least}) as l
        ) as v
    ) as w
"""

_LISTED = """
    select s.*, {diameter} * asin(least(1e0, sqrt(s.chord_sq) / {diameter})) as least_distance_m,
        row_number() over (order by s.ended_us - s.started_us desc, s.fixes desc,
            s.started_us, s.subject_a, s.subject_b, s.run_no) as place
    from (
        select r.subject_a, r.subject_b, r.run_no, min(r.started_us) as started_us,
            max(r.started_us) as ended_us, count(*) as fixes, min(r.chord_sq) as chord_sq
        from coincidence_apart_runs as r
        where r.is_apart = 1
        group by r.subject_a, r.subject_b, r.run_no
    ) as s
"""


def find_stretches(tables: Tables, settings: Settings, parties: int) -> int:
    """Make coincidence_apart: the stretches, longest first (place 1 is the longest).

    A stretch is a run of the first device's fixes, pauses at most
    settings.apart_pause_min, none of which has a fix of the second device within the
    window and within settings.apart_m. Columns: subject_a, subject_b (numbers), run_no, started_us,
    ended_us, fixes, least_distance_m, place. Also coincidence_apart_runs (its fixes).

    Returns:
        The number of comparisons; above settings.comparison_limit there are no stretches.
    """
    reach = settings.window_us
    cell, first, last = (
        time_cell(f"(s.started_us {shift})", reach) for shift in ("+ 0", f"- {reach}", f"+ {reach}")
    )
    touched = {"first": first, "last": last}
    tables.step("coincidence_apart_left", _LEFT.format(cell=cell, last_party=parties, **touched))
    tables.step("coincidence_apart_right", _RIGHT.format(**touched))
    comparisons = _count(tables)
    refused = "1 = 0 and" if comparisons > settings.comparison_limit else ""
    tables.step(
        "coincidence_apart_runs",
        _RUNS.format(
            pause=settings.apart_pause_min * MINUTE_US,
            far_sq=number(Reach(settings.apart_m, 1).chord_sq),
            least=_LEAST.format(refused=refused, reach=reach),
        ),
    )
    tables.step("coincidence_apart", _LISTED.format(diameter=number(2 * EARTH_RADIUS_M)))
    return comparisons


def _count(tables: Tables) -> int:
    found = tables.rows(
        "select cast(coalesce(sum(l.n), 0) as bigint) as comparisons"
        " from coincidence_apart_right as r join (select time_cell, count(*) as n"
        " from coincidence_apart_left group by time_cell) as l on r.time_cell = l.time_cell"
    )
    return int(found[0][0])
