"""Class B: records of two persons that name the same cell within a window. Class C: that
name different cells whose listed sites are close; for investigation only.

Sites are few even where records are many. So sites are paired first, once: by identity
(class B) and by distance (class C). Records are then paired along these links, by time alone.

The cell of a data session was used at or before its start (`at_or_before`), so its
record is an interval open to the past. The finder uses the stated start; how many more
coincidences an earlier use of the cell would give is counted apart (`slack_us`).
"""

from dataclasses import dataclass
from typing import Final

from fourfold.evidence.analyses.coincidence.pairs import (
    TOUCHED,
    UNSHIFTED,
    Reach,
    Search,
    find_pairs,
    listed,
    span_us,
    time_cell,
)
from fourfold.evidence.analyses.coincidence.settings import DAY_US, MINUTE_US, Settings
from fourfold.evidence.analyses.coincidence.sightings import CELL, Compared
from fourfold.evidence.model.protocols import Tables

_LINKS: Final = """
    select 'B' as class, a.site_no as site_a, b.site_no as site_b, a.cell_no as cell_a,
        b.cell_no as cell_b, cast(null as double) as distance_m
    from coincidence_sites as a join coincidence_sites as b on b.cell_no = a.cell_no
    union all
    select 'C' as class, p.sight_a as site_a, p.sight_b as site_b, a.cell_no as cell_a,
        b.cell_no as cell_b, p.distance_m
    from coincidence_site_pairs as p
    join coincidence_sites as a on a.site_no = p.sight_a
    join coincidence_sites as b on b.site_no = p.sight_b
"""
# What both sides of a comparison share: the cell (B), or a square of the grid of sites (C).
_KEYS: Final = """
    select 'B' as class, s.site_no, s.cell_no as key_no, 1 as is_left, 1 as is_right
    from coincidence_sites as s
    union all
    select 'C' as class, l.sight_no as site_no, l.place_cell as key_no, 1 as is_left, 0 as is_right
    from coincidence_site_pairs_left as l
    union all
    select 'C' as class, r.sight_no as site_no, r.place_cell as key_no, 0 as is_left, 1 as is_right
    from coincidence_site_pairs_right as r
"""


@dataclass(frozen=True)
class Timing:
    """How far apart records may be (window and slack), on which clock, shifted by what."""

    window_us: int
    slack_us: int = 0
    clock: str = "started_us"
    shifts_days: tuple[int, ...] = UNSHIFTED

    @property
    def reach_us(self) -> int:
        """The furthest that two stated starts may lie apart, in microseconds."""
        return self.window_us + self.slack_us


def link_sites(tables: Tables, settings: Settings) -> int:
    """Pair the sites of classes B and C; return the comparisons.

    Makes coincidence_links (class, site_a, site_b, cell_a, cell_b, distance_m), and
    coincidence_keys (class, site_no, key_no, is_left, is_right): linked sites have one in common.
    """
    sites = (
        "(select s.site_no as sight_no, s.cell_no as party_no, 0 as started_us, s.lat, s.lon"
        " from coincidence_sites as s where s.lat <= 9e1 and s.lon <= 1.8e2)"
    )
    search = Search(
        name="coincidence_site_pairs",
        left=sites,
        right=sites,
        reach=Reach(settings.site_distance_m, 1),
        condition="a.party_no <> b.party_no",
    )
    comparisons = find_pairs(tables, search, settings.site_comparison_limit)
    tables.step("coincidence_links", _LINKS)
    tables.step("coincidence_keys", _KEYS)
    return comparisons


