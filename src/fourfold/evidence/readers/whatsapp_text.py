"""WhatsApp chats exported as text, in every locale: Android and iOS headers.

A row is a line that starts a message or a notice; the lines after it, up to the next
such line, belong to it. How dates read is decided by the whole file (whatsapp/dates.py).

Repeated rows are never merged: the same words twice in one minute are two messages.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from fourfold.evidence.model import limits, reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import Event, Meaning, Row, SetAside
from fourfold.evidence.readers.whatsapp.chat import Chat, learn_chat
from fourfold.evidence.readers.whatsapp.dates import wall_time
from fourfold.evidence.readers.whatsapp.headers import (
    Stamp,
    Style,
    is_torn,
    match_header,
    split_name,
    starts_with_mark,
)
from fourfold.evidence.readers.whatsapp.lines import Line, head_lines, physical_lines
from fourfold.evidence.readers.whatsapp.phrases import content_of, is_known_notice, is_notice
from fourfold.evidence.support import clock, phone

NAME: Final = "whatsapp_text"
VERSION: Final = "1"
READS: Final = "WhatsApp chat exported as text (Android, iOS, any language)"

_HEAD_LINES: Final = 400
_STRAYS_SHOWN: Final = 5
_PHONE_DIGITS: Final = 8  # a sender shown as "+44 7700 900123" is a number, not a name


class Entry(NamedTuple):
    """One row with what its file teaches about it. stamp None: no header stands before it."""

    stamp: Stamp | None
    name: str | None
    body: str
    chat: Chat
    has_lead_mark: bool
    notes: tuple[str, ...]
    reason: str = ""


def recognises(source: Source) -> bool:
    """Tell by the first lines: a header stands first, and somebody speaks after one."""
    lines = [line for line in head_lines(source.head)[:_HEAD_LINES] if line.strip("\0 \t")]
    stamps = [match_header(line, n) for n, line in enumerate(lines, 1)]
    found = [(stamp, line) for stamp, line in zip(stamps, lines, strict=True) if stamp]
    if not found or (stamps[0] is None and len(found) < 3):
        return False
    if _is_signal(found[0][0].style):
        return False
    return any(
        split_name(line[stamp.ends :])[0] or is_known_notice(line[stamp.ends :])
        for stamp, line in found
    )


def read(source: Source) -> Iterator[Row]:
    """Yield a row per message or notice, and one for text before the first of them.

    A file cut off inside a message yields that message as far as it goes; a torn header
    at the end of the file is a row of its own.
    """
    chat = learn_chat(physical_lines(source), _received(source))
    if chat is None:
        return
    if chat.reading.note:
        source.warn(chat.reading.note)
    block: list[Line] = []
    room = limits.TEXT_CHARS
    for line in physical_lines(source):
        starts_row = line.number in chat.starts
        torn = not line.has_end and not starts_row and is_torn(line.text, chat.style)
        if (starts_row or torn) and block:
            yield _row(block, chat)
            block, room = [], limits.TEXT_CHARS
        if room > 0:
            block.append(line._replace(text=line.text[: limits.TEXT_CHARS]))
        else:  # a hostile message of any length costs no memory; that it was cut is said
            block[-1] = block[-1]._replace(is_cut=True, has_end=line.has_end)
        room -= len(line.text) + 1
        if torn:
            yield _row(block, chat, reasons.TRUNCATED)
            return
    if block:
        yield _row(block, chat)


def to_events(row: Row, source: Source) -> Meaning:
    """Return the message of a row, or say why it holds none."""
    entry: Entry = row.data
    if entry.reason:
        return SetAside(entry.reason, "; ".join(entry.notes))
    lone = entry.name is not None and entry.chat.is_lone_voice(entry.name)
    if entry.stamp is None:
        return SetAside(reasons.MALFORMED, "text before the first message of the file")
    if entry.name is None or is_notice(entry.body, is_lone_voice=lone):
        return SetAside(reasons.SYSTEM_LINE)
    moment = wall_time(entry.stamp, entry.chat.reading)
    if moment is None:
        return SetAside(reasons.NO_TIME, f"no date in a known calendar: {entry.stamp.text}")
    return [_message(entry, entry.stamp, entry.name, moment, source)]


def _message(entry: Entry, stamp: Stamp, name: str, moment: datetime, source: Source) -> Event:
    content = content_of(entry.body, has_lead_mark=entry.has_lead_mark)
    instant = clock.from_wall_clock(moment, source.zone)
    notes = [entry.chat.reading.note, content.note, *entry.notes]
    if content.text and "\ufffd" in content.text:
        notes.append("some bytes of the text cannot be read")
    ref = source.exhibit.ref
    return Event(
        kind="message",
        channel="whatsapp",
        outcome=content.outcome,
        started_at=instant.at,
        time_precision_s=1 if stamp.style.has_seconds else 60,
        time_text=stamp.text,
        zone_used=source.zone,
        time_basis=source.zone_basis,
        is_clock_change_hour=instant.is_clock_change_hour,
        subject_id=source.exhibit.owner_id,
        from_id=_identifier(name, ref),
        to_ids=[_identifier(other, ref) for other in entry.chat.others(name)] or None,
        text=content.text,
        media_ref=content.media_ref,
        state=content.state,
        decode_note="; ".join(note for note in notes if note) or None,
    )


def _row(block: list[Line], chat: Chat, reason: str = "") -> Row:
    first = block[0]
    whole = "\n".join(line.text for line in block)
    entry = _entry(block, whole, chat)
    if reason:
        entry = entry._replace(reason=reason, notes=("the file ends inside a header",))
    return Row(f"line={first.number}", whole[: limits.VERBATIM_CHARS], entry)


def _entry(block: list[Line], whole: str, chat: Chat) -> Entry:
    first = block[0]
    stamp = match_header(first.text, first.number) if first.number in chat.starts else None
    notes = _notes(block, whole, chat)
    if stamp is None:
        return Entry(None, None, whole, chat, False, notes)
    name, body = split_name(whole[stamp.ends :], chat.speakers)
    return Entry(
        stamp,
        name,
        body.rstrip("\n"),
        chat,
        starts_with_mark(first.text),
        notes,
    )


def _notes(block: list[Line], whole: str, chat: Chat) -> tuple[str, ...]:
    notes: list[str] = []
    if strays := [str(line.number) for line in block[1:] if line.number in chat.strays]:
        shown = ", ".join(strays[:_STRAYS_SHOWN])
        more = f" and {len(strays) - _STRAYS_SHOWN} more" if len(strays) > _STRAYS_SHOWN else ""
        notes.append(
            f"line {shown}{more} looks like the start of a message but breaks the style or order"
            " of this file; read as part of this message"
        )
    if any(line.is_cut for line in block) or len(whole) > limits.TEXT_CHARS:
        notes.append(f"longer than {limits.TEXT_CHARS} characters; cut here")
    if not block[-1].has_end:
        notes.append("the file ends without a line end; the last message may be cut off")
    return tuple(notes)


def _identifier(name: str, ref: str) -> str:
    if name.startswith("+") and sum(c.isdigit() for c in name) >= _PHONE_DIGITS:
        identifier = phone.identifier_of(name).identifier
        if identifier.startswith("tel:"):
            return identifier
    return f"name:{ref}:{name}"


def _received(source: Source) -> datetime | None:
    if not source.exhibit.received_at:
        return None
    return clock.parse_iso(source.exhibit.received_at)[0].replace(tzinfo=None)


def _is_signal(style: Style) -> bool:
    """Signal's text export writes `[2019-12-24, 12:23] Name: text`; iOS adds seconds there."""
    return (
        style.is_bracketed
        and style.year_at == 0
        and style.separators == "--"
        and not style.has_seconds
    )
