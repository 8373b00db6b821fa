"""What happens: calls and messages between the invented people, planted and by chance."""

from random import Random
from typing import Final, NamedTuple

from fourfold.demo_case.world import (
    DAY_S,
    DAYS,
    F1,
    FIRST,
    LAST,
    NEW_SIM_AT,
    OTHERS,
    POLICE,
    S1,
    S2,
    SOLICITOR,
    V1,
    VOICEMAIL,
    at_local,
)

TOLD_AT: Final = at_local("2026-07-10T19:12:33")
SERVED_AT: Final = at_local("2026-10-02T15:40:00")
PLEAS: Final = (
    "Pick up.", "Please just talk to me.", "Why are you doing this", "I only want five minutes.",
    "I know you read these.", "Five minutes, that is all.", "You owe me an answer.", "Call me back",
)  # fmt: skip
REPLIES: Final = ("Please leave me alone.", "No.", "Do not contact me again.", "Stop ringing.")
SMALL_TALK: Final = ("On my way", "Match was rubbish", "Thanks, will do", "Running late", "ok")
ODD_TEXTS: Final = (
    '=HYPERLINK("http://example.invalid/","click")', "<script>alert('x')</script> you there?",
    "line one\nline two, still the same message", "\U0001f494 \U0001f494", "@SUM(A1:A9)",
    "\u202egnihton\u202c nothing", "+44 is not a sum", 'He said "now", and, then; left',
)  # fmt: skip


class Contact(NamedTuple):
    """One true happening. channel: call, sms, whatsapp, telegram, instagram."""

    at: int
    channel: str
    a: str
    b: str
    ring_s: int = 0
    talk_s: int = 0
    outcome: str = "sent"
    text: str = ""
    parts: int = 1
    is_withheld: bool = False
    forwarded_to: str = ""


class Volume(NamedTuple):
    """How much of everything there is per day."""

    contacts: float
    others: float
    data_sessions: float
    fixes: float
    walks: int


SMALL: Final = Volume(1.2, 0.8, 0.5, 2, 3)
TYPICAL: Final = Volume(9.0, 9.0, 6.0, 24, 12)


def contacts(rng: Random, volume: Volume) -> list[Contact]:
    """Return all happenings in time order; no line does two things at once."""
    planted = _planted()
    random = [*_from_suspect(rng, volume), *_from_victim(rng, volume), *_others(rng, volume)]
    busy = [_stretch(c) for c in planted]
    chosen = list(planted)
    busy_until = dict.fromkeys((S1, S2, V1), 0)
    for contact in sorted(random):
        first, last = _stretch(contact)
        lines = [line for line in (contact.a, contact.b) if line in busy_until]
        is_free = all(first > busy_until[line] for line in lines)
        if is_free and not any(first <= end and start <= last for start, end in busy):
            chosen.append(contact)
            busy_until.update(dict.fromkeys(lines, last))
    return sorted(chosen)


def _stretch(contact: Contact) -> tuple[int, int]:
    """Return the seconds that a happening takes up, with room before and after."""
    return contact.at - 30, contact.at + contact.ring_s + contact.talk_s + 30


def _call(at: str, pair: tuple[str, str], outcome: str, ring_s: int, talk_s: int = 0) -> Contact:
    onward = VOICEMAIL if outcome == "voicemail" else ""
    return Contact(at_local(at), "call", *pair, ring_s, talk_s, outcome, forwarded_to=onward)


def _planted() -> list[Contact]:
    """Return what the diary, the order and the faults hang on."""
    night = at_local("2026-10-25T01:30:00")  # the first of the two half past ones
    return [
        Contact(TOLD_AT, "sms", V1, S1, text="Please stop contacting me."),
        _call("2026-07-10T19:20:10", (S1, V1), "no_answer", 21),
        _call("2026-08-17T21:02:00", (S1, V1), "no_answer", 18),
        _call("2026-08-17T21:04:40", (S1, V1), "no_answer", 23),
        _call("2026-08-17T21:08:15", (S1, V1), "voicemail", 20, 31),
        Contact(at_local("2026-08-16T21:02:10"), "sms", S1, V1, text="I know the light is on."),
        _call("2026-08-03T11:15:00", (POLICE, S1), "answered", 12, 240),
        Contact(at_local("2026-08-15T08:31:02"), "sms", S1, V1, text="I write. " * 40, parts=3),
        Contact(at_local("2026-07-06T21:10:00"), "call", S1, V1, 8, 4_512, "answered", parts=3),
        Contact(at_local("2026-07-25T18:02:07"), "call", V1, S1, 14, 96, "forwarded",
                forwarded_to=F1),
        Contact(at_local("2026-09-21T13:05:00"), "call", S1, V1, 17, 0, "no_answer",
                is_withheld=True),
        Contact(at_local("2026-09-21T13:07:30"), "call", S1, V1, 12, 0, "no_answer",
                is_withheld=True),
        Contact(night, "call", S2, V1, 15, 0, "no_answer", is_withheld=True),
        Contact(night + 3_600, "call", S2, V1, 11, 0, "no_answer", is_withheld=True),
        Contact(night + 3_900, "sms", S2, V1, text="Both half past ones, I am awake."),
        Contact(at_local("2026-10-04T20:15:00"), "sms", S2, V1, text="A piece of paper."),
        _call("2026-10-05T10:02:00", (SOLICITOR, V1), "answered", 9, 310),
        _call("2026-10-30T12:00:00", (S1, OTHERS[0]), "answered", 9, 60),
        _call("2026-10-31T12:00:00", (S1, OTHERS[1]), "answered", 9, 60),
        Contact(at_local("2026-10-31T13:00:00"), "sms", S1, OTHERS[2], text="ok"),
    ]  # fmt: skip


