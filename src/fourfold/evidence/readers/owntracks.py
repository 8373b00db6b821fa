"""OwnTracks Recorder files (`.rec`): one line per report of a device.

A line holds the recorder's time, a tag, and a JSON object, parted by tabs (older files: by
blanks). `tst` is the device's own time of the fix: it is used, not the recorder's. The tag and
`_type` say what a report is. A report that a region was entered or left states the device's
position at that moment and is a fix as well.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.json_elements import value_of
from fourfold.evidence.support.moment import Moment, of_epoch

NAME: Final = "owntracks"
VERSION: Final = "1"
READS: Final = "OwnTracks recorder files (.rec), one row per report"

ACCURACY_MEANING: Final = "as stated by OwnTracks; confidence level not stated"
NOTE_CHARS: Final = 80
_LINE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ[\t ]+\S+[\t ]+(\{.*)")
_TYPE = re.compile(rb'"_type"\s*:\s*"')
_TOPIC_ENDS: Final = ("/event", "/waypoint", "/waypoints")
# What a report can be but a position; the words stand in the ledger.
_OTHER_TYPES: Final = {
    "lwt": "the connection of the device was lost",
    "waypoint": "a region that was set up, not a position of the device",
    "waypoints": "regions that were set up, not a position of the device",
    "configuration": "settings of the device",
    "cmd": "a command to the device",
    "card": "a name card",
    "steps": "a count of steps",
    "status": "a status of the device",
}


def recognises(source: Source) -> bool:
    """Tell by the first line that is not blank: a time in UTC, a tag, an object with a type."""
    for line in source.head.removeprefix(b"\xef\xbb\xbf").splitlines():
        if line.strip():
            return _LINE.fullmatch(line) is not None and _TYPE.search(line) is not None
    return False


def read(source: Source) -> Iterator[Row]:
    """Yield a row per line that is not blank; a line that is not whole says so."""
    for number, raw in enumerate(io.BytesIO(source.whole_text()), 1):
        line = raw.strip()
        if line:
            # The device sends a report again until it is received: equal lines are one report.
            sameness = line.decode("utf-8", "replace")
            verbatim = raw.rstrip(b"\r\n").decode("utf-8", "replace")
            yield Row(
                f"line={number}", verbatim, _report(line, has_end=raw.endswith(b"\n")), sameness
            )


def to_events(row: Row, source: Source) -> Meaning:
    """Return the fix that a report states, or why it states none."""
    report = row.data
    if isinstance(report, SetAside):
        return report
    kind = report.get("_type")
    if kind == "encrypted":
        return SetAside(reasons.ENCRYPTED, "the report was encrypted on the device")
    if kind not in ("location", "transition"):
        return SetAside(reasons.NOT_AN_EVENT, _OTHER_TYPES.get(str(kind), _other(kind)))
    moment = _moment(report)
    if moment is None:
        return SetAside(reasons.NO_TIME, "tst is no epoch time")
    lat, lon = _number(report.get("lat")), _number(report.get("lon"))
    if lat is None or lon is None or not is_position(lat, lon):
        return SetAside(reasons.NO_POSITION)
    return [_fix(report, moment, (lat, lon), source)]


def _report(line: bytes, *, has_end: bool) -> dict[str, Any] | SetAside:
    """Return the object of a line; one that is not whole and has no line end was cut off."""
    match = _LINE.fullmatch(line)
    try:
        report = value_of(match[1]) if match else None
    except ValueError:
        report = None
    if isinstance(report, dict):
        return report
    if not has_end:
        return SetAside(reasons.TRUNCATED, "the file ends before its closing bracket")
    return SetAside(reasons.MALFORMED, "not a time in UTC, a tag and a JSON object")


def _other(kind: Any) -> str:
    return f"a report of another type: {str(kind)[:NOTE_CHARS]!r}" if kind else "no type stated"


def _moment(report: dict[str, Any]) -> Moment | None:
    stated = _number(report.get("tst"))
    try:
        return None if stated is None else of_epoch(int(stated))
    except (ValueError, OverflowError):
        return None


def _number(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number else None


def _fix(
    report: dict[str, Any], moment: Moment, position: tuple[float, float], source: Source
) -> Event:
    accuracy = _number(report.get("acc"))
    has_accuracy = accuracy is not None and accuracy >= 0
    region = report.get("desc")
    return Event(
        kind="device_fix",
        started_at=moment.at,
        time_precision_s=moment.precision_s,
        time_text=str(report["tst"]),
        time_basis=moment.basis,
        zone_used="UTC",
        subject_id=_subject(report, source),
        place_kind="fix",
        lat=position[0],
        lon=position[1],
        accuracy_m=accuracy if has_accuracy else None,
        accuracy_meaning=ACCURACY_MEANING if has_accuracy else None,
        position_basis="supplied",
        text=region if isinstance(region, str) and region else None,
        decode_note=_note(report, moment),
    )


def _subject(report: dict[str, Any], source: Source) -> str:
    """Name the device by its topic (account and device), else by its tracker id."""
    topic, tracker = report.get("topic"), report.get("tid")
    ref = source.exhibit.ref
    if isinstance(topic, str) and topic:
        for end in _TOPIC_ENDS:
            topic = topic.removesuffix(end)
        return f"device:{ref}:{topic}"
    return f"device:{ref}:{tracker}" if isinstance(tracker, str) and tracker else f"device:{ref}"


def _note(report: dict[str, Any], moment: Moment) -> str | None:
    notes = []
    if report.get("_type") == "transition":
        notes.append(f"stated for a region: {str(report.get('event'))[:NOTE_CHARS]}")
    if report.get("t") == "u":
        notes.append("sent by hand")
    if moment.note:
        notes.append(moment.note)
    return "; ".join(notes) or None
