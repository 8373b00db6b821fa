"""The elements of JSON arrays with their own text, also from a file that is cut off."""

import json
import re
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Final, NamedTuple

import msgspec

from fourfold.evidence.support.json_keys import RepeatedKeyError, refuse_repeated

_BOM: Final = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[\s,]*")
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_SCANNER = json.JSONDecoder(strict=False)


class JsonRow(NamedTuple):
    """One element of an array. trouble: "", `truncated` or `malformed` (then raw is the rest)."""

    pointer: str
    raw: str
    trouble: str = ""


def json_rows(data: bytes, keys: tuple[str, ...] = ()) -> Iterator[JsonRow]:
    """Yield the elements of the top-level arrays named by keys, in the order of the file.

    Args:
        data: a whole JSON file; a byte order mark is skipped.
        keys: members of the top-level object; none when the file itself is an array.

    Returns:
        Elements with JSON pointers such as /locations/3. A file that breaks off yields what
        stands before the break and, as the last element, the torn rest.
    """
    data = data.removeprefix(_BOM)
    try:
        arrays = _arrays(data, keys)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, RepeatedKeyError):
        yield from _broken(data.decode("utf-8", "replace"), keys)
        return
    for key, array in arrays:
        prefix = f"/{key}/" if key else "/"
        for index, raw in enumerate(array):
            yield JsonRow(f"{prefix}{index}", str(raw, "utf-8", "replace"))


def _arrays(data: bytes, keys: tuple[str, ...]) -> list[tuple[str, list[msgspec.Raw]]]:
    if not keys:
        return [("", _ARRAY.decode(data))]
    members = _OBJECT.decode(data)
    refuse_repeated(data, keys, members)
    return [(key, _ARRAY.decode(raw)) for key, raw in members.items() if key in keys]


def _broken(text: str, keys: tuple[str, ...]) -> Iterator[JsonRow]:
    """Walk a file that is not whole, member by member, up to the place where it breaks."""
    at = _skip(text, 0)
    if not keys:
        yield from _items(text, at, "/")
        return
    at += 1  # the opening brace
    seen: Counter[str] = Counter()
    while at >= 0:
        at = _skip(text, at)
        key, name_end, why = _value(text, at)
        start = _skip(text, _skip(text, name_end) + 1)  # past the colon
        if why or not isinstance(key, str) or start >= len(text):
            if not text[at:].startswith("}"):
                yield JsonRow("/", text[at:], why or _trouble(text, name_end))
            return
        if key in keys and text[start] == "[":
            seen[key] += 1
            name = key if seen[key] == 1 else f"{key}@{seen[key]}"
            at = yield from _items(text, start, f"/{name}/")
            continue
        _, at, why = _value(text, start)
        if why or key in keys:  # a member asked for that is no array is not what we know
            end = len(text) if why else at
            yield JsonRow(f"/{key}", text[start:end], why or "malformed")


def _items(text: str, at: int, prefix: str) -> Generator[JsonRow, None, int]:
    """Yield the items of the array that opens at `at`; return where it closes, or -1."""
    at, index = at + 1, 0
    while True:
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            return at + 1
        _, end, why = _value(text, at)
        if why:
            yield JsonRow(f"{prefix}{index}", text[at:], why)
            return -1
        yield JsonRow(f"{prefix}{index}", text[at:end])
        at, index = end, index + 1


def _value(text: str, at: int) -> tuple[object, int, str]:
    """Read one JSON value: (value, its end, ""), or (None, -1, what is wrong)."""
    try:
        value, end = _SCANNER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return None, -1, _trouble(text, error.pos, error.msg)
    except RecursionError:
        return None, -1, "malformed"
    return value, end, ""


def _trouble(text: str, at: int, message: str = "") -> str:
    """A break after which nothing closes any more is the end of a cut file."""
    is_cut = message.startswith("Unterminated") or not re.search(r"[\]}]", text[at:])
    return "truncated" if is_cut else "malformed"


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, max(at, 0))
    return match.end() if match else at
