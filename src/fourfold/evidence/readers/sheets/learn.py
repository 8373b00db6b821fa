"""Propose a format pack for an unknown table. A person checks it; then it is data.

Nothing here decides for good: the proposal names, for every column, what it seems to mean
and why. The order of day and month is left to the reading (`learn`), which looks at every
value of the file and flags every event where the values do not decide.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets.example import Example, read_example
from fourfold.evidence.readers.sheets.guesses import DIRECTION_WORDS, Guess, guess
from fourfold.evidence.readers.sheets.learn_kind import KindGuess, kind_of
from fourfold.evidence.readers.sheets.pack import Pack, parse

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class PackProposal:
    """A pack as data, what led to it, and what a person must check before using it."""

    data: dict[str, Any]
    guesses: tuple[Guess, ...]
    notes: tuple[str, ...]

    @property
    def pack(self) -> Pack:
        """The pack, as the reader would load it."""
        return parse(to_toml(self), self.data["name"])


def propose(path: Path, name: str | None = None) -> PackProposal:
    """Guess a format pack from an example file.

    Args:
        path: a CSV, TSV, semicolon file or XLSX workbook with a header.
        name: name of the pack; default: from the file's name.

    Raises:
        PackError: the file cannot be read, there is no table in it, or no column that
            could be a time.
    """
    example = read_example(path)
    found = [
        known
        for index, column in enumerate(example.header)
        if column and (known := guess(column, example.values(index)))
    ]
    first: dict[str, Guess] = {}
    for known in found:
        first.setdefault(known.meaning, known)
    kind = kind_of(first, example)
    data: dict[str, Any] = {
        "name": name or _name_of(path),
        "version": "1",
        "title": f"Table as in {_readable(path.name)} ({len(example.header)} columns)",
        "fingerprint": {"headers": list(dict.fromkeys(c for c in example.header if c))},
        "times": _times(first, example, path),
        "kinds": kind.kinds,
        **_position(first, example, kind),
        **_parties(first, example, kind),
        **_content(first),
    }
    read = set(_texts({key: value for key, value in data.items() if key != "fingerprint"}))
    used = tuple(g for g in found if first[g.meaning] is g and g.column in read)
    return PackProposal(data, used, (*kind.notes, *_notes(data, example, used)))


def _name_of(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_") or "table"


def _readable(name: str) -> str:
    """Return a file's name as text: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value: a column the pack reads is one of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _times(first: dict[str, Guess], example: Example, path: Path) -> dict[str, Any]:
    for order in ("epoch_s", "epoch_ms", "iso"):
        if start := first.get(f"start {order}"):
            times: dict[str, Any] = {"start": {"column": start.column}, "order": order}
            if order == "iso" and "end iso" in first:
                times["end"] = {"column": first["end iso"].column}
            return times
    start = first.get("start date")
    if start is None:
        raise PackError(f"{path.name}: no column could be recognised as date or time")
    clock = first.get("start clock")
    values = example.values(example.header.index(start.column))
    if clock and not any(":" in value for value in values):
        moment = {"date": start.column, "time": clock.column}
    else:
        moment = {"column": start.column}
    return {"start": moment, "order": "learn"}


def _position(first: dict[str, Guess], example: Example, kind: KindGuess) -> dict[str, Any]:
    columns = {
        key: first[meaning].column
        for key, meaning in (
            ("accuracy", "accuracy"), ("azimuth", "azimuth"), ("cell", "cell"),
            ("end_cell", "end cell"), ("easting", "easting"), ("northing", "northing"),
        )
        if meaning in first
    }  # fmt: skip
    place: dict[str, Any] = {"place_kind": _place_kind(first, kind), **columns}
    more: dict[str, Any] = {}
    if "lat" in first and "lon" in first:
        place |= {"lat": first["lat"].column, "lon": first["lon"].column}
        sample = example.values(example.header.index(first["lat"].column))
        if sample and "," in sample[0]:
            more["decimal_comma"] = True
    elif "lat e7" in first and "lon e7" in first:
        place |= {"lat": first["lat e7"].column, "lon": first["lon e7"].column, "scale": 1e-7}
    elif "pair" in first:
        place |= _pair(first["pair"].column)
    if "accuracy" in columns:
        place["accuracy_meaning"] = "radius as supplied; what it means is not stated"
    has_place = place.keys() & {"lat", "pair", "cell", "easting"}
    return {"position": place, **more} if has_place else more


def _pair(column: str) -> dict[str, Any]:
    header = column.casefold()
    is_lon_first = "lat" in header and -1 < header.find("lon") < header.find("lat")
    pair = {"pair": column, "pair_order": "lon lat" if is_lon_first else "lat lon"}
    return pair | ({"turns_latitude": True} if "-lat" in header else {})


