"""The tables that leave with the package: coincidences and contradictions."""

from typing import Final

from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.model.case import STRENGTHS
from fourfold.evidence.model.protocols import Tables

_TOTALS: Final = """
    select m.span_no, max(s.weakness) as weakness, min(s.weakness) as least_weakness
    from coincidence_members as m
    join coincidence_sightings as s on s.sight_no = m.sight_no
    group by m.span_no
"""

# A pair rests on a session alone if no pair of the span has two records at their own time.
_OPEN: Final = """
    select p.span_no, min(greatest(a.is_open, b.is_open)) as is_open
    from coincidence_paired as p
    join coincidence_sightings as a on a.sight_no = p.sight_a
    join coincidence_sightings as b on b.sight_no = p.sight_b
    group by p.span_no
"""

_ROWS: Final = """
    select m.span_no, list(e.event_id order by e.started_at, e.event_id) as event_ids,
        list_sort(list_distinct(flatten(list(e.row_ids)))) as row_ids
    from coincidence_members as m
    join coincidence_sources as c on c.sight_no = m.sight_no
    join events as e on e.event_id = c.event_id
    group by m.span_no
"""


def export_tables(tables: Tables, settings: Settings) -> None:
    """Make and export `coincidences` and `contradictions` (docs/contracts.md).

    Beyond the contract, coincidences has least_gap_s (seconds between the two records at
    their closest), days_a and days_b (other days on which each device's records show that
    place or cell), chance_hits, stays_within (the distance with both accuracies added is
    still in reach), and rests_on_session (every pair needs a data session, whose cell was
    used at or before the time).
    """
    tables.step("coincidence_totals", _TOTALS)
    tables.step("coincidence_openness", _OPEN)
    tables.step("coincidence_cells", "select distinct cell_no, cell_id from coincidence_sites")
    tables.run(f"create or replace temp table coincidence_rows as {_ROWS}")  # lists: not portable
    tables.run("drop table if exists coincidences")
    tables.run(f"create table coincidences as {_coincidences(settings)}")
    tables.export("coincidences")
    tables.run("drop table if exists contradictions")
    tables.run(f"create table contradictions as {_contradictions(settings)}")
    tables.export("contradictions")


def count_found(tables: Tables) -> dict[str, int]:
    """Count class C spans and stretches before the limits cut their lists."""
    ((sites, stretches),) = tables.rows(
        "select (select count(*) from coincidence_spans where class = 'C') as sites,"
        " (select count(*) from coincidence_apart) as stretches"
    )
    return {"C_found": sites, "stretches_found": stretches}


def _coincidences(settings: Settings) -> str:
    names = " ".join(f"when {n} then '{s}'" for n, s in enumerate(STRENGTHS, 1))
    often = settings.frequent_days
    both = (
        f"'records of both devices show this ' || case when s.class = 'A' then 'place'"
        f" else 'cell' end || ' on {often} or more other days'"
    )
    return f"""
        select 'C' || row_number() over (order by s.span_no) as coincidence_id, s.class,
            s.subject_a, s.subject_b,
            case when t.least_weakness > 0 then s.party_a end as person_a,
            case when t.least_weakness > 0 then s.party_b end as person_b,
            case t.weakness {names} end as strength,
            make_timestamp(s.started_us) as started_at, make_timestamp(s.ended_us) as ended_at,
            s.pairs, round(s.distance_m, 1) as min_distance_m,
            case when s.class = 'A' then a.accuracy_m + b.accuracy_m end as uncertainty_m,
            s.class = 'A' and coalesce(
                s.distance_m + a.accuracy_m + b.accuracy_m <= {settings.distance_m}, false)
                as stays_within,
            a.lat as lat_a, a.lon as lon_a, b.lat as lat_b, b.lon as lon_b,
            ca.cell_id, cb.cell_id as cell_id_b,
            round(k.chance_hits / k.chance_trials, 4) as chance_rate,
            coalesce(k.chance_trials, 0) as chance_trials,
            case when coalesce(o.days_a, 0) >= {often} and coalesce(o.days_b, 0) >= {often}
                then {both} end as explained_by,
            r.event_ids, s.gap_us / 1e6 as least_gap_s,
            coalesce(o.days_a, 0) as days_a, coalesce(o.days_b, 0) as days_b,
            cast(coalesce(k.chance_hits, 0) as bigint) as chance_hits,
            x.is_open = 1 as rests_on_session, r.row_ids
        from coincidence_spans as s
        join coincidence_nearest as n on n.span_no = s.span_no
        join coincidence_sightings as a on a.sight_no = n.sight_a
        join coincidence_sightings as b on b.sight_no = n.sight_b
        join coincidence_totals as t on t.span_no = s.span_no
        join coincidence_openness as x on x.span_no = s.span_no
        join coincidence_rows as r on r.span_no = s.span_no
        left join coincidence_cells as ca on ca.cell_no = s.cell_a
        left join coincidence_cells as cb on cb.cell_no = s.cell_b
        left join coincidence_trials as k on k.span_no = s.span_no
        left join coincidence_other_days as o on o.span_no = s.span_no
        order by s.span_no
    """


def _contradictions(settings: Settings) -> str:
    reach = settings.window_us
    return f"""
        with listed as (select * from coincidence_apart where place <= {settings.stretch_limit}),
        used as (
            select l.place, r.sight_no from listed as l join coincidence_apart_runs as r
                on r.subject_a = l.subject_a and r.subject_b = l.subject_b and r.run_no = l.run_no
            union
            select l.place, s.sight_no from listed as l join coincidence_sightings as s
                on s.subject_no = l.subject_b and s.kind = 'fix'
                and s.started_us between l.started_us - {reach} and l.ended_us + {reach}
        ),
        behind as (
            select u.place, min(case when h.subject_no = l.subject_a then h.party end) as party_a,
                min(case when h.subject_no = l.subject_b then h.party end) as party_b,
                min(case when h.subject_no = l.subject_a then h.subject_id end) as subject_a,
                min(case when h.subject_no = l.subject_b then h.subject_id end) as subject_b,
                min(c.weakness) as weakness,
                list_sort(list_distinct(flatten(list(e.row_ids)))) as row_ids
            from used as u join listed as l on l.place = u.place
            join coincidence_sources as c on c.sight_no = u.sight_no
            join coincidence_holders as h on h.holder_no = c.holder_no
            join events as e on e.event_id = c.event_id
            group by u.place
        )
        select b.subject_a, b.subject_b,
            case when b.weakness > 0 then b.party_a end as person_a,
            case when b.weakness > 0 then b.party_b end as person_b,
            make_timestamp(l.started_us) as started_at, make_timestamp(l.ended_us) as ended_at,
            round(l.least_distance_m, 1) as least_distance_m, 'A' as class, l.fixes, b.row_ids
        from listed as l join behind as b on b.place = l.place
        order by l.place
    """
