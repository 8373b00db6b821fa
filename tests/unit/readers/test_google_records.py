"""Records.json: rows, repetitions, devices, times, overflow, damage."""

import json
from typing import Any

from fourfold.evidence.readers import google_records
from lib.sources import Reading, source_of

FIX = {
    "latitudeE7": 522000000,
    "longitudeE7": -10000000,
    "accuracy": 12,
    "source": "GPS",
    "deviceTag": -77,
    "timestamp": "2026-07-01T05:29:13.123Z",
}


def reading(*locations: Any) -> Reading:
    content = json.dumps({"locations": list(locations)}).encode()
    return Reading(google_records, source_of(content, ref="G/1"))


def test_fix_states_what_the_record_states() -> None:
    (event,) = reading(FIX).events
    assert event.kind == "device_fix"
    assert event.started_at == 1782883753123000
    assert (event.time_text, event.time_basis) == ("2026-07-01T05:29:13.123Z", "stated_utc")
    assert event.time_precision_s == 0.001
    assert (event.lat, event.lon, event.place_kind) == (52.2, -1.0, "fix")
    assert (event.accuracy_m, event.position_basis) == (12, "supplied")
    assert event.accuracy_meaning == "as stated by Google; meaning not documented"
    assert event.subject_id == "device:G/1:-77"
    assert event.decode_note == "source stated: GPS"


def test_two_devices_of_one_account_stay_apart() -> None:
    other = FIX | {"deviceTag": 99}
    untagged = {k: v for k, v in FIX.items() if k != "deviceTag"}
    subjects = [e.subject_id for e in reading(FIX, other, untagged).events]
    assert subjects == ["device:G/1:-77", "device:G/1:99", "device:G/1"]


def test_identical_element_is_merged_and_a_later_one_is_not() -> None:
    later = FIX | {"timestamp": "2026-07-01T05:29:13.124Z"}
    result = reading(FIX, later, FIX)
    assert result.merged == {2: 0}
    assert result.counts == {"rows": 3, "used": 2, "merged": 1, "set_aside": 0}


def test_identical_whole_second_is_not_merged() -> None:
    whole = FIX | {"timestamp": "2026-07-01T05:29:13Z"}
    assert reading(whole, whole).counts["merged"] == 0


def test_old_millisecond_spelling_is_read() -> None:
    old = {"latitudeE7": 522000000, "longitudeE7": -10000000, "timestampMs": "1782883753123"}
    (event,) = reading(old).events
    assert (event.started_at, event.time_text) == (1782883753123000, "1782883753123")


def test_overflowed_degrees_are_repaired_and_noted() -> None:
    (event,) = reading(FIX | {"longitudeE7": 4284967296}).events
    assert event.lon == -1.0
    assert "2^32 subtracted" in (event.decode_note or "")


def test_rows_without_event_say_why() -> None:
    no_position = {"accuracy": 1200, "timestamp": "2026-10-31T22:26:48.123Z"}
    zero = FIX | {"latitudeE7": 0, "longitudeE7": 0}
    no_time = {"latitudeE7": 522000000, "longitudeE7": -10000000, "deviceTag": 1}
    result = reading(
        no_position, zero, no_time, FIX | {"timestamp": "soon"}, {"latitudeE7": "x"}, 5
    )
    assert result.set_aside == {"no_position": 2, "no_time": 2, "malformed": 2}
    assert [r.locator for r in result.rows] == [f"/locations/{n}" for n in range(6)]


def test_year_of_an_unset_clock_is_flagged() -> None:
    (event,) = reading(FIX | {"timestamp": "1970-01-01T00:00:01.000Z"}).events
    assert "the year stated is 1970" in (event.decode_note or "")


def test_cut_file_keeps_rows_before_the_cut() -> None:
    whole = json.dumps(
        {"locations": [FIX, FIX | {"accuracy": 30}, FIX | {"accuracy": 40}]}
    ).encode()
    result = Reading(google_records, source_of(whole[:-40]))
    assert [r.locator for r in result.rows] == ["/locations/0", "/locations/1", "/locations/2"]
    assert result.set_aside == {"truncated": 1}
    assert len(result.events) == 2


def test_broken_middle_is_malformed_and_keeps_what_precedes() -> None:
    whole = json.dumps({"locations": [FIX, FIX | {"accuracy": 30}]}).replace(
        '"accuracy": 30', '"acc 30'
    )
    assert Reading(google_records, source_of(whole.encode())).counts["rows"] == 2


def test_monstrous_depth_is_one_row_set_aside() -> None:
    content = b'{"locations": [' + b"[" * 200_000
    result = Reading(google_records, source_of(content))
    assert result.counts == {"rows": 1, "used": 0, "merged": 0, "set_aside": 1}


def test_other_files_with_locations_are_not_recognised() -> None:
    def is_ours(text: str) -> bool:
        return google_records.recognises(source_of(text.encode()))

    assert is_ours('\ufeff{"locations": []}')
    assert is_ours(json.dumps({"locations": [FIX]}))
    assert not is_ours('{"locations":[{"type":"Feature","geometry":{"type":"Point"}}]}')
    assert not is_ours('{"deviceSettings": [{"deviceTag": 1}]}')
