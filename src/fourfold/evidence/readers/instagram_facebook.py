"""Reads message exports of Instagram and Facebook, and end-to-end encrypted Facebook chats.

Both services write the same `message_N.json`; which one wrote it stands only in paths.
Where no path tells, the channel says so. Meta writes UTF-8 as if it were Latin-1
("Zoë" arrives as "ZoÃ«"); the text is repaired, the repair noted, the row stays as it was.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.support.json_elements import elements, value_of

NAME: Final = "instagram_facebook"
VERSION: Final = "1"
READS: Final = "Instagram and Facebook messages (JSON), also end-to-end encrypted Facebook chats"

UNDECIDED: Final = "instagram_or_facebook"
LATEST_MS: Final = 4_102_444_800_000  # 2100-01-01
REPAIR_NOTE: Final = "letters repaired: the export wrote UTF-8 as Latin-1"
UNDECIDED_NOTE: Final = "the file does not tell whether Instagram or Facebook wrote it"

_CLASSIC_MARK = re.compile(rb'"sender_name"\s*:|"thread_path"\s*:')
_SEALED_MARK = re.compile(rb'"senderName"\s*:|"threadName"\s*:')
_INSTAGRAM_PATH = re.compile(r"(?:^|[/\"])your_instagram_activity/|(?:^|/)instagram-[^/]+/")
_FACEBOOK_PATH = re.compile(
    r"(?:^|[/\"])(?:your_facebook_activity|this_profile's_activity_across_facebook|"
    r"your_activity_across_facebook)/|(?:^|/)facebook-[^/]+/|(?:^|[/\"])messages/stickers_used/"
)
_THREAD_NUMBER = re.compile(r"_\d+$")
_MEDIA_KEYS: Final = ("photos", "videos", "audio_files", "gifs", "files", "sticker", "media")


class Thread(NamedTuple):
    """What a file says besides its messages. owner: the exporting side's display name."""

    is_sealed: bool
    channel: str
    members: tuple[str, ...]
    owner: str | None
    key: str


