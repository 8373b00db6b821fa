"""Text in UTF-16 or UTF-32 becomes UTF-8 on the way to the readers; the original stays as it is."""

import codecs
import io
import re
from collections.abc import Callable
from typing import BinaryIO, Final

CHUNK_BYTES: Final = 2**20
_LOOKED_AT_BYTES: Final = 4_096
# The marks of UTF-32 first: that of UTF-16 is the start of one.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")


def wide_encoding(head: bytes) -> str | None:
    """Tell UTF-16 or UTF-32 by its mark, or by the NUL in every second byte of Latin text."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    start = head[:_LOOKED_AT_BYTES]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 3 <= len(start) / 2 or min(even, odd) * 10 >= max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = start[: len(start) // 2 * 2].decode(name, "replace")
    return None if _NOT_IN_TEXT.search(text) else name


def opened_as_utf8(open_bytes: Callable[[], BinaryIO], encoding: str) -> BinaryIO:
    """Open bytes of another encoding as UTF-8, without a byte order mark."""
    return io.BufferedReader(_AsUtf8(open_bytes(), encoding), CHUNK_BYTES)


class _AsUtf8(io.RawIOBase):
    """Decodes and encodes again while it is read; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._held = b""
        self._is_first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # always writable
        is_last = False
        while not self._held and not is_last:
            chunk = self._stream.read(CHUNK_BYTES)
            is_last = not chunk
            text = self._decoder.decode(chunk, final=is_last)
            if text and self._is_first:
                text, self._is_first = text.removeprefix("\ufeff"), False
            self._held = text.encode("utf-8", "replace")
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()
