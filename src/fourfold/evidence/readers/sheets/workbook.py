"""Rows of a workbook sheet (XLSX, ODS) as records; cells become the text they stand for."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fourfold.evidence.errors import ExhibitUnreadableError, PackError
from fourfold.evidence.model import limits, reasons
from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.readers.sheets.layout import Layout, of_records
from fourfold.evidence.readers.sheets.pack import Pack
from fourfold.evidence.readers.sheets.tokens import BLANKS, CUT, LONG, Record, fitted

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP_MARK: Final = b"PK\x03\x04"
TOP_ROWS: Final = 40
EXACT_INTEGER: Final = 10**15  # a workbook number keeps 15 digits
Top = tuple[tuple[str, ...], ...]


def is_workbook(head: bytes) -> bool:
    """Tell whether bytes may be an XLSX or ODS workbook."""
    if not head.startswith(ZIP_MARK):
        return False
    return any(mark in head for mark in (b"[Content_Types].xml", b"xl/", b"opendocument"))


def find(source: Source, pack: Pack) -> tuple[str, Layout] | None:
    """Return the first visible sheet with the pack's fingerprint, and its layout."""
    for name, top in tops(source):
        if layout := of_records(enumerate(top, start=1), pack):
            return name, layout
    return None


@lru_cache(maxsize=2)
def tops(source: Source) -> tuple[tuple[str, Top], ...]:
    """Return the first rows of every visible sheet; none if it is no readable workbook."""
    from python_calamine import CalamineError, SheetVisibleEnum

    if not is_workbook(source.head):
        return ()
    try:
        book = _open(source)
        return tuple(
            (sheet.name, _top(book.get_sheet_by_name(sheet.name)))
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        )
    except CalamineError:
        return ()


def records(source: Source, sheet_name: str, layout: Layout) -> Iterator[Record]:
    """Yield every row below the header that is not wholly blank; locator `Sheet!row`.

    Raises:
        ExhibitUnreadableError: the workbook cannot be opened.
    """
    from python_calamine import CalamineError

    try:
        sheet = _open(source).get_sheet_by_name(sheet_name)
    except CalamineError as error:
        raise ExhibitUnreadableError(
            reasons.UNREADABLE, f"the workbook is damaged: {error}"
        ) from None
    n = 0
    for number, fields in _rows(sheet):
        if number > layout.header_line and any(field.strip(BLANKS) for field in fields):
            n += 1
            yield _record(n, f"{sheet_name}!{number}", fields, layout.width)


def first_rows(path: Path, count: int) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of every visible sheet of a workbook file.

    Raises:
        PackError: the workbook cannot be opened.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_object(path)
        visible = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        return [
            (name, [fields for _, fields in islice(_rows(book.get_sheet_by_name(name)), count)])
            for name in visible
        ]
    except CalamineError as error:
        raise PackError(f"{path.name}: the workbook cannot be opened: {error}") from None


def _record(n: int, locator: str, fields: list[str], width: int) -> Record:
    verbatim = "\t".join(fields)
    note = CUT if len(verbatim) > limits.VERBATIM_CHARS else ""
    fit = fitted(fields + [""] * (width - len(fields)), width)
    flaw = "" if fit is not None else reasons.MALFORMED
    return Record(
        n, locator, verbatim[: limits.VERBATIM_CHARS], fit or [], flaw, LONG if flaw else note
    )


def _open(source: Source) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_object(source.path or BytesIO(source.read_bytes()))


def _top(sheet: "CalamineSheet") -> Top:
    rows: list[tuple[str, ...]] = []
    for number, fields in _rows(sheet):
        if number > TOP_ROWS:
            break
        rows += [()] * (number - 1 - len(rows))
        rows.append(tuple(fields))
    return tuple(rows)


def _rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[str]]]:
    first = sheet.start[0] + 1 if sheet.start else 1
    for number, cells in enumerate(sheet.iter_rows(), start=first):
        if cells.count("") < len(cells):  # one stray cell at the bottom makes a million blank rows
            yield number, [cell_text(cell) for cell in cells]


def cell_text(cell: Any) -> str:
    """Return a cell as text: whole numbers without a fraction, dates and times as ISO."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_INTEGER:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)
