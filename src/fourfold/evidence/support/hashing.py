"""SHA-256 of files and of row addresses."""

import hashlib
from pathlib import Path

ROW_ID_DIGITS = 16


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def row_id(exhibit_sha256: str, locator: str) -> str:
    """Return the id of a row: the same exhibit read twice gives the same ids."""
    address = f"{exhibit_sha256}\n{locator}".encode()
    return hashlib.sha256(address).hexdigest()[:ROW_ID_DIGITS]
