"""Reads Telegram Desktop exports: `result.json` of one chat or of a whole account.

`date` is the exporting computer's wall clock, `date_unixtime` is UTC: the second is
used, the first only in old exports that have nothing else.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.clock import HOUR_US, from_wall_clock, micros
from fourfold.evidence.support.geo import is_position
from fourfold.evidence.support.json_elements import Path, elements, value_of

NAME: Final = "telegram"
VERSION: Final = "1"
READS: Final = "Telegram Desktop export (result.json): one chat or the whole account"

PATHS: Final[list[Path]] = [
    ("messages",),
    ("chats", "list", None, "messages"),
    ("left_chats", "list", None, "messages"),
]
_OWN_FIELDS = re.compile(rb'"(?:date_unixtime|text_entities)"\s*:')
_WHOLE_ACCOUNT = re.compile(rb'"about"\s*:\s*"[^"]*Telegram[^"]*"')
_CHAT_TYPE = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_\w+)"'
)
_ENDINGS: Final = {  # discard_reason -> (outcome for the called side, for the caller)
    "missed": ("missed", "no_answer"),
    "busy": ("refused", "busy"),
    "disconnect": ("failed", "failed"),
    "hangup": ("missed", "no_answer"),
}


class Parties(NamedTuple):
    """Who speaks to whom, as far as the chat tells."""

    direction: str | None
    from_id: str | None
    to_ids: list[str] | None
    note: str


def recognises(source: Source) -> bool:
    """Tell by the fields that only Telegram writes."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    if b'"messages"' in head and (_OWN_FIELDS.search(head) or _CHAT_TYPE.search(head)):
        return True
    return b'"personal_information"' in head and _WHOLE_ACCOUNT.search(head) is not None


def read(source: Source) -> Iterator[Row]:
    """Yield a row per element of every `messages` array."""
    for element in elements(source.whole_text(), PATHS):
        yield Row(
            locator=element.pointer,
            verbatim=element.raw.decode("utf-8", "replace"),
            data=SetAside(*element.trouble)
            if element.is_torn
            else (element.raw, element.container),
            sameness="" if element.is_torn else _sameness(element.pointer, element.raw),
        )


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one element means: a message, a call, or a line of the service."""
    if isinstance(row.data, SetAside):
        return row.data
    raw, chat = row.data
    try:
        value = value_of(raw)
    except ValueError as error:
        return SetAside(reasons.MALFORMED, str(error)[:200])
    if not isinstance(value, dict):
        return SetAside(reasons.MALFORMED, "not an object")
    if value.get("type") == "service" and value.get("action") != "phone_call":
        return SetAside(reasons.SYSTEM_LINE, str(value.get("action") or "service message")[:80])
    event = _event(value, _parties(value, chat, source), source)
    if not _set_time(event, value, source):
        return SetAside(reasons.NO_TIME, "neither date_unixtime nor date can be read")
    return [event]


def _sameness(pointer: str, raw: bytes) -> str:
    """Return a digest for elements with an id: Telegram numbers the messages of a chat."""
    if b'"id"' not in raw:
        return ""
    chat = pointer.rpartition("/")[0].encode()
    return hashlib.blake2b(chat + b"\n" + raw, digest_size=16).hexdigest()


def _event(value: dict[str, Any], parties: Parties, source: Source) -> Event:
    is_call = value.get("action") == "phone_call"
    event = Event(
        kind="call" if is_call else "message",
        channel="telegram",
        direction=parties.direction,
        subject_id=source.exhibit.owner_id,
        from_id=parties.from_id,
        to_ids=parties.to_ids,
    )
    notes = [parties.note]
    if is_call:
        _add_call(event, value)
    else:
        _add_content(event, value)
        notes += _content_notes(value)
    if event.state == "edited":
        notes.append(f"edited {str(value.get('edited') or '')[:40]}".strip())
    event.decode_note = "; ".join(n for n in notes if n) or None
    return event


def _add_call(event: Event, value: dict[str, Any]) -> None:
    seconds = value.get("duration_seconds")
    event.lasted_s = float(seconds) if isinstance(seconds, (int, float)) else None
    if event.lasted_s:
        event.outcome = "answered"
        return
    called, caller = _ENDINGS.get(str(value.get("discard_reason")), (None, None))
    event.outcome = caller if event.direction == "outgoing" else called


def _add_content(event: Event, value: dict[str, Any]) -> None:
    event.outcome = {"incoming": "received", "outgoing": "sent"}.get(event.direction or "")
    event.text = text_of(value.get("text"))
    media = value.get("photo") or value.get("file") or value.get("media_type")
    event.media_ref = str(media)[:1_000] if media else None
    event.state = "edited" if value.get("edited") or value.get("edited_unixtime") else "intact"
    place = value.get("location_information")
    if not isinstance(place, dict):
        return
    lat, lon = place.get("latitude"), place.get("longitude")
    if isinstance(lat, (int, float)) and isinstance(lon, (int, float)) and is_position(lat, lon):
        event.lat, event.lon, event.position_basis = float(lat), float(lon), "supplied"
        event.place_kind = "received" if event.direction == "incoming" else "stated"


def _content_notes(value: dict[str, Any]) -> list[str]:
    notes = []
    if value.get("forwarded_from"):
        notes.append(f"forwarded from {str(value['forwarded_from'])[:80]!r}")
    if value.get("reply_to_message_id"):
        notes.append(f"reply to message {str(value['reply_to_message_id'])[:20]}")
    return notes


def text_of(text: Any) -> str:
    """Join a text that is a string, or a list of strings and formatted pieces."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = (p.get("text") if isinstance(p, dict) else p for p in text)
    return "".join(p for p in pieces if isinstance(p, str))


