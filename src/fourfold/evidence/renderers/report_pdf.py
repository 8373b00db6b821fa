"""Lay a package out as a report: tagged PDF (PDF/UA-1), its own fonts, the same bytes each time."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from fourfold.evidence.model.protocols import Package
from fourfold.evidence.renderers import limit_texts, report_tables
from fourfold.evidence.renderers.package_tables import PackageTables
from fourfold.evidence.renderers.printable import printable_all, shortened
from fourfold.evidence.renderers.report_findings import (
    TITLE_CHARS,
    findings_of,
    left_out,
    methods_of,
    number,
    sides_of,
    words,
)

NAME: Final = "report_pdf"
FILE: Final = "report.pdf"

TEMPLATE: Final = Path(__file__).with_name("report.typ")
STANDARD: Final = "ua-1"
HOW_TO_READ: Final = (
    "Codes lead back to rows: F3 is a finding, F3.2 one of its values, O12 one happening with"
    " every record of it, C4 a coincidence, R2.17 row 17 of exhibit X2. The command 'fourfold"
    " trace' prints the rows of a code with their place in the exhibit; the workbook does so by"
    " a click. Local times are those of {zone}, each with UTC. Words of evidence are printed as"
    " they stand; a character that this report cannot print is named in double brackets, such"
    " as ⟦name of the character⟧, and long texts are cut with a note. Fractions are rounded to four"
    " places. The tables hold all of it unchanged."
)
GROUND_RULES: Final = (
    "Every file in the case folder was copied and sealed with its SHA-256 before it was opened."
    " Every row of every file that could be read is used, merged into the row that it repeats"
    " exactly, or set aside with a reason; the package is not made unless these add up for every"
    " file. Records of one happening in several sources are joined to one occurrence, and"
    " counting uses occurrences. Times are computed in UTC; the source's own text and the basis"
    " of its zone are kept. Positions are as supplied, or there is none."
)
COUNTED: Final = (
    ("Exhibits", "exhibits", "true"),
    ("Exhibits read", "exhibits", "state = 'read'"),
    ("Rows read", "ledger", "true"),
    ("Rows used", "ledger", "state = 'used'"),
    ("Rows merged into the row they repeat", "ledger", "state = 'merged'"),
    ("Rows set aside, each with a reason", "ledger", "state = 'set_aside'"),
    ("Events: what one record means", "events", "true"),
    ("Occurrences: one happening, however many records", "occurrences", "true"),
)


def render(package: Package, path: Path) -> None:
    """Write the report; the same package gives the same bytes.

    Args:
        package: tables, findings and facts; nothing of it is changed.
        path: the file to write; an existing one is replaced.

    Raises:
        typst.TypstError: the report cannot be laid out, which is a fault of ours.
    """
    facts = report_facts(package)
    try:
        path.write_bytes(compiled(facts))
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        path.write_bytes(compiled(facts, is_plain=True))


def compiled(facts: dict[str, Any], *, is_plain: bool = False) -> bytes:
    """Compile the template with these facts; they travel as data and are never markup."""
    data = msgspec.json.encode(printable_all(facts, is_plain=is_plain), order="deterministic")
    document = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data.decode()},
        pdf_standards=[STANDARD],
    )
    return bytes(document)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def report_facts(package: Package) -> dict[str, Any]:
    """Return everything the template prints."""
    case = package.case
    tables = PackageTables(package, codes_shown=report_tables.CODES_SHOWN)
    title, reference = shortened(case.title, TITLE_CHARS), shortened(case.reference, TITLE_CHARS)
    version = str(package.facts.get("version", "")).strip()
    return {
        "title": f"Report of records: {reference} {title}".strip(),
        "heading": title or reference,
        "subheading": f"{reference} · local times: {case.display_zone}",
        "description": "Findings, chronology, exhibits and method, with trace codes to rows",
        "made_by": f"Fourfold {version}".strip(),
        "case": {"reference": shortened(reference, 60), "title": shortened(title, 60)},
        "people": report_tables.capped(
            [{"key": p.key, "role": words(p.role), "name": p.name or ""} for p in case.people]
        ),
        "counts": [*_counts(tables), _finding_count(package)],
        "how_to_read": HOW_TO_READ.format(zone=case.display_zone),
        "limits": _limits(package),
        "findings": findings_of(package.findings, case.display_zone),
        "left_out": left_out(package.findings),
        "method": methods_of(package.findings),
        "ground_rules": GROUND_RULES,
        "notes": [str(note) for note in package.facts.get("notes", [])],
        "attributions": report_tables.attributions(tables),
        "chronology": report_tables.chronology(tables),
        "coincidences": report_tables.coincidences(tables),
        "contradictions": report_tables.contradictions(tables),
        "diary": report_tables.diary(tables),
        "devices": report_tables.devices(tables),
        "gaps": report_tables.gaps(tables),
        "third_parties": report_tables.third_parties(tables),
        "sides": list(sides_of(package.findings)),
        "exhibits": report_tables.exhibits(tables),
        "reasons": report_tables.reasons_of(tables),
    }


def _counts(tables: PackageTables) -> list[dict[str, str]]:
    return [
        {
            "label": label,
            "value": number(tables.count(table, condition)),
            "source": f"table {table}",
        }
        for label, table, condition in COUNTED
    ]


def _finding_count(package: Package) -> dict[str, str]:
    return {"label": "Findings", "value": number(len(package.findings)), "source": "findings"}


def _limits(package: Package) -> dict[str, str]:
    stated = package.facts.get("limits") or []
    more = [stated] if isinstance(stated, str) else [str(text) for text in stated]
    named = {table: limit_texts.of(table) for table in limit_texts.BY_TABLE}
    return {**named, "all": " ".join([limit_texts.RECORDS, limit_texts.ABSENCE, *more])}
