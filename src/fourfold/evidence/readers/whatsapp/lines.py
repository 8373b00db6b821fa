"""Physical lines of a source, whatever its encoding, and never more of one than fits."""

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from fourfold.evidence.model.exhibit import Source

LINE_CHARS: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Line(NamedTuple):
    """One physical line, from 1, without its line end.

    is_cut: only its first LINE_CHARS characters are kept. has_end: a line end follows.
    """

    number: int
    text: str
    is_cut: bool
    has_end: bool


def physical_lines(source: Source) -> Iterator[Line]:
    """Yield all lines of a source (LF, CRLF or CR end a line)."""
    with source.text_stream(encoding_of(source.head)) as stream:
        number = 0
        while piece := stream.readline(LINE_CHARS):
            number += 1
            text, is_cut = piece, False
            while not piece.endswith(("\n", "\r")) and (piece := stream.readline(LINE_CHARS)):
                is_cut = True
            last = piece or text
            yield Line(number, text.rstrip("\r\n"), is_cut, last.endswith(("\n", "\r")))


def head_lines(head: bytes) -> list[str]:
    """Return the lines of the first bytes of a source; the last may be cut."""
    return head.decode(encoding_of(head), errors="replace").splitlines()


def encoding_of(head: bytes) -> str:
    """Tell the encoding: by its mark, by the zeros of UTF-16, else UTF-8 or Windows-1252.

    Text that is UTF-8 but for a few broken bytes stays UTF-8: they become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 > len(head) / 2 and min(even, odd) * 10 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    broken = head.decode("utf-8", errors="replace").rstrip("\ufffd").count("\ufffd")
    whole = sum(1 for byte in head if byte >= 0xC2) - broken
    return "cp1252" if broken > whole else "utf-8"
