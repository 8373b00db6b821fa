"""The placemarks of records, written by the database: one text per device and kind of place.

Three forms, by the number of records of one kind that a device has. Few: a placemark for each
record. Many fixes: one list for each UTC day, in which every fix keeps its time, position,
trace code and accuracy. Many of another kind: one placemark for each cell and position. No
form leaves a record out, and none puts a position between two records.
"""

from typing import Final

from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.renderers import kml_text as kml
from fourfold.evidence.renderers import limit_texts as limits
from fourfold.evidence.renderers.map_words import CODES_SHOWN, SESSION
from fourfold.evidence.support.clock import sql_offset
from fourfold.evidence.support.geo import EARTH_RADIUS_M

SINGLE_PLACEMARKS: Final = 2_000  # more of one kind and device, and they are gathered
BEARING_MARK_M: Final = 150.0  # symbolic: the same for every cell, no statement of range

# kind of place -> (folder, style, limits)
GROUPS: Final = {
    "fix": ("Fixes of the device", "fix", limits.FIXES),
    "cell": ("Cells as supplied", "cell", limits.CELLS),
    "camera": ("Camera reads", "camera", f"A camera reads characters of a plate. {limits.RECORDS}"),
    "gate": ("Gates", "camera", limits.RECORDS),
    "stated": ("Places stated or inferred", "stated", f"Not a measurement. {limits.RECORDS}"),
    "searched": ("Places searched for", "stated", f"A search, not a visit. {limits.RECORDS}"),
    "received": ("Places received", "stated", f"Received from others. {limits.RECORDS}"),
}

_OTHER: Final = ("stated", limits.RECORDS)

POSITIONED: Final = "lat is not null and lon is not null and started_at is not null"
FOLDERS: Final = f"""
    select coalesce(subject_id, '') as subject, place_kind, count(*) as events
    from events where {POSITIONED} group by all order by all"""

_BREAK: Final = "\u2029"  # between the lines of a description, until it is escaped
# A number settles a tie of times in half the time that the text of the id takes.
_IN_ORDER: Final = "order by started_at, hash(event_id)"
_RECORDS: Final = f"""
    with folder as ({FOLDERS})
    select f.subject, f.place_kind, e.kind, e.started_at, e.ended_at, e.time_relation,
        e.time_text, e.is_clock_change_hour, e.lat, e.lon, e.accuracy_m, e.accuracy_meaning,
        e.cell_id, e.azimuth_deg, e.text, e.decode_note, e.event_id, e.exhibit_id, l.locator,
        coalesce(l.code, e.row_ids[1]) as code
    from events as e
    join folder as f on f.subject = coalesce(e.subject_id, '') and f.place_kind = e.place_kind
    left join ledger as l on l.row_id = e.row_ids[1]
    where {POSITIONED}"""


def group_of(place_kind: str) -> tuple[str, str, str]:
    """Return the folder, the style and the limits of a kind of place."""
    return GROUPS.get(place_kind, (place_kind, *_OTHER))


def of_records(tables: Tables, zone: str) -> dict[tuple[str, str], str]:
    """Return the placemarks of every folder as KML, by device and kind of place.

    Args:
        tables: `events`, `ledger` and `exhibits`.
        zone: the display zone, for the local times in names and descriptions.
    """
    period = "epoch_us(min(started_at)), epoch_us(max(started_at))"
    low, high = tables.rows(f"select {period} from events where {POSITIONED}")[0]
    if low is None:
        return {}
    few, many = f"f.events <= {SINGLE_PLACEMARKS}", f"f.events > {SINGLE_PLACEMARKS}"
    micros = "epoch_us(started_at)"
    local = f"make_timestamp({micros} + {sql_offset(zone, micros, (low, high))})"
    queries = (
        _singles(f"{_RECORDS} and {few}", local, zone),
        _tracks(f"{_RECORDS} and {many} and f.place_kind = 'fix'"),
        _positions(f"{_RECORDS} and {many} and f.place_kind <> 'fix'"),
    )
    return {
        (subject, place_kind): text
        for query in queries
        for subject, place_kind, text in tables.rows(query)
    }


def _utc(moment: str) -> str:
    return f"replace({moment}::varchar, ' ', 'T') || 'Z'"


def _number(value: str) -> str:
    return f"format('{{:g}}', {value})"


def _degrees(value: str) -> str:
    """SQL for degrees with centimetres; by way of a decimal, which is printed fast."""
    return f"coalesce(try_cast({value} as decimal(10, 7))::varchar, printf('%.7f', {value}))"


