"""Records of delimited text with quotes, by Python's csv module, one record at a time.

A quotation mark that opens and does not close must not swallow the rest of the file: the
line on which it opens becomes one malformed row, and reading goes on with the next line.
"""

import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from typing import Final, TextIO

from fourfold.evidence.model import limits, reasons
from fourfold.evidence.readers.sheets.tokens import (
    BLANKS,
    CUT,
    LONG,
    SHORT,
    TORN,
    Record,
    Text,
    fitted,
)

RECORD_LINES: Final = 1_000  # physical lines of one record, at most
LONG_RECORDS: Final = 16  # records of a file that may have more: each try may read the whole file
LINE_CHARS: Final = 2 * limits.FIELD_CHARS
OPEN: Final = "a quotation mark opens in it and does not close within the record"
OVERSIZE: Final = "it is larger than the limit for one field"


def records(text: Text) -> Iterator[Record]:
    """Yield every record below the header that is not wholly blank."""
    csv.field_size_limit(LINE_CHARS)
    with text.path.open(encoding=text.survey.encoding, errors="replace", newline="") as stream:
        lines = _Lines(stream)
        while lines.number < text.layout.header_line:
            if not lines.take():
                return
        n = 0
        while first := lines.take():
            number = lines.number
            record = _record(first, lines, text.layout.delimiter, text.layout.width)
            if record.flaw or any(field.strip(BLANKS) for field in record.fields):
                n += 1
                record.n, record.locator = n, f"line={number}"
                yield record


class _Lines:
    """Physical lines with their number, some of which may be given back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._given_back: deque[str] = deque()
        self.number = 0
        self.long_records_left = LONG_RECORDS

    def take(self) -> str:
        """Return the next line with its end, "" at the end of the file."""
        line = self._given_back.popleft() if self._given_back else self._read()
        self.number += 1 if line else 0
        return line

    def give_back(self, lines: list[str]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str:
        line = self._stream.readline(LINE_CHARS)
        piece = line
        while len(piece) == LINE_CHARS and not piece.endswith(("\n", "\r")):
            piece = self._stream.readline(LINE_CHARS)  # the rest of a monstrous line
        return line


class _Feed:
    """Lines for one record: the first, then as many as the csv module asks for."""

    def __init__(self, first: str, lines: _Lines) -> None:
        self.taken: list[str] = []
        self.ran_dry = False
        self._first = first
        self._lines = lines

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._first if not self.taken else self._more()
        if not line:
            self.ran_dry = True
            raise StopIteration
        self.taken.append(line)
        return line

    @property
    def ends_without_newline(self) -> bool:
        """Tell whether the last line taken is the end of a file cut off."""
        return not self.taken[-1].endswith(("\n", "\r"))

    @property
    def is_torn(self) -> bool:
        """Tell whether the file ended while a quotation mark was open."""
        return self.ran_dry and self.ends_without_newline

    def _more(self) -> str:
        if len(self.taken) == RECORD_LINES:
            self._lines.long_records_left -= 1
        is_long = len(self.taken) >= RECORD_LINES
        return "" if is_long and self._lines.long_records_left < 0 else self._lines.take()


def _record(first: str, lines: _Lines, delimiter: str, width: int) -> Record:
    feed = _Feed(first, lines)
    try:
        fields = next(csv.reader(feed, delimiter=delimiter))
    except csv.Error:
        lines.give_back(feed.taken[1:])
        return _flawed(first, reasons.TOO_LARGE, OVERSIZE)
    if sum(map(len, fields)) > limits.FIELD_CHARS:
        return _flawed("".join(feed.taken), reasons.TOO_LARGE, OVERSIZE)
    if feed.ran_dry or (len(feed.taken) > 1 and not _is_whole(feed.taken, delimiter, width)):
        if feed.is_torn and not _holds_rows(feed.taken[1:], delimiter, width):
            return _flawed("".join(feed.taken), reasons.TRUNCATED, TORN)
        lines.give_back(feed.taken[1:])
        return _flawed(first, reasons.MALFORMED, OPEN)
    return _closed(fields, feed, width)


def _closed(fields: list[str], feed: _Feed, width: int) -> Record:
    """Return the record of fields whose quotes are all closed."""
    verbatim, fit = _without_end("".join(feed.taken)), fitted(fields, width)
    if fit is not None or not any(field.strip(BLANKS) for field in fields):
        if len(verbatim) <= limits.VERBATIM_CHARS:
            return Record(0, "", verbatim, fit or [])
        shortened = [_shortened(field) for field in fit or []]
        return Record(0, "", verbatim[: limits.VERBATIM_CHARS], shortened, "", CUT)
    if len(fields) >= width:
        return _flawed(verbatim, reasons.MALFORMED, LONG)
    if feed.ends_without_newline:
        return _flawed(verbatim, reasons.TRUNCATED, TORN)
    return _flawed(verbatim, reasons.MALFORMED, SHORT)


def _shortened(field: str) -> str:
    """Cut a monstrous field; the digest keeps two that differ only beyond the cut apart."""
    if len(field) <= limits.TEXT_CHARS:
        return field
    digest = hashlib.blake2b(field.encode("utf-8", "replace"), digest_size=8).hexdigest()
    end = f"… [cut: {len(field):,} characters in the file, digest {digest}]"
    return field[: limits.TEXT_CHARS - len(end)] + end


def _flawed(text: str, flaw: str, note: str) -> Record:
    return Record(0, "", _without_end(text)[: limits.VERBATIM_CHARS], [], flaw, note)


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _is_whole(lines: list[str], delimiter: str, width: int) -> bool:
    """Tell whether several lines are one record without any doubt about its quotes."""
    try:
        fields = next(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return fitted(fields, width) is not None


def _holds_rows(lines: list[str], delimiter: str, width: int) -> bool:
    return any(fitted(fields, width) for fields in csv.reader(lines, delimiter=delimiter))
