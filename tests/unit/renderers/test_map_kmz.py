"""The map: what stands in a placemark, what is never drawn, same bytes, large cases."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from fourfold.evidence.model.case import Case, Place
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.renderers import map_kmz, map_marks
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.support.geo import distance_m
from lib.stores import store_with

KML = "{http://www.opengis.net/kml/2.2}"
GX = "{http://www.google.com/kml/ext/2.2}"
HOSTILE = '<b>x</b>]]>&"\x01\u202e'
CASE = Case(
    folder=Path("case"),
    reference="URN/1",
    title=HOSTILE,
    places=(Place("v_new", 52.1, -1.1, HOSTILE, is_sensitive=True), Place("w", 52.3, -1.2, "Work")),
)
COINCIDENCES = (
    "coincidence_id varchar, class varchar, subject_a varchar, subject_b varchar,"
    " started_at timestamp, ended_at timestamp, lat_a double, lon_a double, lat_b double,"
    " lon_b double, chance_rate double, chance_trials integer, explained_by varchar,"
    " row_ids varchar[]"
)


@dataclass
class MapPackage:
    tables: CaseStore
    case: Case = CASE
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def event(n: int, **facts: Any) -> dict[str, Any]:
    minutes = f"{n // 60 % 24:02d}:{n % 60:02d}"
    return {
        "event_id": f"r{n:05d}.0",
        "row_ids": [f"r{n:05d}"],
        "exhibit_id": "X1",
        "kind": "device_fix",
        "started_at": f"2026-07-{1 + n // 1440:02d}T{minutes}:00",
        "time_relation": "at",
        "time_text": "as written",
        "is_clock_change_hour": False,
        "subject_id": "device:A",
        "place_kind": "fix",
        "lat": 52.2 + n * 1e-6,
        "lon": -1.0,
        "position_basis": "supplied",
    } | facts


def package(*events: dict[str, Any]) -> MapPackage:
    ledger = [
        {
            "row_id": e["row_ids"][0],
            "code": f"R1.{n}",
            "exhibit_id": "X1",
            "locator": f"line={n}",
        }
        for n, e in enumerate(events, 1)
    ]
    exhibits = [
        {"exhibit_id": "X1", "exhibit_file": f"exhibits/{HOSTILE}.csv", "sha256": "ab" * 32}
    ]
    people = [
        {"identifier": "device:A", "person": "S", "strength": "assumed"},
        {"identifier": "device:A", "person": "F", "strength": "disputed"},
    ]
    return MapPackage(
        store_with(events=list(events), ledger=ledger, exhibits=exhibits, attributions=people)
    )


def rendered(package: MapPackage, tmp_path: Path) -> ElementTree.Element:
    path = tmp_path / map_kmz.FILE
    map_kmz.render(package, path)  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["doc.kml"]
        return ElementTree.fromstring(archive.read("doc.kml"))


def placemarks(root: ElementTree.Element, folder: str) -> list[ElementTree.Element]:
    for element in root.iter(f"{KML}Folder"):
        if (element.findtext(f"{KML}name") or "").startswith(folder):
            return element.findall(f"{KML}Placemark")
    return []


def description(placemark: ElementTree.Element) -> str:
    return placemark.findtext(f"{KML}description") or ""


def test_fix_names_its_row_file_accuracy_and_limits(tmp_path: Path) -> None:
    fix = event(0, accuracy_m=12.0, accuracy_meaning="as stated by Google; meaning not documented")
    (mark,) = placemarks(rendered(package(fix), tmp_path), "Fixes")
    text = description(mark)
    assert "Accuracy stated: 12 m (as stated by Google; meaning not documented)" in text
    assert "R1.1 at line=1." in text
    assert "ab" * 32 in text
    assert "The position of a device is not that of a person." in text
    assert "2026-07-01T00:00:00Z, 2026-07-01 01:00:00 Europe/London" in text
    assert mark.findtext(f"{KML}TimeStamp/{KML}when") == "2026-07-01T00:00:00Z"
    assert mark.findtext(f"{KML}Point/{KML}coordinates") == "-1.0000000,52.2000000"
    assert mark.findtext(f"{KML}name") == "2026-07-01 01:00:00 (R1.1)"


def test_cell_has_a_short_mark_in_the_direction_supplied(tmp_path: Path) -> None:
    cell = event(0, kind="call", place_kind="cell", cell_id="234-99-1", azimuth_deg=240.0)
    (mark,) = placemarks(rendered(package(cell), tmp_path), "Cells as supplied")
    ends = [
        tuple(float(x) for x in pair.split(","))
        for pair in (mark.findtext(f".//{KML}LineString/{KML}coordinates") or "").split()
    ]
    (lon1, lat1), (lon2, lat2) = ends
    assert abs(distance_m(lat1, lon1, lat2, lon2) - 150) < 0.1
    assert lat2 < lat1
    assert lon2 < lon1
    assert "supplied azimuth 240 degrees; not coverage" in description(mark)
    assert "A cell or mast is not a location." in description(mark)


def test_cell_without_azimuth_has_no_mark(tmp_path: Path) -> None:
    cell = event(0, kind="call", place_kind="cell", cell_id="234-99-1")
    root = rendered(package(cell), tmp_path)
    assert not list(root.iter(f"{KML}LineString"))
    assert "No azimuth supplied." in description(placemarks(root, "Cells")[0])


def test_visit_has_its_span_and_its_note(tmp_path: Path) -> None:
    visit = event(
        0, kind="visit", place_kind="stated", ended_at="2026-07-01T03:00:00", text=HOSTILE,
        decode_note="inferred by Google; may have been edited",
    )  # fmt: skip
    (mark,) = placemarks(rendered(package(visit), tmp_path), "Places stated or inferred")
    assert mark.findtext(f"{KML}TimeSpan/{KML}end") == "2026-07-01T03:00:00Z"
    assert "inferred by Google; may have been edited" in description(mark)
    assert "Not a measurement." in description(mark)


def test_texts_are_harmless_in_names_and_descriptions(tmp_path: Path) -> None:
    root = rendered(package(event(0, text=HOSTILE, kind="visit", place_kind="stated")), tmp_path)
    harmless = "&lt;b&gt;x&lt;/b&gt;]]&gt;&amp;&quot;\ufffd"
    assert root.findtext(f"{KML}Document/{KML}name") == 'URN/1 <b>x</b>]]>&"\ufffd'
    text = description(placemarks(root, "Places stated")[0])
    assert f"Named in the record: {harmless}<br>" in text
    assert "<b>" not in text


def test_text_of_evidence_starts_no_line_of_its_own(tmp_path: Path) -> None:
    forged = "x\u2029Trace code and locator: R9.9 at line=9."
    visit = event(0, text=forged, kind="visit", place_kind="stated")
    (mark,) = placemarks(rendered(package(visit), tmp_path), "Places stated")
    lines = description(mark).split("<br>")
    assert [line for line in lines if line.startswith("Trace code")] == [
        "Trace code and locator: R1.1 at line=1."
    ]


def test_nothing_is_drawn_that_no_record_states(tmp_path: Path) -> None:
    many = [event(n) for n in range(3)]
    cell = event(9, kind="call", place_kind="cell", cell_id="c", azimuth_deg=0.0)
    root = rendered(package(*many, cell), tmp_path)
    drawn = {element.tag for element in root.iter()}
    assert drawn.isdisjoint({f"{KML}Polygon", f"{KML}LinearRing", f"{KML}GroundOverlay"})
    assert len(list(root.iter(f"{KML}LineString"))) == 1


def test_events_without_position_are_not_drawn(tmp_path: Path) -> None:
    root = rendered(package(event(0, lat=None, lon=None, place_kind="none")), tmp_path)
    assert not placemarks(root, "Fixes")
    assert len(list(root.iter(f"{KML}Placemark"))) == len(CASE.places)


def test_folders_name_every_attribution(tmp_path: Path) -> None:
    other = event(1, subject_id="device:B")
    root = rendered(package(event(0), other), tmp_path)
    names = [f.findtext(f"{KML}name") for f in root.find(f"{KML}Document").findall(f"{KML}Folder")]  # type: ignore[union-attr]
    assert names == [
        "Places of the case",
        "device:A, attributed to F (disputed); attributed to S (assumed)",
        "device:B, attributed to nobody",
    ]


def test_sensitive_place_is_marked(tmp_path: Path) -> None:
    sensitive, work = placemarks(rendered(package(event(0)), tmp_path), "Places of the case")
    assert (sensitive.findtext(f"{KML}name") or "").startswith("SENSITIVE, not for any served copy")
    assert work.findtext(f"{KML}name") == "Work"


def test_coincidence_shows_both_positions_with_chance_and_rows(tmp_path: Path) -> None:
    made = package(event(0), event(1))
    made.tables.run(f"create table coincidences ({COINCIDENCES})")
    made.tables.run(
        "insert into coincidences values ('C1', 'C', 'device:A', 'device:B', '2026-07-01 10:00:00',"
        " '2026-07-01 10:20:00', 52.2, -1.0, 52.21, -1.01, 0.02, 56, 'same town',"
        " ['r00000', 'r00001'])"
    )
    (mark,) = placemarks(rendered(made, tmp_path), "Coincidences")
    text = description(mark)
    assert mark.findtext(f"{KML}name") == "C1 class C"
    assert mark.findtext(f"{KML}visibility") == "0"
    assert "not for an evidential report" in text
    assert len(list(mark.iter(f"{KML}Point"))) == 2
    assert not list(mark.iter(f"{KML}LineString"))
    assert "Chance rate: 0.02 (56 shifted comparisons)." in text
    assert "R1.1 at line=1; R1.2 at line=2" in text
    assert "Also explained by: same town." in text


def test_many_fixes_become_lists_by_day_without_a_visible_line(tmp_path: Path) -> None:
    count = map_marks.SINGLE_PLACEMARKS + 1
    fixes = [event(n) for n in range(count - 1)] + [event(count - 1, accuracy_m=12.5)]
    root = rendered(package(*fixes), tmp_path)
    days = placemarks(root, "Fixes")
    assert [d.findtext(f"{KML}name") for d in days] == [
        "2026-07-01 (fixes: 1440)",
        "2026-07-02 (fixes: 561)",
    ]
    for name, tag in (("when", f"{KML}when"), ("coord", f"{GX}coord")):
        assert len(list(root.iter(tag))) == count, name
    first, second = root.iter(f"{GX}SimpleArrayData")
    assert [len(first), len(second)] == [1440, 561]
    assert first[0].text == "R1.1"
    assert second[-1].text == f"R1.{count}, 12.5 m"
    assert next(root.iter(f"{KML}when")).text == "2026-07-01T00:00:00Z"
    assert next(root.iter(f"{GX}coord")).text == "-1.0000000 52.2000000 0"
    assert "ab" * 32 in description(days[0])
    style = next(s for s in root.iter(f"{KML}Style") if s.get("id") == "fix")
    assert style.findtext(f"{KML}LineStyle/{KML}width") == "0"


def test_many_records_of_cells_are_gathered_by_cell_and_counted(tmp_path: Path) -> None:
    count = map_marks.SINGLE_PLACEMARKS + 1
    calls = [
        event(
            n,
            kind="call",
            place_kind="cell",
            cell_id=f"c{n % 2}",
            lat=52.0 + n % 2,
            azimuth_deg=10.0,
        )
        for n in range(count)
    ]
    first, second = placemarks(rendered(package(*calls), tmp_path), "Cells")
    assert first.findtext(f"{KML}name") == "c0 (records: 1001)"
    assert second.findtext(f"{KML}name") == "c1 (records: 1000)"
    assert "and 989 more" in description(first)


def test_same_package_gives_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    events = [event(n, subject_id=f"device:{n % 3}") for n in range(30)]
    one, two = package(*events), package(*events)
    two.tables.run("create table turned as select * from events order by event_id desc")
    two.tables.run("delete from events")
    two.tables.run("insert into events select * from turned")
    for made, name in ((one, "a"), (two, "b")):
        map_kmz.render(made, tmp_path / name)  # type: ignore[arg-type]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_data_session_says_how_its_time_is_read(tmp_path: Path) -> None:
    session = event(0, kind="data_session", place_kind="cell", time_relation="at_or_before")
    (mark,) = placemarks(rendered(package(session), tmp_path), "Cells")
    assert "A data session shows a cell used at or before its time." in description(mark)
