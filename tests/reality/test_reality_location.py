"""Location readers against the typical case and against files that other people made."""

import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fourfold.evidence.readers import (
    google_records,
    google_semantic,
    google_timeline,
    gpx,
    kml,
    owntracks,
)
from lib.shared import DATA, reality, shared
from lib.sources import Reading, source_of

pytestmark = reality
READERS = (google_records, google_semantic, google_timeline, gpx, kml, owntracks)


def reader_of(source: Any) -> ModuleType:
    found = [reader for reader in READERS if reader.recognises(source)]
    assert len(found) == 1, [r.NAME for r in found]
    return found[0]


def reading_of(path: Path) -> Reading:
    source = source_of(path)
    return Reading(reader_of(source), source)  # type: ignore[arg-type]


def truth_of(ref: str) -> dict[str, Any]:
    truth = json.loads(shared("case-typical", "truth.json").read_bytes())
    return next(e for e in truth["exhibits"] if e["ref"] == ref)


@pytest.mark.parametrize("ref", ["DEF/6", "DEF/7", "GHI/4"])
def test_typical_case_exhibit_matches_truth(ref: str) -> None:
    truth = truth_of(ref)
    result = reading_of(shared("case-typical", "case", *truth["file"].split("/")))
    assert result.counts == {
        "rows": truth["rows_in"],
        "used": truth["rows_used"],
        "merged": truth["rows_merged"],
        "set_aside": truth["rows_set_aside"],
    }
    aside = {
        r.locator
        for r, m in zip(result.rows, result.meanings, strict=True)
        if not isinstance(m, list)
    }
    assert aside == {row["row"] for row in truth["set_aside_rows"]}
    assert dict(result.set_aside) == truth["set_aside"]
    assert len(result.events) == truth["events"]


def test_takeout_of_the_typical_case_matches_truth() -> None:
    truth = truth_of("GHI/3")
    archive = zipfile.ZipFile(shared("case-typical", "case", *truth["file"].split("/")))
    totals: dict[str, int] = dict.fromkeys(("rows", "used", "merged", "set_aside"), 0)
    merged, subjects = [], []
    for name in archive.namelist():
        source = source_of(archive.read(name), part=name, ref="GHI/3")
        if not any(reader.recognises(source) for reader in READERS):
            continue
        result = Reading(reader_of(source), source)  # type: ignore[arg-type]
        totals = {k: totals[k] + v for k, v in result.counts.items()}
        subjects += [e.subject_id for e in result.events]
        merged += [
            (result.rows[a].locator, result.rows[b].locator) for a, b in result.merged.items()
        ]
    assert totals == {"rows": 2175, "used": 2173, "merged": 1, "set_aside": 1}
    assert merged == [("/locations/1875", "/locations/30")]
    assert subjects.count("device:GHI/3:774411905") == 70


@pytest.mark.parametrize(
    ("name", "rows", "events"),
    [
        # rows and events; upstream's own count of points stands behind where it differs
        ("records.json", 3, 3),
        ("semantic_history.json", 3, 3),
        ("timeline_new_format.json", 4, 5),
        ("location-history.json", 4, 8),
        ("phone-takeout_w_3_duplicates.json", 6, 4),  # upstream 6: it makes two points of a visit
        ("edge_cases/phone_takeout_array_timeline_path.json", 2, 3),
        ("edge_cases/semantic_history_with_bom.json", 1, 1),
        ("edge_cases/timeline_edits.json", 1, 1),
    ],
)
def test_google_files_of_dawarich(name: str, rows: int, events: int) -> None:
    result = reading_of(shared("location-exports-dawarich", "google", *name.split("/")))
    assert (len(result.rows), len(result.events)) == (rows, events)


def test_google_semantic_spellings_give_one_event_unless_no_location_is_stated() -> None:
    files = sorted(shared("location-exports-dawarich", "google", "location-history").glob("*.json"))
    events = {f.stem: len(reading_of(f).events) for f in files}
    without = {name for name, count in events.items() if count == 0}
    # upstream takes the first candidate of the third; we do not: Google itself ranked it below
    assert without == {
        "with_activitySegment_without_startLocation_without_waypointPath",
        "with_placeVisit_without_location_with_coordinates",
        "with_placeVisit_without_location_with_coordinates_with_otherCandidateLocations",
    }
    assert set(events.values()) == {0, 1}
    assert len(events) == 14


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("gpx_track_single_segment.gpx", 10),
        ("gpx_track_multiple_segments.gpx", 43),
        ("gpx_track_multiple_tracks.gpx", 34),
        ("arc_example.gpx", 7),  # upstream 6: it takes no waypoint
        ("garmin_example.gpx", 1),
    ],
)
def test_gpx_files_of_dawarich(name: str, points: int) -> None:
    assert len(reading_of(shared("location-exports-dawarich", "gpx", name)).events) == points


