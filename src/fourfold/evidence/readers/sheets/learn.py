"""Propose a format pack for an unknown table. A person checks it; then it is data.

Nothing here decides for good: the proposal names, for every column, what it seems to mean
and why. The order of day and month is left to the reading (`learn`), which looks at every
value of the file and flags every event where the values do not decide.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets.example import Example, read_example
from fourfold.evidence.readers.sheets.guesses import (
    DIRECTION_WORDS,
    KIND_WORDS,
    Guess,
    guess,
)
from fourfold.evidence.readers.sheets.pack import Pack, parse

_CHANNELS = {"call": "cellular", "message": "sms", "data_session": "data"}
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
        PackError: there is no table in the file, or no column that could be a time.
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
    data: dict[str, Any] = {
        "name": name or _name_of(path),
        "version": "1",
        "title": f"Table as in {path.name} ({len(example.header)} columns)",
        "fingerprint": {"headers": list(dict.fromkeys(c for c in example.header if c))},
        "times": _times(first, example, path),
        "kinds": _kinds(first, example),
        **_position(first, example),
        **_parties(first, example),
        **_content(first),
    }
    used = tuple(known for known in found if first[known.meaning] is known)
    return PackProposal(data, used, _notes(data, example, used))


def _name_of(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_") or "table"


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


def _kinds(first: dict[str, Guess], example: Example) -> dict[str, Any]:
    if column := first.get("kind"):
        values = sorted(set(example.values(example.header.index(column.column))))
        known = {v: KIND_WORDS[v.casefold()] for v in values if v.casefold() in KIND_WORDS}
        return {"column": column.column, "values": {v: _kind(k) for v, k in known.items()}}
    return {"always": _kind(_only_kind(first))}


def _kind(kind: str) -> dict[str, str]:
    words = {"kind": kind}
    if kind in _CHANNELS:
        words["channel"] = _CHANNELS[kind]
    if kind == "call":
        words["outcome"] = "by_call_legs"
    if kind in ("visit", "journey"):
        words["time_relation"] = "during"
    if kind == "data_session":
        words["time_relation"] = "at_or_before"
    return words


def _only_kind(first: dict[str, Guess]) -> str:
    has_party = any(meaning in first for meaning in ("from", "to", "other"))
    if "vrm" in first:
        return "camera_read"
    if has_party:
        return "message" if "text" in first else "call"
    if "lat" in first or "lat e7" in first:
        return "device_fix"
    return "statement" if "text" in first else "device_event"


def _position(first: dict[str, Guess], example: Example) -> dict[str, Any]:
    columns = {
        key: first[meaning].column
        for key, meaning in (
            ("accuracy", "accuracy"), ("azimuth", "azimuth"), ("cell", "cell"),
            ("end_cell", "end cell"), ("easting", "easting"), ("northing", "northing"),
        )
        if meaning in first
    }  # fmt: skip
    place: dict[str, Any] = {"place_kind": _place_kind(first, example), **columns}
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


def _place_kind(first: dict[str, Guess], example: Example) -> str:
    if "vrm" in first or "camera" in first:
        return "camera"
    if "cell" in first or "easting" in first:
        return "cell"
    if "kind" in first:
        values = {v.casefold() for v in example.values(example.header.index(first["kind"].column))}
        if values & {"visit", "activity", "journey"}:
            return "stated"
    return "fix"


def _parties(first: dict[str, Guess], example: Example) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for meaning in ("from", "to", "other", "via"):
        if known := first.get(meaning):
            values = example.values(example.header.index(known.column))
            is_number = sum(any(c.isdigit() for c in v) for v in values) * 2 >= len(values)
            scheme = "number" if is_number else "name"
            found[meaning] = {"column": known.column, "scheme": scheme}
    if "from" in found and "to" in found:
        found.pop("other", None)
    for meaning in ("vrm", "device"):
        if known := first.get(meaning):
            found["subject"] = {"column": known.column, "scheme": meaning}
    if "vrm" in first and "camera" in first:
        found["via"] = {"column": first["camera"].column, "scheme": "camera"}
    if known := first.get("direction"):
        values = sorted(set(example.values(example.header.index(known.column))))
        words = {
            v: DIRECTION_WORDS[v.casefold()] for v in values if v.casefold() in DIRECTION_WORDS
        }
        found["direction"] = {"column": known.column, "values": words}
    return found


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
    if example.preamble:
        keys = ", ".join(map(repr, example.preamble))
        notes.append(f"above the header stand {keys}: one of them may name the subject")
    return tuple(notes)


def to_toml(proposal: PackProposal) -> str:
    """Return the proposal as a pack in TOML, with its reasons as comments."""
    lines = ["# Proposed from an example. Check every line, then remove this one."]
    lines += [f"# {note}" for note in proposal.notes]
    return "\n".join([*lines, *_table(proposal.data, ())]) + "\n"


def _table(data: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    lines = ["", f"[{'.'.join(map(_key, path))}]"] if path and (plain or not data) else []
    lines += [
        f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()
    ]
    for key, value in data.items():
        if isinstance(value, dict):
            lines += _table(value, (*path, key))
    return lines


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
