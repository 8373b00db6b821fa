"""Degrees written as integers times ten million, as Google's exports do."""

from typing import Final, NamedTuple

SCALE: Final = 1e7
LAT_LIMIT: Final = 900_000_000
LON_LIMIT: Final = 1_800_000_000
# Old exports wrote negative values as unsigned 32-bit integers.
OVERFLOW: Final = 2**32


class Position(NamedTuple):
    """WGS84 degrees. is_repaired: 2^32 was subtracted from an overflowed integer."""

    lat: float
    lon: float
    is_repaired: bool


def position_of(lat_e7: int, lon_e7: int) -> Position:
    """Turn two E7 integers into degrees, undoing the overflow of old exports."""
    lat = lat_e7 - OVERFLOW if lat_e7 > LAT_LIMIT else lat_e7
    lon = lon_e7 - OVERFLOW if lon_e7 > LON_LIMIT else lon_e7
    return Position(lat / SCALE, lon / SCALE, lat != lat_e7 or lon != lon_e7)