def _escaped(text: str, *, ampersand: str = "&amp;amp;") -> str:
    """SQL for a text of evidence: by default harmless in HTML that stands in KML."""
    lead = ampersand.removesuffix("amp;")
    shown = f"regexp_replace({text}, '{kml.NOT_PRINTABLE}', '\ufffd', 'g')"
    shown = f"regexp_replace({shown}, '{kml.DIRECTION_MARKS}', '', 'g')"
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("''", "#x27")):
        shown = f"replace({shown}, '{sign}', '{lead}{name};')"
    return shown


def _described(*lines: str) -> str:
    """SQL for a description of these lines: escaped as one text, which is fast."""
    text = f"concat_ws('{_BREAK}', {', '.join(lines)})"
    return f"replace({_escaped(text)}, '{_BREAK}', '&lt;br&gt;')"


def _line(text: str) -> str:
    """SQL for a text of evidence within a line: it starts no line of its own."""
    return f"replace({text}, '{_BREAK}', ' ')"


def _by_kind(field: int) -> str:
    """SQL for the style (1) or the limits (2) of a kind of place."""
    arms = " ".join(
        f"when '{kind}' then {_literal(group[field])}" for kind, group in GROUPS.items()
    )
    return f"case place_kind {arms} else {_literal(_OTHER[field - 1])} end"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_FILE: Final = (
    f"(select exhibit_id, concat('File ', {_line('exhibit_file')}, ', SHA-256 ', sha256, '.')"
    " as file from exhibits)"
)


def _trace(code: str, locator: str) -> str:
    return f"concat({code}, ' at ', coalesce(nullif({_line(locator)}, ''), 'no locator'))"


_SESSION: Final = f"case when time_relation = 'at_or_before' then '{SESSION}' end"
_CELL: Final = f"""case when cell_id <> '' then
        concat('Record shows cell ', {_line("cell_id")}, '. Position as supplied.') end,
    case when azimuth_deg is not null then concat('supplied azimuth ', {_number("azimuth_deg")},
            ' degrees; not coverage. The mark is symbolic.')
        when cell_id <> '' then 'No azimuth supplied.' end"""


def _span(first: str, last: str) -> str:
    return f"""case when {last} > {first}
        then concat('<TimeSpan><begin>', {_utc(first)}, '</begin><end>', {_utc(last)},
            '</end></TimeSpan>')
        else concat('<TimeStamp><when>', {_utc(first)}, '</when></TimeStamp>') end"""


def _geometry() -> str:
    """SQL for a position, with a short line in the direction supplied, if one was."""
    arc = BEARING_MARK_M / EARTH_RADIUS_M
    lat, lon, bearing = "radians(lat)", "radians(lon)", "radians(azimuth_deg)"
    tip = f"least(1.0, sin({lat}) * cos({arc}) + cos({lat}) * sin({arc}) * cos({bearing}))"
    east = f"atan2(sin({bearing}) * sin({arc}) * cos({lat}), cos({arc}) - sin({lat}) * {tip})"
    start = f"concat({_degrees('lon')}, ',', {_degrees('lat')})"
    end = (
        f"concat({_degrees(f'degrees({lon} + {east})')}, ',', {_degrees(f'degrees(asin({tip}))')})"
    )
    point = f"concat('<Point><coordinates>', {start}, '</coordinates></Point>')"
    return f"""case when isfinite(azimuth_deg) then concat('<MultiGeometry>', {point},
            '<LineString><coordinates>', {start}, ' ', {end},
            '</coordinates></LineString></MultiGeometry>')
        else {point} end"""


