"""One look over all bytes of a delimited file: encoding, line ends, quotes, long lines."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from fourfold.evidence.readers.sheets.layout import encoding_of_head

BLOCK_BYTES: Final = 2**20
LINE_BYTES: Final = 2 * BLOCK_BYTES  # a longer line spans a whole block, so it is noticed
SEPARATOR: Final = b"\x1f"  # the fast path splits lines by a byte that must not occur
UNDEFINED_IN_CP1252: Final = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_ODD_BLANKS: Final = (b"\xa0", b"\xbb\xbf")
_ONE_BYTE_LINE_ENDS: Final = ("utf-8", "utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Survey:
    """What all bytes of a file say about it.

    line_end: LF or CRLF when every line ends so, "" when they differ.
    is_plain: no quotes, no odd control bytes, one line end, no very long line: then
        lines are records, and fields are what stands between delimiters.
    """

    encoding: str
    line_end: str
    is_plain: bool
    has_odd_blanks: bool = False  # tabs, or blanks beyond ASCII: fields may need trimming
    torn_line: int = 0  # of a plain file: number of the last line if no line end follows it
    undecodable: int = 0


def survey(path: Path) -> Survey:
    """Read all bytes once (again if they turn out to be Windows-1252) and say how to read them."""
    with path.open("rb", buffering=0) as stream:
        encoding = encoding_of_head(stream.read(65_536))
        try:
            return _look(stream, encoding)
        except UnicodeDecodeError:
            return _look(stream, "cp1252")


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(BLOCK_BYTES):
        yield block


def _look(stream: BinaryIO, encoding: str) -> Survey:
    """Look at every block; what is called UTF-8 and is not raises UnicodeDecodeError."""
    stream.seek(0)
    is_utf8, decoder = encoding.startswith("utf-8"), codecs.getincrementaldecoder("utf-8")()
    is_plain, ends, undecodable, last = encoding in _ONE_BYTE_LINE_ENDS, set[str](), 0, b""
    has_odd_blanks = False
    for block in _blocks(stream):
        is_plain = is_plain and not _is_odd(block)
        is_ascii = block.isascii()
        if is_utf8 and (not is_ascii or decoder.getstate()[0]):
            decoder.decode(block)
        has_odd_blanks = has_odd_blanks or b"\t" in block
        if not is_ascii:
            has_odd_blanks = has_odd_blanks or any(blank in block for blank in _ODD_BLANKS)
        ends |= _line_ends(last, block)
        last = block[-1:]
        if encoding == "cp1252":
            undecodable += sum(block.count(byte) for byte in UNDEFINED_IN_CP1252)
    if is_utf8:
        decoder.decode(b"", final=True)
    if last == b"\r":
        ends.add("\r")
    line_end = "\n" if not ends else (ends.pop() if len(ends) == 1 else "")
    is_plain = is_plain and line_end in ("\n", "\r\n")
    is_torn = is_plain and last != b"\n"
    torn_line = _lines(stream) if is_torn else 0
    return Survey(encoding, line_end, is_plain, has_odd_blanks, torn_line, undecodable)


def _lines(stream: BinaryIO) -> int:
    stream.seek(0)
    return sum(block.count(b"\n") for block in _blocks(stream)) + 1


def _is_odd(block: bytes) -> bool:
    is_long = len(block) == BLOCK_BYTES and b"\n" not in block
    return is_long or b'"' in block or SEPARATOR in block or b"\0" in block


def _line_ends(last: bytes, block: bytes) -> set[str]:
    """Return the kinds of line end of a block; `last` is the byte before it.

    A CR at the end of a block is judged with the next block.
    """
    if b"\r" not in block and last != b"\r":
        return {"\n"} if b"\n" in block else set()
    seen = (last if last == b"\r" else b"") + block
    pairs = seen.count(b"\r\n")
    lone_cr = seen.count(b"\r") - pairs - seen.endswith(b"\r")
    found = {"\r\n"} if pairs else set()
    return found | ({"\r"} if lone_cr else set()) | ({"\n"} if seen.count(b"\n") > pairs else set())
