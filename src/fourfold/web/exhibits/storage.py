"""Bytes of evidence on disk: parts on their way, sealed originals, and what was refused.

    FILES_ROOT/incoming/<upload ref>      one unfinished upload, written front to back (0600)
    FILES_ROOT/sealed/<2>/<sha256>        one original by its SHA-256, written once (0400)
    FILES_ROOT/refused/<upload ref>       a whole upload that was refused, kept apart (0400)

The order of writes, so that a kill -9 between any two steps loses nothing and leaves nothing
half-done (`actions/recovery.py` runs when a server or worker starts, and finishes what is open):

1. The upload's row says RECEIVING. Then its file appears in incoming/.
2. A part is written and flushed to the disk (fsync); only then the row says that it is there.
   What lies beyond the row's count was not promised to anybody: the next part overwrites it.
3. Finishing: the whole file is hashed, compared and scanned; then flushed, made read-only and
   *linked* under sealed/. A link is made whole or not at all, and never over a file that is
   there: the same bytes are kept once, after the hash of those that stand was checked again.
   The folder is flushed too.
4. Only then one transaction writes exhibit, first entry of continuity, FINISHED and the ledger.
   Killed before it: the upload is complete and RECEIVING, and is finished again from step 3.
5. Last, the name in incoming/ goes. Killed before it: recovery sees FINISHED and takes it away.

A refusal is written in the ledger first and then moved to refused/; abandoning is written first
and then erased. Whoever writes or finishes an upload holds a lock on its file; the system lets go
of it when the process dies. Nobody opens a sealed file without its hash being checked: use
`verified` (for a download) or `copy_out` (for a run).
"""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

CHUNK_BYTES: Final = 2**20
INCOMING, SEALED, REFUSED = "incoming", "sealed", "refused"
WRITING_MODE: Final = 0o600
SEALED_MODE: Final = 0o400
FOLDER_MODE: Final = 0o700
_REFERENCE: Final = re.compile(r"UP-[0-9A-Z]{10}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class BusyError(Exception):
    """Another request is writing or finishing this upload."""


class SealBrokenError(Exception):
    """A sealed original is missing, or its bytes no longer have its hash."""


class TooManyBytesError(Exception):
    """A part holds more bytes than fit."""


def root() -> Path:
    """Return the folder of all files of this instance."""
    return Path(settings.FILES_ROOT)


def incoming(upload_ref: str) -> Path:
    """Return where the bytes of an unfinished upload lie."""
    return root() / INCOMING / _fit(_REFERENCE, upload_ref)


def refused(upload_ref: str) -> Path:
    """Return where the bytes of a refused upload are kept."""
    return root() / REFUSED / _fit(_REFERENCE, upload_ref)


def sealed(sha256: str) -> Path:
    """Return where the original of a hash lies. Do not read it from there: see `verified`."""
    return root() / SEALED / _fit(_DIGEST, sha256)[:2] / sha256


def _fit(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not a name of this storage")
    return text


@contextmanager
def held(upload_ref: str, *, is_writing: bool) -> Iterator[int]:
    """Open the file of an upload and hold it alone; make it where it is not there yet."""
    path = incoming(upload_ref)
    if not path.exists():
        _make_folder(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, WRITING_MODE))
        _flush_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR if is_writing else os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(upload_ref) from error
        yield descriptor
    finally:
        os.close(descriptor)


def write_at(descriptor: int, offset: int, chunks: Iterable[bytes], *, limit_bytes: int) -> int:
    """Write chunks at an offset, drop what stood behind it, flush; return the new size."""
    os.ftruncate(descriptor, offset)
    end = offset
    for chunk in chunks:
        if end + len(chunk) > offset + limit_bytes:
            raise TooManyBytesError
        view = memoryview(chunk)
        while view:
            written = os.pwrite(descriptor, view, end)
            end, view = end + written, view[written:]
    os.fsync(descriptor)
    return end


def digest(path: Path) -> tuple[str, int]:
    """Return SHA-256 and size of a file."""
    found, size_bytes = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found.update(chunk)
            size_bytes += len(chunk)
    return found.hexdigest(), size_bytes


def seal(upload_ref: str, sha256: str) -> None:
    """Keep the bytes of a whole upload for good under their hash.

    Raises:
        SealBrokenError: other bytes stand there under that hash; nothing is overwritten.
    """
    source, target = incoming(upload_ref), sealed(sha256)
    _flush_file(source)
    source.chmod(SEALED_MODE)
    _make_folder(target.parent)
    try:
        os.link(source, target)
    except FileExistsError:
        if not source.samefile(target):
            verified(sha256)
    _flush_folder(target.parent)


def forget(upload_ref: str) -> None:
    """Take away the name of an upload in incoming/, where it is still there."""
    path = incoming(upload_ref)
    if path.exists():
        path.unlink()
        _flush_folder(path.parent)


def set_apart(upload_ref: str) -> None:
    """Move the bytes of a refused upload out of the way, for a person to look into."""
    source, target = incoming(upload_ref), refused(upload_ref)
    if not source.exists():
        return
    _flush_file(source)
    source.chmod(SEALED_MODE)
    _make_folder(target.parent)
    source.rename(target)
    _flush_folder(target.parent)
    _flush_folder(source.parent)


def verified(sha256: str) -> Path:
    """Return the path of a sealed original after hashing it again.

    Raises:
        SealBrokenError: it is missing or changed.
    """
    path = sealed(sha256)
    try:
        found, _ = digest(path)
    except FileNotFoundError as error:
        raise SealBrokenError(f"the sealed original {sha256} is missing") from error
    if found != sha256:
        raise SealBrokenError(f"the sealed original {sha256} has changed")
    return path


def copy_out(sha256: str, target: Path) -> None:
    """Copy a sealed original for a run, hashing on the way; a wrong copy does not stay."""
    found = hashlib.sha256()
    try:
        with sealed(sha256).open("rb") as original, target.open("xb") as copy:
            while chunk := original.read(CHUNK_BYTES):
                found.update(chunk)
                copy.write(chunk)
    except FileNotFoundError as error:
        raise SealBrokenError(f"the sealed original {sha256} is missing") from error
    if found.hexdigest() != sha256:
        target.unlink()
        raise SealBrokenError(f"the sealed original {sha256} has changed")


def free_bytes() -> int:
    """Return how much room is left on the disk."""
    folder = root()
    _make_folder(folder)
    return shutil.disk_usage(folder).free


def incoming_size(upload_ref: str) -> int:
    """Return how many bytes of an upload lie on the disk."""
    path = incoming(upload_ref)
    return path.stat().st_size if path.exists() else 0


def names_incoming() -> list[str]:
    """Return the names of all files in incoming/."""
    folder = root() / INCOMING
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def names_sealed() -> Iterator[str]:
    """Return the names of all files in sealed/."""
    folder = root() / SEALED
    if folder.is_dir():
        yield from sorted(path.name for path in folder.glob("*/*"))


def is_upload_name(name: str) -> bool:
    """Return whether a name in incoming/ is one that this program gives."""
    return bool(_REFERENCE.fullmatch(name))


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    _flush_folder(folder.parent)


def _flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_flush_folder = _flush_file  # a folder is opened and flushed the same way