def _place_kind(first: dict[str, Guess], kind: KindGuess) -> str:
    if "camera_read" in kind.named:
        return "camera"
    if "cell" in first or "easting" in first:
        return "cell"
    return "stated" if kind.named & {"visit", "journey", "statement"} else "fix"


def _parties(first: dict[str, Guess], example: Example, kind: KindGuess) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for meaning in ("from", "to", "other", "via"):
        if known := first.get(meaning):
            values = example.values(example.header.index(known.column))
            is_number = sum(any(c.isdigit() for c in v) for v in values) * 2 >= len(values)
            scheme = "number" if is_number else "name"
            found[meaning] = {"column": known.column, "scheme": scheme}
    if "from" in found and "to" in found:
        found.pop("other", None)
    found |= _devices(first, kind)
    if known := first.get("direction"):
        values = sorted(set(example.values(example.header.index(known.column))))
        words = {
            v: DIRECTION_WORDS[v.casefold()] for v in values if v.casefold() in DIRECTION_WORDS
        }
        found["direction"] = {"column": known.column, "values": words}
    return found


def _devices(first: dict[str, Guess], kind: KindGuess) -> dict[str, Any]:
    """Return what names the vehicle, device or camera of a row.

    The scheme `name` binds a value to its exhibit: "Front Door" of two exhibits stays two.
    A camera is not the subject of what it records; the owner of the exhibit is.
    """
    if "vrm" in first:
        found = {"subject": {"column": first["vrm"].column, "scheme": "vrm"}}
        if "camera" in first:
            found["via"] = {"column": first["camera"].column, "scheme": "camera"}
        return found
    known = first.get("camera") or first.get("device")
    if known is None:
        return {}
    role = "via" if "camera_read" in kind.named else "subject"
    return {role: {"column": known.column, "scheme": "name"}}


def _content(first: dict[str, Guess]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for format_name in ("h:m:s", "seconds"):
        if known := first.get(f"duration {format_name}"):
            found["duration"] = {"column": known.column, "format": format_name}
    if known := first.get("ring"):
        found["ring"] = {"column": known.column}
    found |= {meaning: first[meaning].column for meaning in ("imei", "imsi") if meaning in first}
    if known := first.get("text"):
        found["text"] = [known.column]
    if known := first.get("running number"):
        found["running_numbers"] = [known.column]
    return found


def _notes(data: dict[str, Any], example: Example, used: tuple[Guess, ...]) -> tuple[str, ...]:
    notes = [f"{g.column!r} is read as {g.meaning} ({g.confidence}): {g.reason}" for g in used]
    named = {known.column for known in used}
    unused = [column for column in example.header if column and column not in named]
    if unused:
        notes.append(f"not read: {', '.join(map(repr, unused))}")
    order = data["times"]["order"]
    if order == "learn":
        notes.append("check the order of day and month: it is decided by the values of each file")
    if order in ("learn", "iso"):
        notes.append("times without an offset are read in the zone of the exhibit (case.toml)")
    if "pair" in data.get("position", {}):
        notes.append("check which number of the pair is the latitude, and its sign")
    notes += _notes_on_devices(data)
    if example.preamble:
        keys = ", ".join(map(repr, example.preamble))
        notes.append(
            f"above the header stand {keys}: one of them may name the subject, or say that the"
            " clock was wrong"
        )
    return tuple(notes)


def _notes_on_devices(data: dict[str, Any]) -> list[str]:
    notes = []
    subject, via = data.get("subject"), data.get("via")
    if subject and subject["scheme"] == "name":
        notes.append(
            f"each value of {subject['column']!r} is a device of its own exhibit alone"
            " (name:<ref>:<value>): say whose it is in case.toml, or take out [subject]:"
            " then the records are those of the exhibit's owner"
        )
    if data["kinds"].get("always", {}).get("kind") == "camera_read" and not subject:
        named = f"; {via['column']!r} names the camera" if via else ""
        notes.append(f"the subject of every record is the owner of the exhibit{named}")
    return notes


def to_toml(proposal: PackProposal) -> str:
    """Return the proposal as a pack in TOML, with its reasons as comments."""
    lines = ["# Proposed from an example. Check every line, then remove this one."]
    lines += [f"# {note}" for note in proposal.notes]
    return "\n".join([*lines, *_table(proposal.data, ())]) + "\n"


def _table(data: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    lines = ["", f"[{'.'.join(map(_key, path))}]"] if path and (plain or not data) else []
    lines += [f"{_key(key)} = {_quoted(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if isinstance(value, dict):
            lines += _table(value, (*path, key))
    return lines


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _quoted(key)


def _quoted(value: Any) -> str:
    """Return a value in TOML: as in JSON, but for one character that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
