"""Lay the tables out as one Excel workbook: typed cells, local times, never a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rustpy_xlsxwriter import FastExcel, Format

from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Package
from fourfold.evidence.model.reasons import FILE_STATES, ROW_REASONS
from fourfold.evidence.renderers import limit_texts, table_sheets
from fourfold.evidence.renderers.package_tables import Column, PackageTables
from fourfold.evidence.renderers.table_sheets import Sheet
from fourfold.evidence.renderers.zip_bytes import with_member

NAME: Final = "tables_xlsx"
FILE: Final = "tables.xlsx"

BANNER_ROWS: Final = 1
CELL_UNITS: Final = 32_767  # UTF-16 units in a cell
CUT_MARK: Final = " […cut: Excel holds 32,767 characters in a cell; the whole text is in data/]"
BANNER_COLUMNS: Final = 9
PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Fourfold</dc:creator>'
    "</cp:coreProperties>"
)


@dataclass
class Page:
    """One sheet ready to be written. entries: dictionaries by column name."""

    name: str
    columns: list[Column]
    entries: list[dict[str, Any]]
    banner: str
    empty: str = ""


def render(package: Package, path: Path) -> None:
    """Write the workbook of tables; the same package gives the same bytes.

    Args:
        package: tables, findings and facts; nothing of it is changed.
        path: the file to write; an existing one is replaced.
    """
    tables = PackageTables(package)
    pages = [
        _overview(package, tables),
        _table(tables, table_sheets.CHRONOLOGY),
        _contacts(tables),
        *(_table(tables, sheet) for sheet in table_sheets.AFTER_CONTACTS),
        _findings(package.findings),
        _table(tables, table_sheets.EXHIBITS),
        _ledger(tables),
        _set_aside(tables),
        _method(package),
    ]
    buffer = io.BytesIO()
    excel = FastExcel(buffer)
    for page in pages:
        _add(excel, page, tables.zone)
    excel.save()
    path.write_bytes(with_member(buffer.getvalue(), "docProps/core.xml", PROPERTIES.encode()))


def _banner(title: str, table: str, shown: int, total: int, more: str = "") -> str:
    counted = f"{title}. {total:,} entries of table {table}."
    if shown < total:
        counted += f" This sheet holds the first {shown:,}; data/{table}.csv holds all."
    return " ".join(t for t in (counted, more, f"Limits: {limit_texts.of(table)}") if t)


def _cut(entries: list[dict[str, Any]]) -> str:
    """Say that a sheet cannot hold all lines; nothing where it does."""
    if len(entries) <= table_sheets.ENTRIES:
        return ""
    return f" This sheet holds the first {table_sheets.ENTRIES:,} of {len(entries):,} lines."


def _table(tables: PackageTables, sheet: Sheet) -> Page:
    entries = tables.entries(sheet.table, sheet.columns, sheet.order, table_sheets.ENTRIES)
    columns = tables.present(sheet.table, sheet.columns) or sheet.columns[:1]
    banner = _banner(sheet.name, sheet.table, len(entries), tables.count(sheet.table))
    return Page(sheet.name, columns, entries, banner, sheet.empty)


def _contacts(tables: PackageTables) -> Page:
    entries = []
    if tables.count("contacts"):
        sql = table_sheets.CONTACTS_SQL.format(
            first_local=f"min({tables.local('contacts', 'started_at')})",
            last_local=f"max({tables.local('contacts', 'started_at')})",
        )
        entries = tables.dicts(sql)
    banner = _banner(
        "Contacts, counted by sender, receiver, channel and outcome",
        "contacts",
        tables.count("contacts"),
        tables.count("contacts"),
        f"Every contact with its rows stands in data/contacts.csv.{_cut(entries)}",
    )
    return Page(
        "Contacts summary",
        table_sheets.CONTACT_COLUMNS,
        entries[: table_sheets.ENTRIES],
        banner,
        "No contact stands in the data supplied.",
    )


def _ledger(tables: PackageTables) -> Page:
    columns = [
        Column("exhibit_id", "Code", width=8),
        Column("ref", "Exhibit", width=12),
        Column("exhibit_file", "File", width=44),
        Column("state", "Rows were", width=12),
        Column("reason", "Reason", width=20),
        Column("why", "In words", width=60),
        Column("row_count", "Rows", "number", 11),
    ]
    entries = tables.dicts(table_sheets.LEDGER_SQL)
    for entry in entries:
        entry["why"] = ROW_REASONS.get(entry["reason"] or "", "")
    total = tables.count("ledger")
    banner = _banner("Ledger, counted by exhibit, state and reason", "ledger", total, total)
    return Page("Ledger summary", columns, entries, banner, "No row was read.")


def _set_aside(tables: PackageTables) -> Page:
    columns = [
        Column("code", "Trace code", width=12),
        Column("ref", "Exhibit", width=12),
        Column("exhibit_file", "File", width=44),
        Column("locator", "Where in the file", width=44),
        Column("reason", "Reason", width=20),
        Column("why", "In words", width=60),
        Column("note", "Note", width=60),
    ]
    entries = tables.dicts(table_sheets.SET_ASIDE_SQL.format(limit=table_sheets.ENTRIES))
    for entry in entries:
        entry["why"] = ROW_REASONS.get(entry["reason"] or "", "")
    total = tables.count("ledger", "state = 'set_aside'")
    banner = _banner("Rows set aside, each with its reason", "ledger", len(entries), total)
    return Page("Set aside", columns, entries, banner, "No row was set aside.")


def where_text(where: Where | None) -> str:
    """Return a selection in words that anybody can repeat on the tables."""
    if where is None:
        return ""
    conditions = [f"{c} {op}" + ("" if v is None else f" {v}") for c, op, v in where.conditions]
    return f"{where.table} where {' and '.join(conditions)}" if conditions else where.table


def _findings(findings: list[Finding]) -> Page:
    columns = [
        Column("code", "Trace code", width=12),
        Column("title", "Finding", width=40),
        Column("name", "Value", width=40),
        Column("value", "Is", "number", 18),
        Column("unit", "Unit"),
        Column("statement", "Statement", width=70),
        Column("class", "Class", width=8),
        Column("rows", "Leads to rows by", width=50),
        Column("caveats", "Caveats", width=60),
        Column("analysis", "Analysis", width=20),
    ]
    entries = [entry for finding in findings for entry in _finding(finding)]
    banner = _banner("Findings, each value with its trace code", "findings", 0, 0).replace(
        "0 entries of table findings.",
        f"{len(findings):,} findings; data/findings.jsonl holds all.{_cut(entries)}",
    )
    shown = entries[: table_sheets.ENTRIES]
    return Page("Findings", columns, shown, banner, "No finding was made.")


def _finding(finding: Finding) -> Iterable[dict[str, Any]]:
    yield {
        "code": finding.finding_id,
        "title": finding.title,
        "statement": finding.statement,
        "class": finding.evidence_class,
        "rows": _leads(finding),
        "caveats": "\n".join(finding.caveats),
        "analysis": f"{finding.analysis} {finding.version}",
    }
    named = [("", finding.values), *((n, finding.series[n]) for n in sorted(finding.series))]
    for series, values in named:
        for value in values:
            name = f"{series}: {value.name}" if series else value.name
            yield {
                "code": value.code,
                "title": finding.title,
                "name": name,
                "value": value.value,
                "unit": value.unit,
                "rows": _leads(value),
            }


def _leads(evidence: Finding | Value) -> str:
    if evidence.row_ids:
        shown = list(evidence.row_ids[:4])
        more = len(evidence.row_ids) - len(shown)
        return " ".join(shown) + (f" and {more:,} more" if more else "")
    return where_text(evidence.where)


def _overview(package: Package, tables: PackageTables) -> Page:
    case = package.case
    lines: list[tuple[str, Any, str]] = [
        ("Case", case.reference, "case file"),
        ("Title", case.title, "case file"),
        ("Display zone of local times", case.display_zone, "case file"),
        ("Made by", f"Fourfold {package.facts.get('version', '')}".strip(), "the program"),
        ("Zone rules", package.facts.get("zone_rules", ""), "the program"),
    ]
    lines += [
        (f"Person {p.key}", f"{p.role} {p.name or ''}".strip(), "case file") for p in case.people
    ]
    lines += [
        (f"Exhibits: {FILE_STATES.get(row['state'], row['state'])}", row["n"], "table exhibits")
        for row in tables.dicts(
            "select state, count(*) as n from exhibits group by state"
            " order by state = 'read' desc, state"
        )
    ]
    states = {"used": "Rows used", "merged": "Rows merged", "set_aside": "Rows set aside"}
    lines += [("Rows read", tables.count("ledger"), "table ledger")]
    lines += [
        (words, tables.count("ledger", f"state = '{state}'"), "table ledger")
        for state, words in states.items()
    ]
    lines += [
        ("Events", tables.count("events"), "table events"),
        ("Occurrences", tables.count("occurrences"), "table occurrences"),
        ("Findings", len(package.findings), "findings"),
        ("To follow a code", "fourfold trace <package> <code>", "every code: F, O, C, R"),
    ]
    lines += [("Limit", text, "") for text in _all_limits(package)]
    lines += [("Note", note, "") for note in package.facts.get("notes", [])]
    columns = [
        Column("what", "What", width=44),
        Column("value", "Is", width=70),
        Column("source", "From", width=24),
    ]
    entries = [dict(zip(("what", "value", "source"), line, strict=True)) for line in lines]
    banner = f"{case.reference} {case.title}".strip() + ". Tables of the package, for checking."
    return Page("Overview", columns, entries, banner)


def _all_limits(package: Package) -> list[str]:
    stated = package.facts.get("limits")
    own = [limit_texts.RECORDS, limit_texts.ABSENCE, limit_texts.CELLS, limit_texts.FIXES]
    more = [stated] if isinstance(stated, str) else list(stated or [])
    return [*own, limit_texts.CHANCE, limit_texts.TIMES, *(str(text) for text in more)]


def _method(package: Package) -> Page:
    columns = [
        Column("code", "Finding", width=10),
        Column("question", "Question", width=50),
        Column("method", "Method", width=80),
        Column("settings", "Settings", width=50),
        Column("tried", "Comparisons made", width=24),
        Column("analysis", "Analysis", width=24),
    ]
    entries = [
        {
            "code": finding.finding_id,
            "question": finding.question,
            "method": finding.method,
            "settings": _pairs(finding.settings),
            "tried": _pairs(finding.counts_tried),
            "analysis": f"{finding.analysis} {finding.version}",
        }
        for finding in package.findings
    ]
    banner = "Method of every finding, with the settings it was made with."
    return Page("Method", columns, entries, banner, "No question was asked.")


def _pairs(facts: dict[str, Any]) -> str:
    return "; ".join(f"{key} = {facts[key]}" for key in sorted(facts))


def _add(excel: FastExcel, page: Page, zone: str) -> None:
    headings = _headings(page.columns, zone)
    records = _records(page.entries, headings)
    if not records:
        records = [dict.fromkeys(h for _, h, _, _ in headings)]
        records[0][headings[0][1]] = f"No entries. {page.empty}"
    last = max(len(headings), 2) - 1
    excel.freeze(row=BANNER_ROWS + 1, sheet=page.name)
    excel.sheet(
        page.name,
        records,
        column_widths={heading: width for _, heading, _, width in headings},
        column_formats={heading: _format(kind) for _, heading, kind, _ in headings},
        header_format=Format()
        .set_bold()
        .set_text_wrap()
        .set_background_color("#DCE6EA")
        .set_border_bottom("thin")
        .set_align("top"),
        header_row=BANNER_ROWS,
        merge_ranges=[(0, 0, 0, min(last, BANNER_COLUMNS), page.banner, _banner_format())],
        row_heights={0: 15.0 * (2 + len(page.banner) // 150)},
        autofilter=bool(page.entries),
        page_setup={
            "landscape": True,
            "paper_size": 9,
            "fit_to_pages": (1, 0),
            "repeat_rows": (0, BANNER_ROWS),
            "footer": "&L&A&RPage &P of &N",
        },
    )


def _headings(columns: Sequence[Column], zone: str) -> list[tuple[str, str, str, int]]:
    """Return (key, heading, kind, width); a time stands in UTC and in the display zone."""
    found = []
    for column in columns:
        if column.kind == "time":
            found.append((column.name, f"{column.heading} (UTC)", "time", 19))
            found.append((f"{column.name}_local", f"{column.heading} ({zone})", "time", 19))
        else:
            found.append((column.name, column.heading, column.kind, column.width))
    return found


def _records(
    entries: list[dict[str, Any]], headings: list[tuple[str, str, str, int]]
) -> list[dict[str, Any]]:
    """Rename keys to headings; only what Excel cannot hold is changed."""
    keys = [key for key, *_ in headings]
    names = [heading for _, heading, *_ in headings]
    records = [dict(zip(names, map(entry.get, keys), strict=True)) for entry in entries]
    texts = [heading for _, heading, kind, _ in headings if kind not in {"time", "flag"}]
    for record in records:
        for heading in texts:
            value = record[heading]
            if isinstance(value, str) and len(value) * 2 > CELL_UNITS:
                record[heading] = fitted(value)
    return records


def fitted(text: str) -> str:
    """Cut a text that Excel cannot hold; the cut says so."""
    if len(text.encode("utf-16-le")) // 2 <= CELL_UNITS:
        return text
    kept = text.encode("utf-16-le")[: (CELL_UNITS - len(CUT_MARK)) * 2]
    return kept.decode("utf-16-le", "ignore") + CUT_MARK


def _format(kind: str) -> Format:
    if kind == "time":
        return Format().set_num_format("yyyy-mm-dd hh:mm:ss").set_align("top")
    return (
        Format().set_align("top").set_text_wrap() if kind != "number" else Format().set_align("top")
    )


def _banner_format() -> Format:
    return Format().set_text_wrap().set_align("top").set_italic().set_font_color("#333333")