def _day_at(rng: Random, day: int) -> int:
    """Return a moment of a local day, mostly between eight and midnight."""
    hour = rng.choice((0, 8, 9, 11, 12, 13, 15, 17, 18, 19, 20, 21, 22, 23))
    return min(FIRST + day * DAY_S + hour * 3_600 + rng.randrange(3_600), LAST - 60)


def _count(rng: Random, mean: float) -> int:
    whole = int(mean)
    return whole + (rng.random() < mean - whole)


def _from_suspect(rng: Random, volume: Volume) -> list[Contact]:
    """Return contact that grows to a peak before the order and falls after it."""
    found = []
    for day in range(DAYS):
        level = 0.4 + 1.8 * day / 92 if day < 93 else 0.15
        for _ in range(_count(rng, volume.contacts * level)):
            at = _day_at(rng, day)
            line = S2 if at >= NEW_SIM_AT and (day >= 93 or rng.random() < 0.5) else S1
            found.append(_one(rng, at, line, V1, PLEAS))
    return [c for c in found if not _is_quiet(c.at)]


# The diary speaks of a text at eight on 16 August (it came after nine), of three calls about
# nine on 17 August, and of a call at noon on 19 August (there is none): nothing by chance then.
QUIET: Final = (
    (at_local("2026-08-16T18:30:00"), at_local("2026-08-16T21:00:00")),
    (at_local("2026-08-17T19:30:00"), at_local("2026-08-17T22:30:00")),
    (at_local("2026-08-19T09:00:00"), at_local("2026-08-19T16:00:00")),
)


def _is_quiet(at: int) -> bool:
    return any(first <= at < last for first, last in QUIET)


def _from_victim(rng: Random, volume: Volume) -> list[Contact]:
    found = []
    for day in range(0, DAYS, 3):
        count = _count(rng, volume.contacts / 4)
        found += [_one(rng, _day_at(rng, day), V1, S1, REPLIES) for _ in range(count)]
    return [c for c in found if c.at < SERVED_AT and not _is_quiet(c.at)]


def _others(rng: Random, volume: Volume) -> list[Contact]:
    found = []
    for day in range(DAYS):
        for line in (S1, V1):
            for _ in range(_count(rng, volume.others)):
                other = F1 if line == V1 and rng.random() < 0.2 else rng.choice(OTHERS)
                pair = (line, other) if rng.random() < 0.5 else (other, line)
                contact = _one(rng, _day_at(rng, day), *pair, SMALL_TALK)
                is_cellular = contact.channel in {"call", "sms"}
                if is_cellular and not (line == V1 and _is_quiet(contact.at)):
                    found.append(contact)
    return found


def _one(rng: Random, at: int, a: str, b: str, texts: tuple[str, ...]) -> Contact:
    chosen = rng.random()
    if chosen < 0.45:
        return _one_call(rng, at, a, b)
    text = rng.choice(ODD_TEXTS) if rng.random() < 0.04 else rng.choice(texts)
    if chosen < 0.8 or {a, b} != {S1, V1}:
        return Contact(at, "sms", a, b, text=text)
    return Contact(at, "whatsapp", a, b, text=text)


def _one_call(rng: Random, at: int, a: str, b: str) -> Contact:
    outcome = rng.choices(("answered", "no_answer", "voicemail"), (3, 5, 2))[0]
    ring_s = rng.randrange(4, 30)
    if outcome == "voicemail" and b not in {S1, V1}:
        outcome = "no_answer"
    talk_s = {"answered": rng.randrange(5, 900), "voicemail": rng.randrange(4, 40)}.get(outcome, 0)
    hides = a in {S1, S2} and b == V1 and at > TOLD_AT and rng.random() < 0.1
    forwarded_to = VOICEMAIL if outcome == "voicemail" else ""
    return Contact(at, "call", a, b, ring_s, talk_s, outcome, is_withheld=hides,
                   forwarded_to=forwarded_to)  # fmt: skip
