"""The sources of an exhibit: the file itself, or the members of an archive."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.intake.archives import Member, is_archive, members, open_member
from fourfold.evidence.intake.encodings import opened_as_utf8, wide_encoding
from fourfold.evidence.model.exhibit import HEAD_BYTES, Exhibit, Source


def sources_of(exhibit: Exhibit, display_zone: str) -> list[tuple[Source, Member | None]]:
    """Return the sources of a sealed exhibit, each with its member when it is a part.

    A member whose `reason` is set must not be opened.

    Raises:
        ExhibitUnreadableError: an archive that cannot be opened at all.
    """
    path = exhibit.sealed_path
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    found = members(path) if is_archive(head) else []
    if not found:
        whole = Source(
            exhibit, "", exhibit.size_bytes, head, display_zone, partial(_open, path), path
        )
        return [(_as_utf8(whole), None)]
    names = tuple(member.name for member in found)
    return [_part(exhibit, member, names, display_zone) for member in found]


def _part(
    exhibit: Exhibit, member: Member, siblings: tuple[str, ...], display_zone: str
) -> tuple[Source, Member]:
    opener: Callable[[], BinaryIO] = partial(open_member, exhibit.sealed_path, member.chain)
    head = b""
    if not member.reason:
        try:
            with opener() as stream:
                head = stream.read(HEAD_BYTES)
        except ExhibitUnreadableError as error:
            member = replace(member, reason=error.reason, note=str(error))
    part = Source(
        exhibit, member.name, member.size_bytes, head, display_zone, opener, None, siblings
    )
    return _as_utf8(part), member


def _as_utf8(source: Source) -> Source:
    """Return a source whose bytes are UTF-8 where they were UTF-16 or UTF-32."""
    encoding = wide_encoding(source.head)
    if encoding is None:
        return source
    opener = partial(opened_as_utf8, source.open_bytes, encoding)
    with opener() as stream:
        head = stream.read(HEAD_BYTES)
    note = f"the text is encoded as {encoding.upper()}"
    return replace(source, head=head, open_bytes=opener, path=None, warnings=[note])


def _open(path: Path) -> BinaryIO:
    return path.open("rb")
