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
from fourfold.evidence.renderers import map_words as words
from fourfold.evidence.support import clock

NAME: Final = "map_kmz"
FILE: Final = "map.kmz"

SINGLE_PLACEMARKS: Final = 2_000  # more of one kind and device, and they are gathered
ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)

# kind of place -> (folder, style, limits)
_GROUPS: Final = {
    "fix": ("Fixes of the device", "fix", limits.FIXES),
    "cell": ("Cells as supplied", "cell", limits.CELLS),
    "camera": ("Camera reads", "camera", f"A camera reads characters of a plate. {limits.RECORDS}"),
    "gate": ("Gates", "camera", limits.RECORDS),
    "stated": ("Places stated or inferred", "stated", f"Not a measurement. {limits.RECORDS}"),
    "searched": ("Places searched for", "stated", f"A search, not a visit. {limits.RECORDS}"),
    "received": ("Places received", "stated", f"Received from others. {limits.RECORDS}"),
}
_COLOURS: Final = {
    "fix": "ffd47500", "cell": "ff4c2c92", "camera": "ff00703c", "stated": "ff6f777b",
    "place": "ff0b0c0c", "coincidence": "ff1d70b8",
}  # fmt: skip
_SCHEMA: Final = (
    '<Schema id="fixes"><gx:SimpleArrayField name="code" type="string"/>'
    '<gx:SimpleArrayField name="accuracy_m" type="string"/></Schema>\n'
)
_EVENTS_SQL: Final = """
    select e.kind, e.started_at, e.ended_at, e.time_relation, e.time_text, e.time_precision_s,
        e.is_clock_change_hour, e.lat, e.lon, e.accuracy_m, e.accuracy_meaning, e.cell_id,
        e.azimuth_deg, e.text, e.decode_note, coalesce(l.code, e.row_ids[1]) as code, l.locator,
        x.exhibit_file, x.sha256
    from events as e
    left join ledger as l on l.row_id = e.row_ids[1]
    left join exhibits as x on x.exhibit_id = e.exhibit_id
    where e.lat is not null and e.lon is not null and e.started_at is not null
        and coalesce(e.subject_id, '') = ? and e.place_kind = ?
    order by e.started_at, e.event_id"""
