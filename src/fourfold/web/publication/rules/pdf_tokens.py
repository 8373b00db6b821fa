"""The words of PDF's own language: strings, names, brackets, operators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

STRING, WORD, OPEN, CLOSE = "string", "word", "<<", ">>"
_WORD: Final = re.compile(rb"/?[^\s()<>\[\]{}/%]+|/")
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_INSIDE: Final = re.compile(rb"[^\\()]*")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class UnreadablePdfError(ValueError):
    """A PDF is not as typeset writes it, so that its text cannot be read back."""


@dataclass(frozen=True)
class Token:
    """One word: its kind, and its bytes (of a string: what it says)."""

    kind: str
    value: bytes


def tokens(raw: bytes) -> Iterator[Token]:
    """Yield the words of a dictionary or of a page's content."""
    at = 0
    while at < len(raw):
        first, two = raw[at : at + 1], raw[at : at + 2]
        if first == b"(":
            end = _end_of_string(raw, at)
            yield Token(STRING, _ESCAPE.sub(_unescaped, raw[at + 1 : end - 1]))
            at = end
        elif two in (b"<<", b">>"):
            yield Token(OPEN if two == b"<<" else CLOSE, two)
            at += 2
        elif first == b"<":
            found = _HEX.match(raw, at)
            if found is None:
                raise UnreadablePdfError("a string that does not end")
            digits = re.sub(rb"\s", b"", found[1])
            yield Token(STRING, bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
            at = found.end()
        elif word := _WORD.match(raw, at):
            yield Token(WORD, word[0])
            at = word.end()
        else:
            at += 1


def _end_of_string(raw: bytes, start: int) -> int:
    """Return where a string in round brackets ends; brackets inside may stand in pairs."""
    depth, at = 1, start + 1
    while depth:
        found = _INSIDE.match(raw, at)
        at = found.end() if found else at
        sign = raw[at : at + 1]
        if not sign:
            raise UnreadablePdfError("a string that does not end")
        at += 2 if sign == b"\\" else 1
        depth += {b"(": 1, b")": -1}.get(sign, 0)
    return at


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) % 256])
    return b"" if code in (b"\n", b"\r\n", b"\r") else _ESCAPED.get(code, code)
