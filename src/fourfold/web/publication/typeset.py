"""Set a document as tagged PDF (PDF/UA-1): the same bytes for the same input, on any machine.

    pdf(Sheet(title="...", on="2026-11-22", parts=(content.Section(...), content.Table(...))))

`Sheet.parts` stand in their order: `content.Section` (its heading goes into the contents; without
a heading it continues the one before), `content.Table`, and `Chart` (an SVG with its words for
those who cannot see it; keep its numbers in a table beside it). `kind="sub"` of a section makes
its heading one level lower. Texts are plain: they travel as data and are never Typst markup.
`on` is the document's date, ISO; nothing else of the PDF knows a clock. `mark` stands on the first
page and in every running header ("Published version", "Full version: for the parties only").
Fonts are those that the `typst` package carries. A list of facts stands under the title.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from fourfold.web.publication.content import Section, Table
from fourfold.web.publication.rules.printable import printable

TEMPLATE: Final = Path(__file__).with_name("typeset.typ")
STANDARD: Final = "ua-1"
SUB: Final = "sub"
MEDIA_TYPE: Final = "application/pdf"
LONGEST_WEIGHT, SHORTEST_WEIGHT = 60, 8
HEADER_CHARS: Final = 90


@dataclass(frozen=True)
class Chart:
    """A picture: SVG made by `base.charts`, and what it shows in words."""

    svg: str
    alt: str
    caption: str = ""


Part = Section | Table | Chart


@dataclass(frozen=True)
class Sheet:
    """A document to set. `on` is ISO; `over` stands above the title, `footer` on every page."""

    title: str
    on: str
    parts: tuple[Part, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    subtitle: str = ""
    over: str = ""
    mark: str = ""
    footer: str = ""
    author: str = "Fourfold"
    description: str = ""
    has_contents: bool = True


def pdf(sheet: Sheet) -> bytes:
    """Return a document as PDF."""
    try:
        return _compiled(sheet, is_plain=False)
    except typst.TypstError as error:  # a rare neighbourhood of letters that no font has
        if "could not be displayed" not in error.message:
            raise
        return _compiled(sheet, is_plain=True)


def _compiled(sheet: Sheet, *, is_plain: bool) -> bytes:
    data = msgspec.json.encode(_all(_data(sheet), is_plain=is_plain), order="deterministic")
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data.decode()},
        pdf_standards=[STANDARD],
        timestamp=0,
    )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _data(sheet: Sheet) -> dict[str, Any]:
    day = date.fromisoformat(sheet.on)
    title = sheet.title.strip() or "Untitled"
    header = title if len(title) <= HEADER_CHARS else f"{title[:HEADER_CHARS].rstrip()}…"
    headed = [each for each in sheet.parts if isinstance(each, Section) and each.heading]
    return {
        "title": title,
        "header": header,
        "author": sheet.author,
        "description": sheet.description or title,
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "subtitle": sheet.subtitle,
        "over": sheet.over,
        "mark": sheet.mark,
        "footer": sheet.footer or sheet.author,
        "facts": [list(fact) for fact in sheet.facts],
        "has_contents": sheet.has_contents and len(headed) > 1,
        "parts": [_part(part, is_first=part in headed[:1]) for part in sheet.parts],
    }


def _part(part: Part, *, is_first: bool) -> dict[str, Any]:
    if isinstance(part, Section):
        return {
            "is": "section",
            "heading": part.heading.strip(),
            "level": 2 if part.kind == SUB and not is_first else 1,
            "paragraphs": [each for each in part.paragraphs if each.strip()],
        }
    if isinstance(part, Table):
        number = len(part.columns)
        rows = [[*row, *[""] * number][:number] for row in part.rows]
        made = {"caption": part.caption, "columns": list(part.columns), "note": part.note}
        return {"is": "table", "widths": _widths(part), "rows": rows, **made}
    return {"is": "chart", **msgspec.to_builtins(part)}


def _widths(table: Table) -> list[int]:
    """Return how wide each column is against the others: by its longest text, within bounds."""
    columns = [
        [title, *(row[at] for row in table.rows if at < len(row))]
        for at, title in enumerate(table.columns)
    ]
    longest = [max(len(text) for text in column) for column in columns]
    return [min(max(each, SHORTEST_WEIGHT), LONGEST_WEIGHT) for each in longest]


def _all(value: Any, *, is_plain: bool, name: str = "") -> Any:
    """Make every text printable; a drawing stays as it is."""
    if isinstance(value, str):
        return value if name == "svg" else printable(value, is_plain=is_plain)
    if isinstance(value, dict):
        return {key: _all(each, is_plain=is_plain, name=key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_all(each, is_plain=is_plain) for each in value]
    return value
