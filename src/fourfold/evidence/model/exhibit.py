"""An exhibit as taken in, and a source: the exhibit or a part of it as a reader sees it."""

import codecs
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.model import limits, reasons

HEAD_BYTES = 65_536
WARNINGS_KEPT = 1_000


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
    warnings: what a reader has to say about the source as a whole, through `warn`.
    """

    exhibit: Exhibit
    part: str
    size_bytes: int
    head: bytes
    display_zone: str
    open_bytes: Callable[[], BinaryIO] = field(repr=False)
    path: Path | None = None
    siblings: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list, compare=False)

    @property
    def zone(self) -> str:
        """Zone for times that carry none: as case.toml says, else the display zone."""
        return self.exhibit.time_zone or self.display_zone

    @property
    def zone_basis(self) -> str:
        """`zone_of_source` when somebody stated the zone, else `assumed`."""
        return "zone_of_source" if self.exhibit.time_zone else "assumed"

    def warn(self, message: str) -> None:
        """Keep a warning about the whole source, once, however often it is told."""
        if message not in self.warnings and len(self.warnings) < WARNINGS_KEPT:
            self.warnings.append(message)

    def read_bytes(self) -> bytes:
        """Return all bytes of the source."""
        with self.open_bytes() as stream:
            return stream.read()

    def whole_bytes(self) -> bytes:
        """Return all bytes, for readers that need them at once.

        Raises:
            ExhibitUnreadableError: there are more than the limit for such readers.
        """
        if self.size_bytes > limits.WHOLE_BYTES:
            raise ExhibitUnreadableError(
                reasons.TOO_LARGE,
                f"this format is read as a whole, up to {limits.WHOLE_BYTES / 2**30:.0f} GiB;"
                " ask for the export in parts",
            )
        return self.read_bytes()

    def whole_text(self) -> bytes:
        """Return all bytes as UTF-8 without a byte order mark; Windows-1252 with a warning.

        Raises:
            ExhibitUnreadableError: there are more than the limit for such readers.
        """
        data = self.whole_bytes().removeprefix(codecs.BOM_UTF8)
        if not data.isascii() and _is_windows_1252(data):
            self.warn("some bytes are not UTF-8: the text was read as Windows-1252")
            return data.decode("cp1252", "replace").encode()
        return data

    def text_stream(self, encoding: str) -> io.TextIOWrapper:
        """Open as text with line ends untouched; undecodable bytes become U+FFFD."""
        return io.TextIOWrapper(self.open_bytes(), encoding=encoding, errors="replace", newline="")


def _is_windows_1252(data: bytes) -> bool:
    """Tell whether more bytes break UTF-8 than keep it: a few broken ones are damage."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        sample = data[error.start : error.start + HEAD_BYTES]
    else:
        return False
    broken = sample.decode("utf-8", "replace").rstrip("\ufffd").count("\ufffd")
    whole = sum(byte >= 0xC2 for byte in sample) - broken
    return broken > whole
