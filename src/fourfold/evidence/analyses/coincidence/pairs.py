"""The exact pair finder: every pair of records within a distance and a time window, once.

First a coarse sieve: per span of time, the box around the left side's records and the box
around the right side's. Spans whose boxes are too far apart hold no pair; with two devices
that is most of them, and it takes no trigonometry per record. What is left is compared on a
grid: space and time are cut into cells of four times the reach. A record of the left side
lies in one cell; a record of the right side is entered in every cell that its reach
touches, at most two per axis. So each pair shares exactly one cell, and the join is on
equality alone. Columns of longitude get their width from their own row of latitude: exact
up to the poles and across 180 degrees, and one wild fix does not widen the others.
Distances are compared as chords through the sphere, so there is no trigonometry per pair.
A span of time divides the day, so a shift by whole days moves records by whole spans.
Portable SQL: it runs verbatim on DuckDB and on Spark.
"""

from dataclasses import dataclass
from math import degrees, sin
from typing import Final

from fourfold.evidence.analyses.coincidence.settings import DAY_US
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.geo import EARTH_RADIUS_M

CELLS_PER_REACH: Final = 4
UNSHIFTED: Final = (0,)
_WIDER: Final = 1 + 1e-9  # rounding must never lose a pair: 0.1 millimetres of margin
# A reach touches one cell or two (spread 0 or 1): one equality gives each record once per cell.
TOUCHED: Final = "(values (0, 0), (1, 0), (1, 1)) as e(spread, step)"
SPANS_US: Final = sorted(
    2**two * 3**three * 5**five for two in range(14) for three in range(4) for five in range(9)
)  # the divisors of a day in microseconds, 2^13 3^3 5^8
# Records of one cell of the grid are at most 5 reaches apart in latitude, and 5.5 in longitude
# where a row has 9 columns or more; elsewhere the sieve leaves longitude alone.
_APART: Final = 6
_COLUMNS_SIEVED: Final = 9


@dataclass(frozen=True)
class Reach:
    """How far a pair may be apart: metres on the sphere (above 0), microseconds (to 12 h)."""

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
    shifts_days: tuple[int, ...] = UNSHIFTED


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
    tables.step(f"{name}_reached", _reached(search))
    tables.step(f"{name}_spans", _spans(search))
    tables.step(f"{name}_left", _located(search))
    tables.step(f"{name}_right", _covering(search))
    comparisons = int(tables.rows(_count(name))[0][0])
    tables.step(name, _joined(search, is_refused=comparisons > limit))
    return comparisons


def _count(name: str) -> str:
    """SQL: how many candidate pairs the join would look at, n times m per cell."""
    return (
        "select cast(coalesce(sum(l.n), 0) as bigint) as comparisons"
        f" from {name}_right as r join (select time_cell, place_cell, count(*) as n"
        f" from {name}_left group by time_cell, place_cell) as l"
        " on r.time_cell = l.time_cell and r.place_cell = l.place_cell"
    )


def span_us(reach_us: int) -> int:
    """The span of time in which records are sought: four times the reach, dividing the day.

    Raises:
        ValueError: the reach is above 12 hours.
    """
    if 2 * reach_us > DAY_US:
        raise ValueError("a window above 12 hours cannot be searched")
    return min((span for span in SPANS_US if span >= CELLS_PER_REACH * reach_us), default=DAY_US)


def time_cell(at: str, reach_us: int) -> str:
    """SQL: the span of time in which an instant lies."""
    return f"cast(floor({at} / {number(span_us(reach_us))}) as bigint)"


def listed(values: tuple[int, ...]) -> str:
    """SQL: numbers as a relation of one column."""
    return f"(values {', '.join(f'({value})' for value in values)})"


def number(value: float) -> str:
    """A double for every engine: a literal without exponent would be a decimal."""
    return f"{value:.17e}"


def _reached(search: Search) -> str:
    """SQL: per shift, the boxes of the right side in every span that their records may reach.

    from_us, to_us: records from the one up to the other do reach it. A step of its own: the
    spans must be known before they are sought, or every span would meet every other.
    """
    reach, span = search.reach, span_us(search.reach.window_us)
    return f"""
        select r.south, r.north, r.west, r.east, r.lon_deg, r.time_cell as from_cell, f.trial,
            r.time_cell + e.step + f.trial * {DAY_US // span} as time_cell,
            (r.time_cell + e.step) * {span} - {reach.window_us} as from_us,
            (r.time_cell + e.step + 1) * {span} + {reach.window_us} as to_us
        from ({_boxes(search.right, reach)}) as r
        cross join (values (-1), (0), (1)) as e(step)
        cross join {listed(search.shifts_days)} as f(trial)
    """


def _spans(search: Search) -> str:
    """SQL: per shift, the spans of both sides whose boxes are not too far apart for a pair."""
    apart = number(_APART * search.reach.lat_deg)
    return f"""
        select r.time_cell, r.from_cell, r.trial, r.from_us, r.to_us
        from {search.name}_reached as r
        join ({_boxes(search.left, search.reach)}) as l on l.time_cell = r.time_cell
        where l.south - r.north <= {apart} and r.south - l.north <= {apart}
            and (greatest(l.west - r.east, r.west - l.east) <= greatest(l.lon_deg, r.lon_deg)
                or 3.6e2 - (greatest(l.east, r.east) - least(l.west, r.west))
                    <= greatest(l.lon_deg, r.lon_deg))
    """


