"""What a backup holds: every file with its SHA-256, and where the ledger ended."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORM = "fourfold-backup-1"
FILE = "manifest.json"
CHUNK_BYTES = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made, or is not whole; nothing was changed."""


@dataclass(frozen=True)
class Item:
    """One file of a backup."""

    path: str
    sha256: str
    size_bytes: int
    mode: int


@dataclass(frozen=True)
class Manifest:
    """The whole of a backup, in words."""

    form: str
    program: str
    made_at: str
    database: str  # sqlite or postgresql
    has_keys: bool
    ledger: dict[str, Any]  # the signed head, as accountability.heads writes it
    items: tuple[Item, ...]

    def write(self, folder: Path) -> None:
        """Write it into the backup."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
        (folder / FILE).write_text(text, encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup.

    Raises:
        BackupError: there is none, or it is not one of ours.
    """
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if content["form"] != FORM:
            raise BackupError(f"{folder} is a backup of another form: {content['form']}")
        items = tuple(Item(**item) for item in content.pop("items"))
        manifest = Manifest(**content, items=items)
    except OSError as error:
        raise BackupError(f"{folder} cannot be read as a backup: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"the manifest in {folder} is damaged") from None
    for item in manifest.items:
        parts = PurePosixPath(item.path).parts
        if not parts or ".." in parts or PurePosixPath(item.path).is_absolute():
            raise BackupError("the manifest names a file outside the backup")
    return manifest


def check(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the manifest.

    Raises:
        BackupError: one is missing, changed or not listed.
    """
    listed = {item.path: item for item in manifest.items}
    found = {path.relative_to(folder).as_posix() for path in files_in(folder)} - {FILE}
    if missing := sorted(listed.keys() - found):
        raise BackupError(f"{len(missing)} files of the backup are missing, first {missing[0]}")
    if strange := sorted(found - listed.keys()):
        raise BackupError(f"{len(strange)} files are not in the manifest, first {strange[0]}")
    for name, item in listed.items():
        with (folder / name).open("rb") as file:
            sha256, size_bytes = digest(file)
        if (sha256, size_bytes) != (item.sha256, item.size_bytes):
            raise BackupError(f"{name} is not the file that was backed up")


def files_in(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise BackupError(f"{path.name} is a link; a backup holds files only")
        if path.is_file():
            yield path


def digest(file: IO[bytes]) -> tuple[str, int]:
    """Return SHA-256 and size of what a file still holds."""
    found, size_bytes = hashlib.sha256(), 0
    while chunk := file.read(CHUNK_BYTES):
        found.update(chunk)
        size_bytes += len(chunk)
    return found.hexdigest(), size_bytes


def copy(source: Path, target: Path, name: str) -> Item:
    """Copy a file to a new place, hashing on the way; flush it to the disk."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found, size_bytes = hashlib.sha256(), 0
    mode = source.stat().st_mode & 0o777
    with source.open("rb") as original, target.open("xb") as written:
        while chunk := original.read(CHUNK_BYTES):
            found.update(chunk)
            size_bytes += len(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    target.chmod(mode)
    return Item(name, found.hexdigest(), size_bytes, mode)
