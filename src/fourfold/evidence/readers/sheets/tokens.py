"""Delimited text to a table of records: n, locator, verbatim, fields, flaw, note.

Two ways that give the same table: in SQL when the file is plain (lines are then records),
and with Python's csv module when it holds quotes. The locator is the physical line on
which the record starts. Wholly blank records are not rows.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from fourfold.evidence.model import limits, reasons
from fourfold.evidence.readers.sheets.layout import Layout
from fourfold.evidence.readers.sheets.survey import LINE_BYTES, SEPARATOR, Survey

SHORT: Final = "it has fewer fields than the header"
LONG: Final = "it has more fields than the header"
TORN: Final = "the file ends in the middle of it"
CUT: Final = f"its text is longer than {limits.VERBATIM_CHARS} characters and is cut here"
BLANKS: Final = " \t\u00a0\ufeff"
_FLAWS: Final = ("", reasons.MALFORMED)
_NOTES: Final = ("", SHORT, LONG, CUT)
RECORD_COLUMNS: Final = (
    "{'n': 'BIGINT', 'locator': 'VARCHAR', 'verbatim': 'VARCHAR', 'fields': 'VARCHAR[]',"
    " 'flaw': 'VARCHAR', 'note': 'VARCHAR'}"
)


class Record(msgspec.Struct, gc=False):
    """One record of a sheet; flaw is a reason of model.reasons, or empty."""

    n: int
    locator: str
    verbatim: str
    fields: list[str]
    flaw: str = ""
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A delimited file with what is known about it."""

    path: Path
    layout: Layout
    survey: Survey


def quoted(text: str) -> str:
    """Return text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def fitted(fields: list[str], width: int) -> list[str] | None:
    """Return exactly `width` fields, trimmed; surplus blank ones go, anything else is None."""
    trimmed = [field.strip(BLANKS) for field in fields]
    if len(fields) < width or any(trimmed[width:]):
        return None
    return trimmed[:width]


def query_of_plain(text: Text, work: Path) -> str:
    """Return a query for all lines of a plain file, in their order.

    Columns: verbatim, fields, flaw, note, is_blank, but_last (all but the last field, as one
    text, for a cheap comparison of rows). It numbers nothing, because numbering
    would force the whole query on one thread: the line is the place in the result.
    """
    width, delimiter = text.layout.width, quoted(text.layout.delimiter)
    surplus = f"array_to_string(split[{width + 1}:], '')"
    fits = f"case when len(split) > {width} then {surplus} = '' else len(split) = {width} end"
    but_last = f"array_to_string(split[:{width - 1}], {delimiter})"
    last_field = quoted(f"[{text.layout.delimiter}][^{text.layout.delimiter}]*$")
    is_long = f"case when strlen(line) > {limits.VERBATIM_CHARS}"
    is_long += f" then length(line) > {limits.VERBATIM_CHARS} else false end"
    good, malformed = (f"{quoted(flaw)}::{_enum(*_FLAWS)}" for flaw in _FLAWS)
    none, short, long, cut = (f"{quoted(note)}::{_enum(*_NOTES)}" for note in _NOTES)
    return f"""
        select
            case when {is_long} then left(line, {limits.VERBATIM_CHARS}) else line end as verbatim,
            case when len(split) = {width} then split else split[:{width}] end as fields,
            case when {fits} then {good} else {malformed} end as flaw,
            case when {fits} then case when {is_long} then {cut} else {none} end
                when len(split) < {width} then {short} else {long} end as note,
            case when split[1] = '' then array_to_string(split, '') = '' else false end as is_blank,
            case when len(split) = {width} and not is_padded
                then regexp_replace(line, {last_field}, '') else {but_last} end as but_last
        from (
            select line, is_padded, case when is_padded
                then [trim(f, {quoted(BLANKS)}) for f in string_split(line, {delimiter})]
                else string_split(line, {delimiter}) end as split
            from (select line, {_is_padded(text, delimiter)} as is_padded
                from (select coalesce(line, '') as line from {_lines_of(text, work)})))"""


def _enum(*words: str) -> str:
    """Return the SQL type for a closed list of words: one byte in a table, text to who reads it."""
    return f"enum({', '.join(map(quoted, words))})"


def _is_padded(text: Text, delimiter: str) -> str:
    """Return SQL that tells whether blanks may stand around a field of a line."""
    if text.survey.has_odd_blanks:
        return "true"
    return (
        f"(contains(line, {delimiter} || ' ') or contains(line, ' ' || {delimiter})"
        " or starts_with(line, ' ') or ends_with(line, ' '))"
    )


def _lines_of(text: Text, work: Path) -> str:
    newline = text.survey.line_end.replace("\r", "\\r").replace("\n", "\\n")
    return (
        f"read_csv({quoted(str(_as_utf8(text, work)))}, columns = {{'line': 'VARCHAR'}},"
        " header = false, auto_detect = false, quote = '', escape = '', strict_mode = false,"
        " compression = 'none',"  # whatever its name ends in, the file is text
        f" delim = '{SEPARATOR.decode()}', new_line = '{newline}', max_line_size = {LINE_BYTES})"
    )


def _as_utf8(text: Text, work: Path) -> Path:
    """Return the file, or a UTF-8 copy where it is not UTF-8."""
    if text.survey.encoding != "cp1252":
        return text.path
    copy = work / "sheet.utf8.csv"
    with (
        text.path.open(encoding="cp1252", errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        shutil.copyfileobj(source, target, 2**20)
    return copy
