"""KML: tracks, placemarks, spans, lone times and coordinates."""

from fourfold.evidence.readers import kml
from lib.sources import Reading, source_of

HEAD = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
)
POINT = "<Point><coordinates>-1.0,52.2,0</coordinates></Point>"
STAMP = "<TimeStamp><when>2026-08-26T16:05:00Z</when></TimeStamp>"


def reading(inside: str) -> Reading:
    source = source_of((HEAD + inside + "</Document></kml>").encode(), ref="K/1")
    assert kml.recognises(source)
    return Reading(kml, source)


def track(*children: str) -> str:
    return f"<Placemark><name>Drive</name><gx:Track>{''.join(children)}</gx:Track></Placemark>"


def when(minute: int) -> str:
    return f"<when>2026-09-23T21:{minute:02d}:36+01:00</when>"


def coord(lat: str) -> str:
    return f"<gx:coord>-1.0 {lat} 0</gx:coord>"


def test_track_gives_a_row_per_coordinate_with_its_time() -> None:
    result = reading(track(when(1), when(2), coord("52.1"), coord("52.2")))
    assert [r.locator for r in result.rows] == ["gx:coord[1]", "gx:coord[2]"]
    assert result.rows[1].verbatim == f"{when(2)}\n{coord('52.2')}"
    second = result.events[1]
    assert (second.kind, second.place_kind, second.lat, second.lon) == (
        "device_fix",
        "fix",
        52.2,
        -1.0,
    )
    assert (second.time_text, second.time_basis) == ("2026-09-23T21:02:36+01:00", "stated_offset")
    assert second.started_at == 1790193756000000


def test_times_and_coordinates_may_alternate() -> None:
    events = reading(track(when(1), coord("52.1"), when(2), coord("52.2"))).events
    assert [e.lat for e in events] == [52.1, 52.2]
    assert (events[1].started_at or 0) - (events[0].started_at or 0) == 60_000_000


def test_partner_missing_is_set_aside_with_its_reason() -> None:
    assert reading(track(when(1), coord("52.1"), coord("52.2"))).set_aside == {"no_time": 1}
    lone = reading(track(when(1), when(2), coord("52.1")))
    assert lone.set_aside == {"no_position": 1}
    assert lone.rows[1].locator == "when[2]"


def test_coordinates_of_two_tracks_count_on() -> None:
    result = reading(track(when(1), coord("52.1")) + track(when(2), coord("52.2")))
    assert [r.locator for r in result.rows] == ["gx:coord[1]", "gx:coord[2]"]


def test_saved_place_has_no_time() -> None:
    result = reading(f"<Placemark><name>Side door</name>{POINT}</Placemark>")
    assert result.set_aside == {"no_time": 1}
    assert result.rows[0].locator == "Placemark[1]"


def test_timed_placemark_is_stated() -> None:
    (event,) = reading(f"<Placemark><name>P</name>{STAMP}{POINT}</Placemark>").events
    assert (event.kind, event.place_kind, event.text) == ("device_fix", "stated", "P")
    assert (event.lat, event.lon) == (52.2, -1.0)


def test_span_is_a_visit() -> None:
    span = "<TimeSpan><begin>2026-01-10T09:00:00Z</begin><end>2026-01-10T17:00:00Z</end></TimeSpan>"
    (event,) = reading(f"<Placemark>{span}{POINT}</Placemark>").events
    assert (event.kind, event.time_relation) == ("visit", "during")
    assert ((event.ended_at or 0) - (event.started_at or 0)) == 8 * 3600 * 10**6


def test_line_is_one_journey_and_several_geometries_are_one_row() -> None:
    line = "<LineString><coordinates>-1,52.1 -1,52.2</coordinates></LineString>"
    result = reading(
        f"<Placemark>{STAMP}<MultiGeometry>{POINT}{POINT}{line}</MultiGeometry></Placemark>"
    )
    assert [e.kind for e in result.events] == ["device_fix", "device_fix", "journey"]
    assert result.counts["rows"] == 1
    assert "line of 2 points" in (result.events[2].decode_note or "")


def test_date_without_time_is_as_wide_as_a_day() -> None:
    (event,) = reading(
        f"<Placemark><TimeStamp><when>2026-08-26</when></TimeStamp>{POINT}</Placemark>"
    ).events
    assert (event.time_precision_s, event.time_basis) == (86_400, "assumed")


def test_unreadable_placemarks_say_why() -> None:
    empty = f"<Placemark>{STAMP}<Point><coordinates></coordinates></Point></Placemark>"
    half = f"<Placemark>{STAMP}<Point><coordinates>-1.0</coordinates></Point></Placemark>"
    none = f"<Placemark>{STAMP}</Placemark>"
    assert reading(empty + half + none).set_aside == {"no_position": 3}


def test_cut_track_keeps_the_pairs_before_the_cut() -> None:
    content = HEAD + track(when(1), when(2), when(3), coord("52.1"), coord("52.2"), coord("52.3"))
    result = Reading(kml, source_of(content[: content.index("52.3") + 2].encode()))
    assert [r.locator for r in result.rows] == ["gx:coord[1]", "gx:coord[2]", "gx:coord[3]"]
    assert result.set_aside == {"truncated": 1}
    assert result.rows[2].verbatim.startswith("<gx:coord>-1.0 52")
