"""CSV and XLSX as grids: encodings, delimiters, merged cells; of formulas, what they showed."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from fourfold.web.recommendations.rules import plan_csv
from fourfold.web.recommendations.rules.imports import grids, limits
from fourfold.web.recommendations.rules.imports.cells import Reading
from fourfold.web.recommendations.rules.imports.grids import Square, Where
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.imports.markup import decoded
from fourfold.web.recommendations.rules.plan_schema import tidy

DELIMITERS: Final = (",", ";", "\t", "|")
DELIMITER_WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAMPLE_ROWS: Final = 50
DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
PEEK_BYTES: Final = 4096


def read_csv(content: bytes) -> Reading:
    """Return what a CSV holds."""
    text, encoding = decoded(content)
    delimiter = _delimiter(text)
    rows = _parsed(text, delimiter)
    reading = Reading("csv")
    if encoding != "UTF-8":
        reading.notes.append(f"The file is read as {encoding}.")
    if delimiter != ",":
        reading.notes.append(f"Cells are parted by {DELIMITER_WORDS[delimiter]}.")
    _require_size(rows)
    if plan_csv.is_own(rows):
        reading.document = plan_csv.read(rows)
    grid = [[Square(tidy(plan_csv.unguarded(cell))) for cell in row] for row in rows]
    reading.records = grids.records(grid, Where("Table"))
    return reading


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    if any(len(line) > limits.FILE_BYTES for line in (text,)):
        raise TableRefusedError("The file is too large.")
    held = csv.field_size_limit(limits.FILE_BYTES)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > limits.ROWS:
                raise TableRefusedError(_too_many())
        return rows
    except csv.Error as error:
        raise TableRefusedError("The file is no table. Save it again as CSV.") from error
    finally:
        csv.field_size_limit(held)


def _delimiter(text: str) -> str:
    """Return what parts the cells: the sign that gives most rows the same number of several."""
    best, most = ",", 0
    for each in DELIMITERS:
        try:
            sample = io.StringIO(text[:200_000], newline="")
            widths = [
                len(row)
                for _, row in zip(
                    range(SAMPLE_ROWS), csv.reader(sample, delimiter=each), strict=False
                )
            ]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=0)
        score = widths.count(common) * (common - 1)
        if score > most:
            best, most = each, score
    return best


def read_xlsx(content: bytes) -> Reading:
    """Return what a workbook holds, sheet by sheet."""
    _require_safe_zip(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names[: limits.TABLES]
        reading, has_points = Reading("xlsx"), False
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > limits.ROWS or sheet.total_width > limits.COLUMNS:
                raise TableRefusedError(_too_many())
            held = sheet.to_python(skip_empty_area=False)
            has_points |= any(isinstance(v, float) and v % 1 for row in held for v in row)
            rows = [[_shown(value) for value in row] for row in held]
            _require_size(rows)
            grid = [[Square(text) for text in row] for row in rows]
            _merge(grid, sheet.merged_cell_ranges or [])
            reading.records += grids.records(grid, Where(f"Sheet “{tidy(name)[:40]}”"))
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, TableRefusedError):
            raise
        raise TableRefusedError(
            "The workbook is broken or locked. Save it again as XLSX."
        ) from error
    if has_points:
        reading.notes.append("7.10 kept as a number arrives as 7.1: check parts that end in 0.")
    reading.notes.append("Formulas count as the value that the workbook last showed.")
    return reading


def _merge(grid: list[list[Square]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    for (top, left), (bottom, right) in ranges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        text = grid[top][left].text
        for row in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[row]))):
                if (row, column) != (top, left):
                    grid[row][column] = Square(text, is_repeat=True)


def _shown(value: object) -> str:
    """Return a cell as the workbook means it: whole numbers without a point, days as days."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return tidy(str(value))


def _require_safe_zip(content: bytes) -> None:
    """Refuse a workbook that unpacks to more than it should, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if (
                len(entries) > limits.ZIP_ENTRIES
                or unpacked > limits.UNPACKED_BYTES
                or unpacked > limits.UNPACKED_RATIO * max(len(content), 10_000)
            ):
                raise TableRefusedError("The workbook unpacks to far more than a plan holds.")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with packed.open(entry) as part:
                        if DECLARED.search(part.read(PEEK_BYTES)):
                            raise TableRefusedError("The workbook declares entities; none may.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise TableRefusedError("This is no XLSX workbook. Save it again as XLSX.") from error


def _require_size(rows: list[list[str]]) -> None:
    cells = sum(len(row) for row in rows)
    if len(rows) > limits.ROWS or cells > limits.CELLS * 5:
        raise TableRefusedError(_too_many())
    if sum(1 for row in rows for cell in row if cell) > limits.CELLS:
        raise TableRefusedError(_too_many())
    if any(len(cell) > limits.CELL_CHARS for row in rows for cell in row):
        raise TableRefusedError(
            f"A cell holds more than {limits.CELL_CHARS:,} characters. Part it, or shorten it."
        )


def _too_many() -> str:
    return (
        f"The table is too large: at most {limits.ROWS:,} rows and {limits.CELLS:,} cells that "
        "hold something. Take out what is not the plan."
    )
