"""An exhibit as taken in, and a source: the exhibit or a part of it as a reader sees it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 65_536


@dataclass(frozen=True)
class Exhibit:
    """One file as received. Facts from case.toml stand beside facts of the file."""

    exhibit_id: str
    exhibit_file: str
    ref: str
    sha256: str
    size_bytes: int
    sealed_path: Path
    state: str = "read"
    state_note: str = ""
    copy_of: str | None = None
    producer: str | None = None
    received_at: str | None = None
    authority: tuple[str, ...] = ()
    person: str | None = None
    device: str | None = None
    identifier: str | None = None
    time_zone: str | None = None

    @property
    def owner_id(self) -> str:
        """The identifier the exhibit came from or is about, as far as anybody stated one."""
        if self.identifier:
            return self.identifier
        if self.device:
            return self.device
        if self.person:
            return f"person:{self.person}"
        return f"exhibit:{self.ref}"


@dataclass(frozen=True)
class Source:
    """Bytes for a reader: a whole exhibit, or one member of an archive.

    part: "" for the exhibit itself, else the member's path inside the archive.
    head: the first HEAD_BYTES, for recognition by content.
    siblings: the paths of all members of the same archive ("" alone for a plain file).
    """

    exhibit: Exhibit
    part: str
    size_bytes: int
    head: bytes
    display_zone: str
    open_bytes: Callable[[], BinaryIO] = field(repr=False)
    path: Path | None = None
    siblings: tuple[str, ...] = ()

    @property
    def zone(self) -> str:
        """Zone for times that carry none: as case.toml says, else the display zone."""
        return self.exhibit.time_zone or self.display_zone

    @property
    def zone_basis(self) -> str:
        """`zone_of_source` when somebody stated the zone, else `assumed`."""
        return "zone_of_source" if self.exhibit.time_zone else "assumed"

    def read_bytes(self) -> bytes:
        """Return all bytes of the source."""
        with self.open_bytes() as stream:
            return stream.read()

    def text_stream(self, encoding: str) -> io.TextIOWrapper:
        """Open as text with line ends untouched; undecodable bytes become U+FFFD."""
        return io.TextIOWrapper(
            self.open_bytes(), encoding=encoding, errors="replace", newline=""
        )
