"""However a location file is cut: rows before the cut stay, the torn rest is one row."""

import json
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.row import SetAside
from fourfold.evidence.readers import (
    google_records,
    google_semantic,
    google_timeline,
    gpx,
    kml,
    owntracks,
)
from lib.sources import Reading, source_of

SPAN = {"startTime": "2026-08-10T17:09:00.000+01:00", "endTime": "2026-08-10T17:28:16.000+01:00"}
TIMES = [f"2026-07-01T05:29:{n:02d}.123Z" for n in range(6)]
AT = {"latitudeE7": 522000000, "longitudeE7": -10000000}
NAMED = AT | {"name": 'é{"}'}
VISIT = SPAN | {"visit": {"topCandidate": {"placeLocation": {"latLng": "52.2°, -1°"}}}}
RECORDS = {"locations": [AT | {"timestamp": t} for t in TIMES]}
MONTH = {
    "timelineObjects": [
        {"placeVisit": {"location": NAMED, "duration": {"startTimestamp": t}}} for t in TIMES
    ]
}
TIMELINE = {
    "semanticSegments": [VISIT] * 3,
    "rawSignals": [{"position": {"LatLng": "52.2°, -1.0°", "timestamp": t}} for t in TIMES],
    "userLocationProfile": {"frequentPlaces": [1]},
}
GPX = (
    "<?xml version='1.0'?><gpx><wpt lat='1' lon='2'/><trk><trkseg>",
    *(f"<trkpt lat='52.2' lon='-1'><name>é &gt; a</name><time>{t}</time></trkpt>\n" for t in TIMES),
    "</trkseg></trk></gpx>",
)
KML = (
    "<kml><Document><Placemark><Point><coordinates>-1,52</coordinates></Point></Placemark>",
    "<Placemark><gx:Track xmlns:gx='g'>",
    *(f"<when>{t}</when>" for t in TIMES),
    *("<gx:coord>-1 52.2 0</gx:coord>" for _ in TIMES),
    "</gx:Track></Placemark></Document></kml>",
)
OWNTRACKS = "".join(
    f'2026-07-01T05:29:{n:02d}Z\t*\t{{"_type":"location","lat":52.2,"lon":-1,"tst":{1782883740 + n},"desc":"é}}"}}\n'
    for n in range(6)
)
FILES: list[tuple[ModuleType, str]] = [
    (google_records, json.dumps(RECORDS, indent=1)),
    (google_semantic, json.dumps(MONTH, ensure_ascii=False)),
    (google_timeline, json.dumps(TIMELINE, ensure_ascii=False)),
    (google_timeline, json.dumps([SPAN | {"activity": {"start": "geo:52.2,-1"}}] * 4)),
    (gpx, "".join(GPX)),
    (kml, "".join(KML)),
]
ANY = [*FILES, (owntracks, OWNTRACKS)]  # a file of lines has no end that a cut could miss


@pytest.mark.parametrize(("reader", "text"), FILES, ids=[f[0].NAME for f in FILES])
@given(data=st.data())
def test_cut_file_loses_no_row_before_the_cut(
    reader: ModuleType, text: str, data: st.DataObject
) -> None:
    whole = text.encode()
    cut = data.draw(st.integers(min_value=1, max_value=len(whole) - 1))
    before = Reading(reader, source_of(whole)).rows  # type: ignore[arg-type]
    rows = Reading(reader, source_of(whole[:cut])).rows  # type: ignore[arg-type]
    *kept, torn = rows
    assert [(r.locator, r.verbatim) for r in kept] == [
        (r.locator, r.verbatim) for r in before[: len(kept)]
    ]
    assert isinstance(torn.data, SetAside)
    assert torn.data.reason == "truncated"
    assert len({r.locator for r in rows}) == len(rows)


@pytest.mark.parametrize(("reader", "text"), ANY, ids=[f[0].NAME for f in ANY])
@given(data=st.data())
def test_damaged_byte_never_breaks_the_reader(
    reader: ModuleType, text: str, data: st.DataObject
) -> None:
    whole = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    result = Reading(reader, source_of(bytes(whole)))  # type: ignore[arg-type]
    assert sum(result.counts[k] for k in ("used", "merged", "set_aside")) == result.counts["rows"]
