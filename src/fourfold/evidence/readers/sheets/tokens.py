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
    """Return exactly `width` fields; surplus blank ones are dropped, anything else is None."""
    if len(fields) < width or any(f.strip(BLANKS) for f in fields[width:]):
        return None
    return fields[:width]


def query_of_plain(text: Text, work: Path) -> str:
    """Return a query for the records of a plain file; it streams and keeps their order."""
    width, delimiter = text.layout.width, quoted(text.layout.delimiter)
    surplus = f"rtrim(array_to_string(split[{width + 1}:], ''), {quoted(BLANKS)})"
    fits = f"(len(split) = {width} or (len(split) > {width} and {surplus} = ''))"
    torn = f"line_no = {text.survey.torn_line} and len(split) < {width}"
    return f"""
        select n, 'line=' || line_no as locator,
            case when strlen(line) > {limits.VERBATIM_CHARS}
                then left(line, {limits.VERBATIM_CHARS}) else line end as verbatim,
            case when len(split) = {width} then split else split[:{width}] end as fields,
            case when {fits} then '' when {torn} then {quoted(reasons.TRUNCATED)}
                else {quoted(reasons.MALFORMED)} end as flaw,
            case when {fits} then
                    case when strlen(line) > {limits.VERBATIM_CHARS}
                        and length(line) > {limits.VERBATIM_CHARS} then {quoted(CUT)} else '' end
                when {torn} then {quoted(TORN)}
                when len(split) < {width} then {quoted(SHORT)} else {quoted(LONG)} end as note
        from (
            select row_number() over () as n, line_no, line,
                string_split(line, {delimiter}) as split
            from (
                select row_number() over () as line_no, coalesce(line, '') as line
                from {_lines_of(text, work)})
            where line_no > {text.layout.header_line} and not {_is_blank(text.layout.delimiter)})"""


def _lines_of(text: Text, work: Path) -> str:
    newline = text.survey.line_end.replace("\r", "\\r").replace("\n", "\\n")
    return (
        f"read_csv({quoted(str(_as_utf8(text, work)))}, columns = {{'line': 'VARCHAR'}},"
        " header = false, auto_detect = false, quote = '', escape = '', strict_mode = false,"
        f" delim = '{SEPARATOR.decode()}', new_line = '{newline}', max_line_size = {LINE_BYTES})"
    )


def _is_blank(delimiter: str) -> str:
    """Return SQL that tells whether a line holds only delimiters and blanks."""
    litter = quoted(BLANKS + delimiter)
    return f"(line = '' or (contains({litter}, left(line, 1)) and trim(line, {litter}) = ''))"


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
