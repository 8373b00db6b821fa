"""Keys that stand twice in one JSON object: a decoder keeps the last and drops rows in silence."""

from collections.abc import Iterable, Mapping

import msgspec


class RepeatedKeyError(ValueError):
    """An object holds a key twice; a scanner must read it."""


def refuse_repeated(
    document: bytes | msgspec.Raw, keys: Iterable[str], members: Mapping[str, msgspec.Raw]
) -> None:
    """Compare an object with its members as decoded: none of these keys may have been dropped.

    Raises:
        RepeatedKeyError: one of the keys stands in the object twice.
    """
    text = bytes(document)
    for key in keys:
        word = b'"%s"' % key.encode("utf-8", "replace")
        if text.count(word) > 1 and text.count(word) > 1 + _inside(members, word):
            raise RepeatedKeyError(key)


def _inside(members: Mapping[str, msgspec.Raw], word: bytes) -> int:
    return sum(bytes(value).count(word) for value in members.values())
