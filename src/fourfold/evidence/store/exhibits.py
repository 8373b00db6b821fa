"""The tables `exhibits` and `parts`: what was taken in, and how far it could be read."""

from collections.abc import Iterable, Iterator
from typing import Any

from fourfold.evidence.model import reasons
from fourfold.evidence.model.exhibit import Exhibit
from fourfold.evidence.model.tables import EXHIBITS, PARTS
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.store.casestore import CaseStore

_COUNTS = """select exhibit_id, count(*),
    count(*) filter (where state = 'used'), count(*) filter (where state = 'merged'),
    count(*) filter (where state = 'set_aside') from ledger group by exhibit_id"""
_EVENTS = """select exhibit_id, count(*), strftime(min(started_at), '%Y-%m-%d %H:%M:%S.%f'),
    strftime(max(started_at), '%Y-%m-%d %H:%M:%S.%f'),
    list(distinct zone_used order by zone_used) from events group by exhibit_id"""


def fill_exhibits(
    store: CaseStore, exhibits: tuple[Exhibit, ...], reports: list[SourceReport]
) -> None:
    """Fill `exhibits` and `parts` from the reports and the ledger."""
    of_exhibit: dict[str, list[SourceReport]] = {e.exhibit_id: [] for e in exhibits}
    for report in reports:
        of_exhibit[report.exhibit_id].append(report)
    counts = {row[0]: row[1:] for row in store.rows(_COUNTS)}
    events = {row[0]: row[1:] for row in store.rows(_EVENTS)}
    store.append(
        "exhibits",
        EXHIBITS,
        (_exhibit(e, of_exhibit[e.exhibit_id], counts, events) for e in exhibits),
    )
    store.append("parts", PARTS, _parts(reports))


def _exhibit(
    exhibit: Exhibit,
    reports: list[SourceReport],
    counts: dict[str, tuple[Any, ...]],
    events: dict[str, tuple[Any, ...]],
) -> dict[str, Any]:
    state, note = overall_state(exhibit, reports)
    rows = counts.get(exhibit.exhibit_id, (0, 0, 0, 0))
    seen = events.get(exhibit.exhibit_id, (0, None, None, []))
    return {
        "exhibit_id": exhibit.exhibit_id,
        "exhibit_file": exhibit.exhibit_file,
        "ref": exhibit.ref,
        "sha256": exhibit.sha256,
        "size_bytes": exhibit.size_bytes,
        "state": state,
        "state_note": note,
        "copy_of": exhibit.copy_of,
        "reader": _names(report.reader for report in reports),
        "reader_version": _names(report.reader_version for report in reports),
        "producer": exhibit.producer,
        "received_at": exhibit.received_at,
        "authority": list(exhibit.authority),
        "person": exhibit.person,
        "device": exhibit.device,
        "identifier": exhibit.identifier,
        "zone_used": ", ".join(z for z in seen[3] or [] if z) or None,
        "rows_read": rows[0],
        "rows_used": rows[1],
        "rows_merged": rows[2],
        "rows_set_aside": rows[3],
        "events": seen[0],
        "first_at": seen[1],
        "last_at": seen[2],
        "warnings": [warning for report in reports for warning in report.warnings],
    }


def overall_state(exhibit: Exhibit, reports: list[SourceReport]) -> tuple[str, str]:
    """Return the state of an exhibit and a note, from its own state and its parts'."""
    if exhibit.state != "read":
        return exhibit.state, exhibit.state_note
    read = [report for report in reports if report.state == "read"]
    unread = [report for report in reports if report.state != "read"]
    if not read:
        states = [report.state for report in unread] or [reasons.UNKNOWN_FORMAT]
        state = next((s for s in states if s != reasons.UNKNOWN_FORMAT), reasons.UNKNOWN_FORMAT)
        state = state if state in reasons.FILE_STATES else reasons.UNREADABLE
        return state, "; ".join(dict.fromkeys(_note(report) for report in unread))
    return "read", "; ".join(_note(report) for report in unread)


def _note(report: SourceReport) -> str:
    return f"{report.part}: {report.note}" if report.part else report.note


def _names(values: Iterable[str]) -> str | None:
    return ", ".join(sorted({value for value in values if value})) or None


def _parts(reports: list[SourceReport]) -> Iterator[dict[str, Any]]:
    for report in reports:
        yield {
            "exhibit_id": report.exhibit_id,
            "part": report.part,
            "size_bytes": report.size_bytes,
            "state": report.state,
            "state_note": report.note,
            "reader": report.reader,
            "rows_read": report.rows,
        }
