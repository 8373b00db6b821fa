"""Location exports: Google Takeout and handset timeline, walks as GPX, drives as KML."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from fourfold.demo_case.archives import zip_of
from fourfold.demo_case.ledger import Exhibit, Files
from fourfold.demo_case.movement import STAYS, encounters, place_of
from fourfold.demo_case.world import (
    DAY_S,
    DAYS,
    FIRST,
    LAST,
    PHONE_TAG,
    PLACES,
    SUSPECT,
    TABLET_TAG,
    VICTIM,
    Xy,
    at_local,
    iso_local,
    iso_utc,
    latlon,
)

STEP_S: Final = 60  # fixes while something planted happens
TIMELINE_FIRST: Final = at_local("2026-07-01T00:00:00")
SUSPECT_FACTS: Final = {"authority": "PACE19/DEMO/A", "person": "S"}
VICTIM_FACTS: Final = {"authority": "DPN/DEMO/V", "person": "V"}
Fix = tuple[float, float, float, int]  # epoch seconds, latitude, longitude, accuracy in metres


def fixes(rng: Random, person: str, count: int) -> list[Fix]:
    """Return that many fixes over the whole period, and one a minute around what is planted."""
    planted: set[float] = set()
    for stay in STAYS:
        if stay.person == person:
            step = STEP_S if stay.kind != "far_away" else 900
            planted.update(at + 0.123 for at in range(stay.first, stay.last, step))
    times, wanted = set(planted), max(count, len(planted))
    while len(times) < wanted:
        times.add(round(FIRST + (LAST - FIRST) * rng.random(), 3))
    return [_fix(rng, person, at) for at in sorted(times)]


def _fix(rng: Random, person: str, at: float) -> Fix:
    accuracy = rng.choice((8, 12, 15, 20, 25, 35))
    x, y = place_of(person, at)
    spread = accuracy * 0.35
    lat, lon = latlon((x + rng.gauss(0, spread), y + rng.gauss(0, spread)))
    return at, lat, lon, accuracy


def write_takeout(files: Files, rng: Random, per_day: float, rows: int = 0) -> Exhibit:
    """Write the suspect's account: his phone and a tablet in one file, a month of visits.

    rows: how many rows the archive is to hold, for cases of a stated size; 0 for any.
    """
    visits = _visits()
    tablet = [_record(_tablet_fix(rng, day), TABLET_TAG) for day in range(0, DAYS, 2)]
    count = rows - len(visits) - len(tablet) - 2 if rows else round(per_day * DAYS)
    phone = [_record(fix, PHONE_TAG) for fix in fixes(rng, SUSPECT, count)]
    records = sorted([*phone, *tablet], key=_time_of)
    records += [_without_position(), records[30]]
    members = {
        "Takeout/archive_browser.html": b"<!DOCTYPE html><html><body>Takeout</body></html>",
        "Takeout/Location History/Records.json": _records_text(records).encode(),
        "Takeout/Location History/Semantic Location History/2026/2026_SEPTEMBER.json": _json(
            {"timelineObjects": visits}
        ),
    }
    exhibit = files.add("suspect/takeout-001.zip", "GHI/1", zip_of(members), **SUSPECT_FACTS)
    exhibit.rows, exhibit.merged = len(records) + len(visits), 1
    exhibit.set_aside["no_position"] = 1
    return exhibit


def _record(fix: Fix, tag: int) -> dict[str, Any]:
    at, lat, lon, accuracy = fix
    return {
        "latitudeE7": round(lat * 1e7), "longitudeE7": round(lon * 1e7), "accuracy": accuracy,
        "source": "GPS" if accuracy < 20 else "WIFI", "deviceTag": tag, "timestamp": iso_utc(at),
    }  # fmt: skip


def _tablet_fix(rng: Random, day: int) -> Fix:
    lat, lon = latlon(PLACES["s_home"])
    return FIRST + day * DAY_S + rng.randrange(DAY_S) + 0.5, lat, lon, 40


def _without_position() -> dict[str, Any]:
    return {
        "accuracy": 1200,
        "source": "CELL",
        "deviceTag": PHONE_TAG,
        "timestamp": iso_utc(LAST - 60.5),
    }


def _time_of(record: dict[str, Any]) -> str:
    return str(record["timestamp"])


def _records_text(records: list[dict[str, Any]]) -> str:
    return '{\n "locations": [\n  ' + ",\n  ".join(json.dumps(r) for r in records) + "\n ]\n}\n"


def _visits() -> list[dict[str, Any]]:
    """Return his working days of September as visits, with the journeys that follow."""
    objects: list[dict[str, Any]] = []
    for day in range(1, 31):
        first = at_local(f"2026-09-{day:02d}T08:16:00")
        if place_of(SUSPECT, first + 600) != PLACES["s_work"]:
            continue
        last = at_local(f"2026-09-{day:02d}T17:29:00")
        objects.append({"placeVisit": _visit(PLACES["s_work"], first, last)})
        objects.append({"activitySegment": _segment(PLACES["s_work"], PLACES["s_home"], last)})
    return objects


def _visit(place: Xy, first: int, last: int) -> dict[str, Any]:
    location = _e7(place) | {"name": "Invented Works", "sourceInfo": {"deviceTag": PHONE_TAG}}
    return {
        "location": location, "duration": _duration(first, last), "visitConfidence": 90,
        "editConfirmationStatus": "NOT_CONFIRMED",
    }  # fmt: skip


def _segment(start: Xy, end: Xy, first: int) -> dict[str, Any]:
    return {
        "startLocation": _e7(start), "endLocation": _e7(end),
        "duration": _duration(first, first + 900), "activityType": "IN_PASSENGER_VEHICLE",
        "editConfirmationStatus": "NOT_CONFIRMED",
    }  # fmt: skip


def _e7(place: Xy) -> dict[str, Any]:
    lat, lon = latlon(place)
    return {"latitudeE7": round(lat * 1e7), "longitudeE7": round(lon * 1e7)}


def _duration(first: int, last: int) -> dict[str, str]:
    return {"startTimestamp": iso_utc(first), "endTimestamp": iso_utc(last)}


def write_timeline(files: Files, rng: Random, per_day: float) -> Exhibit:
    """Write the victim's Timeline.json: visits, paths, raw signals, and what is no event."""
    segments: list[dict[str, Any]] = []
    for day in range(DAYS):
        segments += _segments(TIMELINE_FIRST + day * DAY_S + (3_600 if day > 116 else 0))
    segments.append(_span(LAST - DAY_S, LAST - 60) | {"timelineMemory": {"trip": {}}})
    signals: list[dict[str, Any]] = [
        {"position": _position(fix)} for fix in fixes(rng, VICTIM, round(per_day * DAYS))
    ]
    scans = max(1, len(signals) // 50)
    for n in range(scans):
        signals.insert(
            n * 40, {"wifiScan": {"deliveryTime": iso_local(FIRST + n), "devicesRecords": []}}
        )
    content = {"semanticSegments": segments, "rawSignals": signals, "userLocationProfile": {}}
    data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8-sig")
    exhibit = files.add("victim/Timeline.json", "DEF/6", data, **VICTIM_FACTS)
    exhibit.rows = len(segments) + len(signals)
    exhibit.set_aside["not_an_event"] = 1 + scans
    return exhibit


def _segments(midnight: int) -> Iterator[dict[str, Any]]:
    """Yield one day: at work, the way back, and the points of that way."""
    arrives, leaves = midnight + 8 * 3_600 + 2_400, midnight + 17 * 3_600 + 900
    place = place_of(VICTIM, leaves - 7_200)
    candidate = {"placeLocation": {"latLng": _degrees(place)}, "semanticType": "UNKNOWN"}
    yield _span(arrives, leaves) | {"visit": {"probability": 0.8, "topCandidate": candidate}}
    if place != PLACES["v_work"]:
        return
    ends = {
        "start": {"latLng": _degrees(place)},
        "end": {"latLng": _degrees(place_of(VICTIM, leaves + 3_000))},
    }
    yield _span(leaves, leaves + 1_500) | {"activity": ends}
    times = range(leaves + 120, leaves + 1_500, 240)
    path = [{"point": _degrees(place_of(VICTIM, t)), "time": iso_local(t)} for t in times]
    yield _span(leaves, leaves + 1_500) | {"timelinePath": path}


def _span(first: int, last: int) -> dict[str, Any]:
    return {"startTime": iso_local(first), "endTime": iso_local(last)}


def _position(fix: Fix) -> dict[str, Any]:
    at, lat, lon, accuracy = fix
    return {
        "LatLng": f"{lat:.7f}°, {lon:.7f}°", "accuracyMeters": accuracy, "source": "GPS",
        "timestamp": iso_local(at),
    }  # fmt: skip


def _degrees(place: Xy) -> str:
    lat, lon = latlon(place)
    return f"{lat:.7f}°, {lon:.7f}°"


def write_walks(files: Files, rng: Random, count: int) -> Exhibit:
    """Write the victim's walks back from work as GPX, with a waypoint that has no time."""
    lat, lon = latlon(PLACES["v_work"])
    tracks = [f'<wpt lat="{lat:.6f}" lon="{lon:.6f}"><name>Bike racks &lt;b&gt;</name></wpt>']
    days = [at_local("2026-08-05T17:12:00"), at_local("2026-08-26T17:20:00")]
    days += [at_local(f"2026-07-{1 + n:02d}T17:15:00") for n in range(1, 1 + count)]
    points = 0
    for first in sorted(days):
        inside = [_track_point(rng, at) for at in range(first, first + 1_200, 10)]
        points += len(inside)
        tracks.append(f"<trk><trkseg>\n{''.join(inside)}</trkseg></trk>")
    data = _gpx("\n".join(tracks)).encode()
    exhibit = files.add("victim/activities.gpx", "DEF/7", data, **VICTIM_FACTS)
    exhibit.rows = points + 1
    exhibit.set_aside["no_time"] = 1
    return exhibit


def _track_point(rng: Random, at: int) -> str:
    x, y = place_of(VICTIM, at)
    lat, lon = latlon((x + rng.gauss(0, 3), y + rng.gauss(0, 3)))
    when = f"<ele>40.1</ele><time>{iso_utc(at, 'seconds')}</time>"
    return f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}">{when}</trkpt>\n'


