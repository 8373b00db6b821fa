"""WhatsApp from both sides, a Telegram export, an Instagram download."""

import json
from random import Random
from typing import Any, Final

from fourfold.demo_case.archives import zip_of
from fourfold.demo_case.ledger import Exhibit, Files
from fourfold.demo_case.story import Contact
from fourfold.demo_case.world import NAMES, S1, SUSPECT, VICTIM, at_local, local

NOTICE: Final = "Messages and calls are end-to-end encrypted. Tap to learn more."
TELEGRAM_ID: Final = 99_000_264_117
FAKE_NAME: Final = "Zoë Łost-Wanderer"
FAKE_ACCOUNT: Final = "zoe..lost.wanderer_00"
THREATS: Final = ("nice lunch", "We are not finished", "I saw you got a new coat", "Pick up.")
VICTIM_FACTS: Final = {"authority": "DPN/DEMO/V", "person": "V"}


def write_whatsapp(files: Files, contacts: list[Contact]) -> None:
    """Write one chat as both handsets export it: Android to the minute, iOS to the second."""
    chat = [c for c in contacts if c.channel == "whatsapp"]
    hers = {S1: "Corwin \U0001f6ab"}
    lines = [f"01/07/2026, 09:00 - {NOTICE}"]
    lines += [_android(c, hers.get(c.a, NAMES[VICTIM])) for c in chat]
    name = "victim/WhatsApp Chat with Corwin.txt"
    exhibit = files.add(name, "DEF/3", "\n".join([*lines, ""]).encode(), **VICTIM_FACTS)
    _count_chat(exhibit, len(lines))
    his = {S1: NAMES[SUSPECT]}
    lines = [f"\u200e[01/07/2026, 09:00:20] Tamsin: \u200e{NOTICE}"]
    lines += [_ios(c, his.get(c.a, "Tamsin")) for c in chat]
    content = zip_of({"_chat.txt": "\r\n".join([*lines, ""]).encode()})
    facts = {"authority": "PACE19/DEMO/A", "person": "S", "device": "imei:004401001234560"}
    exhibit = files.add("suspect/WhatsApp Chat - Tamsin.zip", "GHI/2", content, **facts)
    _count_chat(exhibit, len(lines))


def _count_chat(exhibit: Exhibit, lines: int) -> None:
    exhibit.rows = lines
    exhibit.set_aside["system_line"] = 1


def _android(c: Contact, name: str) -> str:
    return f"{local(c.at):%d/%m/%Y, %H:%M} - {name}: {c.text}"


def _ios(c: Contact, name: str) -> str:
    return f"[{local(c.at):%d/%m/%Y, %H:%M:%S}] {name}: {c.text}"


def write_telegram(files: Files, rng: Random) -> list[int]:
    """Write a chat with a throwaway account: a notice, messages, one edited. Return the times."""
    joined = at_local("2026-08-23T06:51:59")
    messages: list[dict[str, Any]] = [
        _service(joined),
        *(_telegram(rng, n, joined + 86_400 * n * 2 + rng.randrange(40_000)) for n in range(1, 19)),
    ]
    chat = {"name": None, "type": "personal_chat", "id": TELEGRAM_ID, "messages": messages}
    content = json.dumps(chat, indent=1, ensure_ascii=False).encode()
    exhibit = files.add("victim/ChatExport/result.json", "DEF/4", content, **VICTIM_FACTS)
    exhibit.rows = len(messages)
    exhibit.set_aside["system_line"] = 1
    return [int(message["date_unixtime"]) for message in messages[1:]]


def _service(at: int) -> dict[str, Any]:
    return {
        "id": 1000, "type": "service", "date": local(at).isoformat(), "date_unixtime": str(at),
        "actor": "M", "actor_id": f"user{TELEGRAM_ID}", "action": "joined_telegram", "text": "",
        "text_entities": [],
    }  # fmt: skip


def _telegram(rng: Random, number: int, at: int) -> dict[str, Any]:
    words = rng.choice(THREATS)
    rich = [{"type": "bold", "text": "5"}, " minutes."]
    message: dict[str, Any] = {
        "id": 1000 + 3 * number, "type": "message", "date": local(at).isoformat(),
        "date_unixtime": str(at), "from": None, "from_id": f"user{TELEGRAM_ID}",
        "text": rich if number % 5 == 0 else words, "text_entities": [],
    }  # fmt: skip
    if number == 7:
        message |= {"edited": local(at + 60).isoformat(), "edited_unixtime": str(at + 60)}
    return message


def write_instagram(files: Files, rng: Random) -> tuple[list[int], list[int]]:
    """Write a download, newest first, mis-encoded as the service does. Return his times, hers."""
    first = at_local("2026-09-23T12:40:00")
    times = [first + 86_400 * n + rng.randrange(30_000) for n in range(10)]
    messages = [
        {
            "sender_name": _broken(NAMES[VICTIM] if n == 1 else FAKE_NAME),
            "timestamp_ms": at * 1000 + rng.randrange(1000),
            "content": _broken("who is this?" if n == 1 else rng.choice(THREATS) + " \u2026"),
            "is_geoblocked_for_viewer": False,
        }
        for n, at in enumerate(times)
    ]
    people = [{"name": _broken(FAKE_NAME)}, {"name": NAMES[VICTIM]}]
    thread = {"participants": people, "messages": messages[::-1], "title": _broken(FAKE_NAME)}
    inbox = "your_instagram_activity/messages/inbox/zoelostwanderer_1000264"
    content = zip_of({f"{inbox}/message_1.json": json.dumps(thread, indent=1).encode()})
    exhibit = files.add("victim/instagram-data.zip", "DEF/5", content, **VICTIM_FACTS)
    exhibit.rows = len(messages)
    return times[:1] + times[2:], times[1:2]


def _broken(text: str) -> str:
    """Return UTF-8 read as Latin-1, the form in which these downloads come."""
    return text.encode().decode("latin-1")