def test_gpx_first_points_are_those_upstream_asserts() -> None:
    tracks = reading_of(shared("location-exports-dawarich", "gpx", "gpx_track_multiple_tracks.gpx"))
    garmin = reading_of(shared("location-exports-dawarich", "gpx", "garmin_example.gpx"))
    first = tracks.events[0]
    assert (first.lat, first.lon, first.time_text) == (37.1722103, -3.55468, "2024-04-21T10:19:55Z")
    first = garmin.events[0]
    assert (first.lat, first.lon) == (10.758321212464024, 106.64234449272531)
    assert (first.started_at or 0) // 10**6 == 1730626211


def test_ios_history_seventh_point_is_that_of_upstream() -> None:
    result = reading_of(shared("location-exports-dawarich", "google", "location-history.json"))
    seventh = (27.696576, -97.376949, 1693180140 * 10**6)
    assert seventh in [(e.lat, e.lon, e.started_at) for e in result.events]


@pytest.mark.parametrize(
    ("name", "rows", "events"),
    [
        ("points_with_timestamps.kml", 3, 3),
        ("gx_track.kml", 4, 4),
        ("nested_folders.kml", 4, 4),
        ("timespan.kml", 1, 1),
        ("extended_data.kml", 1, 1),
        ("invalid_coordinates.kml", 2, 0),
        # upstream gives every vertex of a line the time of the whole; a vertex has none of its own
        ("linestring_track.kml", 1, 1),  # upstream 5
        ("multigeometry.kml", 1, 3),  # upstream 6
        ("large_track.kml", 2, 2),  # upstream 20
    ],
)
def test_kml_files_of_dawarich(name: str, rows: int, events: int) -> None:
    result = reading_of(shared("location-exports-dawarich", "kml", name))
    assert (len(result.rows), len(result.events)) == (rows, events)


@pytest.mark.parametrize(
    ("name", "track_points", "waypoints"),
    [
        ("korita-zbevnica.gpx", 871, 2),
        ("cerknicko-jezero.gpx", 296, 7),
        ("Mojstrovka.gpx", 184, 0),
        ("around-visnjan-with-car.gpx", 104, 0),
    ],
)
def test_gpxpy_walks_have_every_point(name: str, track_points: int, waypoints: int) -> None:
    names = [row.data.name for row in reading_of(shared("gpx-gpxpy", name)).rows]
    assert (names.count("trkpt"), names.count("wpt")) == (track_points, waypoints)


def test_mojstrovka_is_flagged_throughout() -> None:
    events = reading_of(shared("gpx-gpxpy", "Mojstrovka.gpx")).events
    assert sum("the year stated is 1901" in (e.decode_note or "") for e in events) == 184


def test_every_gpx_file_yields_as_many_rows_as_it_has_points() -> None:
    files = sorted(shared("gpx-gpxpy").glob("*.gpx"))
    assert len(files) == 30
    for file in files:
        raw = file.read_bytes()
        points = sum(raw.count(f"<{name}".encode()) for name in gpx.POINTS)
        assert len(reading_of(file).rows) == points, file.name


def test_no_location_reader_takes_a_foreign_file() -> None:
    shared("README.md")
    takers = {}
    for file in sorted(DATA.rglob("*")):
        is_ours = (
            file.suffix in {".gpx", ".kml", ".rec"}
            or "google" in file.parts
            or file.name == "Timeline.json"
        )
        if file.is_file() and not is_ours and file.suffix != ".md":
            names = [r.NAME for r in READERS if r.recognises(source_of(file))]
            if names:
                takers[str(file.relative_to(DATA))] = names
    assert takers == {}


@pytest.mark.parametrize(
    ("name", "counts", "set_aside"),
    [
        # upstream 9 of each: it reads lines tagged * alone, and takes fixes of one second and
        # position for one; here a transition is a fix too, and only equal lines are merged
        ("2024-03.rec", (13, 10, 1, 2), {"not_an_event": 2}),
        ("2023-02_old.rec", (10, 10, 0, 0), {}),
    ],
)
def test_owntracks_files_of_dawarich(
    name: str, counts: tuple[int, ...], set_aside: dict[str, int]
) -> None:
    result = reading_of(shared("location-exports-dawarich", "owntracks", name))
    assert (tuple(result.counts.values()), dict(result.set_aside)) == (counts, set_aside)
    starred = [
        (e.started_at, e.lat, e.lon)
        for row, meaning in zip(result.rows, result.meanings, strict=True)
        for e in (meaning if isinstance(meaning, list) else [])
        if row.verbatim.split()[1] == "*"
    ]
    assert len(set(starred)) == 9
