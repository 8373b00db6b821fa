"""Pairs become coincidences: joined while the pause between them is short.

Pairs are first counted per slot as wide as the pause. Two pairs in one slot are never
further apart than the pause, so joining slots gives exactly what joining pairs would.
"""

from typing import Final

from fourfold.evidence.model.protocols import Tables

_KEY: Final = "class, party_a, party_b, subject_a, subject_b, cell_a, cell_b"

_RUNS: Final = f"""
    select w.*, sum(w.is_new) over (
        partition by {_KEY} order by w.slot rows unbounded preceding) as run_no
    from (
        select s.*, case when s.first_us - lag(s.last_us) over (
            partition by {_KEY} order by s.slot) <= {{pause_us}} then 0 else 1 end as is_new
        from coincidence_slots as s
    ) as w
"""

_SPANS: Final = f"""
    select s.*, row_number() over (order by class, started_us, {_KEY}, run_no) as span_no,
        row_number() over (
            partition by class order by distance_m, gap_us, started_us, {_KEY}, run_no
        ) as place_in_class
    from (
        select {_KEY}, r.run_no, min(r.started_us) as started_us, max(r.last_us) as ended_us,
            cast(sum(r.pairs) as bigint) as pairs, min(r.distance_m) as distance_m,
            min(r.gap_us) as gap_us
        from coincidence_runs as r
        group by {_KEY}, r.run_no
    ) as s
"""

_PAIRED: Final = """
    select p.sight_a, p.sight_b, p.distance_m, p.gap_us, s.span_no, s.class
    from coincidence_pairs as p
    join coincidence_runs as r on {same_run}
    join coincidence_spans as s on {same_span}
    where s.class <> 'C' or s.place_in_class <= {site_list_limit}
"""

_NEAREST: Final = """
    select n.span_no, n.sight_a, n.sight_b
    from (
        select p.*, row_number() over (partition by p.span_no
            order by p.distance_m, p.gap_us, p.sight_a, p.sight_b) as place
        from coincidence_paired as p
    ) as n
    where n.place = 1
"""

_MEMBERS: Final = """
    select distinct p.span_no, p.sight_a as sight_no, 'a' as side from coincidence_paired as p
    union all
    select distinct p.span_no, p.sight_b as sight_no, 'b' as side from coincidence_paired as p
"""


def make_spans(tables: Tables, *, pause_us: int, site_list_limit: int) -> None:
    """Join coincidence_pairs to spans.

    Args:
        tables: coincidence_pairs has class, party_a, party_b, subject_a, subject_b, cell_a,
            cell_b, sight_a, sight_b, earlier_us, later_us, gap_us and distance_m.
        pause_us: the longest pause inside one span, in microseconds, above 0.
        site_list_limit: class C keeps this many spans, the least distance first.

    Makes coincidence_spans (span_no; every class C span is counted there), and for those
    kept coincidence_paired, coincidence_nearest and coincidence_members.
    """
    slot = f"cast(floor(later_us / {float(pause_us):.17e}) as bigint)"
    tables.step(
        "coincidence_slots",
        f"select {_KEY}, {slot} as slot, min(later_us) as first_us, max(later_us) as last_us,"
        " min(earlier_us) as started_us, count(*) as pairs, min(distance_m) as distance_m,"
        f" min(gap_us) as gap_us from coincidence_pairs group by {_KEY}, {slot}",
    )
    tables.step("coincidence_runs", _RUNS.format(pause_us=pause_us))
    tables.step("coincidence_spans", _SPANS)
    same_key = _same("p", "r")
    tables.step(
        "coincidence_paired",
        _PAIRED.format(
            same_run=f"{same_key} and r.slot = {slot.replace('later_us', 'p.later_us')}",
            same_span=f"{_same('s', 'r')} and s.run_no = r.run_no",
            site_list_limit=site_list_limit,
        ),
    )
    tables.step("coincidence_nearest", _NEAREST)
    tables.step("coincidence_members", _MEMBERS)


def _same(one: str, other: str) -> str:
    columns = [column.strip() for column in _KEY.split(",")]
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in columns)
