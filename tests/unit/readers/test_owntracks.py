"""OwnTracks recorder files: reports, repetitions, what is no position, damage."""

import json
from typing import Any

from fourfold.evidence.readers import owntracks
from lib.sources import Reading, source_of

FIX = {
    "_type": "location", "lat": 52.2, "lon": -1.0, "tst": 1787760300, "acc": 9, "tid": "s1",
    "topic": "owntracks/invented/phone", "t": "p",
}  # fmt: skip
LEFT = FIX | {
    "_type": "transition", "event": "leave", "desc": "the yard",
    "topic": "owntracks/invented/phone/event", "tst": 1787760360,
}  # fmt: skip


def line(report: Any, *, tag: str = "*", between: str = "\t") -> str:
    text = report if isinstance(report, str) else json.dumps(report)
    return f"2026-08-26T16:05:01Z{between}{tag:<18}{between}{text}\n"


def reading(*reports: Any, **facts: Any) -> Reading:
    content = "".join(line(report) for report in reports).encode()
    source = source_of(content, ref="T/1", **facts)
    assert owntracks.recognises(source)
    return Reading(owntracks, source)


def test_report_is_a_fix_at_the_time_of_the_device() -> None:
    result = reading(FIX)
    (event,) = result.events
    assert result.rows[0].locator == "line=1"
    assert result.rows[0].verbatim == line(FIX).removesuffix("\n")
    assert (event.kind, event.place_kind, event.position_basis) == ("device_fix", "fix", "supplied")
    assert (event.lat, event.lon, event.accuracy_m) == (52.2, -1.0, 9)
    assert event.accuracy_meaning == "as stated by OwnTracks; confidence level not stated"
    assert (event.started_at, event.time_text) == (1787760300000000, "1787760300")
    assert (event.time_basis, event.zone_used) == ("stated_utc", "UTC")
    assert (event.time_precision_s, event.is_clock_change_hour) == (1.0, False)
    assert event.subject_id == "device:T/1:owntracks/invented/phone"
    assert (event.text, event.decode_note) == (None, None)


def test_transition_is_a_fix_of_the_same_device_with_the_region_named() -> None:
    fix, left = reading(FIX, LEFT).events
    assert left.subject_id == fix.subject_id
    assert (left.kind, left.place_kind, left.started_at) == (
        "device_fix", "fix", 1787760360000000,
    )  # fmt: skip
    assert (left.text, left.decode_note) == ("the yard", "stated for a region: leave")


def test_device_is_named_by_topic_else_tracker_else_exhibit() -> None:
    no_topic = {k: v for k, v in FIX.items() if k != "topic"}
    nothing = {k: v for k, v in no_topic.items() if k != "tid"}
    subjects = [e.subject_id for e in reading(FIX, no_topic, nothing).events]
    assert subjects == ["device:T/1:owntracks/invented/phone", "device:T/1:s1", "device:T/1"]


def test_equal_lines_are_merged_and_a_report_built_anew_is_not() -> None:
    result = reading(FIX, FIX | {"created_at": 1787760305}, FIX)
    assert result.merged == {2: 0}
    assert result.counts == {"rows": 3, "used": 2, "merged": 1, "set_aside": 0}


def test_reports_without_position_or_time_say_why() -> None:
    result = reading(
        {"_type": "lwt", "tst": 1787760300},
        {"_type": "waypoint", "lat": 52.2, "lon": -1.0, "desc": "the yard", "tst": 1787760300},
        {"_type": "encrypted", "data": "aaaa"},
        FIX | {"_type": "invented"},
        FIX | {"lat": None}, FIX | {"lat": 0, "lon": 0}, FIX | {"lon": True}, FIX | {"lat": "52"},
        FIX | {"tst": None}, FIX | {"tst": 10**400}, FIX | {"tst": "soon"},
        "[1]", '{"_type": "loc',
    )  # fmt: skip
    assert result.set_aside == {
        "not_an_event": 3, "encrypted": 1, "no_position": 4, "no_time": 3, "malformed": 2,
    }  # fmt: skip
    assert result.counts == {"rows": 13, "used": 0, "merged": 0, "set_aside": 13}


def test_negative_accuracy_is_no_accuracy_and_a_report_by_hand_says_so() -> None:
    (event,) = reading(FIX | {"acc": -1, "t": "u"}).events
    assert (event.accuracy_m, event.accuracy_meaning) == (None, None)
    assert event.decode_note == "sent by hand"


def test_year_of_an_unset_clock_is_flagged() -> None:
    (event,) = reading(FIX | {"tst": 100}).events
    assert "the year stated is 1970" in (event.decode_note or "")


def test_cut_file_keeps_the_lines_before_the_cut() -> None:
    whole = (line(FIX) + line(LEFT | {"desc": "é}"})).encode()
    first = len(line(FIX).encode())
    for cut in range(first + 1, len(whole) - 1):
        result = Reading(owntracks, source_of(whole[:cut]))
        assert [r.locator for r in result.rows] == ["line=1", "line=2"], cut
        assert result.set_aside == {"truncated": 1}, cut
    assert Reading(owntracks, source_of(whole[:-1])).counts["used"] == 2


def test_blanks_between_mark_blank_lines_and_carriage_returns() -> None:
    content = "\ufeff\n" + line(FIX, between="  ").replace("\n", "\r\n") + "\n" + line(LEFT)
    source = source_of(content.encode())
    assert owntracks.recognises(source)
    assert [r.locator for r in Reading(owntracks, source).rows] == ["line=2", "line=4"]


def test_hostile_lines_cost_no_row() -> None:
    deep = '{"_type": ' + "[" * 100_000
    result = reading(FIX, deep, FIX | {"desc": "\u0000\u202e<b>", "topic": 5}, FIX | {"tid": []})
    assert (result.counts["rows"], result.set_aside) == (4, {"malformed": 1})


def test_other_files_are_not_recognised() -> None:
    def is_ours(text: str) -> bool:
        return owntracks.recognises(source_of(text.encode()))

    assert not is_ours(json.dumps(FIX))
    assert not is_ours('2026-08-26T16:05:01Z\t*\t{"level": "info"}')
    assert not is_ours("2026-08-26T16:05:01Z,*,x\n" + line(FIX))
    assert not is_ours("")
