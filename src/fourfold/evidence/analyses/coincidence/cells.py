"""Class B: records of two persons that name the same cell within a window. Class C: that
name different cells whose listed sites are close; for investigation only.

The cell of a data session was used at or before its start (evidence-rules 4.2), so its
record is an interval open to the past. The finder uses the stated start; how many more
coincidences an earlier use of the cell would give is counted apart (`slack_us`).
"""

from dataclasses import dataclass
from typing import Final

from fourfold.evidence.analyses.coincidence.pairs import (
    Reach,
    Search,
    count_comparisons,
    covering_times,
    find_pairs,
    time_cell,
)
from fourfold.evidence.analyses.coincidence.settings import MINUTE_US, Settings
from fourfold.evidence.model.protocols import Tables

Shifts = tuple[int, ...]
UNSHIFTED: Final = (0,)
SIGHTS: Final = (
    "(select s.sight_no, s.party_no, s.started_us, s.cell_id, s.is_open, s.lat, s.lon"
    " from coincidence_sightings as s where s.kind = 'cell')"
)


@dataclass(frozen=True)
class CellSearch:
    """A search for pairs on one cell: relations as SIGHTS, reach in microseconds, shifts."""

    name: str
    left: str = SIGHTS
    right: str = SIGHTS
    window_us: int = 0
    slack_us: int = 0
    shifts_days: Shifts = UNSHIFTED


def find_same_cell(tables: Tables, search: CellSearch, limit: int) -> int:
    """Make the table `<name>`: pairs of records of two parties on one cell within the window.

    Returns the number of comparisons; above the limit, the table is empty.
    Columns as in pairs.find_pairs; distance_m is always NULL.
    """
    name, reach_us = search.name, search.window_us + search.slack_us
    tables.step(
        f"{name}_left",
        f"select l.*, {time_cell('l.started_us', reach_us)} as time_cell from {search.left} as l",
    )
    tables.step(
        f"{name}_right",
        f"select r.* from ({covering_times(search.right, reach_us, search.shifts_days)}) as r"
        f" join (select distinct cell_id, time_cell from {name}_left) as l"
        " on l.cell_id = r.cell_id and l.time_cell = r.time_cell",
    )
    comparisons = count_comparisons(tables, name, "cell_id")
    tables.step(name, _joined(search, is_refused=comparisons > limit))
    for side in ("left", "right"):
        tables.run(f"drop table {name}_{side}")
    return comparisons


def _joined(search: CellSearch, *, is_refused: bool) -> str:
    """SQL: the gap is that between the intervals in which the cell was used."""
    from_a = f"a.started_us - a.is_open * {search.slack_us}"
    from_b = f"b.shifted_us - b.is_open * {search.slack_us}"
    gap = f"greatest({from_a}, {from_b}) - least(a.started_us, b.shifted_us)"
    return f"""
        select a.sight_no as sight_a, b.sight_no as sight_b, b.trial as trial,
            a.started_us as a_us, b.shifted_us as b_us, cast(null as double) as distance_m
        from {search.name}_left as a join {search.name}_right as b
            on a.cell_id = b.cell_id and a.time_cell = b.time_cell
        where {"1 = 0 and" if is_refused else ""} a.party_no < b.party_no
            and {gap} <= {search.window_us}
    """


def pairs_with_slack(tables: Tables, settings: Settings) -> dict[tuple[str, str], int]:
    """Count pairs, per two parties, if sessions used their cell some time before the start.

    Empty where the crowd guard refuses.
    """
    search = CellSearch(
        name="coincidence_slack_pairs",
        window_us=settings.cell_window_us,
        slack_us=settings.session_slack_min * MINUTE_US,
    )
    if find_same_cell(tables, search, settings.comparison_limit) > settings.comparison_limit:
        return {}
    found = tables.rows(
        "select a.party, b.party, count(*) as n from coincidence_slack_pairs as p"
        " join coincidence_sightings as a on a.sight_no = p.sight_a"
        " join coincidence_sightings as b on b.sight_no = p.sight_b group by a.party, b.party"
    )
    return {(a, b): n for a, b, n in found}


def find_close_sites(
    tables: Tables, name: str, settings: Settings, sides: tuple[str, str], shifts_days: Shifts
) -> int:
    """Make the table `name`: pairs on different cells whose listed sites are close.

    sides: relations as SIGHTS. Returns the number of comparisons; above
    settings.site_comparison_limit, the table is empty. Columns as in pairs.find_pairs.
    """
    left, right = (
        f"(select l.* from {side} as l where l.lat is not null and l.lon is not null)"
        for side in sides
    )
    search = Search(
        name=f"{name}_any",
        left=left,
        right=right,
        reach=Reach(settings.site_distance_m, settings.cell_window_us),
        shifts_days=shifts_days,
    )
    comparisons = find_pairs(tables, search, settings.site_comparison_limit)
    tables.step(
        name,
        f"select p.* from {name}_any as p"
        " join coincidence_sightings as a on a.sight_no = p.sight_a"
        " join coincidence_sightings as b on b.sight_no = p.sight_b"
        " where a.cell_id <> b.cell_id",
    )
    return comparisons
