"""Reads SMS Backup & Restore XML: texts and picture messages (`smses`), calls (`calls`).

The file is cut at its row elements and every element is parsed alone. So one broken
element costs one row, a file cut off costs one, and no document type or entity of the
file is ever seen by a parser. `date` is the handset's own clock; `date_sent` of a
received text is the network's and stands in the note, so that the two can be compared.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.parsers import expat

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.clock import iso_utc
from fourfold.evidence.support.phone import WITHHELD, identifier_of

NAME: Final = "sms_backup"
VERSION: Final = "1"
READS: Final = "SMS Backup & Restore (Android): texts, picture messages and calls as XML"

CHUNK_CHARS: Final = 2**20
LONGEST_MARK_CHARS: Final = 1_024  # a root element's tag may stand across two chunks
REPLACEMENT: Final = "\ufffd"
SECONDS_DIGITS: Final = 11  # an epoch this short counts seconds (MMS date_sent), else milliseconds

# Possessive: a prolog of many comments must not be tried in every possible division.
_PROLOG = r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+"
_ROOT = re.compile(_PROLOG + r"<(smses|calls)[\s>/]", re.DOTALL)
_MARK = re.compile(
    r"<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|(?P<open><!--|<!DOCTYPE)"
    r"|<(?P<row>sms|mms|call)(?=[\s/>])|(?P<end></(?:smses|calls)\s*>|<(?:smses|calls)\s[^<>]*/>)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_BOXES: Final = {
    "1": ("incoming", "received", ""),
    "2": ("outgoing", "sent", ""),
    "4": ("outgoing", None, "in the outbox: the handset does not state that it left"),
    "5": ("outgoing", "failed", ""),
    "6": ("outgoing", None, "queued: the handset does not state that it left"),
}
_DRAFT: Final = "3"
_CALLS: Final = {
    "1": ("incoming", "answered", ""),
    "2": ("outgoing", "", ""),
    "3": ("incoming", "missed", ""),
    "4": ("incoming", "voicemail", ""),
    "5": ("incoming", "refused", ""),
    "6": ("incoming", "refused", "blocked by the handset"),
    "7": ("incoming", "answered", "answered on another device"),
}
_PRESENTATIONS: Final = {"2": "restricted", "3": "unknown", "4": "payphone"}
_IN_SECONDS: Final = "the time stated has too few digits for milliseconds; read as seconds"
_ADDR_FROM: Final = "137"  # PduHeaders.FROM
_VOICEMAIL_TOO = "the handset's log does not tell an answered call from one that voicemail took"


class Segment(NamedTuple):
    """One row element as it stands. is_torn: the file ended before its root was closed."""

    name: str
    text: str
    is_torn: bool


class Element(NamedTuple):
    """One row element: its attributes, and for an MMS those of its parts and addresses."""

    name: str
    attributes: dict[str, str]
    children: list[tuple[str, dict[str, str]]]
    note: str


_TORN: Final = SetAside(reasons.TRUNCATED, "the file ends before its closing tag")


def recognises(source: Source) -> bool:
    """Tell whether the root element is `smses` or `calls`."""
    text = source.head.decode(_encoding(source), errors="replace")
    return _ROOT.match(text.lstrip("\ufeff")) is not None


def read(source: Source) -> Iterator[Row]:
    """Yield a row per sms, mms and call element, and one for a torn end."""
    counts = {"sms": 0, "mms": 0, "call": 0}

    def row(name: str, text: str, data: Element | SetAside) -> Row:
        counts[name] += 1
        same = "" if isinstance(data, SetAside) else _digest(text)
        return Row(f"{name}[{counts[name]}]", text, data, same)

    for segment in _segments(source):
        element = parse(segment.text, segment.name)
        if segment.is_torn and isinstance(element, SetAside):
            yield row(segment.name, segment.text, _TORN)
            continue
        yield row(segment.name, segment.text, element)
        if segment.is_torn:
            yield row(segment.name, "", _TORN)


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one element means: a message or a call of the handset's owner."""
    if isinstance(row.data, SetAside):
        return row.data
    element: Element = row.data
    stated = element.attributes.get("date", "")
    at, precision_s = _when(stated)
    if at is None:
        return SetAside(reasons.NO_TIME, f"date is {stated[:40]!r}")
    event = _call(element, source) if element.name == "call" else _message(element, source)
    if isinstance(event, SetAside):
        return event
    event.started_at, event.time_precision_s, event.time_text = at, precision_s, stated
    if precision_s >= 1:
        source.warn(_IN_SECONDS)
        event.decode_note = "; ".join(n for n in (event.decode_note, _IN_SECONDS) if n)
    event.time_basis, event.zone_used = "stated_utc", "UTC"
    return [event]


