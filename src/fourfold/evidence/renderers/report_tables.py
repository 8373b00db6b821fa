"""The tables of the report: selected, in order, cut where paper ends, and saying so."""

import json
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from fourfold.evidence.model.reasons import FILE_STATES, ROW_REASONS
from fourfold.evidence.renderers import table_sheets
from fourfold.evidence.renderers.package_tables import PackageTables
from fourfold.evidence.renderers.printable import shortened
from fourfold.evidence.renderers.report_findings import number, words
from fourfold.evidence.renderers.report_times import (
    clock_words,
    day_words,
    days_words,
    local,
    moment_words,
    period_words,
    stated_words,
    utc_words,
)
from fourfold.evidence.renderers.table_sheets import Sheet

CHRONOLOGY_ENTRIES: Final = 300
DAYS: Final = 400
LINES: Final = 80  # of any other table
CODES_SHOWN: Final = 6  # of rows, with one entry
WORDS_CHARS: Final = 280
CANDIDATES: Final = 12
EXHIBITS: Final = 1_000
CELL_CHARS: Final = 600  # a row of a table never breaks over two pages

Entry = dict[str, Any]


def capped(value: Any) -> Any:
    """Cut texts that would make a row of a table larger than a page."""
    if isinstance(value, list):
        return [capped(item) for item in value]
    if isinstance(value, dict):
        return {key: capped(item) for key, item in value.items()}
    return shortened(value, CELL_CHARS) if isinstance(value, str) else value


def _section(
    tables: PackageTables, sheet: Sheet, lines: int = LINES, condition: str = "true"
) -> tuple[list[Entry], Entry]:
    """Return the entries to print, and the line under the table that says what it holds."""
    entries = tables.entries(sheet.table, sheet.columns, sheet.order, lines, condition)
    total = tables.count(sheet.table)
    source = f"{total:,} {'entry' if total == 1 else 'entries'} of table {sheet.table}."
    if tables.count(sheet.table, condition) > len(entries):
        source += f" Printed: the first {len(entries):,}."
    source += f" All, with their rows: {sheet.holds_all(total)}."
    return entries, {"source": source, "empty": sheet.empty}


def chronology(tables: PackageTables) -> Entry:
    """Return all days of the chronology, and as many of its entries as paper holds."""
    total = tables.count("chronology")
    condition, rule = _selection(tables, total)
    sheet = table_sheets.CHRONOLOGY
    entries = tables.entries(sheet.table, sheet.columns, sheet.order, CHRONOLOGY_ENTRIES, condition)
    days = _days(tables) if total else []
    note = "Counted from table chronology, by day in the display zone."
    if len(days) > DAYS:
        note += f" {len(days) - DAYS:,} more days: {sheet.holds_all(total)}."
    return {
        "source": f"{total:,} entries of table chronology.",
        "empty": sheet.empty,
        "rule": rule,
        "days": days[:DAYS],
        "days_note": note,
        "entries": [
            {"day": day, "entries": [_entry(e, tables.zone) for e in group]}
            for day, group in groupby(entries, key=lambda e: _day(e, tables.zone))
        ],
    }


def _selection(tables: PackageTables, total: int) -> tuple[str, str]:
    """Return which entries are printed, as SQL and in words.

    The first entries of each proposed occasion show the whole period; the first entries
    of the chronology alone would show its first days.
    """
    if total <= CHRONOLOGY_ENTRIES:
        return "true", "All entries, in the order of time."
    rest = (
        " The days above count every entry; all stand in"
        f" {table_sheets.CHRONOLOGY.holds_all(total)}."
    )
    sizes = tables.occasion_sizes()
    each = max((n for n in range(1, 10) if _printed(sizes, n) <= CHRONOLOGY_ENTRIES), default=0)
    if not sizes or not each:
        first = f"The first {CHRONOLOGY_ENTRIES:,} of {total:,} entries, in the order of time."
        return "true", first + rest
    rule = (
        f"{_printed(sizes, each):,} of {total:,} entries: of each of the {len(sizes):,} proposed"
        f" occasions the first {each}, in the order of time."
    )
    condition = (
        "entry_no in (select entry_no from chronology where occasion_no is not null qualify"
        f" row_number() over (partition by occasion_no order by entry_no) <= {each})"
    )
    return condition, rule + rest


