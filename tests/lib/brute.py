"""Pairs the slow and certain way: every record against every other, by haversine."""

from typing import NamedTuple

from fourfold.evidence.support.geo import distance_m


class Point(NamedTuple):
    """A record for pair tests; times in UTC microseconds, degrees WGS84."""

    sight_no: int
    party_no: int
    started_us: int
    lat: float
    lon: float


def brute_pairs(
    points: list[Point], within_m: float, window_us: int
) -> dict[tuple[int, int], float]:
    """(lower party's number, higher party's number) -> metres, for every pair in reach."""
    found = {}
    for a in points:
        for b in points:
            if a.party_no < b.party_no and abs(a.started_us - b.started_us) <= window_us:
                apart = distance_m(a.lat, a.lon, b.lat, b.lon)
                if apart <= within_m:
                    found[a.sight_no, b.sight_no] = apart
    return found


def relation(points: list[Point]) -> str:
    """The points as an SQL relation with the columns that a pair search needs."""
    lines = [
        f"({p.sight_no}, {p.party_no}, cast({p.started_us} as bigint),"
        f" cast({p.lat!r} as double), cast({p.lon!r} as double))"
        for p in points
    ]
    columns = "sight_no, party_no, started_us, lat, lon"
    return f"(select * from (values {', '.join(lines)}) as v({columns}))"
