"""Stretches in which fixes of both devices exist in one window but lie far apart."""

from fourfold.evidence.analyses.coincidence.pairs import XYZ, Reach
from fourfold.evidence.analyses.coincidence.settings import MINUTE_US, Settings
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.geo import EARTH_RADIUS_M

_LEFT = """
    select s.sight_no, s.party_no, s.subject_id, s.started_us, {xyz},
        cast(floor(s.started_us / {span}) as bigint) as time_cell
    from coincidence_sightings as s where s.kind = 'fix' and s.party_no < {last}
"""

_RIGHT = """
    select r.*, r.first_time + t.step as time_cell
    from (
        select s.sight_no, s.party_no, s.subject_id, s.started_us, {xyz},
            cast(floor((s.started_us - {reach}) / {span}) as bigint) as first_time,
            cast(floor((s.started_us + {reach}) / {span}) as bigint) as last_time
        from coincidence_sightings as s where s.kind = 'fix' and s.party_no > 1
    ) as r cross join (select 0 as step union all select 1 as step) as t
    where r.first_time + t.step <= r.last_time
"""

# One row per fix of the first device that has any fix of the second in its window.
_LEAST = """
    select a.subject_id as subject_a, b.subject_id as subject_b, a.sight_no, a.started_us,
        min((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z))
            as chord_sq
    from coincidence_apart_left as a join coincidence_apart_right as b
        on a.time_cell = b.time_cell
    where {refused} a.party_no < b.party_no and abs(a.started_us - b.started_us) <= {reach}
    group by a.subject_id, b.subject_id, a.sight_no, a.started_us
"""

_STRETCHES = """
    select r.subject_a, r.subject_b, r.run_no, min(r.started_us) as started_us,
        max(r.started_us) as ended_us, count(*) as fixes, min(r.chord_sq) as chord_sq
    from coincidence_apart_runs as r
    where r.is_apart = 1
    group by r.subject_a, r.subject_b, r.run_no
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
            from coincidence_apart_least as l
        ) as v
    ) as w
"""

_LISTED = """
    select s.*, {diameter} * asin(least(1e0, sqrt(s.chord_sq) / {diameter})) as least_distance_m,
        row_number() over (order by s.ended_us - s.started_us desc, s.fixes desc,
            s.started_us, s.subject_a, s.subject_b, s.run_no) as place
    from coincidence_stretches as s
"""


def find_stretches(tables: Tables, settings: Settings, parties: int) -> int:
    """Make coincidence_apart: the stretches, longest first (place 1 is the longest).

    A stretch is a run of the first device's fixes, pauses at most
    settings.apart_pause_min, none of which has a fix of the second device within the
    window and within settings.apart_m. Columns: subject_a, subject_b, run_no, started_us,
    ended_us, fixes, least_distance_m, place. Also coincidence_apart_runs (its fixes).

    Returns:
        The number of comparisons; above settings.comparison_limit there are no stretches.
    """
    reach, span = settings.window_us, f"{4.0 * settings.window_us:.17e}"
    tables.step("coincidence_apart_left", _LEFT.format(xyz=XYZ, span=span, last=parties))
    tables.step("coincidence_apart_right", _RIGHT.format(xyz=XYZ, span=span, reach=reach))
    comparisons = _count(tables)
    refused = "1 = 0 and" if comparisons > settings.comparison_limit else ""
    tables.step("coincidence_apart_least", _LEAST.format(refused=refused, reach=reach))
    tables.step(
        "coincidence_apart_runs",
        _RUNS.format(
            pause=settings.apart_pause_min * MINUTE_US,
            far_sq=f"{Reach(settings.apart_m, 1).chord_sq:.17e}",
        ),
    )
    tables.step("coincidence_stretches", _STRETCHES)
    tables.step("coincidence_apart", _LISTED.format(diameter=f"{2 * EARTH_RADIUS_M:.17e}"))
    return comparisons


def _count(tables: Tables) -> int:
    found = tables.rows(
        "select cast(coalesce(sum(l.n), 0) as bigint) as comparisons"
        " from coincidence_apart_right as r join (select time_cell, count(*) as n"
        " from coincidence_apart_left group by time_cell) as l on r.time_cell = l.time_cell"
    )
    return int(found[0][0])
