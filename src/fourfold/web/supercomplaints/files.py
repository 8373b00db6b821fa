"""Bytes of documents: sealed once under their SHA-256, as originals of exhibits are.

`exhibits/storage.py` has the order of writes. A crash between two steps leaves at most a name in
incoming/ that belongs to no upload; recovery lists it. Bytes are sealed before a record names
them, so a record never names what is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from fourfold.web.base.references import new_reference
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.clients import clamav
from fourfold.web.exhibits.rules import limits
from fourfold.web.supercomplaints.errors import SuperComplaintError

DOCUMENT_BYTES: Final = 100 * 1000**2


class FileRefusedError(SuperComplaintError):
    """A file was not kept; its words say why and what to do next."""


@dataclass(frozen=True)
class Kept:
    """Where bytes are kept, and how many there are."""

    sha256: str
    size_bytes: int


def keep(chunks: Iterable[bytes], limit_bytes: int = DOCUMENT_BYTES) -> Kept:
    """Seal bytes under their hash; the same bytes again are kept once.

    Raises:
        FileRefusedError: too large, known as harmful, or no room on the disk.
        storage.SealBrokenError: other bytes stand under that hash.
    """
    if storage.free_bytes() - limit_bytes < limits.DISK_KEPT_FREE_BYTES:
        raise FileRefusedError("There is no room on the disk. Tell the administrator.")
    upload_ref = new_reference("UP")
    try:
        with storage.held(upload_ref, is_writing=True) as descriptor:
            storage.write_at(descriptor, 0, chunks, limit_bytes=limit_bytes)
            path = storage.incoming(upload_ref)
            sha256, size_bytes = storage.digest(path)
            if clamav.scan(path) == clamav.INFECTED:
                raise FileRefusedError(
                    "The virus scanner knows this file as harmful, so it was not kept."
                )
            storage.seal(upload_ref, sha256)
    except storage.TooManyBytesError as error:
        raise FileRefusedError(
            f"The file is larger than {limit_bytes // 1000**2:,} MB. Split it, or leave out what"
            " is not needed."
        ) from error
    finally:
        storage.forget(upload_ref)
    return Kept(sha256, size_bytes)


def path_of(sha256: str) -> Path:
    """Return where sealed bytes lie, after hashing them again (raises `SealBrokenError`)."""
    return storage.verified(sha256)


def opened(sha256: str) -> BinaryIO:
    """Open sealed bytes after hashing them again (raises `storage.SealBrokenError`)."""
    return path_of(sha256).open("rb")
