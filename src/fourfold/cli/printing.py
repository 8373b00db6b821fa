"""What the command line says: progress on stderr, results on stdout, JSON on request."""

import argparse
import json
import sys
import textwrap
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fourfold.evidence.model.reasons import FILE_STATES

STATIONS = ("take in", "read", "analyse", "render")
LINE_CHARS = 78
REFRESH_S = 0.05


class Meter:
    """One line of progress on a terminal; nothing on a pipe, with --quiet or with --json."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        silent = arguments.quiet or arguments.json
        self._is_shown = not silent and sys.stderr.isatty()
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._write("")

    def show(self, station: str, detail: str) -> None:
        """Show what is being done now."""
        now = time.monotonic()
        if now - self._shown_at < REFRESH_S and station != STATIONS[-1]:
            return
        self._shown_at = now
        number = STATIONS.index(station) + 1 if station in STATIONS else 0
        self._write(f"{number}/{len(STATIONS)} {station}: {detail}")

    def _write(self, text: str) -> None:
        if self._is_shown:
            sys.stderr.write(f"\r{text[:LINE_CHARS]:<{LINE_CHARS}}" + ("" if text else "\r"))
            sys.stderr.flush()


class Printer:
    """Results, as text for people or as JSON for machines."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._as_json = bool(arguments.json)

    def line(self, record: dict[str, Any]) -> None:
        """Print a small record."""
        if self._as_json:
            return self._json(record)
        for key, value in record.items():
            self._say(f"{key.replace('_', ' ')}: {value}")
        return None

    def summary(self, run: Any, out: Path) -> None:
        """Print what a run found, and loudly what it could not read."""
        exhibits = run.tables.dicts(
            "select ref, exhibit_file, state, state_note, rows_read, rows_used, rows_merged,"
            " rows_set_aside, events, warnings from exhibits"
        )
        totals = {
            key: sum(exhibit[key] for exhibit in exhibits)
            for key in ("rows_read", "rows_used", "rows_merged", "rows_set_aside", "events")
        }
        unread = [exhibit for exhibit in exhibits if exhibit["state"] != "read"]
        record = {
            "package": str(out),
            "exhibits": len(exhibits),
            "exhibits_not_read": [
                {
                    "ref": e["ref"],
                    "file": e["exhibit_file"],
                    "state": e["state"],
                    "note": e["state_note"],
                }
                for e in unread
            ],
            **totals,
            "findings": len(run.findings),
            "notes": run.notes,
        }
        if self._as_json:
            return self._json(record)
        plural = "exhibit" if len(exhibits) == 1 else "exhibits"
        self._say(f"{len(exhibits)} {plural}, {len(exhibits) - len(unread)} read")
        self._say(
            f"{totals['rows_read']:,} rows read = {totals['rows_used']:,} used"
            f" + {totals['rows_merged']:,} merged + {totals['rows_set_aside']:,} set aside"
        )
        self._say(f"{totals['events']:,} events, {len(run.findings)} findings")
        for exhibit in unread:
            state = FILE_STATES[exhibit["state"]].removeprefix("not read: ")
            note = f" ({exhibit['state_note']})" if exhibit["state_note"] else ""
            self._say(f"! NOT READ  {exhibit['ref']}  {exhibit['exhibit_file']}: {state}{note}")
        for warning, refs in _by_warning(exhibits).items():
            self._say(f"! {', '.join(refs)}: {warning}")
        for note in run.notes:
            self._say(f"! {note}")
        workbook = out / "workbook.html"
        self._say(f"open {workbook if workbook.exists() else out}")
        return None

    def trace(self, found: Any) -> None:
        """Print where a code leads."""
        if self._as_json:
            rows = [{**row} for row in found.rows]
            return self._json(
                {"code": found.code, "what": found.what, "details": found.details,
                 "row_count": found.row_count, "rows": rows}
            )  # fmt: skip
        self._say(f"{found.code}: {found.what}")
        for key, value in found.details.items():
            line = f"  {key}: {_shown(value)}"
            self._say(textwrap.fill(printable(line), 100, subsequent_indent="    "))
        self._say(
            f"{found.row_count:,} rows" + ("" if found.row_count else " (a count of nothing)")
        )
        for row in found.rows:
            self._row(row)
        if found.row_count > len(found.rows):
            self._say(f"... and {found.row_count - len(found.rows):,} more (--limit)")
        return None

    def _row(self, row: dict[str, Any]) -> None:
        state = row["state"] + (f" ({row['reason']})" if row["reason"] else "")
        seal = "intact" if row["original_intact"] else "NOT THE SEALED BYTES"
        self._say(f"\n{row['code']}  {row['ref']}  {row['exhibit_file']}  {row['locator']}")
        self._say(f"  SHA-256 {row['sha256']}  original: {seal}")
        self._say(
            f"  {state}; read by {row['reader']} {row['reader_version']}; row {row['row_id']}"
        )
        self._say(textwrap.indent(printable(row["verbatim"]), "  | "))

    def verified(self, result: dict[str, Any]) -> None:
        """Print the outcome of a check that found no fault."""
        if self._as_json:
            return self._json({"verified": True, **result})
        self._say(
            f"verified: {result['files']} files, {result['exhibits']} exhibits,"
            f" {result['rows']:,} rows, {result['findings']} findings"
        )
        if "identical_tables" in result:
            self._say(f"rerun: {result['identical_tables']} data files, byte-identical")
        self._say(f"tables SHA-256 {result['tables_sha256']}")
        return None

    def formats(self, found: list[tuple[str, str, str]]) -> None:
        """Print the list of formats."""
        if self._as_json:
            return self._json([{"name": n, "version": v, "reads": r} for n, v, r in found])
        width = max(len(name) for name, _, _ in found)
        for name, version, reads in found:
            self._say(f"{name:<{width}}  {version:<6}  {reads}")
        return None

    def pack(self, text: str, notes: list[str], out: Path | None) -> None:
        """Print a proposed pack and what a person has to check."""
        if self._as_json:
            return self._json({"pack": text, "notes": notes, "written": str(out) if out else None})
        self._say(f"written: {out}" if out else text)
        for note in notes:
            self._say(f"! {note}")
        return None

    def _json(self, record: Any) -> None:
        sys.stdout.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")

    def _say(self, text: str) -> None:
        sys.stdout.write(text + "\n")


def _shown(value: Any) -> Any:
    """Say that a moment is in UTC."""
    return f"{value.isoformat(sep=' ')} UTC" if isinstance(value, datetime) else value


def _by_warning(exhibits: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Group exhibits by warning, so that what holds for many is said once."""
    refs: dict[str, list[str]] = {}
    for exhibit in exhibits:
        for warning in exhibit["warnings"] or []:
            refs.setdefault(warning, []).append(exhibit["ref"])
    return refs


def printable(text: str) -> str:
    """Make evidence text safe for a terminal: control characters are shown, not obeyed."""
    return "".join(c if c == "\n" or _is_harmless(c) else f"\\u{ord(c):04x}" for c in text)


def _is_harmless(character: str) -> bool:
    """Tell whether a character neither controls the terminal nor turns the direction of text."""
    code = ord(character)
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return character.isprintable() and not turns
