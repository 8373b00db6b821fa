"""What a file may weigh. Hostile files end in a sentence, never in a fault."""

from typing import Final

FILE_BYTES: Final = 5 * 1024 * 1024
UNPACKED_BYTES: Final = 50 * 1024 * 1024
UNPACKED_RATIO: Final = 200
ZIP_ENTRIES: Final = 1_000
TABLES: Final = 200
ROWS: Final = 3_000
COLUMNS: Final = 200
CELLS: Final = 20_000
CELL_CHARS: Final = 20_000
DEPTH: Final = 200
SPAN: Final = 100


class TableRefusedError(ValueError):
    """A file cannot be taken in; the message says why and what to do."""
