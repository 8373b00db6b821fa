"""Lay a package out as one HTML file that opens from a disk, without any network."""

import base64
import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Package
from fourfold.evidence.model.reasons import FILE_STATES, ROW_REASONS
from fourfold.evidence.renderers.workbook.answers import pack_findings, tables_named
from fourfold.evidence.renderers.workbook.chunks import Chunks
from fourfold.evidence.renderers.workbook.embed import (
    ROWS,
    VERBATIM_ROWS,
    index_of,
    pack_tables,
    to_text,
)

NAME: Final = "workbook"
FILE: Final = "workbook.html"

TEMPLATES: Final = Path(__file__).parent / "templates"
CHUNK: Final = '<script type="text/plain" data-chunk="%s">%s</script>\n'


def render(package: Package, path: Path) -> None:
    """Write the workbook.

    Args:
        package: tables, findings and facts; nothing of it is changed, temporary tables
            named `workbook_...` are left in its store.
        path: the file to write; an existing one is replaced.
    """
    with Chunks() as chunks:
        catalogue = pack_tables(package.tables, tables_named(package.findings), chunks)
        chunks.add("meta", to_text(_meta(package, catalogue)))
        head, tail = _shell(package.case)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(head)
            for name, text in chunks:
                stream.write(CHUNK % (name, text))
            stream.write(tail)


def _meta(package: Package, catalogue: dict[str, Any]) -> dict[str, Any]:
    return {
        "case": _case(package.case),
        "tables": catalogue,
        "verbatim_rows": VERBATIM_ROWS,
        "findings": pack_findings(package.findings, package.tables, catalogue),
        "facts": _facts(package.facts),
        "row_reasons": ROW_REASONS,
        "file_states": FILE_STATES,
        "row_index": _named_rows(package, catalogue),
    }


def _named_rows(package: Package, catalogue: dict[str, Any]) -> dict[str, int]:
    """Return the index of each row that a diary candidate names inside its JSON text."""
    if "diary_checks" not in catalogue:
        return {}
    found = package.tables.rows(
        "select distinct unnest(regexp_extract_all(candidates, '[0-9a-f]{16}')) as id"
        " from diary_checks order by id"
    )
    return index_of(package.tables, (str(row[0]) for row in found), ROWS)


def _case(case: Case) -> dict[str, Any]:
    """The case without the folder it lay in: that is a fact of this machine."""
    return {name: value for name, value in asdict(case).items() if name != "folder"}


def _facts(facts: dict[str, Any]) -> dict[str, str | int | float | bool | None]:
    """Facts of the run, nested ones under dotted names; order is that of the names."""
    flat: dict[str, Any] = {}

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key in sorted(value, key=str):
                walk(f"{prefix}.{key}" if prefix else str(key), value[key])
        elif isinstance(value, list | tuple | set):
            flat[prefix] = ", ".join(str(v) for v in value)
        elif value is None or isinstance(value, bool | int | float | str):
            flat[prefix] = value
        else:
            flat[prefix] = str(value)

    walk("", facts)
    return flat


def _shell(case: Case) -> tuple[str, str]:
    """Return the page before and after the data."""
    script, style = _joined("js", "*.js"), _joined("css", "*.css")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("workbook.html").render(
        reference=case.reference,
        title=case.title,
        style=Markup(style),  # noqa: S704 our own file, no evidence in it
        script=Markup(script),  # noqa: S704 our own file, no evidence in it
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
        split=Markup("\x00"),
    )
    head, tail = page.split("\x00")
    return head, tail


@cache
def _joined(folder: str, pattern: str) -> str:
    """Return the files of a folder in the order of their names, as one text."""
    files = sorted((TEMPLATES / folder).glob(pattern))
    text = "\n".join(file.read_text("utf-8") for file in files)
    return f'"use strict";\n(() => {{\n{text}\n}})();' if folder == "js" else text


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
