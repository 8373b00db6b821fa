"""Find the header of a sheet by a pack's fingerprint: encoding, delimiter, preamble, columns."""

import codecs
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import Final

from fourfold.evidence.readers.sheets.pack import Pack, normalised

DELIMITERS: Final = (",", ";", "\t", "|")
HEADER_WITHIN: Final = 200  # records above the header, at most
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Layout:
    """Where the header stands and what is above it.

    header_line: physical line (or sheet row) on which the header ends, from 1.
    columns: normalised header name -> index from 0, aliases of the pack included.
    preamble: normalised key -> value, from the records above the header.
    """

    header: tuple[str, ...]
    header_line: int
    columns: dict[str, int]
    preamble: dict[str, str]
    delimiter: str = ""

    @property
    def width(self) -> int:
        """How many fields a whole record has."""
        return len(self.header)

    def index(self, header: str) -> int | None:
        """Return the index of a column by its header name, None when it is not there."""
        return self.columns.get(normalised(header))


def encoding_of_head(head: bytes) -> str:
    """Tell the encoding of a file from its first bytes.

    A byte order mark, or NULs in every second byte; UTF-8 if nothing speaks against it,
    else Windows-1252.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    even, odd = head[:4096:2].count(0), head[1:4096:2].count(0)
    if max(even, odd) > len(head[:4096]) // 5 and min(even, odd) == 0:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def may_hold(head: bytes, pack: Pack) -> bool:
    """Tell quickly whether all headers of the fingerprint can be in a text at all.

    Most files are no table; this spares them being cut into records once per delimiter.
    """
    squeezed = _squeezed(head)
    return all(
        any(not name.isascii() or _squeezed(name.encode()) in squeezed for name in spellings)
        for spellings in _headers_of(pack)
    )


@lru_cache(maxsize=64)
def _squeezed(text: bytes) -> bytes:
    """Return text without case, spaces (hard ones too), underscores and NULs of UTF-16."""
    return text.lower().translate(None, delete=b" \t\r\n\v\f_\0\xc2\xa0")


def of_text(head: str, pack: Pack) -> Layout | None:
    """Return the layout of delimited text if its header bears the pack's fingerprint."""
    for delimiter in DELIMITERS:
        if layout := of_records(_records(head, delimiter), pack, delimiter):
            return layout
    return None


def of_records(
    records: Iterable[tuple[int, Sequence[str]]], pack: Pack, delimiter: str = ""
) -> Layout | None:
    """Return the layout if a header with the fingerprint is among the first records.

    records: (line on which the record ends, fields).
    """
    wanted = _headers_of(pack)
    preamble: dict[str, str] = {}
    for count, (line, fields) in enumerate(records):
        names = [normalised(field) for field in fields]
        present = set(names)
        if all(present & spellings for spellings in wanted):
            keys = {normalised(key) for key in pack.fingerprint.preamble}
            if not keys <= preamble.keys():
                return None
            return Layout(tuple(fields), line, _columns(names, pack), preamble, delimiter)
        if count >= HEADER_WITHIN:
            return None
        _add_preamble(preamble, fields)
    return None


def _records(head: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(head, newline=""), delimiter=delimiter)
    try:
        for fields in reader:
            yield reader.line_num, fields
    except csv.Error:
        return


def _headers_of(pack: Pack) -> list[set[str]]:
    """Return, for each header of the fingerprint, all its normalised spellings."""
    return [
        {normalised(name), *(normalised(a) for a in pack.aliases.get(name, ()))}
        for name in pack.fingerprint.headers
    ]


def _columns(names: list[str], pack: Pack) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        columns.setdefault(name, index)
    for name, spellings in pack.aliases.items():
        for spelling in spellings:
            if normalised(spelling) in columns:
                columns.setdefault(normalised(name), columns[normalised(spelling)])
    return columns


def _add_preamble(preamble: dict[str, str], fields: Sequence[str]) -> None:
    filled = [field.strip() for field in fields if field.strip()]
    if len(filled) >= 2:
        preamble.setdefault(normalised(filled[0]), filled[1])
