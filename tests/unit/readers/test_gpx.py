"""GPX: points, waypoints, routes, doubtful times, broken XML."""

from fourfold.evidence.readers import gpx
from lib.sources import Reading, source_of

HEAD = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
TAIL = "</trkseg></trk></gpx>"
POINT = '<trkpt lat="52.2" lon="-1.0"><ele>4</ele><time>2026-08-26T16:05:00Z</time></trkpt>'


def reading(inside: str, head: str = HEAD, tail: str = TAIL) -> Reading:
    source = source_of((head + inside + tail).encode(), ref="T/1")
    assert gpx.recognises(source)
    return Reading(gpx, source)


def test_point_is_a_fix_without_accuracy() -> None:
    result = reading(POINT)
    (event,) = result.events
    assert result.rows[0].locator == "trkpt[1]"
    assert result.rows[0].verbatim == POINT
    assert (event.kind, event.place_kind, event.position_basis) == ("device_fix", "fix", "supplied")
    assert (event.lat, event.lon, event.accuracy_m) == (52.2, -1.0, None)
    assert (event.started_at, event.time_basis) == (1787760300000000, "stated_utc")
    assert event.subject_id == "device:T/1"


def test_points_are_counted_by_name_in_document_order() -> None:
    result = reading(POINT + '<wpt lat="1" lon="2"/>' + POINT + '<rtept lat="1" lon="2"></rtept>')
    assert [r.locator for r in result.rows] == ["trkpt[1]", "wpt[1]", "trkpt[2]", "rtept[1]"]
    assert result.set_aside == {"no_time": 1, "not_an_event": 1}
    assert result.rows[1].verbatim == '<wpt lat="1" lon="2"/>'


def test_waypoint_with_time_is_stated_not_measured() -> None:
    (event,) = reading('<wpt lat="52.2" lon="-1"><time>2026-08-26T16:05:00Z</time></wpt>').events
    assert event.place_kind == "stated"
    assert "by hand" in (event.decode_note or "")


def test_time_of_an_extension_is_not_the_time_of_the_point() -> None:
    inner = "<extensions><x:time>2026-08-26T16:05:00Z</x:time></extensions>"
    assert reading(f'<trkpt lat="1" lon="2">{inner}</trkpt>').set_aside == {"no_time": 1}


def test_year_of_a_receiver_without_time_is_flagged() -> None:
    (event,) = reading(POINT.replace("2026-08-26T16:05:00Z", "1901-12-13T20:45:52.2073437Z")).events
    assert "the year stated is 1901" in (event.decode_note or "")
    assert event.time_text == "1901-12-13T20:45:52.2073437Z"


def test_time_without_zone_takes_the_zone_of_the_source() -> None:
    content = (HEAD + POINT.replace("05:00Z", "05:00") + TAIL).encode()
    (assumed,) = Reading(gpx, source_of(content)).events
    (stated,) = Reading(gpx, source_of(content, time_zone="UTC")).events
    assert (assumed.time_basis, assumed.zone_used) == ("assumed", "Europe/London")
    assert stated.time_basis == "zone_of_source"
    assert (stated.started_at or 0) - (assumed.started_at or 0) == 3_600_000_000


def test_points_without_readable_time_or_place_say_why() -> None:
    inside = (
        POINT.replace("2026", "later")
        + POINT.replace("52.2", "north")
        + POINT.replace("52.2", "99")
    )
    assert reading(inside).set_aside == {"no_time": 1, "no_position": 2}


def test_blank_line_and_mark_before_the_declaration() -> None:
    assert len(reading(POINT, head="\n" + HEAD).events) == 1
    assert len(reading(POINT, head="\ufeff" + HEAD).events) == 1


def test_characters_that_xml_forbids_do_not_stop_the_file() -> None:
    bad = POINT.replace("<ele>4</ele>", "<name>a\x01&#0;&#55356;&#x1F;b</name>")
    result = reading(bad + POINT)
    assert [r.locator for r in result.rows] == ["trkpt[1]", "trkpt[2]"]
    assert len(result.events) == 2


def test_bytes_that_are_not_text_do_not_stop_the_file() -> None:
    content = (HEAD + POINT.replace("<ele>4</ele>", "<name>\xe9</name>") + TAIL).encode("latin-1")
    assert len(Reading(gpx, source_of(content)).events) == 1


def test_utf16_is_read() -> None:
    content = (HEAD + POINT + TAIL).replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16")
    assert len(Reading(gpx, source_of(content)).events) == 1


def test_entity_declaration_is_refused_and_counted() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><gpx>'
    result = Reading(gpx, source_of((bomb + POINT + "</gpx>").encode()))
    assert result.set_aside == {"malformed": 1}
    assert result.events == []


def test_tag_out_of_place_is_malformed_after_the_good_rows() -> None:
    result = reading(POINT + "</trk>" + POINT)
    assert (result.counts["used"], result.set_aside) == (1, {"malformed": 1})
