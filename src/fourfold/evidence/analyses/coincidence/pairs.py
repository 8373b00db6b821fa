"""The exact pair finder: every pair of records within a distance and a time window, once.

Space and time are cut into cells of four times the reach. A record of the left side lies
in one cell; a record of the right side is entered in every cell that its reach touches,
at most two per axis. So each pair shares exactly one cell, and the join is on equality
alone. Strips (a span of time, a row of latitude) that only one side holds fall out first.
Columns of longitude get their width from their own row of latitude: exact up to
the poles and across 180 degrees, and one wild fix does not widen the others. Distances
are compared as chords through the sphere, so there is no trigonometry per pair.
Portable SQL: it runs verbatim on DuckDB and on Spark.
"""

from dataclasses import dataclass
from math import degrees, sin
from typing import Final

from fourfold.evidence.analyses.coincidence.settings import DAY_US
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.geo import EARTH_RADIUS_M

CELLS_PER_REACH: Final = 4
_WIDER: Final = 1 + 1e-9  # rounding must never lose a pair: 0.1 millimetres of margin
_STEPS: Final = "(select 0 as step union all select 1 as step)"


@dataclass(frozen=True)
class Reach:
    """How far a pair may be apart: metres on the sphere (above 0), microseconds."""

    distance_m: float
    window_us: int

    @property
    def angle(self) -> float:
        """The distance as an angle at the centre of the earth, in radians."""
        return min(self.distance_m / EARTH_RADIUS_M, 1.5)

    @property
    def lat_deg(self) -> float:
        """The distance in degrees of latitude, with the margin."""
        return degrees(self.angle) * _WIDER + 1e-9

    @property
    def row_deg(self) -> float:
        """Height of a cell in degrees of latitude."""
        return CELLS_PER_REACH * self.lat_deg

    @property
    def chord_sq(self) -> float:
        """The square of the distance as a chord, in square metres."""
        return (2 * EARTH_RADIUS_M * sin(self.angle / 2)) ** 2

    @property
    def columns_max(self) -> int:
        """More than any row has columns: rows and columns become one number with it."""
        return int(90 / self.lat_deg) + 2


@dataclass(frozen=True)
class Search:
    """A search for pairs.

    left, right: relations with sight_no, party_no, started_us (BIGINT), lat, lon (degrees,
        WGS84).
    condition: SQL on a and b that tells which records may pair at all.
    shifts_days: the right side is compared once per shift by whole days.
    """

    name: str
    left: str
    right: str
    reach: Reach
    condition: str = "a.party_no < b.party_no"
    shifts_days: tuple[int, ...] = (0,)


def find_pairs(tables: Tables, search: Search, limit: int) -> int:
    """Make the table `<name>`: every pair of the search, exactly once.

    Args:
        tables: the tables of the run; more of them pass by on the way.
        search: what to look for.
        limit: crowd guard, the most comparisons that may be made.

    Returns:
        The number of comparisons; when above the limit, `<name>` is empty and the caller
        must say so. Columns of `<name>`: sight_a, sight_b, trial (days of the shift), a_us,
        b_us (shifted), distance_m.
    """
    name = search.name
    tables.step(f"{name}_left_strips", _left_strips(search))
    tables.step(f"{name}_right_strips", _right_strips(search))
    tables.step(f"{name}_left", _located(search))
    tables.step(f"{name}_right", _covering(search))
    comparisons = count_comparisons(tables, name, "place_cell")
    tables.step(name, _joined(search, is_refused=comparisons > limit))
    for part in ("left_strips", "right_strips", "left", "right"):
        tables.run(f"drop table {name}_{part}")  # many rows that nobody needs again
    return comparisons


def count_comparisons(tables: Tables, name: str, place: str) -> int:
    """Return how many candidate pairs the join would look at: sum of n times m per cell."""
    found = tables.rows(
        "select cast(coalesce(sum(l.n), 0) as bigint) as comparisons"
        f" from {name}_right as r join (select time_cell, {place}, count(*) as n"
        f" from {name}_left group by time_cell, {place}) as l"
        f" on r.time_cell = l.time_cell and r.{place} = l.{place}"
    )
    return int(found[0][0])


def _left_strips(search: Search) -> str:
    """SQL: each record of the left side with its one span of time and row of latitude."""
    return f"""
        select l.sight_no, l.party_no, l.started_us, l.lat, l.lon,
            {time_cell("l.started_us", search.reach.window_us)} as time_cell,
            cast(floor((l.lat + 9e1) / {_number(search.reach.row_deg)}) as bigint) as lat_row
        from {search.left} as l
    """


def _right_strips(search: Search) -> str:
    """SQL: the right side, once for every span and row that it touches and the left side holds.

    Most records fall out here, before there is any trigonometry.
    """
    reach = search.reach
    lat, row = _number(reach.lat_deg), _number(reach.row_deg)
    with_rows = f"""(
        select o.*, cast(floor((o.lat - {lat} + 9e1) / {row}) as bigint) as first_row,
            cast(floor((o.lat + {lat} + 9e1) / {row}) as bigint) as last_row
        from {search.right} as o)"""
    return f"""
        select t.*, t.first_row + s.step as lat_row
        from ({covering_times(with_rows, reach.window_us, search.shifts_days)}) as t
        cross join {_STEPS} as s
        join (select distinct time_cell, lat_row from {search.name}_left_strips) as l
            on l.time_cell = t.time_cell and l.lat_row = t.first_row + s.step
        where t.first_row + s.step <= t.last_row
    """