def _gpx(inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Invented Run 1"'
        f' xmlns="http://www.topografix.com/GPX/1/1">\n{inside}\n</gpx>\n'
    )


def write_drives(files: Files) -> Exhibit:
    """Write the suspect's KML: two saved places, and a drive to each planted stay."""
    places = "".join(
        _saved(name, PLACES[key]) for name, key in (("M <b>x</b>", "v_work"), ("Old", "v_home"))
    )
    tracks, coords = [], 0
    for encounter in encounters()[:3]:
        times = range(encounter.first - 600, encounter.first + 300, 30)
        coords += len(times)
        whens = "".join(f"<when>{iso_local(t, 'seconds')}</when>\n" for t in times)
        spots = [latlon(place_of(SUSPECT, t)) for t in times]
        marks = "".join(f"<gx:coord>{lon:.6f} {lat:.6f} 0</gx:coord>\n" for lat, lon in spots)
        tracks.append(
            f"<Placemark><name>Drive</name><gx:Track>\n{whens}{marks}</gx:Track></Placemark>"
        )
    data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
        ' xmlns:gx="http://www.google.com/kml/ext/2.2">\n<Document><name>Places &amp; x</name>\n'
        f"{places}<Folder>{''.join(tracks)}</Folder></Document></kml>\n"
    )
    exhibit = files.add("suspect/drives.kml", "GHI/3", data.encode(), **SUSPECT_FACTS)
    exhibit.rows = coords + 2
    exhibit.set_aside["no_time"] = 2
    return exhibit


def _saved(name: str, place: Xy) -> str:
    lat, lon = latlon(place)
    point = f"<Point><coordinates>{lon:.6f},{lat:.6f},0</coordinates></Point>"
    return f"<Placemark><name><![CDATA[{name}]]></name>{point}</Placemark>\n"


def cut_walk(rng: Random) -> tuple[bytes, int]:
    """Return a GPX file cut off in a point, and the rows it holds with the torn one."""
    first = at_local("2026-07-20T17:15:00")
    points = [_track_point(rng, first + 10 * n) for n in range(40)]
    whole = _gpx(f"<trk><trkseg>\n{''.join(points)}</trkseg></trk>")
    return whole[: whole.rindex("<ele>")].encode(), len(points)


def small_walk(rng: Random) -> tuple[bytes, int]:
    """Return a short GPX file, for an archive, and its rows."""
    first = at_local("2026-07-22T17:15:00")
    points = [_track_point(rng, first + 10 * n) for n in range(5)]
    return _gpx(f"<trk><trkseg>\n{''.join(points)}</trkseg></trk>").encode(), len(points)


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, indent=1).encode()
