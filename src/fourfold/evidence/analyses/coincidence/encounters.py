"""Pairs become coincidences: joined while the pause between them is short.

Pairs are first counted per slot as wide as the pause. Two pairs in one slot are never
further apart than the pause, so joining slots gives exactly what joining pairs would.
"""

from typing import Final

from fourfold.evidence.model.protocols import Tables

_KEY: Final = "class, holder_a, holder_b, cell_a, cell_b"

_RUNS: Final = f"""
    select w.*, sum(w.is_new) over (
        partition by {_KEY} order by w.slot rows unbounded preceding) as run_no
    from (
        select s.*, case when s.first_us - lag(s.last_us) over (
            partition by {_KEY} order by s.slot) <= {{pause_us}} then 0 else 1 end as is_new
        from (
            select {_KEY}, p.slot, min(p.later_us) as first_us, max(p.later_us) as last_us,
                min(p.earlier_us) as started_us, count(*) as pairs,
                min(p.distance_m) as distance_m, min(p.later_us - p.earlier_us) as gap_us
            from coincidence_pairs as p group by {_KEY}, p.slot
        ) as s
    ) as w
"""

# The order of the names is the order of the numbers of holders and cells of one kind.
_SPANS: Final = f"""
    select n.*, row_number() over (order by n.class, n.started_us, {{names}}) as span_no,
        row_number() over (partition by n.class
            order by n.distance_m, n.gap_us, n.started_us, {{names}}) as place_in_class
    from (
        select s.*, a.party as party_a, b.party as party_b, a.subject_id as subject_a,
            b.subject_id as subject_b, a.subject_no as subject_no_a, b.subject_no as subject_no_b
        from (
            select {_KEY}, r.run_no, min(r.started_us) as started_us,
                max(r.last_us) as ended_us, cast(sum(r.pairs) as bigint) as pairs,
                min(r.distance_m) as distance_m, min(r.gap_us) as gap_us
            from coincidence_runs as r group by {_KEY}, r.run_no
        ) as s
        join coincidence_holders as a on a.holder_no = s.holder_a
        join coincidence_holders as b on b.holder_no = s.holder_b
    ) as n
""".format(names="n.party_a, n.party_b, n.subject_a, n.subject_b, n.cell_a, n.cell_b, n.run_no")

_PAIRED: Final = """
    select p.sight_a, p.sight_b, p.distance_m, p.later_us - p.earlier_us as gap_us, s.span_no,
        s.class, s.distance_m as least_distance_m, s.gap_us as least_gap_us
    from coincidence_pairs as p
    join coincidence_runs as r on {same_run}
    join coincidence_spans as s on {same_span}
    where s.class <> 'C' or s.place_in_class <= {site_list_limit}
"""

# Only what lies as close as its span's closest can be it: few are left to be put in order.
_NEAREST: Final = """
    select n.span_no, n.sight_a, n.sight_b
    from (
        select p.span_no, p.sight_a, p.sight_b, row_number() over (partition by p.span_no
            order by p.gap_us, p.sight_a, p.sight_b) as place
        from coincidence_paired as p
        where p.distance_m = p.least_distance_m
            or (p.distance_m is null and p.gap_us = p.least_gap_us)
    ) as n
    where n.place = 1
"""

_MEMBERS: Final = """
    select distinct p.span_no, p.class, p.sight_a as sight_no, 'a' as side
    from coincidence_paired as p
    union all
    select distinct p.span_no, p.class, p.sight_b as sight_no, 'b' as side
    from coincidence_paired as p
"""


def make_spans(tables: Tables, *, pause_us: int) -> None:
    """Join coincidence_pairs to spans: make coincidence_spans (span_no) and coincidence_runs.

    Args:
        tables: coincidence_pairs has class, holder_a, holder_b, cell_a, cell_b, sight_a,
            sight_b, earlier_us, later_us, distance_m, and slot: later_us in slots as wide as
            the pause. coincidence_holders names the holders.
        pause_us: the longest pause inside one span, in microseconds, above 0.
    """
    tables.step("coincidence_runs", _RUNS.format(pause_us=pause_us))
    tables.step("coincidence_spans", _SPANS)


def find_members(tables: Tables, *, site_list_limit: int) -> None:
    """Make coincidence_paired, coincidence_nearest and coincidence_members for the spans listed.

    site_list_limit: class C keeps this many spans, the least distance first.
    """
    tables.step(
        "coincidence_paired",
        _PAIRED.format(
            same_run=f"{_same('p', 'r')} and r.slot = p.slot",
            same_span=f"{_same('s', 'r')} and s.run_no = r.run_no",
            site_list_limit=site_list_limit,
        ),
    )
    tables.step("coincidence_nearest", _NEAREST)
    tables.step("coincidence_members", _MEMBERS)


def _same(one: str, other: str) -> str:
    columns = [column.strip() for column in _KEY.split(",")]
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in columns)
