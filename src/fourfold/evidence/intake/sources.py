"""The sources of an exhibit: the file itself, or the members of an archive."""

from functools import partial
from pathlib import Path
from typing import BinaryIO

from fourfold.evidence.intake.archives import Member, is_archive, members, open_member
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
        return [(whole, None)]
    names = tuple(member.name for member in found)
    return [(_part(exhibit, member, names, display_zone), member) for member in found]


def _part(exhibit: Exhibit, member: Member, siblings: tuple[str, ...], display_zone: str) -> Source:
    opener = partial(open_member, exhibit.sealed_path, member.chain)
    head = b""
    if not member.reason:
        with opener() as stream:
            head = stream.read(HEAD_BYTES)
    return Source(
        exhibit, member.name, member.size_bytes, head, display_zone, opener, None, siblings
    )


def _open(path: Path) -> BinaryIO:
    return path.open("rb")
