"""Semantic months and timeline edits: visits and journeys are inferred, never fixes."""

import json
from typing import Any

from fourfold.evidence.readers import google_semantic
from lib.sources import Reading, source_of

SPAN = {"startTimestamp": "2026-09-01T07:23:05.000Z", "endTimestamp": "2026-09-01T16:37:00.000Z"}
AT = {"latitudeE7": 522000000, "longitudeE7": -10000000}
VISIT = {
    "placeVisit": {
        "location": AT | {"name": "Mill", "sourceInfo": {"deviceTag": 5}},
        "duration": SPAN,
        "editConfirmationStatus": "NOT_CONFIRMED",
    }
}


def reading(*objects: Any, key: str = "timelineObjects") -> Reading:
    return Reading(google_semantic, source_of(json.dumps({key: list(objects)}).encode(), ref="G/1"))


def test_visit_is_stated_and_says_that_it_is_inferred() -> None:
    (event,) = reading(VISIT).events
    assert (event.kind, event.place_kind, event.time_relation) == ("visit", "stated", "during")
    assert (event.started_at, event.ended_at) == (1788247385000000, 1788280620000000)
    assert (event.lat, event.lon, event.text) == (52.2, -1.0, "Mill")
    assert event.subject_id == "device:G/1:5"
    assert event.accuracy_m is None
    assert event.decode_note == (
        "inferred by Google; may have been edited; edit status stated: NOT_CONFIRMED"
    )


def test_journey_keeps_start_and_end() -> None:
    end = {"latitudeE7": 523000000, "longitudeE7": -11000000}
    (event,) = reading(
        {"activitySegment": {"startLocation": AT, "endLocation": end, "duration": SPAN}}
    ).events
    assert (event.kind, event.lat, event.lon) == ("journey", 52.2, -1.0)
    assert "stated end 52.3000000, -1.1000000" in (event.decode_note or "")


def test_journey_without_start_uses_the_first_waypoint_and_says_so() -> None:
    path = {"waypoints": [{"latE7": 522000000, "lngE7": -10000000}]}
    (event,) = reading({"activitySegment": {"waypointPath": path, "duration": SPAN}}).events
    assert event.lat == 52.2
    assert "first waypoint" in (event.decode_note or "")


def test_raw_path_points_are_fixes_with_their_own_times() -> None:
    points = [
        {
            "latE7": 522000000,
            "lngE7": -10000000,
            "accuracyMeters": 9,
            "timestampMs": "1788247385000",
        }
    ]
    segment = {"startLocation": AT, "duration": SPAN, "simplifiedRawPath": {"points": points}}
    journey, fix = reading({"activitySegment": segment}).events
    assert (journey.kind, fix.kind, fix.place_kind, fix.accuracy_m) == (
        "journey",
        "device_fix",
        "fix",
        9,
    )
    assert fix.started_at == 1788247385000000


def test_candidate_locations_are_no_position() -> None:
    visit = {"otherCandidateLocations": [AT], "duration": SPAN}
    assert reading({"placeVisit": visit}).set_aside == {"no_position": 1}


def test_time_spellings() -> None:
    def started(duration: dict[str, str]) -> int | None:
        return reading({"placeVisit": {"location": AT, "duration": duration}}).events[0].started_at

    assert started({"startTimestamp": "1742844302"}) == 1742844302000000
    assert started({"startTimestamp": "1742844302585"}) == 1742844302585000
    assert started({"startTimestampMs": "1742844302585"}) == 1742844302585000
    assert started({"startTimestamp": "2025-03-24 20:07:24+0100"}) == 1742843244000000


def test_objects_without_event_say_why() -> None:
    result = reading({"placeVisit": {"location": AT}}, {"other": 1}, "text")
    assert result.set_aside == {"no_time": 1, "not_an_event": 1, "malformed": 1}


def test_edit_is_a_fix_with_its_accuracy_in_metres() -> None:
    position = {
        "point": {"latE7": 522000000, "lngE7": -10000000},
        "accuracyMm": 12000,
        "timestamp": "2026-08-15T14:32:18.000Z",
    }
    edit = {"deviceId": "-16", "rawSignal": {"signal": {"position": position}}}
    (event,) = reading(edit, key="timelineEdits").events
    assert (event.accuracy_m, event.subject_id) == (12.0, "device:G/1:-16")
