"""All pairs of the three classes in one table, under the guard against crowds."""

from typing import Final

from fourfold.evidence.analyses.coincidence import cells
from fourfold.evidence.analyses.coincidence.pairs import Reach, Search, find_pairs
from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.analyses.coincidence.sightings import CELL, FIX, Compared
from fourfold.evidence.model.protocols import Tables

KIND_OF_CLASS: Final = {"A": FIX, "B": CELL, "C": CELL}


def find_matches(
    tables: Tables, compared: dict[str, Compared], settings: Settings
) -> dict[str, int]:
    """Make coincidence_pairs; return how many comparisons each class took.

    A class whose comparisons are above its limit has no pairs.
    """
    parties = len(compared[FIX].parties)
    fixes = (
        "(select sight_no, party_no, started_us, lat, lon"
        f" from coincidence_sightings where kind = '{FIX}' and {{side}})"
    )
    search = Search(
        name="coincidence_fix_pairs",
        left=fixes.format(side=f"party_no < {parties}"),
        right=fixes.format(side="party_no > 1"),
        reach=Reach(settings.distance_m, settings.window_us),
    )
    cell_search = cells.CellSearch("coincidence_cell_pairs", window_us=settings.cell_window_us)
    made = {
        "A": find_pairs(tables, search, settings.comparison_limit),
        "B": cells.find_same_cell(tables, cell_search, settings.comparison_limit),
        "C": cells.find_close_sites(
            tables,
            "coincidence_site_pairs",
            settings,
            (cells.SIGHTS, cells.SIGHTS),
            cells.UNSHIFTED,
        ),
    }
    tables.step(
        "coincidence_pairs",
        " union all ".join(
            _with_keys(name, table, named)
            for name, table, named in (
                ("A", "coincidence_fix_pairs", False),
                ("B", "coincidence_cell_pairs", True),
                ("C", "coincidence_site_pairs", True),
            )
        ),
    )
    return made


def _with_keys(class_name: str, table: str, by_cell: bool) -> str:
    """SQL: the pairs of one class with their devices, cells ('' for fixes) and times."""
    cell_a, cell_b = ("a.cell_id", "b.cell_id") if by_cell else ("''", "''")
    return f"""
        select '{class_name}' as class, a.party as party_a, b.party as party_b,
            a.subject_id as subject_a, b.subject_id as subject_b,
            {cell_a} as cell_a, {cell_b} as cell_b, p.sight_a, p.sight_b, p.distance_m,
            least(p.a_us, p.b_us) as earlier_us, greatest(p.a_us, p.b_us) as later_us,
            abs(p.a_us - p.b_us) as gap_us
        from {table} as p
        join coincidence_sightings as a on a.sight_no = p.sight_a
        join coincidence_sightings as b on b.sight_no = p.sight_b
    """
