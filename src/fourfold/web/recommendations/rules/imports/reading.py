"""Read a file by what it is, never by what its name says."""

import json
from typing import Any, Final

from fourfold.web.recommendations.rules import plan_json
from fourfold.web.recommendations.rules.imports import html_pages, limits, tables
from fourfold.web.recommendations.rules.imports.cells import Reading
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.imports.markup import decoded

ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
PDF: Final = b"%PDF"


def read(content: bytes) -> Reading:
    """Return what a file holds, cell by cell."""
    if not content.strip():
        raise TableRefusedError("The file is empty.")
    if len(content) > limits.FILE_BYTES:
        raise TableRefusedError("The file is larger than 5 MB. Take out pictures, or part it.")
    if content.startswith(ZIP):
        return tables.read_xlsx(content)
    if content.startswith(OLD_OFFICE):
        raise TableRefusedError("Old Excel and Word files cannot be read. Save it as XLSX or CSV.")
    if content.startswith(PDF):
        raise TableRefusedError("A PDF has no cells. Use the web page or the table it was made of.")
    text, _ = decoded(content[:4096])
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return html_pages.read_html(content)
    if start.startswith("{"):
        return _read_json(content)
    if "\x00" in text:
        raise TableRefusedError("This is no table. Use CSV, XLSX, a saved web page, or JSON.")
    return tables.read_csv(content)


def _read_json(content: bytes) -> Reading:
    try:
        value: Any = json.loads(decoded(content)[0])
    except (ValueError, RecursionError) as error:
        raise TableRefusedError("The JSON is broken.") from error
    if not plan_json.is_own(value):
        raise TableRefusedError("Only JSON that this program exported can be taken in.")
    try:
        return Reading("json", document=plan_json.read(value))
    except plan_json.PlanFormatError as error:
        raise TableRefusedError(str(error)) from error
