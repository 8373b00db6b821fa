"""What the first bytes of a file look like. A help for the reader, never proof."""

from typing import Final

import puremagic

HEAD_BYTES: Final = 8192
# Signatures that puremagic reads too finely (every ZIP as a Word file) or names too loosely.
_BY_START: Final = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)
PROGRAMS: Final = frozenset(
    {"application/vnd.microsoft.portable-executable", "application/x-executable"}
)
SURE: Final = 0.4


def media_type(head: bytes) -> str:
    """Return a media type for the first bytes of a file; empty where they tell nothing."""
    if not head:
        return ""
    for start, name in _BY_START:
        if head.startswith(start):
            return name
    return _by_signature(head) or ("text/plain" if _is_text(head) else "")


def _by_signature(head: bytes) -> str:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    sure = [match.mime_type for match in matches if match.confidence >= SURE and match.mime_type]
    return str(sure[0])[:100] if sure else ""


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # not just a letter cut in two at the end
            return False
        text = head[: error.start].decode("utf-8-sig")
    return "\0" not in text