_FOLDERS_SQL: Final = """
    select coalesce(subject_id, '') as subject, place_kind, count(*) as events
    from events
    where lat is not null and lon is not null and started_at is not null
    group by 1, 2 order by 1, 2"""


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
    with zipfile.ZipFile(path, "w") as archive, archive.open(entry, "w") as stream:
        for text in _Map(package).document():
            stream.write(text.encode())


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
        for subject, folders in groupby(self.tables.rows(_FOLDERS_SQL), key=lambda row: row[0]):
            yield kml.folder(self._subject_name(subject), limits.RECORDS)
            for _, place_kind, events in folders:
                yield from self._group(subject, place_kind, events)
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

    def _group(self, subject: str, place_kind: str, events: int) -> Iterator[str]:
        title, style, limit = _GROUPS.get(place_kind, (place_kind, "stated", limits.RECORDS))
        yield kml.folder(title, limit)
        records = self.tables.dicts(_EVENTS_SQL, [subject, place_kind])
        if events <= SINGLE_PLACEMARKS:
            yield from (self._single(record, style, limit) for record in records)
        elif place_kind == "fix":
            yield from self._tracks(records, limit)
        else:
            yield from self._by_position(records, style, limit)
        yield "</Folder>\n"

    def _single(self, record: dict[str, Any], style: str, limit: str) -> str:
        name = f"{self._local(record['started_at'])} ({record['code']})"
        geometry = kml.marked_point((record["lat"], record["lon"]), record["azimuth_deg"])
        when = kml.span(record["started_at"], record["ended_at"])
        return kml.placemark(kml.Mark(name, style, when, geometry, self._lines(record, limit)))

    def _lines(self, record: dict[str, Any], limit: str) -> list[str]:
        lines = [
            f"Record of kind {record['kind']}, time {record['time_relation']}:"
            f" {clock.iso_utc(record['started_at'])}, {self._local(record['started_at'])}"
            f" {self.zone}. As stated: {record['time_text'] or 'not kept'}."
        ]
        if record["is_clock_change_hour"]:
            lines.append("This wall-clock hour happens twice or not at all: check the time.")
        if record["kind"] in {"camera_read", "gate", "visit"} and record["text"]:
            lines.append(f"Named in the record: {record['text']}")
        lines += words.cell_lines(record) + words.accuracy_lines(record)
        lines += words.session_lines([record])
        if record["decode_note"]:
            lines.append(f"Note: {record['decode_note']}.")
        return [*lines, *words.trace_lines([record]), limit]

    def _tracks(self, records: list[dict[str, Any]], limit: str) -> Iterator[str]:
        """Write many fixes as one list per UTC day; its line is not shown."""
        for day, group in groupby(records, key=lambda r: kml.epoch_day(r["started_at"])):
            fixes = list(group)
            lines = [
                f"Fixes: {len(fixes)}, each with its own time and trace code. Nothing is drawn"
                " between them.",
                *words.file_lines(fixes),
                limit,
            ]
            yield f"<Placemark><name>{day} (fixes: {len(fixes)})</name>"
            yield f"<description>{kml.paragraphs(lines)}</description><styleUrl>#fix</styleUrl>"
            yield "<gx:Track>\n"
            yield from (f"<when>{clock.iso_utc(r['started_at'])}</when>" for r in fixes)
            yield "\n"
            for r in fixes:
                yield f"<gx:coord>{kml.lonlat((r['lat'], r['lon']), ' ')} 0</gx:coord>"
            yield '\n<ExtendedData><SchemaData schemaUrl="#fixes">'
            yield '<gx:SimpleArrayData name="code">'
            yield from (f"<gx:value>{kml.plain(r['code'])}</gx:value>" for r in fixes)
            yield '</gx:SimpleArrayData><gx:SimpleArrayData name="accuracy_m">'
            yield from (f"<gx:value>{words.number(r['accuracy_m'])}</gx:value>" for r in fixes)
            yield "</gx:SimpleArrayData></SchemaData></ExtendedData></gx:Track></Placemark>\n"

    def _by_position(self, records: list[dict[str, Any]], style: str, limit: str) -> Iterator[str]:
        """Write many records of one kind as one placemark per cell and position."""
        groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for r in records:
            key = (r["cell_id"] or "", r["lat"], r["lon"], r["azimuth_deg"])
            groups.setdefault(key, []).append(r)
        for (cell_id, lat, lon, azimuth), same in sorted(groups.items(), key=_group_order):
            first, last = same[0]["started_at"], same[-1]["started_at"]
            lines = [
                f"Records: {len(same)}. First {clock.iso_utc(first)}, last"
                f" {clock.iso_utc(last)}. They say nothing of the time between.",
                *words.session_lines(same),
                *words.cell_lines(same[0]),
                *words.trace_lines(same),
                limit,
            ]
            name = f"{cell_id or 'position'} (records: {len(same)})"
            geometry = kml.marked_point((lat, lon), azimuth)
            yield kml.placemark(kml.Mark(name, style, kml.span(first, last), geometry, lines))

    def _coincidences(self) -> Iterator[str]:
        if not self._has_table("coincidences"):
            return
        records = self.tables.dicts(
            "select * from coincidences where lat_a is not null or lat_b is not null"
            " order by class, started_at, coincidence_id"
        )
        for name, group in groupby(records, key=lambda record: str(record["class"])):
            title, statement = words.CLASSES[name]
            yield kml.folder(title, limits.CHANCE, is_shown=name != "C")
            yield from (self._coincidence(record, statement) for record in group)
            yield "</Folder>\n"

    def _coincidence(self, record: dict[str, Any], statement: str) -> str:
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
        lines += self._row_lines(record["row_ids"] or [])
        geometry = f"<MultiGeometry>{points}</MultiGeometry>"
        when = kml.span(record["started_at"], record["ended_at"])
        name = f"{record['coincidence_id']} class {record['class']}"
        limit = f"{limits.CHANCE} {limits.CELLS} {limits.FIXES}"
        mark = kml.Mark(name, "coincidence", when, geometry, [*lines, limit])
        return kml.placemark(mark._replace(is_shown=record["class"] != "C"))

    def _row_lines(self, row_ids: list[str]) -> list[str]:
        rows = self.tables.dicts(
            "select l.code, l.locator, x.exhibit_file, x.sha256 from ledger as l"
            " left join exhibits as x on x.exhibit_id = l.exhibit_id"
            " where l.row_id in (select unnest(?::varchar[])) order by l.exhibit_id, l.code",
            [row_ids],
        )
        return (
            words.trace_lines(rows)
            if rows
            else [f"Rows: {', '.join(row_ids[: words.CODES_SHOWN])}"]
        )

    def _has_table(self, name: str) -> bool:
        sql = "select 1 from information_schema.tables where table_name = ?"
        return bool(self.tables.rows(sql, [name]))

    def _local(self, at: Any) -> str:
        return f"{clock.to_wall_clock(clock.micros(at), self.zone):%Y-%m-%d %H:%M:%S}"


def _style(name: str, colour: str) -> str:
    # The line style also governs the line that viewers draw through a track: for fixes, none.
    line = (
        "<color>00ffffff</color><width>0</width>" if name == "fix" else f"<color>{colour}</color>"
    )
    return (
        f'<Style id="{name}"><IconStyle><color>{colour}</color><scale>0.6</scale></IconStyle>'
        f"<LabelStyle><scale>0.6</scale></LabelStyle><LineStyle>{line}</LineStyle></Style>\n"
    )


def _group_order(item: tuple[tuple[Any, ...], Any]) -> tuple[Any, ...]:
    cell_id, lat, lon, azimuth = item[0]
    return cell_id, lat, lon, -1.0 if azimuth is None else azimuth
