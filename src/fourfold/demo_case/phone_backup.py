"""SMS Backup & Restore of the victim's handset, whose clock is seven minutes slow."""

from html import escape
from random import Random
from typing import Final

from fourfold.demo_case.ledger import Files
from fourfold.demo_case.story import Contact
from fourfold.demo_case.world import OTHERS, S1, S2, V1, V_CLOCK_ERROR_S, local

CONTACT_NAMES: Final = {
    S1: "Corwin DO NOT ANSWER", S2: "(Unknown)", OTHERS[0]: "=cmd|'/c calc'!A1",
    OTHERS[1]: "<b>Work</b> & Co", OTHERS[2]: "Mum",
}  # fmt: skip
FACTS: Final = {"authority": "DPN/DEMO/V", "person": "V", "device": "imei:004401005550010"}


def write_backups(files: Files, contacts: list[Contact], rng: Random) -> None:
    """Write the two backups: texts with a draft and two repetitions, and calls."""
    hers = [c for c in contacts if V1 in {c.a, c.b}]
    texts = [_text(c, rng) for c in hers if c.channel == "sms"]
    unsent = Contact(hers[0].at - 90, "sms", V1, S1, text="I never sent this")
    draft = _text(unsent, rng).replace('type="2"', 'type="3"', 1)
    body = [*texts[:3], texts[2], *texts[3:9], texts[8], draft, *texts[9:]]
    exhibit = files.add("victim/sms-backup.xml", "DEF/1", _document("smses", body), **FACTS)
    exhibit.rows, exhibit.merged = len(body), 2
    exhibit.set_aside["not_an_event"] = 1
    calls = [_call(c, rng) for c in hers if c.channel == "call"]
    exhibit = files.add("victim/calls-backup.xml", "DEF/2", _document("calls", calls), **FACTS)
    exhibit.rows = len(calls)


def _document(root: str, elements: list[str]) -> bytes:
    head = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        "<!--File Created By SMS Backup & Restore v10.20.002 on 01/11/2026 08:00:00-->\n"
        f'<{root} count="{len(elements)}" backup_set="00000000-0000-4000-8000-000000000001"'
        ' backup_date="1793520000000" type="full">\n'
    )
    return (head + "\n".join(elements) + f"\n</{root}>\n").encode()


def _text(c: Contact, rng: Random) -> str:
    is_sent = c.a == V1
    other = c.b if is_sent else c.a
    at_ms = (c.at + V_CLOCK_ERROR_S + (0 if is_sent else 5)) * 1000 + rng.randrange(1, 999)
    sent_ms = 0 if is_sent else (c.at + 3) * 1000
    return (
        f'  <sms protocol="0" address="+{other}" date="{at_ms}" type="{2 if is_sent else 1}"'
        f' subject="null" body="{_attribute(c.text)}" toa="null" sc_toa="null"'
        f' service_center="null" read="1" status="-1" locked="0" date_sent="{sent_ms}" sub_id="1"'
        f' readable_date="{_readable(at_ms)}" contact_name="{_name(other)}" />'
    )


def _call(c: Contact, rng: Random) -> str:
    is_made = c.a == V1
    other = c.b if is_made else c.a
    at_ms = (c.at + V_CLOCK_ERROR_S) * 1000 + rng.randrange(1, 999)
    kind = 2 if is_made else 1 if c.outcome == "answered" else 3
    lasted_s = c.talk_s if kind != 3 else 0
    number, shown = ("", 2) if c.is_withheld else (f"+{other}", 1)
    name = "(Unknown)" if c.is_withheld else _name(other)
    return (
        f'  <call number="{number}" duration="{lasted_s}" date="{at_ms}" type="{kind}"'
        f' presentation="{shown}" subscription_id="1" readable_date="{_readable(at_ms)}"'
        f' contact_name="{name}" />'
    )


def _name(number: str) -> str:
    return escape(CONTACT_NAMES.get(number, "(Unknown)"))


def _readable(at_ms: int) -> str:
    moment = local(at_ms / 1000)
    return f"{moment.day} {moment:%b %Y %H:%M:%S}"


def _attribute(text: str) -> str:
    """Escape a text as the application does: characters beyond U+FFFF as two references."""
    units = []
    for character in text:
        if ord(character) > 0xFFFF:
            pair = character.encode("utf-16-be")
            units += [f"&#{int.from_bytes(pair[n : n + 2])};" for n in (0, 2)]
        else:
            units.append("&#10;" if character == "\n" else escape(character))
    return "".join(units)