def covering_times(relation: str, reach_us: int, shifts_days: tuple[int, ...]) -> str:
    """SQL: the right side, once per shift and for every span of time that its reach touches."""
    shifts = " union all ".join(f"select cast({days} as bigint) as trial" for days in shifts_days)
    return f"""
        select c.*, c.first_time + e.step as time_cell
        from (
            select m.*, {time_cell(f"(m.shifted_us - {reach_us})", reach_us)} as first_time,
                {time_cell(f"(m.shifted_us + {reach_us})", reach_us)} as last_time
            from (
                select r.*, f.trial, r.started_us + f.trial * {DAY_US} as shifted_us
                from {relation} as r cross join ({shifts}) as f
            ) as m
        ) as c cross join {_STEPS} as e
        where c.first_time + e.step <= c.last_time
    """


def _located(search: Search) -> str:
    """SQL: each record of the left side that may have a partner, with its one cell."""
    return f"""
        select sight_no, party_no, started_us, {XYZ}, time_cell,
            lat_row * {search.reach.columns_max} + {_column("lon")} % columns as place_cell
        from (
            select l.*, {_columns_of_row(search.reach)} as columns
            from {search.name}_left_strips as l
            join (select distinct time_cell as strip_time, lat_row as strip_row
                from {search.name}_right_strips) as r
                on l.time_cell = r.strip_time and l.lat_row = r.strip_row
        ) as p
    """


def _covering(search: Search) -> str:
    """SQL: the right side, once for every cell that its reach touches."""
    reach = search.reach
    width = f"degrees(asin(least(1e0, {_number(sin(reach.angle))} / cos(radians(lat)))))"
    return f"""
        select sight_no, party_no, trial, shifted_us, x, y, z, time_cell,
            lat_row * {reach.columns_max}
                + ((first_column + e.step) % columns + columns) % columns as place_cell
        from (
            select w.*,
                case when columns = 1 then 0 else {_column("lon - reach_deg")} end as first_column,
                case when columns = 1 then 0 else {_column("lon + reach_deg")} end as last_column
            from (
                select s.*, {XYZ}, {width} * {_number(_WIDER)} + 1e-9 as reach_deg,
                    {_columns_of_row(reach)} as columns
                from {search.name}_right_strips as s
            ) as w
        ) as c cross join {_STEPS} as e
        where first_column + e.step <= last_column
    """


def _joined(search: Search, *, is_refused: bool) -> str:
    """SQL: pairs of the two prepared sides; none where the crowd guard refused."""
    chord = "(a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z)"
    diameter = _number(2 * EARTH_RADIUS_M)
    return f"""
        select a.sight_no as sight_a, b.sight_no as sight_b, b.trial as trial,
            a.started_us as a_us, b.shifted_us as b_us,
            {diameter} * asin(least(1e0, sqrt({chord}) / {diameter})) as distance_m
        from {search.name}_left as a join {search.name}_right as b
            on a.time_cell = b.time_cell and a.place_cell = b.place_cell
        where {"1 = 0 and" if is_refused else ""} ({search.condition})
            and abs(a.started_us - b.shifted_us) <= {search.reach.window_us}
            and {chord} <= {_number(search.reach.chord_sq)}
    """


def time_cell(at: str, reach_us: int) -> str:
    """SQL: the span of time, four times the reach wide, in which an instant lies."""
    span = _number(CELLS_PER_REACH * max(reach_us, 1))
    return f"cast(floor({at} / {span}) as bigint)"


def _number(value: float) -> str:
    """A double for every engine: a literal without exponent would be a decimal."""
    return f"{value:.17e}"


def _column(lon: str) -> str:
    return f"cast(floor(({lon} + 1.8e2) / 3.6e2 * columns) as bigint)"


def _columns_of_row(reach: Reach) -> str:
    """SQL: columns of a row of latitude, from the widest reach of a record that touches it."""
    row, angle = _number(reach.row_deg), _number(sin(reach.angle))
    edges = f"greatest(abs(lat_row * {row} - 9e1), abs((lat_row + 1) * {row} - 9e1))"
    furthest = f"least({edges} + {_number(reach.lat_deg)}, 9e1)"
    widest = f"degrees(asin(least(1e0, {angle} / cos(radians({furthest})))))"
    return f"greatest(cast(floor(9e1 / {widest}) as bigint), 1)"


_RADIUS: Final = _number(EARTH_RADIUS_M)
XYZ: Final = (
    f"{_RADIUS} * cos(radians(lat)) * cos(radians(lon)) as x,"
    f" {_RADIUS} * cos(radians(lat)) * sin(radians(lon)) as y,"
    f" {_RADIUS} * sin(radians(lat)) as z"
)
