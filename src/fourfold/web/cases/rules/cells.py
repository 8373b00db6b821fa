"""Cells of a CSV that a spreadsheet program cannot take for a formula (OWASP, CSV injection)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

STARTERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: object) -> str:
    """Return a text that stays a text: an apostrophe goes before what could start a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip(" ").startswith(STARTERS) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + held.getvalue()
