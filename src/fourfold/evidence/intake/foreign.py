"""Files that no reader reads, known by their first bytes: what they are, and what to do next."""

from typing import Final, NamedTuple

from fourfold.evidence.model import reasons

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_UNPACK: Final = "unpack it and put the files it holds into the case folder"
_EXPORT: Final = "export what it holds as a table or as text"
_ASK_OPEN: Final = "ask for the password or an open copy"


class Foreign(NamedTuple):
    """A state (a key of reasons.FILE_STATES) and a note with what to do next."""

    state: str
    note: str


_KNOWN: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"BZh", "a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (
        0,
        b"PK\x03\x04",
        "an Office document, or a workbook with a layout that is not known",
        "open it to see whether it is whole; for a table, try 'fourfold learn-pack FILE'",
    ),
    (0, b"SQLite format 3\x00", "a SQLite database", _EXPORT),
    (0, b"%PDF-", "a PDF document", "ask for the data behind it as CSV, XLSX or XML"),
    (0, _OLE, "an Office document of the old kind", "save it as XLSX or CSV"),
    (0, b"{\\rtf", "a Rich Text document", "save it as plain text"),
    (0, b"\xff\xd8\xff", "a JPEG picture", "it is kept; no reader reads pictures"),
    (0, b"\x89PNG\r\n", "a PNG picture", "it is kept; no reader reads pictures"),
    (4, b"ftyp", "a video, sound or picture file", "it is kept; no reader reads it"),
    (0, b"OggS", "a sound file", "it is kept; no reader reads it"),
)


def known_as(head: bytes) -> Foreign | None:
    """Tell what a file is whose content no reader recognises, None if that is not known."""
    if head.startswith(_OLE) and _PACKAGE in head:
        return Foreign(reasons.ENCRYPTED, f"an Office document with a password; {_ASK_OPEN}")
    if head.startswith(b"%PDF-") and b"/Encrypt" in head:
        return Foreign(reasons.ENCRYPTED, f"a PDF document with a password; {_ASK_OPEN}")
    if head.startswith((b"-----BEGIN PGP MESSAGE", b"Salted__", b"age-encryption.org")):
        return Foreign(reasons.ENCRYPTED, f"an encrypted file; {_ASK_OPEN}")
    for at, mark, what, advice in _KNOWN:
        if head.startswith(mark, at):
            return Foreign(reasons.UNKNOWN_FORMAT, f"{what}; {advice}")
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Foreign(
            reasons.UNREADABLE, "it holds nothing but blanks or zeros; ask for the file again"
        )
    return None
