"""Limits against hostile or monstrous input. Each is named where it bites."""

from typing import Final

EXHIBIT_BYTES: Final = 64 * 2**30
MEMBER_BYTES: Final = 4 * 2**30  # one archive member, unpacked
ARCHIVE_BYTES: Final = 16 * 2**30  # all members of an archive, unpacked
ARCHIVE_MEMBERS: Final = 200_000
ARCHIVE_RATIO: Final = 200  # unpacked to packed; real text exports stay under 60
ARCHIVE_RATIO_FLOOR: Final = 50 * 2**20  # below this size the ratio does not matter
NESTED_BYTES: Final = 2**30  # an archive inside an archive is held in memory
ARCHIVE_DEPTH: Final = 3
VERBATIM_CHARS: Final = 65_536
FIELD_CHARS: Final = 64 * 2**20  # one field of a table; what it holds beyond TEXT_CHARS is cut
TEXT_CHARS: Final = 65_536
WHOLE_BYTES: Final = 2 * 2**30  # a file that is read as a whole, not streamed: see contracts.md
JSON_DEPTH: Final = 64
EARLIEST_YEAR: Final = 1900  # of a time that can be used: before it no zone has rules
LATEST_YEAR: Final = 2100
FINDING_ROW_IDS: Final = 2_000
