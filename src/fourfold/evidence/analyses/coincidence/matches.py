"""All pairs of the three classes in one table, under the guard against crowds."""

from typing import Final

from fourfold.evidence.analyses.coincidence import cells
from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs, number
from fourfold.evidence.analyses.coincidence.settings import MINUTE_US, Settings
from fourfold.evidence.analyses.coincidence.sightings import CELL, FIX, Compared
from fourfold.evidence.model.protocols import Tables

KIND_OF_CLASS: Final = {"A": FIX, "B": CELL, "C": CELL}

# cell_a, cell_b: 0 for fixes. slot: of the later record, as wide as the pause.
_PAIRS: Final = """
    select u.*, cast(floor(u.later_us / {pause}) as bigint) as slot
    from (
        select 'A' as class, a.holder_no as holder_a, b.holder_no as holder_b, 0 as cell_a,
            0 as cell_b, p.sight_a, p.sight_b, p.distance_m, a.wall_day as day_a,
            least(p.a_us, p.b_us) as earlier_us, greatest(p.a_us, p.b_us) as later_us
        from coincidence_fix_pairs as p
        join coincidence_sightings as a on a.sight_no = p.sight_a
        join coincidence_sightings as b on b.sight_no = p.sight_b
        union all
        select k.class, a.holder_no as holder_a, b.holder_no as holder_b, k.cell_a, k.cell_b,
            a.sight_no as sight_a, b.sight_no as sight_b, k.distance_m, a.wall_day as day_a,
            least(a.started_us, b.started_us) as earlier_us,
            greatest(a.started_us, b.started_us) as later_us
        {cells}
    ) as u
"""


def find_matches(
    tables: Tables, compared: dict[str, Compared], settings: Settings
) -> dict[str, int]:
    """Make coincidence_pairs; return how many comparisons each class took.

    A class whose comparisons are above its limit has no pairs.
    """
    fixes = (
        "(select s.sight_no, s.party_no, s.started_us, s.lat, s.lon"
        f" from coincidence_sightings as s where s.kind = '{FIX}' and s.party_no {{side}})"
    )
    search = Search(
        name="coincidence_fix_pairs",
        left=fixes.format(side=f"< {len(compared[FIX].parties)}"),
        right=fixes.format(side="> 1"),
        reach=Reach(settings.distance_m, settings.window_us),
    )
    made = {"A": find_pairs(tables, search, settings.comparison_limit)}
    sites = cells.link_sites(tables, settings)
    timing = cells.Timing(settings.cell_window_us)
    made |= cells.count_comparisons(tables, timing)
    if sites > settings.site_comparison_limit:
        made["C"] = max(made["C"], sites)
    classes = [name for name in ("B", "C") if made[name] <= settings.limit_of(name)]
    tables.step(
        "coincidence_pairs",
        _PAIRS.format(
            pause=number(settings.pause_min * MINUTE_US),
            cells=cells.along_links(timing, classes, compared[CELL]),
        ),
    )
    return made
