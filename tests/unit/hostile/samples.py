"""One small valid file of every format that is read, written by hand, with its rows counted."""

from typing import Final, NamedTuple


class Sample(NamedTuple):
    """A valid file; rows: what a person counts in it, all of them used."""

    name: str
    data: bytes
    rows: int


CALL_HEADER: Final = (
    "Start Date,Start Time (local),End Date,End Time (local),Calling Number,Called Number,"
    "Forwarding Number,CDR Type,IMSI,IMEI,Ring time (secs),Call Duration (HH:mm:ss),IPv4 address,"
    "IPv6 address,Data Volume Uploaded (KB),Data Volume Downloaded (KB),APN,Country of Origin,"
    "Operator,Start Cell ID or MAC Address,Start Cell Site Name,Start Cell 1st line of Address,"
    "Start Cell ID Postcode,Start Cell Generation,Start Cell Easting,Start Cell Northing,"
    "Start Cell Azimuth,End Cell ID or MAC,End Cell Site Name,End Cell 1st line of Address,"
    "End Cell ID Postcode,End Cell Generation,End Cell Easting,End Cell Northing,"
    "End Cell Azimuth,Row"
)
CALL_PREAMBLE: Final = "URN:,,,,URN/TEST/1\nTarget Identity:,,,,447700900281\n\n"


def call_row(
    row: int,
    *,
    start: str = "21/07/2026,09:53:01",
    caller: str = "447700900281",
    site: str = "INVENTED SITE",
    easting: str = "471821",
    northing: str = "173563",
    ring: str = "19",
) -> str:
    """One record of 36 fields."""
    return (
        f"{start},21/07/2026,10:07:10,{caller},07700900508,,Voice,234300000547318,"
        f"001001956984420,{ring},00:11:30,,,,,,GBR,EE,234-30-3595008,{site},23 Invented Way,"
        f"ZZ60 6CO,4G,{easting},{northing},50,,,,,,,,,{row}"
    )


def call_data(*rows: str) -> bytes:
    """A return with these records."""
    return (CALL_PREAMBLE + CALL_HEADER + "\n" + "".join(f"{row}\n" for row in rows)).encode()


