"""Give an office file the same bytes each time: replace one member, copy the rest as it is.

Nothing is unpacked and packed again, so that this costs as much as copying the file.
"""

import struct
import zlib
from typing import Final, NamedTuple

_END: Final = struct.Struct("<4s4H2LH")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_CRC, _PACKED, _UNPACKED, _NAME, _EXTRA, _COMMENT, _OFFSET = 7, 8, 9, 10, 11, 12, 16
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_EARLIEST_DATE: Final = 0x21  # 1 January 1980, the first day that ZIP knows
_FOUR_GIB: Final = 0xFFFFFFFF


class _Member(NamedTuple):
    name: bytes
    fields: list[int | bytes]
    tail: bytes  # name, extra and comment of the central entry
    offset: int


def with_member(archive: bytes, name: str, content: bytes) -> bytes:
    """Return the archive with the content of one member replaced.

    Raises:
        ValueError: it is not a plain ZIP file, is 4 GiB or larger, or has no such member.
    """
    end_at = archive.rfind(b"PK\x05\x06")
    if end_at < 0 or len(archive) >= _FOUR_GIB:
        raise ValueError("not a ZIP file below 4 GiB")
    end = list(_END.unpack_from(archive, end_at))
    members = sorted(_members(archive, end[6], end[3]), key=lambda member: member.offset)
    wanted = name.encode()
    if wanted not in {member.name for member in members}:
        raise ValueError(f"no member {name}")
    body, central, at = [], [], 0
    starts = [member.offset for member in members] + [end[6]]
    for member, next_start in zip(members, starts[1:], strict=True):
        piece = archive[member.offset : next_start]
        if member.name == wanted:
            piece = _stored(wanted, content)
            _describe(member.fields, content)
        member.fields[_OFFSET] = at
        central.append(_CENTRAL.pack(*member.fields) + member.tail)
        body.append(piece)
        at += len(piece)
    directory = b"".join(central)
    end[5], end[6] = len(directory), at
    return b"".join([*body, directory, _END.pack(*end), archive[end_at + _END.size :]])


def _members(archive: bytes, at: int, count: int) -> list[_Member]:
    members = []
    for _ in range(count):
        fields = list(_CENTRAL.unpack_from(archive, at))
        name_at = at + _CENTRAL.size
        tail_bytes = fields[_NAME] + fields[_EXTRA] + fields[_COMMENT]
        tail = archive[name_at : name_at + tail_bytes]
        members.append(_Member(tail[: fields[_NAME]], fields, tail, fields[_OFFSET]))
        at = name_at + tail_bytes
    return members


def _describe(fields: list[int | bytes], content: bytes) -> None:
    """State in a central entry that the member is stored as it is, without a time."""
    fields[3] = fields[4] = fields[5] = 0  # flags, method, time
    fields[6] = _EARLIEST_DATE
    fields[_CRC] = zlib.crc32(content)
    fields[_PACKED] = fields[_UNPACKED] = len(content)


def _stored(name: bytes, content: bytes) -> bytes:
    size, crc = len(content), zlib.crc32(content)
    header = _LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, _EARLIEST_DATE, crc, size, size, len(name), 0)
    return header + name + content