def recognises(source: Source) -> bool:
    """Tell by the fields that only Meta's message files have."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{") or b'"messages"' not in head:
        return False
    if _SEALED_MARK.search(head):
        return b'"senderName"' in head or b'"participants"' in head
    return _CLASSIC_MARK.search(head) is not None and (
        b'"timestamp_ms"' in head or b'"participants"' in head
    )


def read(source: Source) -> Iterator[Row]:
    """Yield a row per element of `messages`, in the order of the file (newest first)."""
    service, threads = _service(source), dict[int, Thread]()
    is_sealed = _SEALED_MARK.search(source.head) is not None
    for element in elements(source.whole_text(), [("messages",)]):
        holder = element.container
        if id(holder) not in threads:
            threads[id(holder)] = _thread(holder, service, is_sealed=is_sealed)
        thread = threads[id(holder)]
        yield Row(
            locator=element.pointer,
            verbatim=element.raw.decode("utf-8", "replace"),
            data=SetAside(*element.trouble) if element.is_torn else (element.raw, thread),
            sameness="" if element.is_torn else _sameness(thread, element.raw),
        )


def to_events(row: Row, source: Source) -> Meaning:
    """Say what one element means: a message or a call."""
    if isinstance(row.data, SetAside):
        return row.data
    raw, thread = row.data
    try:
        value = value_of(raw)
    except ValueError as error:
        return SetAside(reasons.MALFORMED, str(error)[:200])
    if not isinstance(value, dict):
        return SetAside(reasons.MALFORMED, "not an object")
    if value.get("type") in {"Subscribe", "Unsubscribe"}:
        return SetAside(reasons.SYSTEM_LINE, "somebody joined or left the chat")
    stated = value.get("timestamp" if thread.is_sealed else "timestamp_ms")
    if not isinstance(stated, int) or isinstance(stated, bool) or not 0 < stated < LATEST_MS:
        return SetAside(reasons.NO_TIME, f"time is {str(stated)[:40]!r}")
    event = _event(value, thread, source)
    event.started_at, event.time_precision_s, event.time_text = stated * 1_000, 0.001, str(stated)
    event.time_basis, event.zone_used = "stated_utc", "UTC"
    return [event]


def repaired(text: str) -> tuple[str, bool]:
    """Undo UTF-8 read as Latin-1; the flag tells whether anything changed."""
    if text.isascii():
        return text, False
    try:
        return text.encode("latin-1").decode("utf-8"), True
    except UnicodeError:
        return text, False


def _service(source: Source) -> str:
    """Return the service that a path of this member, its neighbours or its media names."""
    head = source.head.decode("utf-8", "replace").replace("\\/", "/")
    for texts in ([source.part], list(source.siblings), [head]):
        is_instagram = any(_INSTAGRAM_PATH.search(t) for t in texts)
        is_facebook = any(_FACEBOOK_PATH.search(t) for t in texts)
        if is_instagram != is_facebook:
            return "instagram" if is_instagram else "facebook"
    return UNDECIDED


def _thread(holder: dict[str, Any], service: str, *, is_sealed: bool) -> Thread:
    stated = holder.get("participants")
    people = stated if isinstance(stated, list) else []
    names = [p.get("name") if isinstance(p, dict) else p for p in people]
    title = holder.get("threadName" if is_sealed else "title")
    title = title if isinstance(title, str) else ""
    members = tuple(_name(n, is_sealed=is_sealed) for n in names if isinstance(n, str))
    other = _THREAD_NUMBER.sub("", title) if is_sealed else repaired(title)[0]
    owners = [m for m in members if m != other] if len(members) == 2 else []
    key = str(holder.get("thread_path") or title)
    channel = "facebook" if is_sealed else service
    return Thread(is_sealed, channel, members, owners[0] if len(owners) == 1 else None, key)


def _name(text: str, *, is_sealed: bool) -> str:
    return text if is_sealed else repaired(text)[0]


def _sameness(thread: Thread, raw: bytes) -> str:
    """Return a digest where the time is finer than a second: then a repetition is one."""
    if not re.search(rb'"timestamp(?:_ms)?"\s*:\s*\d{10}(?!000)\d{3}\b', raw):
        return ""
    return hashlib.blake2b(thread.key.encode() + b"\n" + raw, digest_size=16).hexdigest()


def _event(value: dict[str, Any], thread: Thread, source: Source) -> Event:
    notes = [UNDECIDED_NOTE] if thread.channel == UNDECIDED else []
    text, is_repaired = _text(value, thread)
    event = Event(
        kind="message",
        channel=thread.channel,
        subject_id=source.exhibit.owner_id,
        text=text,
        media_ref=_media(value),
        state="deleted" if value.get("isUnsent") or value.get("is_unsent") else "intact",
    )
    sender = value.get("senderName" if thread.is_sealed else "sender_name")
    if isinstance(sender, str) and sender:
        name = _name(sender, is_sealed=thread.is_sealed)
        notes += _set_parties(event, name, thread, source)
        is_repaired = is_repaired or name != sender
    _set_outcome(event, value)
    if event.state == "deleted":
        notes.append("unsent by its sender")
    if is_repaired:
        notes.append(REPAIR_NOTE)
    event.decode_note = "; ".join(notes) or None
    return event


def _set_parties(event: Event, sender: str, thread: Thread, source: Source) -> list[str]:
    """Set who speaks to whom; in a chat of two the title names the other side."""
    scope = "facebook" if thread.channel == "facebook" else source.exhibit.ref
    others = [f"name:{scope}:{m}" for m in thread.members if m != sender]
    event.from_id, event.to_ids = f"name:{scope}:{sender}", others or None
    if thread.owner is None or sender not in thread.members:
        return ["the file does not tell which side exported"]
    if sender == thread.owner:
        event.direction, event.from_id = "outgoing", source.exhibit.owner_id
    else:
        event.direction, event.to_ids = "incoming", [source.exhibit.owner_id]
    return [f"exporting side shown as {thread.owner!r}"]


def _set_outcome(event: Event, value: dict[str, Any]) -> None:
    seconds = value.get("call_duration")
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool):
        event.kind, event.lasted_s = "call", float(seconds)
        unanswered = {"incoming": "missed", "outgoing": "no_answer"}.get(event.direction or "")
        event.outcome = "answered" if seconds > 0 else unanswered
        return
    event.outcome = {"incoming": "received", "outgoing": "sent"}.get(event.direction or "")


def _text(value: dict[str, Any], thread: Thread) -> tuple[str, bool]:
    share = value.get("share")
    share = share if isinstance(share, dict) else {}
    body = value.get("text" if thread.is_sealed else "content")
    pieces = [p for p in (body, share.get("share_text"), share.get("link")) if isinstance(p, str)]
    if thread.is_sealed:
        return "\n".join(pieces), False
    mended = [repaired(p) for p in pieces]
    return "\n".join(t for t, _ in mended), any(changed for _, changed in mended)


def _media(value: dict[str, Any]) -> str | None:
    held = [value.get(key) for key in _MEDIA_KEYS]
    items = [item for h in held for item in (h if isinstance(h, list) else [h])]
    found = [str(item["uri"]) for item in items if isinstance(item, dict) and "uri" in item]
    return ", ".join(found)[:1_000] or None