def _encoding(source: Source) -> str:
    return "utf-16" if source.head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


class _Cutter:
    """Cuts a growing buffer at its row elements; what is not yet decided stays in it."""

    def __init__(self) -> None:
        self.buffer = ""
        self.row_name = ""  # of the row element that the buffer starts with, if any
        self.is_closed = False

    def cut(self, *, is_last: bool) -> Iterator[Segment]:
        """Yield the whole segments of the buffer and keep the rest."""
        safe = len(self.buffer) if is_last else len(self.buffer) - LONGEST_MARK_CHARS
        start, position = 0, 0
        for mark in _MARK.finditer(self.buffer, 1 if self.row_name else 0):
            if mark["open"] or mark.end() > safe:  # an open comment holds all that follows
                position = min(mark.start(), max(safe, 0))
                break
            position = mark.end()
            if not (mark["row"] or mark["end"]):
                continue
            if self.row_name:
                yield Segment(self.row_name, self.buffer[start : mark.start()].rstrip(), False)
            start, self.row_name = mark.start(), mark["row"] or ""
            if mark["end"]:
                self.is_closed = True
                return
        else:
            position = max(position, safe)
        self.buffer = self.buffer[start if self.row_name else position :]


def _segments(source: Source) -> Iterator[Segment]:
    """Yield each row element as it stands; the last one of a file cut off is torn."""
    cutter, chunk_chars, last_name = _Cutter(), CHUNK_CHARS, ""
    with source.text_stream(_encoding(source)) as stream:
        while not cutter.is_closed:
            chunk = stream.read(chunk_chars)
            cutter.buffer += chunk
            held = len(cutter.buffer)
            for segment in cutter.cut(is_last=not chunk):
                last_name = segment.name
                yield segment
            if not chunk:
                break
            # an element larger than the chunk must not be searched from its start each time
            chunk_chars = CHUNK_CHARS if len(cutter.buffer) < held // 2 else chunk_chars * 2
    if not cutter.is_closed:
        name = cutter.row_name or last_name or _row_name_of_root(source)
        yield Segment(name, cutter.buffer.strip(), True)


def _row_name_of_root(source: Source) -> str:
    root = _ROOT.match(source.head.decode(_encoding(source), errors="replace").lstrip("\ufeff"))
    return "call" if root and root[1] == "calls" else "sms"