def _boxes(relation: str, reach: Reach) -> str:
    """SQL: the box around one side's records of each span of time."""
    furthest = f"greatest(abs(b.south), abs(b.north)) + {number(_APART * reach.lat_deg)}"
    ratio = f"{number(sin(reach.angle))} / cos(radians(least({furthest}, 9e1)))"
    return f"""
        select w.*, case when w.width_deg * {_COLUMNS_SIEVED} <= 9e1 then w.width_deg * {_APART}
            else 3.6e2 end as lon_deg
        from (
            select b.*, degrees(asin(least(1e0, {ratio}))) as width_deg
            from (
                select c.time_cell, min(c.lat) as south, max(c.lat) as north, min(c.lon) as west,
                    max(c.lon) as east
                from (
                    select o.lat, o.lon,
                        {time_cell("o.started_us", reach.window_us)} as time_cell
                    from {relation} as o
                ) as c group by c.time_cell
            ) as b
        ) as w
    """


def _located(search: Search) -> str:
    """SQL: each record of the left side that may have a partner, with its one cell."""
    reach = search.reach
    return f"""
        select p.sight_no, p.party_no, p.started_us, {XYZ}, p.time_cell,
            p.lat_row * {reach.columns_max} + {_column("p.lon")} % p.columns as place_cell
        from (
            select r.*, {_columns_of_row(reach)} as columns
            from (
                select l.*, cast(floor((l.lat + 9e1) / {number(reach.row_deg)}) as bigint)
                    as lat_row
                from (select o.*, {time_cell("o.started_us", reach.window_us)} as time_cell
                    from {search.left} as o) as l
                join (select distinct time_cell from {search.name}_spans) as s
                    on s.time_cell = l.time_cell
            ) as r
        ) as p
    """


def _covering(search: Search) -> str:
    """SQL: the right side, once per shift for every cell that its reach touches."""
    reach = search.reach
    first, last = (_column(f"w.lon {sign} w.reach_deg") for sign in "-+")
    return f"""
        select c.sight_no, c.party_no, c.trial, c.shifted_us, c.x, c.y, c.z, c.time_cell,
            c.lat_row * {reach.columns_max}
                + ((c.first_column + e.step) % c.columns + c.columns) % c.columns as place_cell
        from (
            select w.*, case when w.columns = 1 then 0 else {first} end as first_column,
                case when w.columns = 1 then 0 else {last} end as last_column
            from (
                select r.*, {_columns_of_row(reach)} as columns
                from ({_reaching(search)}) as r
            ) as w
        ) as c join {TOUCHED} on e.spread = c.last_column - c.first_column
    """


def _reaching(search: Search) -> str:
    """SQL: the right side, once per shift, span and row of latitude that its reach touches."""
    reach = search.reach
    lat, row, angle = number(reach.lat_deg), number(reach.row_deg), number(sin(reach.angle))
    return f"""
        select t.*, t.first_row + e.step as lat_row
        from (
            select o.sight_no, o.party_no, o.lon, {XYZ}, s.trial, s.time_cell,
                o.started_us + s.trial * {DAY_US} as shifted_us,
                cast(floor((o.lat - {lat} + 9e1) / {row}) as bigint) as first_row,
                cast(floor((o.lat + {lat} + 9e1) / {row}) as bigint) as last_row,
                degrees(asin(least(1e0, {angle} / cos(radians(o.lat))))) * {number(_WIDER)} + 1e-9
                    as reach_deg
            from {search.right} as o join {search.name}_spans as s
                on s.from_cell = {time_cell("o.started_us", reach.window_us)}
            where o.started_us >= s.from_us and o.started_us < s.to_us
        ) as t join {TOUCHED} on e.spread = t.last_row - t.first_row
    """


def _joined(search: Search, *, is_refused: bool) -> str:
    """SQL: pairs of the two prepared sides; none where the crowd guard refused."""
    chord = "(a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z)"
    diameter = number(2 * EARTH_RADIUS_M)
    return f"""
        select a.sight_no as sight_a, b.sight_no as sight_b, b.trial as trial,
            a.started_us as a_us, b.shifted_us as b_us,
            {diameter} * asin(least(1e0, sqrt({chord}) / {diameter})) as distance_m
        from {search.name}_left as a join {search.name}_right as b
            on a.time_cell = b.time_cell and a.place_cell = b.place_cell
        where {"1 = 0 and" if is_refused else ""} ({search.condition})
            and abs(a.started_us - b.shifted_us) <= {search.reach.window_us}
            and {chord} <= {number(search.reach.chord_sq)}
    """


def _column(lon: str) -> str:
    return f"cast(floor(({lon} + 1.8e2) / 3.6e2 * columns) as bigint)"


def _columns_of_row(reach: Reach) -> str:
    """SQL: columns of a row of latitude, from the widest reach of a record that touches it."""
    row, angle = number(reach.row_deg), number(sin(reach.angle))
    edges = f"greatest(abs(lat_row * {row} - 9e1), abs((lat_row + 1) * {row} - 9e1))"
    furthest = f"least({edges} + {number(reach.lat_deg)}, 9e1)"
    widest = f"degrees(asin(least(1e0, {angle} / cos(radians({furthest})))))"
    return f"greatest(cast(floor(9e1 / {widest}) as bigint), 1)"


_RADIUS: Final = number(EARTH_RADIUS_M)
XYZ: Final = (
    f"{_RADIUS} * cos(radians(lat)) * cos(radians(lon)) as x,"
    f" {_RADIUS} * cos(radians(lat)) * sin(radians(lon)) as y,"
    f" {_RADIUS} * sin(radians(lat)) as z"
)
