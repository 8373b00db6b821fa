"""The first rows of an unknown table: header, delimiter, columns, before there is a pack."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets import workbook
from fourfold.evidence.readers.sheets.layout import DELIMITERS, encoding_of_head
from fourfold.evidence.readers.sheets.tokens import BLANKS

EXAMPLE_BYTES: Final = 4 * 2**20
EXAMPLE_ROWS: Final = 2_000
HEADER_WITHIN: Final = 100


@dataclass(frozen=True)
class Example:
    """A table as far as it was looked at. sheet: name of the sheet, "" for delimited text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    preamble: dict[str, str]
    delimiter: str
    sheet: str

    def values(self, index: int) -> list[str]:
        """Return the values of a column that are not blank."""
        return [row[index] for row in self.rows if row[index]]


def read_example(path: Path) -> Example:
    """Read the first rows of a table.

    Raises:
        PackError: the file cannot be read, or no table could be found in it.
    """
    head = _head(path)
    if workbook.is_workbook(head):
        tables = [(name, rows) for name, rows in workbook.first_rows(path, EXAMPLE_ROWS)]
        found = [_table(rows, "", name) for name, rows in tables]
    else:
        text = head.decode(encoding_of_head(head), errors="replace")
        found = [_table(_records(text, delimiter), delimiter, "") for delimiter in DELIMITERS]
    best = max((e for e in found if e), key=lambda e: len(e.rows) * len(e.header), default=None)
    if best is None:
        raise PackError(f"{path.name}: no table with a header and at least one row was found")
    return best


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(EXAMPLE_BYTES)
    except FileNotFoundError:
        raise PackError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise PackError(f"{path} is a folder; name one file, a table") from None
    except OSError as error:
        raise PackError(f"{path}: cannot be read: {error.strerror}") from None


def _records(text: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for fields in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            records.append(fields)
            if len(records) >= EXAMPLE_ROWS:
                break
    except csv.Error:
        pass  # what was read up to here is example enough
    return records


def _table(records: Sequence[Sequence[str]], delimiter: str, sheet: str) -> Example | None:
    """Return the table: the header is the first record as wide as most records are."""
    trimmed = [tuple(field.strip(BLANKS) for field in record) for record in records]
    widths = Counter(len(record) for record in trimmed if sum(map(bool, record)) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda w: (widths[w], w))
    for place, record in enumerate(trimmed[:HEADER_WITHIN]):
        if len(record) == width and sum(map(bool, record)) > width // 2 and _are_words(record):
            rows = tuple(r for r in trimmed[place + 1 :] if len(r) == width and any(r))
            preamble = {
                filled[0].strip(" :"): filled[1]
                for above in trimmed[:place]
                if len(filled := [field for field in above if field]) >= 2
            }
            return Example(record, rows, preamble, delimiter, sheet) if rows else None
    return None


def _are_words(record: Sequence[str]) -> bool:
    filled = [field for field in record if field]
    return len(filled) > 1 and all(any(c.isalpha() for c in f) for f in filled if f != "#")
