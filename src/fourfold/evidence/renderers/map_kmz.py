"""The map: positions as the records state them, for Google Earth and other viewers.

Folders by device, then by kind. No area, circle or wedge is drawn, and no line between two
positions. A cell stands where its supplier put it, with a short mark of fixed length in the
direction supplied. Every placemark names its row, its file with SHA-256, and its limits.
"""

import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from fourfold.evidence.model.protocols import Package
from fourfold.evidence.renderers import kml_text as kml
from fourfold.evidence.renderers import limit_texts as limits
from fourfold.evidence.renderers import map_marks
from fourfold.evidence.renderers import map_words as words
from fourfold.evidence.support import clock

NAME: Final = "map_kmz"
FILE: Final = "map.kmz"

ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
DEFLATE_LEVEL: Final = 1  # a fifth larger than the usual 6, in a third of the time

_COLOURS: Final = {
    "fix": "ffd47500", "cell": "ff4c2c92", "camera": "ff00703c", "stated": "ff6f777b",
    "place": "ff0b0c0c", "coincidence": "ff1d70b8",
}  # fmt: skip
_SCHEMA: Final = (
    '<Schema id="fixes"><gx:SimpleArrayField name="record" type="string">'
    "<displayName>trace code, accuracy as stated</displayName></gx:SimpleArrayField></Schema>\n"
)
_COINCIDENCES_SQL: Final = """
    select * from coincidences where lat_a is not null or lat_b is not null
    order by class, started_at, coincidence_id"""
_ROWS_SQL: Final = """
    select l.row_id, l.code, l.locator, x.exhibit_file, x.sha256, row_number() over (
        order by length(l.exhibit_id), l.exhibit_id, length(l.code), l.code) as rank
    from ledger as l
    left join exhibits as x on x.exhibit_id = l.exhibit_id
    where l.row_id in (select unnest(row_ids) from coincidences)"""


def render(package: Package, path: Path) -> None:
    """Write the map as one KMZ; the same package gives the same bytes.

    Args:
        package: its tables `events`, `ledger`, `exhibits`, `attributions` and, if an
            analysis made it, `coincidences`; its case for the places.
        path: the file to write.
    """
    entry = zipfile.ZipInfo("doc.kml", ZIP_TIME)
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
    entry.external_attr = 0o644 << 16
    document = "".join(_Map(package).document()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, document, compresslevel=DEFLATE_LEVEL)


class _Map:
    """Writes the document of one package, piece by piece."""

    def __init__(self, package: Package) -> None:
        self.case, self.tables = package.case, package.tables
        self.zone = package.case.display_zone

    def document(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield '<kml xmlns="http://www.opengis.net/kml/2.2"'
        yield ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
        yield f"<name>{kml.plain(f'{self.case.reference} {self.case.title}'.strip())}</name>"
        about = ["Positions as records state them.", limits.RECORDS, limits.FIXES, limits.CELLS]
        yield f"<description>{kml.paragraphs([*about, limits.ABSENCE])}</description>\n"
        yield from (_style(name, colour) for name, colour in _COLOURS.items())
        yield _SCHEMA
        yield from self._places()
        written = map_marks.of_records(self.tables, self.zone)
        folders = self.tables.rows(map_marks.FOLDERS)
        for subject, group in groupby(folders, key=lambda row: row[0]):
            yield kml.folder(self._subject_name(subject), limits.RECORDS)
            for _, place_kind, _ in group:
                title, _, limit = map_marks.group_of(place_kind)
                yield kml.folder(title, limit)
                yield written[subject, place_kind]
                yield "</Folder>\n"
            yield "</Folder>\n"
        yield from self._coincidences()
        yield "</Document></kml>\n"

    def _places(self) -> Iterator[str]:
        if not self.case.places:
            return
        yield kml.folder("Places of the case", "As the case file states them; not from a record.")
        for place in self.case.places:
            name = place.label or place.key
            if place.is_sensitive:
                name = f"SENSITIVE, not for any served copy: {name}"
            lines = ["Stated in case.toml.", f"Key: {place.key}"]
            spot = kml.point((place.lat, place.lon))
            yield kml.placemark(kml.Mark(name, "place", "", spot, lines))
        yield "</Folder>\n"

    def _subject_name(self, subject: str) -> str:
        """Name a device with every attribution stated for it."""
        stated = self.tables.rows(
            "select distinct person, strength from attributions where identifier = ?"
            " order by person, strength",
            [subject],
        )
        whose = "; ".join(f"attributed to {person} ({strength})" for person, strength in stated)
        return f"{subject or 'device not stated'}, {whose or 'attributed to nobody'}"

    def _coincidences(self) -> Iterator[str]:
        if not self._has_table("coincidences"):
            return
        records = self.tables.dicts(_COINCIDENCES_SQL)
        rows = {row["row_id"]: row for row in self.tables.dicts(_ROWS_SQL)}
        for name, group in groupby(records, key=lambda record: str(record["class"])):
            title, statement = words.CLASSES[name]
            yield kml.folder(title, limits.CHANCE, is_shown=name != "C")
            yield from (_coincidence(record, statement, rows) for record in group)
            yield "</Folder>\n"

    def _has_table(self, name: str) -> bool:
        sql = "select 1 from information_schema.tables where table_name = ?"
        return bool(self.tables.rows(sql, [name]))


def _style(name: str, colour: str) -> str:
    # The line style also governs the line that viewers draw through a track: for fixes, none.
    line = (
        "<color>00ffffff</color><width>0</width>" if name == "fix" else f"<color>{colour}</color>"
    )
    return (
        f'<Style id="{name}"><IconStyle><color>{colour}</color><scale>0.6</scale></IconStyle>'
        f"<LabelStyle><scale>0.6</scale></LabelStyle><LineStyle>{line}</LineStyle></Style>\n"
    )


def _coincidence(record: dict[str, Any], statement: str, rows: dict[str, dict[str, Any]]) -> str:
    sides = [(record["lat_a"], record["lon_a"]), (record["lat_b"], record["lon_b"])]
    points = "".join(kml.point(side) for side in dict.fromkeys(sides) if None not in side)
    lines = [
        f"{record['subject_a']} and {record['subject_b']}: {statement}",
        f"From {clock.iso_utc(record['started_at'])} to"
        f" {clock.iso_utc(record['ended_at'] or record['started_at'])}.",
        f"Chance rate: {words.number(record['chance_rate']) or 'not computed'}"
        f" ({record['chance_trials'] or 0} shifted comparisons).",
    ]
    if record["explained_by"]:
        lines.append(f"Also explained by: {record['explained_by']}.")
    lines += words.row_lines(record["row_ids"] or [], rows)
    geometry = f"<MultiGeometry>{points}</MultiGeometry>"
    when = kml.span(record["started_at"], record["ended_at"])
    name = f"{record['coincidence_id']} class {record['class']}"
    limit = f"{limits.CHANCE} {limits.CELLS} {limits.FIXES}"
    mark = kml.Mark(name, "coincidence", when, geometry, [*lines, limit])
    return kml.placemark(mark._replace(is_shown=record["class"] != "C"))