def _singles(records: str, local: str, zone: str) -> str:
    """SQL for one placemark for each record."""
    shown = f"strftime({local}, '%Y-%m-%d %H:%M:%S')"
    description = _described(
        f"""concat('Record of kind ', kind, ', time ', time_relation, ': ', {_utc("started_at")},
            ', ', {shown}, ' {zone}. As stated: ',
            coalesce(nullif({_line("time_text")}, ''), 'not kept'), '.')""",
        """case when is_clock_change_hour then
            'This wall-clock hour happens twice or not at all: check the time.' end""",
        f"""case when kind in ('camera_read', 'gate', 'visit') and text <> '' then
            concat('Named in the record: ', {_line("text")}) end""",
        _CELL,
        f"""case when accuracy_m is not null then
            concat('Accuracy stated: ', {_number("accuracy_m")}, ' m (',
                coalesce(nullif({_line("accuracy_meaning")}, ''), 'meaning not stated'), ').')
            end""",
        _SESSION,
        f"case when decode_note <> '' then concat('Note: ', {_line('decode_note')}, '.') end",
        f"concat('Trace code and locator: ', {_trace('code', 'locator')}, '.')",
        "file",
        _by_kind(2),
    )
    return f"""
    select subject, place_kind, string_agg(mark, '' order by started_at, event_id) from (
        select subject, place_kind, started_at, event_id,
            concat('<Placemark><name>', {shown}, ' (', code, ')</name><description>',
                {description}, '</description>', {_span("started_at", "ended_at")},
                '<styleUrl>#', {_by_kind(1)}, '</styleUrl>', {_geometry()},
                '</Placemark>\n') as mark
        from ({records}) left join {_FILE} using (exhibit_id))
    group by subject, place_kind"""


def _tracks(records: str) -> str:
    """SQL for many fixes as one list per UTC day; the line of such a list is not shown."""
    position = f"concat({_degrees('lon')}, ' ', {_degrees('lat')})"
    record = f"concat(code, ', ' || {_number('accuracy_m')} || ' m')"
    description = _described(
        """concat('Fixes: ', fixes, ', each with its own time, trace code and accuracy as stated.',
            ' Nothing is drawn between them.')""",
        "files",
        _by_kind(2),
    )
    return f"""
    select subject, place_kind, string_agg(
        concat('<Placemark><name>', day, ' (fixes: ', fixes, ')</name><description>',
            {description}, '</description><styleUrl>#fix</styleUrl><gx:Track>\n',
            '<when>', times, 'Z</when>\n',
            '<gx:coord>', positions, ' 0</gx:coord>\n<ExtendedData>',
            '<SchemaData schemaUrl="#fixes"><gx:SimpleArrayData name="record"><gx:value>', records,
            '</gx:value></gx:SimpleArrayData></SchemaData></ExtendedData></gx:Track>',
            '</Placemark>\n'), '' order by day)
    from (
        select subject, place_kind, started_at::date as day, count(*) as fixes,
            array_to_string(list_sort(list(distinct file)), '{_BREAK}') as files,
            string_agg(replace(started_at::varchar, ' ', 'T'), 'Z</when><when>' {_IN_ORDER})
                as times,
            string_agg({position}, ' 0</gx:coord><gx:coord>' {_IN_ORDER}) as positions,
            string_agg({record}, '</gx:value><gx:value>' {_IN_ORDER}) as records
        from ({records}) left join {_FILE} using (exhibit_id) group by all)
    group by subject, place_kind"""


def _positions(records: str) -> str:
    """SQL for many records of one kind as one placemark per cell and position."""
    place = "subject, place_kind, coalesce(cell_id, '') as cell_id, lat, lon, azimuth_deg"
    name = f"coalesce(nullif({_escaped('cell_id', ampersand='&amp;')}, ''), 'position')"
    traces = f"list_transform(first_rows, lambda r: {_trace('r.code', 'r.locator')})"
    description = _described(
        f"""concat('Records: ', events, '. First ', {_utc("first_at")}, ', last ',
            {_utc("last_at")}, '. They say nothing of the time between.')""",
        f"case when has_session then '{SESSION}' end",
        _CELL,
        f"""concat('Trace code and locator: ', array_to_string({traces}, '; '),
            case when events > {CODES_SHOWN}
                then concat('; and ', events - {CODES_SHOWN}, ' more') end, '.')""",
        "files",
        _by_kind(2),
    )
    return f"""
    select subject, place_kind,
        string_agg(mark, '' order by cell_id, lat, lon, azimuth_deg nulls first) from (
        select {place},
            concat('<Placemark><name>', {name}, ' (records: ', events, ')</name><description>',
                {description}, '</description>', {_span("first_at", "last_at")},
                '<styleUrl>#', {_by_kind(1)}, '</styleUrl>', {_geometry()},
                '</Placemark>\n') as mark
        from (
            select {place}, count(*) as events, min(started_at) as first_at,
                max(started_at) as last_at, bool_or(time_relation = 'at_or_before') as has_session,
                array_to_string(list_sort(list(distinct file)), '{_BREAK}') as files,
                min(struct_pack(at := started_at, tie := hash(event_id), code := code,
                    locator := locator), {CODES_SHOWN}) as first_rows
            from ({records}) left join {_FILE} using (exhibit_id) group by all))
    group by subject, place_kind"""
