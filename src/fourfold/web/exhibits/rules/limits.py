"""How much may be uploaded: named here, once."""

from typing import Final

FILE_BYTES: Final = 64 * 1000**3
PART_BYTES: Final = 8 * 1024**2
FILES_PER_CASE: Final = 10_000
UNFINISHED_PER_CASE: Final = 2_000
PATH_CHARACTERS: Final = 900
NAME_BYTES: Final = 255
FOLDERS_DEEP: Final = 20
DISK_KEPT_FREE_BYTES: Final = 1024**3
