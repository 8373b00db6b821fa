"""What is worked out once for every distinct value and then joined: numbers, grid positions."""

from collections.abc import Sequence
from functools import cache
from math import isfinite
from typing import Any, Final

from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.phone import identifier_of

GRID, WORLD = "EPSG:27700", "EPSG:4326"
POSITION_DIGITS: Final = 6  # 0.1 m; finer digits differ between builds of PROJ
Position = tuple[float | None, float | None]


def map_numbers(tables: Tables, columns: list[str]) -> None:
    """Create sheet_numbers (text, identifier, hides) for these columns of sheet_used."""
    parts = " union ".join(f"select {column} as text from sheet_used" for column in columns)
    texts = [row[0] for row in tables.rows(f"{parts} order by 1")] if columns else []
    numbers = [(text, *identifier_of(text)) for text in texts if text]
    _table(tables, "sheet_numbers", "text VARCHAR, identifier VARCHAR, hides BOOLEAN", numbers)


def map_grid(tables: Tables, easting: str | None, northing: str | None) -> str:
    """Create sheet_grid (easting, northing, lat, lon); return how it was converted."""
    schema = "easting VARCHAR, northing VARCHAR, lat DOUBLE, lon DOUBLE"
    if not easting or not northing:
        _table(tables, "sheet_grid", schema, [])
        return ""
    pairs = tables.rows(
        f"select distinct {easting} as e, {northing} as n from sheet_used"
        f" where try_cast({easting} as double) is not null"
        f" and try_cast({northing} as double) is not null order by e, n"
    )
    positions, method = _converted([(float(e), float(n)) for e, n in pairs])
    places = [(e, n, *position) for (e, n), position in zip(pairs, positions, strict=True)]
    _table(tables, "sheet_grid", schema, places)
    return method if places else ""


@cache
def _transformers() -> Any:
    """Return the ways from the grid to WGS84, the best first; looking them up takes long."""
    import warnings

    from pyproj.transformer import TransformerGroup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # "best transformation": reported in words
        return TransformerGroup(GRID, WORLD, always_xy=True)


def _converted(grid: list[tuple[float, float]]) -> tuple[list[Position], str]:
    """Convert easting and northing to (lat, lon) and say by which transformation."""
    group = _transformers()
    transformer = group.transformers[0]
    positions: list[Position] = []
    for easting, northing in grid:
        lon, lat = (round(v, POSITION_DIGITS) for v in transformer.transform(easting, northing))
        positions.append((lat, lon) if isfinite(lat) and isfinite(lon) else (None, None))
    name = transformer.description.split(" + axis order")[0]
    grid_file = "" if group.best_available else ", without the OSTN15 grid file"
    return positions, (
        f"positions converted from the British national grid ({GRID}) to WGS84 by"
        f" {name!r}{grid_file}: stated accuracy {transformer.accuracy:g} m"
    )


def _table(tables: Tables, name: str, schema: str, records: Sequence[tuple[object, ...]]) -> None:
    tables.run(f"create or replace temp table {name} ({schema})")
    if records:
        columns = [list(column) for column in zip(*records, strict=True)]
        unnested = ", ".join(f"unnest(${i})" for i in range(1, len(columns) + 1))
        tables.run(f"insert into {name} select {unnested}", columns)
