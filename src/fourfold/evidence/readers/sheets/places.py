"""SQL for where a record says it belongs: positions, cells, bearings, as supplied."""

from fourfold.evidence.readers.sheets.columns import Setting, literal, number, text_column
from fourfold.evidence.readers.sheets.used import Used


def where(setting: Setting) -> dict[str, str]:
    """Return the columns of place, and the position before it is checked."""
    used, place = setting.used, setting.used.pack.position
    if place is None:
        return {"supplied_lat": "null::double", "supplied_lon": "null::double"}
    lat, lon = f"u.{used.column(place.lat)}", f"u.{used.column(place.lon)}"
    if place.pair:
        pair = f"string_split(trim(u.{used.column(place.pair)}, '()[] '), ',')"
        lat, lon = (
            f"{pair}[{place.pair_order.split().index(name) + 1}]" for name in ("lat", "lon")
        )
    if place.easting and place.northing:
        lat, lon = "u.grid_lat", "u.grid_lon"
    elif not place.pair and not (used.column(place.lat) and used.column(place.lon)):
        lat = lon = "null::double"
    else:
        sign = -1 if place.turns_latitude else 1
        lat = _degrees(lat, used, place.scale * sign)
        lon = _degrees(lon, used, place.scale)
    return {
        "supplied_lat": lat,
        "supplied_lon": lon,
        "accuracy_m": number(used, place.accuracy, litter=" mMetrsE"),
        "accuracy_meaning": literal(place.accuracy_meaning),
        "azimuth_deg": number(used, place.azimuth, litter=" °"),
        "cell_id": text_column(used, place.cell),
        "end_cell_id": text_column(used, place.end_cell),
    }


def _degrees(text: str, used: Used, scale: float) -> str:
    digits = f"trim({text}, ' °NSEWnsew')"
    plain = f"replace({digits}, ',', '.')" if used.pack.decimal_comma else digits
    sign = f"case when regexp_matches({text}, '[sSwW]\\s*$') then -1e0 else 1e0 end"
    product = f"{sign} * try_cast({plain} as double) * {scale!r}::double"
    return f"round({product}, 9)"


def is_position(lat: str, lon: str) -> str:
    """Return SQL that tells whether two numbers are a position; 0,0 is a receiver without a fix."""
    is_on_earth = f"{lat} between -90 and 90 and {lon} between -180 and 180"
    return f"coalesce({is_on_earth} and ({lat} <> 0 or {lon} <> 0), false)"