def _account(value: Any) -> str | None:
    """Return "user123" for the forms in which exports state an account."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"user{value}"
    if isinstance(value, str) and value.strip():
        return f"user{value}" if value.isdigit() else value.strip()
    return None


def _parties(value: dict[str, Any], chat: dict[str, Any], source: Source) -> Parties:
    """Tell the sides; in a chat of two the chat's own id is the other side's account."""
    account = _account(value.get("from_id") or value.get("actor_id"))
    name = value.get("from") or value.get("actor")
    sender = f"telegram:{account}" if account else None
    if sender is None and isinstance(name, str) and name:
        sender = f"name:{source.exhibit.ref}:{name}"
    owner, chat_id = source.exhibit.owner_id, chat.get("id")
    if chat.get("type") in {"personal_chat", "bot_chat"} and chat_id is not None and account:
        other = _account(chat_id)
        if account == other:
            return Parties("incoming", sender, [owner], "")
        return Parties("outgoing", owner, [f"telegram:{other}"], f"exported account {account}")
    if sender == owner:
        return Parties("outgoing", owner, _chat_party(chat_id), "")
    return Parties(None, sender, _chat_party(chat_id), "the file does not tell which side exported")


def _chat_party(chat_id: Any) -> list[str] | None:
    return [f"telegram:chat{chat_id}"] if isinstance(chat_id, int) else None


def _set_time(event: Event, value: dict[str, Any], source: Source) -> bool:
    event.time_precision_s = 1.0
    unix = str(value.get("date_unixtime") or "")
    if unix.isascii() and unix.isdigit() and len(unix) <= 10:
        event.started_at, event.time_text = int(unix) * 1_000_000, unix
        event.time_basis, event.zone_used = "stated_utc", "UTC"
        _compare_zone(event.started_at, value.get("date"), source)
        return True
    text = value.get("date")
    if not isinstance(text, str):
        return False
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    event.time_text = text
    if moment.tzinfo is not None:
        event.started_at, event.time_basis = micros(moment), "stated_offset"
        return True
    instant = from_wall_clock(moment, source.zone)
    event.started_at, event.is_clock_change_hour = instant.at, instant.is_clock_change_hour
    event.time_basis, event.zone_used = source.zone_basis, source.zone
    return True


def _compare_zone(at: int, date: Any, source: Source) -> None:
    """Warn where the exporting computer's wall clock is not of the zone case.toml states."""
    if source.exhibit.time_zone is None or not isinstance(date, str):
        return
    try:
        wall = datetime.fromisoformat(date.strip())
    except ValueError:
        return
    if wall.tzinfo is None and abs(from_wall_clock(wall, source.zone).at - at) >= HOUR_US:
        source.warn(
            f"case.toml states the zone {source.zone}; the wall-clock times of the file are of"
            " another zone; the times in UTC beside them were used"
        )
