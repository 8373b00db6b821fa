"""Guess what kind of event the rows of an unknown table are, and say why, for a person to confirm.

A kind decides what a record counts as: a call is a contact, a device event fills a gap. Where
nothing tells, `statement` claims least: it is no contact, fills no gap and supports no diary entry.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from fourfold.evidence.readers.sheets.example import Example
from fourfold.evidence.readers.sheets.guesses import KIND_WORDS, Guess
from fourfold.evidence.readers.sheets.pack import normalised

CONFIRM: Final = "KIND OF EVENT, to be confirmed by you"
_CHANNELS: Final = {"call": "cellular", "message": "sms", "data_session": "data"}
_RELATIONS: Final = {"visit": "during", "journey": "during", "data_session": "at_or_before"}
_CAMERA_WORDS: Final = re.compile(r"camera|cctv|dvr|doorbell|(^| )clip|motion")
_KIND_HEADER: Final = re.compile(r"type|kind|interaction|event|service|action")
_SHOWN: Final = 6


@dataclass(frozen=True)
class KindGuess:
    """The table `kinds` of a pack, the kinds it names, and the notes that say why."""

    kinds: dict[str, Any]
    named: frozenset[str]
    notes: tuple[str, ...]


def kind_of(first: dict[str, Guess], example: Example) -> KindGuess:
    """Guess the kinds: by the values of a column where they are known words, else one for all."""
    if column := first.get("kind"):
        return _by_column(column.column, example)
    kind, why = _only_kind(first, example)
    notes = [f"{CONFIRM}: every row becomes {kind!r}: {why}"]
    if kind == "device_event":
        notes.append(
            "a device event counts as a record of that device: take another kind if nobody"
            " carries it (a camera, a sensor, a gate)"
        )
    notes += [
        f"the values of {header!r} were not understood ({shown}): if they tell kinds of event"
        " apart, name each under [kinds.values]"
        for header, shown in _not_understood(example)
    ]
    return KindGuess({"always": _words(kind)}, frozenset({kind}), tuple(notes))


def _by_column(header: str, example: Example) -> KindGuess:
    values = sorted(set(example.values(example.header.index(header))))
    known = {v: KIND_WORDS[v.casefold()] for v in values if v.casefold() in KIND_WORDS}
    said = ", ".join(f"{value!r} becomes {kind!r}" for value, kind in known.items())
    notes = [f"{CONFIRM}, by column {header!r}: {said}; rows with any other value are set aside"]
    if others := [value for value in values if value not in known]:
        notes.append(f"values of {header!r} without a kind: {_shown(others)}")
    kinds = {"column": header, "values": {v: _words(kind) for v, kind in known.items()}}
    return KindGuess(kinds, frozenset(known.values()), tuple(notes))


def _words(kind: str) -> dict[str, str]:
    words = {"kind": kind}
    if kind in _CHANNELS:
        words["channel"] = _CHANNELS[kind]
    if kind == "call":
        words["outcome"] = "by_call_legs"
    if kind in _RELATIONS:
        words["time_relation"] = _RELATIONS[kind]
    return words


def _only_kind(first: dict[str, Guess], example: Example) -> tuple[str, str]:
    """Return the kind of all rows, and why. The order matters: the surest sign comes first."""
    column = {meaning: known.column for meaning, known in first.items()}
    plate, camera, device = (column.get(name) for name in ("vrm", "camera", "device"))
    party = column.get("from") or column.get("to") or column.get("other")
    length = next((column[m] for m in column if m.startswith(("duration", "ring"))), None)
    text, fix = column.get("text"), column.get("lat") or column.get("lat e7")
    sign = _sign_of_a_camera(example)
    found = (
        (plate or camera, "camera_read", f"there is a column {plate or camera!r}"),
        (party and text, "message", f"there is a party ({party!r}) and a text ({text!r})"),
        (party and length, "call", f"there is a party ({party!r}) and a length ({length!r})"),
        (fix, "device_fix", f"there are positions ({fix!r})"),
        (sign, "camera_read", f"{sign}, so this seems to be the log of a camera"),
        (device, "device_event", f"there is a column {device!r}, and nothing says more"),
        (text, "statement", f"only a text tells ({text!r}); its words are searched for acts"),
    )
    least = ("statement", "nothing tells; this kind claims least")
    return next(((kind, why) for is_so, kind, why in found if is_so), least)


def _sign_of_a_camera(example: Example) -> str:
    for header in example.header:
        if word := _CAMERA_WORDS.search(normalised(header)):
            return f"the header {header!r} says {word[0].strip()!r}"
    return ""


def _not_understood(example: Example) -> list[tuple[str, str]]:
    """Return headers that sound like kinds of event, with some of their values.

    A column whose values hardly ever repeat (an event's number, a text) tells no kinds.
    """
    found = []
    for index, header in enumerate(example.header):
        every = example.values(index)
        values = sorted(set(every))
        if _KIND_HEADER.search(normalised(header)) and len(values) * 2 <= len(every):
            found.append((header, _shown(values)))
    return found


def _shown(values: list[str]) -> str:
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(repr(value[:40]) for value in values[:_SHOWN]) + more