def _printed(sizes: list[int], each: int) -> int:
    return sum(min(size, each) for size in sizes)


def _days(tables: PackageTables) -> list[Entry]:
    day = f"strftime({tables.local('chronology', 'started_at')}, '%Y-%m-%d')"
    counted = tables.dicts(
        f"select {day} as day, kind, count(*) as n, min(entry_no) as first_no,"
        " max(entry_no) as last_no, min(started_at) as started_at from chronology"
        " where started_at is not null group by 1, 2 order by 1, 2"
    )
    days = []
    for _, group in groupby(counted, key=lambda row: row["day"]):
        rows = list(group)
        first, last = min(r["first_no"] for r in rows), max(r["last_no"] for r in rows)
        days.append(
            {
                "day": _day(rows[0], tables.zone),
                "entries": number(sum(r["n"] for r in rows)),
                "kinds": ", ".join(f"{words(r['kind'] or 'other')} {r['n']:,}" for r in rows),
                "numbers": f"{first}" if first == last else f"{first} to {last}",
            }
        )
    return days


def _day(entry: Entry, zone: str) -> str:
    at = entry["started_at"]
    return day_words(local(at, zone)) if at else "Without a time"


def _entry(entry: Entry, zone: str) -> Entry:
    at = entry["started_at"]
    notes = []
    if entry.get("time_relation") not in (None, "at"):
        notes.append(f"time: {words(entry['time_relation'])}")
    if entry.get("is_clock_change_hour"):
        notes.append("in the hour of a clock change: two readings are possible")
    if entry.get("act_codes"):
        notes.append(f"act {entry['act_codes']}")
    if entry.get("occasion_no") is not None:
        notes.append(f"occasion {entry['occasion_no']}")
    if entry.get("exhibit_ids"):
        notes.append(f"exhibits {entry['exhibit_ids']}")
    return {
        "code": entry.get("occurrence_id") or f"entry {entry['entry_no']}",
        "local": clock_words(local(at, zone)) if at else "",
        "utc": utc_words(at, zone) if at else "",
        "summary": entry.get("summary") or words(entry.get("kind") or ""),
        "note": "; ".join(notes),
        "words": shortened(entry.get("text") or "", WORDS_CHARS),
    }


