"""Cells of a table of replies: no spreadsheet program takes one for a formula, none is lost."""

import csv
import io
from collections.abc import Iterable, Sequence

from fourfold.web.cases.rules import cells


def safe(text: str) -> str:
    """Return a text as a cell; an apostrophe marks what could start a formula, or was marked."""
    return "'" + text if text.startswith("'") else cells.cell(text)


def plain(cell: str) -> str:
    """Return the text that `safe` made a cell of."""
    return cell.removeprefix("'")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV that spreadsheet programs read as UTF-8."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([safe(each) for each in header])
    writer.writerows([safe(each) for each in row] for row in rows)
    return "\ufeff" + held.getvalue()
