"""A source as a table of records: the step before anybody asks what columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.readers.sheets import layout as layouts
from fourfold.evidence.readers.sheets import quotes, tokens, workbook
from fourfold.evidence.readers.sheets.layout import Layout
from fourfold.evidence.readers.sheets.pack import Pack
from fourfold.evidence.readers.sheets.survey import Survey, survey
from fourfold.evidence.readers.sheets.tokens import RECORD_COLUMNS, Record, Text, quoted

OBJECT_BYTES: Final = 268_435_456


@dataclass(frozen=True)
class Sheet:
    """A query for records, with the columns verbatim, fields, flaw, note, is_blank.

    is_numbered: the query has the columns n and locator as well. Else the place of a
    record in its result is its physical line, and records above the header are in it.
    torn_line: number of a last line without an end; too short, it is a torn record.
    """

    layout: Layout
    records: str
    is_numbered: bool
    torn_line: int = 0
    warnings: tuple[str, ...] = ()


def recognises(source: Source, pack: Pack) -> bool:
    """Tell whether the source holds a sheet with the pack's fingerprint."""
    if workbook.is_workbook(source.head):
        return workbook.find(source, pack) is not None
    return layouts.may_hold(source.head, pack) and _layout_of_text(source.head, pack) is not None


def open_sheet(source: Source, pack: Pack, tables: Tables, work: Path) -> Sheet:
    """Tokenise a source.

    Raises:
        ExhibitUnreadableError: the sheet that was recognised can no longer be found.
    """
    if workbook.is_workbook(source.head):
        return _open_workbook(source, pack, tables, work)
    path = source.path or _copy(source, work)
    layout = _layout_of_text(source.head, pack)
    if layout is None:
        raise ExhibitUnreadableError(reasons.UNREADABLE, "the header of the table is not there")
    facts = survey(path)
    text = Text(path, layout, facts)
    warnings = tuple(_warnings(facts))
    if facts.is_plain:
        query = tokens.query_of_plain(text, work)
        return Sheet(layout, query, False, facts.torn_line, warnings)
    query = _table_of(quotes.records(text), tables, work)
    return Sheet(layout, query, True, 0, warnings)


def _open_workbook(source: Source, pack: Pack, tables: Tables, work: Path) -> Sheet:
    found = workbook.find(source, pack)
    if found is None:
        raise ExhibitUnreadableError(reasons.UNREADABLE, "the header of the table is not there")
    name, layout = found
    query = _table_of(workbook.records(source, name, layout), tables, work)
    others = [other for other, _ in workbook.tops(source) if other != name]
    warnings = [f"sheet {name!r} was read; not read: {', '.join(others)}"] if others else []
    return Sheet(layout, query, True, 0, tuple(warnings))


def _layout_of_text(head: bytes, pack: Pack) -> Layout | None:
    encoding = layouts.encoding_of_head(head)
    return layouts.of_text(head.decode(encoding, errors="replace"), pack)


def _copy(source: Source, work: Path) -> Path:
    path = work / "sheet.bin"
    with source.open_bytes() as stream, path.open("wb") as target:
        while block := stream.read(2**20):
            target.write(block)
    return path


def _table_of(records: Iterable[Record], tables: Tables, work: Path) -> str:
    """Load records through newline-delimited JSON, the fastest way in."""
    path, encoder = work / "sheet.ndjson", msgspec.json.Encoder()
    with path.open("wb") as stream:
        for record in records:
            stream.write(encoder.encode(record) + b"\n")
    source = (
        f"read_json({quoted(str(path))}, format = 'newline_delimited', columns = {RECORD_COLUMNS},"
        f" maximum_object_size = {OBJECT_BYTES})"
    )
    if not path.stat().st_size:  # a file of no bytes is no JSON
        path.write_bytes(encoder.encode(Record(0, "", "", [])) + b"\n")
    tables.step("sheet_records", f"select * from {source} where n > 0")
    path.unlink()
    return "select *, false as is_blank from sheet_records"


def _warnings(facts: Survey) -> Iterable[str]:
    if facts.encoding == "cp1252":
        yield "some bytes are not UTF-8: the text was read as Windows-1252"
    elif facts.encoding.startswith("utf-16"):
        yield f"the text is encoded as {facts.encoding.upper()}"
    if facts.undecodable:
        yield f"{facts.undecodable} bytes have no character in Windows-1252 and are shown as \ufffd"