def coincidences(tables: PackageTables) -> Entry:
    """Return coincidences of classes A and B, each with its chance rate."""
    sheet, zone = table_sheets.COINCIDENCES, tables.zone
    entries, section = _section(tables, sheet, condition="class != 'C'")
    if left := tables.count("coincidences", "class = 'C'"):
        entries_are = "entry of class C is" if left == 1 else "entries of class C are"
        section["source"] += f" {left:,} {entries_are} for investigation only and not printed."
    rows = [
        {
            "code": e.get("coincidence_id"),
            "class": e.get("class"),
            "period": period_words(e.get("started_at"), e.get("ended_at"), zone),
            "who": _pair(e),
            "distance": _distance(e),
            "chance": "not computed" if e.get("chance_rate") is None else number(e["chance_rate"]),
            "usual": e.get("explained_by") or "",
        }
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def _pair(entry: Entry) -> str:
    sides = [
        f"{entry.get(f'person_{side}') or 'nobody'} ({entry.get(f'subject_{side}') or '?'})"
        for side in ("a", "b")
    ]
    strength = entry.get("strength")
    return " and ".join(sides) + (f"; attribution {strength}" if strength else "")


def _distance(entry: Entry) -> str:
    least, doubt = entry.get("min_distance_m"), entry.get("uncertainty_m")
    if least is None:
        return f"cell {entry['cell_id']}" if entry.get("cell_id") else "none stated"
    return _metres(least) + ("" if doubt is None else f", accuracy {_metres(doubt)}")


def contradictions(tables: PackageTables) -> Entry:
    """Return stretches in which records place two devices apart."""
    entries, section = _section(tables, table_sheets.CONTRADICTIONS)
    rows = [
        {
            "period": period_words(e.get("started_at"), e.get("ended_at"), tables.zone),
            "who": _pair(e),
            "distance": _metres(e.get("least_distance_m")),
            "rows": e.get("row_ids") or "",
        }
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def _metres(distance_m: float | None) -> str:
    """Print a distance; tenths of a metre only where they are more than noise."""
    if distance_m is None:
        return ""
    return f"{distance_m:,.1f} m" if distance_m < 100 else f"{distance_m:,.0f} m"


def diary(tables: PackageTables) -> Entry:
    """Return diary entries with their outcome and the records weighed, helpful or not."""
    sheet = table_sheets.DIARY
    entries, section = _section(tables, sheet)
    weighed = _candidates(tables, sheet) if entries else []
    found = [candidates[:CANDIDATES] for candidates in weighed]
    ids = [i for candidates in found for c in candidates for i in c.get("row_ids") or []]
    codes = tables.codes(ids)
    rows = [
        {
            "number": e.get("entry_no"),
            "outcome": words(e.get("outcome") or ""),
            "words": "Private entry: its words stand in the exhibit."
            if e.get("is_private")
            else shortened(e.get("words") or "", 2 * WORDS_CHARS),
            "window": _window(e, tables.zone),
            "reason": _sentence(e.get("reason") or ""),
            "candidates": [_candidate(c, codes, tables.zone) for c in candidates],
            "more": _more(len(every) - len(candidates)),
        }
        for e, candidates, every in zip(entries, found, weighed, strict=True)
    ]
    return section | {"rows": capped(rows)}


def _more(left: int) -> str:
    if not left:
        return ""
    records = "record was" if left == 1 else "records were"
    return f"{left:,} more {records} weighed: data/diary_checks.csv and the workbook hold all."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _window(entry: Entry, zone: str) -> str:
    parts = []
    if entry.get("time_words"):
        parts.append(f"Time as written: {entry['time_words']}.")
    window = period_words(entry.get("from_at"), entry.get("to_at"), zone)
    parts.append(f"Window: {window}." if window else "No window could be read.")
    if entry.get("chance_rate") is not None:
        parts.append(f"Chance rate: {number(entry['chance_rate'])}.")
    return " ".join(parts)


def _candidates(tables: PackageTables, sheet: Sheet) -> list[list[Entry]]:
    from fourfold.evidence.renderers.package_tables import Column

    column = Column("candidates", "Candidates")
    texts = tables.entries(sheet.table, [column], sheet.order, LINES)
    if not texts:
        return [[] for _ in range(min(tables.count(sheet.table), LINES))]
    parsed = [json.loads(text["candidates"] or "[]") for text in texts]
    return [[c for c in found if isinstance(c, dict)] for found in parsed]


def _candidate(candidate: Entry, codes: dict[str, str], zone: str) -> Entry:
    return {
        "helps": number(bool(candidate.get("helps"))),
        "local": stated_words(str(candidate.get("started_at") or ""), zone),
        "label": str(candidate.get("label") or ""),
        "why": str(candidate.get("why") or ""),
        "rows": " ".join(codes.get(i, i) for i in (candidate.get("row_ids") or [])[:4]),
    }


def devices(tables: PackageTables) -> Entry:
    """Return changes of number, SIM and handset, each with other explanations."""
    entries, section = _section(tables, table_sheets.DEVICES)
    rows = [
        {
            "number": number(e.get("change_no")),
            "kind": words(e.get("kind") or ""),
            "period": period_words(e.get("before_at"), e.get("at"), tables.zone),
            "ids": "\n".join(e[k] for k in ("number", "imei", "imsi", "other") if e.get(k)),
            "explanations": e.get("explanations") or "",
        }
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def gaps(tables: PackageTables) -> Entry:
    """Return stretches that the data supplied does not cover."""
    entries, section = _section(tables, table_sheets.GAPS)
    rows = [
        {
            "number": number(e.get("gap_no")),
            "person": e.get("person") or "",
            "source": e.get("source") or "",
            "period": period_words(e.get("from_at"), e.get("to_at"), tables.zone),
            "days": number(e["days"]) if e.get("days") is not None else "",
            "kind": words(e.get("kind") or ""),
            "ask_by": _stated(e.get("ask_by"), tables.zone),
        }
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def _stated(moment: datetime | str | None, zone: str) -> str:
    return moment_words(moment, zone) if isinstance(moment, datetime) else moment or ""


def third_parties(tables: PackageTables) -> Entry:
    """Return others who stand in the records, with the counts of both sides."""
    entries, section = _section(tables, table_sheets.THIRD_PARTIES)
    rows = [
        {
            "party": e.get("party") or "",
            "identifier": e.get("identifier") or "",
            "a": number(e.get("side_a_count") or 0),
            "b": number(e.get("side_b_count") or 0),
            "period": days_words(e.get("first_at"), e.get("last_at"), tables.zone),
            "channels": e.get("channels") or "",
        }
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def attributions(tables: PackageTables) -> Entry:
    """Return who is said to use which identifier, when, on which basis."""
    entries, section = _section(tables, table_sheets.ATTRIBUTIONS)
    rows = [
        {key: e.get(key) or "" for key in ("identifier", "person", "strength", "basis")}
        | {"period": _validity(e, tables.zone)}
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def _validity(entry: Entry, zone: str) -> str:
    start, end = entry.get("from_at"), entry.get("to_at")
    if start is None and end is None:
        return "no limit stated"
    if end is None:
        return f"from {moment_words(start, zone)}"
    return period_words(start, end, zone) if start else f"until {moment_words(end, zone)}"


def exhibits(tables: PackageTables) -> Entry:
    """Return the exhibits with the fate of their rows and their hashes, all of them."""
    entries, section = _section(tables, table_sheets.EXHIBITS, EXHIBITS)
    keys = {"read": "rows_read", "used": "rows_used", "merged": "rows_merged"}
    rows = [
        {
            "code": e["exhibit_id"],
            "ref": e.get("ref") or "",
            "file": e.get("exhibit_file") or "",
            "note": _state(e),
            "aside": number(e.get("rows_set_aside") or 0),
            "sha256": e.get("sha256") or "",
        }
        | {key: number(e.get(column) or 0) for key, column in keys.items()}
        for e in entries
    ]
    return section | {"rows": capped(rows)}


def _state(entry: Entry) -> str:
    if entry.get("state") == "read":
        reader = f"read by {entry.get('reader') or 'no reader'} {entry.get('reader_version') or ''}"
        zone = entry.get("zone_used")
        return shortened(f"{reader.strip()}{f'; zone {zone}' if zone else ''}", WORDS_CHARS)
    words_of_state = FILE_STATES.get(entry.get("state") or "", entry.get("state") or "")
    return shortened("; ".join(t for t in (words_of_state, entry.get("state_note")) if t), 400)


def reasons_of(tables: PackageTables) -> list[Entry]:
    """Return why rows were set aside, counted by exhibit and reason."""
    return [
        {
            "ref": row["ref"] or row["exhibit_id"] or "",
            "reason": words(row["reason"] or ""),
            "why": ROW_REASONS.get(row["reason"] or "", ""),
            "rows": number(row["row_count"]),
        }
        for row in tables.dicts(table_sheets.LEDGER_SQL)
        if row["state"] == "set_aside"
    ]