def count_comparisons(tables: Tables, timing: Timing, sides: str | None = None) -> dict[str, int]:
    """Count the candidates of classes B and C: records in one span, and on one key.

    sides: a table of class, subject_no, is_left, is_right: whose records are compared; by
    default everybody's are.
    """
    at, reach_us = f"s.{timing.clock}", timing.reach_us
    first, last = (time_cell(f"({at} {sign} {reach_us})", reach_us) for sign in "-+")
    left, right = (
        f"join coincidence_keys as x on x.site_no = s.site_no and x.is_{side} = 1"
        + (
            f" join {sides} as d on d.class = x.class and d.subject_no = s.subject_no"
            f" and d.is_{side} = 1"
            if sides
            else ""
        )
        for side in ("left", "right")
    )
    per_day = DAY_US // span_us(reach_us)
    found = tables.rows(f"""
        select l.class, cast(sum(l.n * r.n) as bigint) as comparisons
        from (
            select x.class, x.key_no, {time_cell(at, reach_us)} as time_cell, count(*) as n
            from coincidence_sightings as s {left}
            where s.kind = '{CELL}' group by x.class, x.key_no, {time_cell(at, reach_us)}
        ) as l
        join (
            select o.class, o.key_no, o.first_cell + e.step + f.trial * {per_day} as time_cell,
                sum(o.n) as n
            from (
                select x.class, x.key_no, {first} as first_cell, {last} as last_cell,
                    count(*) as n
                from coincidence_sightings as s {right}
                where s.kind = '{CELL}' group by x.class, x.key_no, {first}, {last}
            ) as o
            join {TOUCHED} on e.spread = o.last_cell - o.first_cell
            cross join {listed(timing.shifts_days)} as f(trial)
            group by o.class, o.key_no, o.first_cell + e.step + f.trial * {per_day}
        ) as r on r.class = l.class and r.key_no = l.key_no and r.time_cell = l.time_cell
        group by l.class
    """)
    return {"B": 0, "C": 0} | dict(found)


def along_links(timing: Timing, classes: list[str], compared: Compared) -> str:
    """SQL, to go on with: a, b (sightings) and k (their link), of the classes, in the window.

    The gap is that between the intervals in which the cell was used.
    """
    reach_us, slack_us = timing.reach_us, timing.slack_us
    first, last = (time_cell(f"(s.started_us {sign} {reach_us})", reach_us) for sign in "-+")
    from_a = f"a.started_us - a.is_open * {slack_us}" if slack_us else "a.started_us"
    from_b = f"b.started_us - b.is_open * {slack_us}" if slack_us else "b.started_us"
    names = ", ".join(f"'{name}'" for name in ["", *classes])
    return f"""
        from (
            select s.*, x.class, x.key_no, {time_cell("s.started_us", reach_us)} as time_cell
            from coincidence_sightings as s join coincidence_keys as x on x.site_no = s.site_no
            where s.kind = '{CELL}' and s.party_no < {len(compared.parties)}
                and x.is_left = 1 and x.class in ({names})
        ) as a
        join (
            select o.*, x.class, x.key_no, o.first_cell + e.step as time_cell
            from (
                select s.*, {first} as first_cell, {last} as last_cell
                from coincidence_sightings as s where s.kind = '{CELL}' and s.party_no > 1
            ) as o join {TOUCHED} on e.spread = o.last_cell - o.first_cell
            join coincidence_keys as x on x.site_no = o.site_no and x.is_right = 1
        ) as b on b.class = a.class and b.key_no = a.key_no and b.time_cell = a.time_cell
        join coincidence_links as k
            on k.class = a.class and k.site_a = a.site_no and k.site_b = b.site_no
        where a.party_no < b.party_no
            and greatest({from_a}, {from_b}) - least(a.started_us, b.started_us)
                <= {timing.window_us}
    """


def pairs_with_slack(
    tables: Tables, settings: Settings, compared: Compared
) -> dict[tuple[str, str], int]:
    """Count pairs, per two parties, if sessions used their cell some time before the start.

    Empty where the crowd guard refuses.
    """
    timing = Timing(settings.cell_window_us, settings.session_slack_min * MINUTE_US)
    if count_comparisons(tables, timing)["B"] > settings.comparison_limit:
        return {}
    found = tables.rows(
        f"select a.party_no, b.party_no, count(*) as n {along_links(timing, ['B'], compared)}"
        " group by a.party_no, b.party_no"
    )
    return {(compared.parties[a - 1], compared.parties[b - 1]): n for a, b, n in found}
