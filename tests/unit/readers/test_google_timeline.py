"""Timeline from the handset: segments, paths, raw signals, the iOS array."""

import json
from typing import Any

from fourfold.evidence.readers import google_timeline
from lib.sources import Reading, source_of

SPAN = {"startTime": "2026-08-10T17:09:00.000+01:00", "endTime": "2026-08-10T17:28:16.000+01:00"}
START_US = 1786378140000000


def reading(segments: list[Any], signals: list[Any] | None = None) -> Reading:
    content = {"semanticSegments": segments, "rawSignals": signals or [], "userLocationProfile": {}}
    return Reading(
        google_timeline, source_of(b"\xef\xbb\xbf" + json.dumps(content).encode(), ref="G/2")
    )


def test_visit_is_inferred() -> None:
    visit = {"topCandidate": {"placeLocation": {"latLng": "52.2000000°, -1.0000000°"}}}
    (event,) = reading([SPAN | {"visit": visit}]).events
    assert (event.kind, event.place_kind, event.lat, event.lon) == ("visit", "stated", 52.2, -1.0)
    assert (event.started_at, event.ended_at) == (START_US, 1786379296000000)
    assert (event.time_basis, event.time_relation) == ("stated_offset", "during")
    assert event.decode_note == "inferred by Google; may have been edited"
    assert event.subject_id == "device:G/2"


def test_path_is_one_row_with_a_fix_per_point() -> None:
    points = [
        {"point": "52.2°, -1.0°", "time": "2026-08-10T17:11:00.000+01:00"},
        {"point": "52.3°, -1.0°", "time": "2026-08-10T17:15:00.000+01:00"},
    ]
    result = reading([SPAN | {"timelinePath": points}])
    assert [r.locator for r in result.rows] == ["/semanticSegments/0"]
    first, second = result.events
    assert (first.kind, first.place_kind, first.accuracy_m) == ("device_fix", "fix", None)
    assert first.time_precision_s == 60
    assert second.started_at == START_US + 6 * 60_000_000


def test_path_says_what_it_left_out() -> None:
    point = {"point": "52.2°, -1.0°", "time": "2026-08-10T17:11:00.000+01:00"}
    (event,) = reading([SPAN | {"timelinePath": [point, point, {"point": "here"}]}]).events
    assert event.decode_note == "path of 3 points: 1 not readable, 1 repeated"


def test_raw_position_has_the_stated_accuracy() -> None:
    position = {
        "LatLng": "52.2, -1.0",
        "accuracyMeters": 25,
        "source": "WIFI",
        "timestamp": "2026-10-02T09:44:15.000+01:00",
    }
    (event,) = reading([], [{"position": position}]).events
    assert (event.accuracy_m, event.place_kind) == (25, "fix")
    assert event.accuracy_meaning == "as stated by Google; meaning not documented"
    assert event.decode_note == "source stated: WIFI"


def test_scans_and_memories_are_no_events() -> None:
    signals = [{"wifiScan": {"deliveryTime": "x"}}, {"activityRecord": {}}, {"position": {}}]
    result = reading([SPAN | {"timelineMemory": {"trip": {}}}], signals)
    assert result.set_aside == {"not_an_event": 3, "no_time": 1}
    assert [r.locator for r in result.rows][1:] == [f"/rawSignals/{n}" for n in range(3)]


def test_identical_signal_is_a_repetition() -> None:
    signal = {"position": {"LatLng": "52.2, -1.0", "timestamp": "2026-10-02T09:44:15.000Z"}}
    assert reading([], [signal, signal]).counts["merged"] == 1


def test_ios_array_with_geo_text_and_minute_offsets() -> None:
    segments = [
        SPAN
        | {"timelinePath": [{"point": "geo:52.2,-1.0", "durationMinutesOffsetFromStartTime": "4"}]},
        SPAN
        | {"visit": {"hierarchyLevel": "0", "topCandidate": {"placeLocation": "geo:52.2,-1.0"}}},
        SPAN | {"activity": {"start": "geo:52.2,-1.0", "end": "geo:52.3,-1.0"}},
    ]
    source = source_of(json.dumps(segments).encode())
    assert google_timeline.recognises(source)
    fix, visit, journey = Reading(google_timeline, source).events
    assert fix.started_at == START_US + 4 * 60_000_000
    assert fix.time_text == "2026-08-10T17:09:00.000+01:00 + 4 min"
    assert (visit.kind, journey.kind) == ("visit", "journey")
    assert "stated end 52.3000000, -1.0000000" in (journey.decode_note or "")


def test_activity_without_positions_is_set_aside() -> None:
    assert reading([SPAN | {"activity": {}}]).set_aside == {"no_position": 1}


def test_cut_in_the_second_array_keeps_the_first() -> None:
    visit = SPAN | {"visit": {"topCandidate": {"placeLocation": {"latLng": "52.2°, -1.0°"}}}}
    text = json.dumps(
        {"semanticSegments": [visit], "rawSignals": [{"wifiScan": {}}, {"wifiScan": {}}]}
    )
    result = Reading(google_timeline, source_of(text[:-8].encode()))
    assert [r.locator for r in result.rows] == [
        "/semanticSegments/0",
        "/rawSignals/0",
        "/rawSignals/1",
    ]
    assert result.set_aside == {"not_an_event": 1, "truncated": 1}