CALLS: Final = call_data(*(call_row(n, start=f"{20 + n}/07/2026,09:5{n}:01") for n in range(1, 6)))
SMS: Final = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"3\">\n"
    + "".join(
        f'  <sms protocol="0" address="07700900545" date="175752795300{n}" type="1"'
        f' body="Pick up {n}" read="1" contact_name="Jo" />\n'
        for n in range(3)
    )
    + "</smses>\n"
).encode()
WHATSAPP: Final = (
    b"21/07/2026, 09:01 - Jorah: Are you there\n"
    b"21/07/2026, 09:02 - Isolde: Please stop\nwriting to me\n"
    b"22/07/2026, 19:40 - Jorah: I only want to talk\n"
)
TELEGRAM: Final = (
    b'{"name": "Jorah", "type": "personal_chat", "id": 99421625966, "messages": [\n'
    + b",\n".join(
        b'{"id": %d, "type": "message", "date": "2026-07-21T09:0%d:00", "date_unixtime":'
        b' "178462440%d", "from": "Jorah", "from_id": "user99421625966", "text": "Call me"}'
        % (n, n, n)
        for n in range(1, 4)
    )
    + b"\n]}"
)
META: Final = (
    b'{"participants": [{"name": "Jorah"}, {"name": "Isolde"}], "messages": [\n'
    + b",\n".join(
        b'{"sender_name": "Jorah", "timestamp_ms": 178462440000%d, "content": "Call me"}' % n
        for n in range(3)
    )
    + b'\n], "title": "Jorah", "thread_path": "inbox/jorah_1"}'
)
RECORDS: Final = (
    b'{"locations": [\n'
    + b",\n".join(
        b'{"latitudeE7": 51455672%d, "longitudeE7": -9675450, "accuracy": 12,'
        b' "deviceTag": 774411905, "timestamp": "2026-07-21T09:0%d:00.123Z"}' % (n, n)
        for n in range(4)
    )
    + b"\n]}"
)
SEMANTIC: Final = (
    b'{"timelineObjects": [\n'
    + b",\n".join(
        b'{"placeVisit": {"location": {"latitudeE7": 514556727, "longitudeE7": -9675450},'
        b' "duration": {"startTimestamp": "2026-07-21T0%d:00:00Z",'
        b' "endTimestamp": "2026-07-21T0%d:30:00Z"}}}' % (n, n)
        for n in range(1, 4)
    )
    + b"\n]}"
)
TIMELINE: Final = (
    b'{"semanticSegments": [\n'
    + b",\n".join(
        b'{"startTime": "2026-07-21T0%d:00:00.000+01:00", "endTime":'
        b' "2026-07-21T0%d:30:00.000+01:00", "visit": {"topCandidate": {"placeLocation":'
        b' {"latLng": "51.4556727\xc2\xb0, -0.9675450\xc2\xb0"}}}}' % (n, n)
        for n in range(1, 4)
    )
    + b'\n], "rawSignals": []}'
)
GPX: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test"><trk><trkseg>\n'
    + b"".join(
        b'<trkpt lat="51.4556" lon="-0.9675"><time>2026-07-21T09:0%d:00Z</time></trkpt>\n' % n
        for n in range(4)
    )
    + b"</trkseg></trk></gpx>\n"
)
KML: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
    b' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
    + b"".join(
        b"<Placemark><TimeStamp><when>2026-07-21T09:0%d:00Z</when></TimeStamp>"
        b"<Point><coordinates>-0.9675,51.4556,0</coordinates></Point></Placemark>\n" % n
        for n in range(3)
    )
    + b"</Document></kml>\n"
)
DIARY: Final = (
    b"Entry,Date,Time (as near as you can),What happened,Where,How,Who saw or heard,"
    b"Evidence kept,Written on\n"
    b"1,21/07/2026,about 7.15pm,Told him by text to stop.,Flat,Text,,,21/07/2026\n"
    b'2,22/07/2026,09:30,"He rang twice, then\na third time.",Work,Call,,,22/07/2026\n'
    b"3,23/07/2026,evening,He rang the bell.,Flat,,A neighbour,,23/07/2026\n"
)
DIARY_JSON: Final = (
    b'{"diary": "test", "time_zone": "Europe/London", "entries": [\n'
    + b",\n".join(
        b'{"when": {"date": "2026-07-2%d", "time": "19:15"}, "what_happened": "He rang.",'
        b' "private_note": false, "created_at": "2026-07-2%dT20:00:00Z"}' % (n, n)
        for n in range(1, 4)
    )
    + b"\n]}"
)
ANPR: Final = (
    b'VRM,Date/Time,Camera,"GPS (Long, -Lat)",Error Radius,Make,Model,Colour\n'
    b"AB00 XYZ,21/07/2026 09:53:01,CAM 1,-0.9675 -51.4556,25,Invented,One,Blue\n"
    b"AB00 XYZ,22/07/2026 10:53:01,CAM 2,-0.9675 -51.4556,25,Invented,One,Blue\n"
)

SAMPLES: Final = (
    Sample("calls.csv", CALLS, 5),
    Sample("sms.xml", SMS, 3),
    Sample("whatsapp.txt", WHATSAPP, 3),
    Sample("telegram.json", TELEGRAM, 3),
    Sample("meta.json", META, 3),
    Sample("Records.json", RECORDS, 4),
    Sample("semantic.json", SEMANTIC, 3),
    Sample("Timeline.json", TIMELINE, 3),
    Sample("track.gpx", GPX, 4),
    Sample("places.kml", KML, 3),
    Sample("diary.csv", DIARY, 3),
    Sample("diary.json", DIARY_JSON, 3),
    Sample("anpr.csv", ANPR, 2),
)
