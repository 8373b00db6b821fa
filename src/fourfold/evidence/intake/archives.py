"""Open archives safely: nothing is unpacked to disk, and nothing about a member is silent.

A member with a path that leaves the archive, a lock, a bomb's ratio or damage becomes a
Member with a reason; the others are read as parts of the exhibit.
"""

import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.model import limits, reasons

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SHEET_MARK = "[Content_Types].xml"
CHUNK_BYTES = 2**16
_LOCKED = 0x1
# What a damaged archive makes zipfile raise, ValueError also for names that are no text.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One member of an archive. reason: "" when it can be read, else a row reason class.

    chain: its place in the archive, then in the archive inside that, and so on.
    """

    name: str
    size_bytes: int
    reason: str
    note: str
    chain: tuple[int, ...]


def is_archive(head: bytes) -> bool:
    """Tell whether the content starts like a ZIP archive."""
    return head.startswith(ZIP_MAGIC)


def members(path: Path) -> list[Member]:
    """List all members, those of nested archives included, in the order of the archive.

    An Office workbook is one document, not an archive: it gives no members.

    Raises:
        ExhibitUnreadableError: the archive itself is damaged, cut off or a bomb.
    """
    return _label(list(_members(path, (), "", _Budget())))


def open_member(path: Path, chain: tuple[int, ...]) -> BinaryIO:
    """Open one member for reading; nothing is written to disk.

    Raises:
        ExhibitUnreadableError: its bytes are damaged, here or while it is read.
    """
    try:
        archive = _archive(path, chain[:-1], _identity(path))
        stream = archive.open(archive.infolist()[chain[-1]])
    except DAMAGE as error:
        raise _damaged(error) from error
    return io.BufferedReader(_MemberBytes(stream), CHUNK_BYTES)


class _MemberBytes(io.RawIOBase):
    """The bytes of a member, whose damage is told in one way for every kind of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # always writable
        try:
            data = self._stream.read(len(buffer))
        except DAMAGE as error:
            raise _damaged(error) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _damaged(error: Exception) -> ExhibitUnreadableError:
    message = f"its bytes are damaged ({type(error).__name__}); ask for the archive again"
    return ExhibitUnreadableError(reasons.UNREADABLE, message)


def _identity(path: Path) -> tuple[int, ...]:
    """Return what tells this file from another that takes its path later, and the process."""
    found = path.stat()
    return os.getpid(), found.st_ino, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=8)
def _archive(path: Path, chain: tuple[int, ...], identity: tuple[int, ...]) -> zipfile.ZipFile:
    """Return the archive at the end of a chain, kept open per process (offsets are shared).

    A case built again at the same path in one process must not read the archive of before.
    """
    if not chain:
        return zipfile.ZipFile(path)
    with open_member(path, chain) as stream:
        return zipfile.ZipFile(io.BytesIO(stream.read()))


class _Budget:
    """Bytes and members that one exhibit may unpack in all."""

    def __init__(self) -> None:
        self.bytes_left = limits.ARCHIVE_BYTES
        self.members_left = limits.ARCHIVE_MEMBERS

    def take(self, size: int) -> bool:
        self.bytes_left -= size
        self.members_left -= 1
        return self.bytes_left >= 0 and self.members_left >= 0


def _members(path: Path, chain: tuple[int, ...], prefix: str, budget: _Budget) -> Iterator[Member]:
    try:
        infos = _archive(path, chain, _identity(path)).infolist()
    except DAMAGE as error:
        message = "the archive is damaged or cut off; ask for it again"
        raise ExhibitUnreadableError(reasons.UNREADABLE, message) from error
    if any(info.filename == _SHEET_MARK for info in infos):
        return
    if not chain and all(info.is_dir() for info in infos):
        raise ExhibitUnreadableError(reasons.EMPTY, "the archive holds no file; ask for it again")
    for index, info in enumerate(infos):
        if info.is_dir():
            continue
        reason, note = _refusal(info, budget)
        here = Member(prefix + info.filename, info.file_size, reason, note, (*chain, index))
        yield from [here] if reason else _nested(path, here, budget)


def _nested(path: Path, member: Member, budget: _Budget) -> Iterator[Member]:
    try:
        with open_member(path, member.chain) as stream:
            head = stream.read(4)
        if not is_archive(head):
            yield member
        elif len(member.chain) >= limits.ARCHIVE_DEPTH:
            note = "archives are nested deeper than allowed; unpack it and add it by itself"
            yield replace(member, reason=reasons.TOO_LARGE, note=note)
        elif member.size_bytes > limits.NESTED_BYTES:
            note = "an archive inside an archive, too large; unpack it and add it by itself"
            yield replace(member, reason=reasons.TOO_LARGE, note=note)
        else:
            yield from list(_members(path, member.chain, f"{member.name}!", budget)) or [member]
    except ExhibitUnreadableError as error:
        yield replace(member, reason=error.reason, note=str(error))


def _refusal(info: zipfile.ZipInfo, budget: _Budget) -> tuple[str, str]:
    if is_unsafe(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
        return reasons.UNSAFE_PATH, "its path leaves the archive; it was not opened"
    if info.flag_bits & _LOCKED:
        return reasons.ENCRYPTED, "it is locked; ask for the password or an open copy"
    if info.file_size > limits.MEMBER_BYTES or not budget.take(info.file_size):
        return reasons.TOO_LARGE, "it unpacks to more than the limit"
    is_bomb = info.file_size > limits.ARCHIVE_RATIO * max(info.compress_size, 1)
    if is_bomb and info.file_size > limits.ARCHIVE_RATIO_FLOOR:
        return reasons.TOO_LARGE, "it unpacks to an implausible multiple of its size"
    return "", ""


def is_unsafe(name: str) -> bool:
    """Tell whether a member's path would leave a folder it was unpacked into."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    has_drive = len(name) > 1 and name[1] == ":"
    return not parts or parts[0].startswith("/") or ".." in parts or has_drive or "\0" in name


def _label(found: list[Member]) -> list[Member]:
    """Give members of equal name distinct labels, so that locators stay unique."""
    taken: set[str] = set()
    copies: Counter[str] = Counter()
    labelled = []
    for member in found:
        name = member.name
        while name in taken:  # a member may itself be called a.xml@2
            copies[member.name] += 1
            name = f"{member.name}@{copies[member.name] + 1}"
        taken.add(name)
        labelled.append(replace(member, name=name))
    return labelled