def parse(text: str, name: str) -> Element | SetAside:
    """Parse one element alone; what is not well-formed is set aside as malformed."""
    clean, note = _repaired(text)
    element = Element(name, {}, [], note)
    depth = 0
    is_whole = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth == 0 and not is_whole:
            element.attributes.update(attributes)
        elif tag in {"part", "addr"}:
            attributes.pop("data", None)  # the picture itself, as base64
            element.children.append((tag, attributes))
        depth += 1

    def end(tag: str) -> None:
        nonlocal depth, is_whole
        depth -= 1
        is_whole = is_whole or depth == 0

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(clean.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if not is_whole:  # litter after a whole element does not spoil it
            return SetAside(reasons.MALFORMED, f"not well-formed XML: {error}")
    return element


def _repaired(text: str) -> tuple[str, str]:
    """Join references of surrogate pairs, replace characters that XML cannot hold."""

    def reference(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        if code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xDFFF < code <= 0x10FFFF:
            return match[0]
        return chr(code) if 0xD800 <= code <= 0xDFFF else REPLACEMENT

    joined = _REFERENCE.sub(reference, text) if "&#" in text else text
    pairs = len(_PAIR.findall(joined))
    if pairs:
        joined = _PAIR.sub(
            lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), joined
        )
    clean, replaced = _ILLEGAL.subn(REPLACEMENT, joined)
    replaced += joined.count(REPLACEMENT) - text.count(REPLACEMENT)
    notes = [f"{pairs} x two references joined into one character"] if pairs else []
    if replaced:
        notes.append(f"{replaced} x a character that XML cannot hold replaced")
    return clean, "; ".join(notes)


def _when(stated: str) -> tuple[int | None, float]:
    """Return UTC microseconds and the precision in seconds of an epoch as stated."""
    if not (stated.isascii() and stated.isdigit() and 0 < len(stated) <= 13):
        return None, 0.0
    if len(stated) <= SECONDS_DIGITS:
        return (int(stated) * 1_000_000 or None), 1.0
    return int(stated) * 1_000, 0.001


def _stated(attributes: dict[str, str], key: str) -> str:
    """Return an attribute; the literal "null" that the application writes is nothing."""
    value = attributes.get(key, "")
    return "" if value == "null" else value


def _message(element: Element, source: Source) -> Event | SetAside:
    attributes = element.attributes
    box = attributes.get("type" if element.name == "sms" else "msg_box", "")
    if box == _DRAFT:
        return SetAside(reasons.NOT_AN_EVENT, "a draft, type 3")
    if box not in _BOXES:
        return SetAside(reasons.MALFORMED, f"type {box[:20]!r} is not one of 1 to 6")
    direction, outcome, note = _BOXES[box]
    owner = source.exhibit.owner_id
    sender, others = _parties(element, direction)
    event = Event(
        kind="message",
        channel=element.name,
        direction=direction,
        outcome=outcome,
        subject_id=owner,
        from_id=sender if direction == "incoming" else owner,
        to_ids=[owner, *others] if direction == "incoming" else others,
        text=_text(element),
        media_ref=_media(element),
    )
    sent_note = _sent_note(_stated(attributes, "date_sent"))
    event.decode_note = "; ".join(n for n in (note, sent_note, element.note) if n) or None
    return event


def _parties(element: Element, direction: str) -> tuple[str | None, list[str]]:
    """Return the sender of an incoming message, and the other parties besides the owner."""
    stated = _stated(element.attributes, "address").split("~")  # "~" parts a group's members
    members = list(dict.fromkeys(identifier_of(a).identifier for a in stated if a.strip()))
    if direction == "outgoing":
        return None, members
    senders = [
        identifier_of(attributes.get("address", "")).identifier
        for tag, attributes in element.children
        if tag == "addr" and attributes.get("type") == _ADDR_FROM
    ]
    sender = next(iter(senders + members), None)
    return sender, [m for m in members if m != sender]


def _sent_note(date_sent: str) -> str:
    at, _ = _when(date_sent)
    return f"date_sent={date_sent} ({iso_utc(at)}), the sending side's clock" if at else ""


def _text(element: Element) -> str:
    if element.name == "sms":
        return element.attributes.get("body", "")
    texts = [
        _stated(attributes, "text")
        for tag, attributes in element.children
        if tag == "part" and attributes.get("ct") == "text/plain"
    ]
    return "\n".join(t for t in [_stated(element.attributes, "sub"), *texts] if t)


def _media(element: Element) -> str | None:
    names = [
        _stated(attributes, "cl") or _stated(attributes, "name") or attributes.get("ct", "")
        for tag, attributes in element.children
        if tag == "part" and attributes.get("ct") not in {"text/plain", "application/smil"}
    ]
    return ", ".join(names) or None


def _call(element: Element, source: Source) -> Event | SetAside:
    attributes = element.attributes
    kind = attributes.get("type", "")
    if kind not in _CALLS:
        return SetAside(reasons.MALFORMED, f"type {kind[:20]!r} is not one of 1 to 7")
    direction, outcome, note = _CALLS[kind]
    duration = attributes.get("duration", "")
    lasted_s = float(duration) if duration.isascii() and duration.isdigit() else None
    notes = [note, element.note]
    if direction == "outgoing":
        outcome = "answered" if lasted_s else "no_answer"
        notes.append(_VOICEMAIL_TOO if lasted_s else "")
    presentation = attributes.get("presentation", "1")
    other = identifier_of(_stated(attributes, "number"))
    is_withheld = presentation not in {"1", "", "null"} or other.identifier == WITHHELD
    if presentation in _PRESENTATIONS:
        notes.append(f"presentation {presentation}: {_PRESENTATIONS[presentation]}")
    owner = source.exhibit.owner_id
    is_incoming = direction == "incoming"
    return Event(
        kind="call",
        channel="cellular",
        direction=direction,
        outcome=outcome,
        lasted_s=lasted_s,
        subject_id=owner,
        from_id=other.identifier if is_incoming else owner,
        to_ids=[owner if is_incoming else other.identifier],
        is_withheld=is_withheld if is_incoming else other.hides_caller,
        decode_note="; ".join(n for n in notes if n) or None,
    )
