"""The lines of text in a placemark: what the record states, and where it stands."""

from typing import Any, Final

CODES_SHOWN: Final = 12

# class of a coincidence -> (folder, what its records state)
CLASSES: Final = {
    "A": (
        "Coincidences, class A: fixes of two devices",
        "fixes of both devices agree in time and, within the accuracy stated, in place.",
    ),
    "B": (
        "Coincidences, class B: one cell",
        "records of both devices show the same cell in overlapping time. A cell serves a large"
        " area.",
    ),
    "C": (
        "Coincidences, class C: for investigation only, not evidence",
        "records of the devices show different cells of neighbouring sites. For investigation"
        " only; not for an evidential report.",
    ),
}


def cell_lines(record: dict[str, Any]) -> list[str]:
    """State the cell and the direction supplied."""
    lines = []
    if record["cell_id"]:
        lines.append(f"Record shows cell {record['cell_id']}. Position as supplied.")
    if record["azimuth_deg"] is not None:
        degrees = number(record["azimuth_deg"])
        lines.append(f"supplied azimuth {degrees} degrees; not coverage. The mark is symbolic.")
    elif record["cell_id"]:
        lines.append("No azimuth supplied.")
    return lines


def session_lines(records: list[dict[str, Any]]) -> list[str]:
    """State how the times of data sessions are to be read."""
    if all(record["time_relation"] != "at_or_before" for record in records):
        return []
    return ["A data session shows a cell used at or before its time."]


def accuracy_lines(record: dict[str, Any]) -> list[str]:
    """State the accuracy, if the source does."""
    if record["accuracy_m"] is None:
        return []
    meaning = record["accuracy_meaning"] or "meaning not stated"
    return [f"Accuracy stated: {number(record['accuracy_m'])} m ({meaning})."]


def trace_lines(records: list[dict[str, Any]]) -> list[str]:
    """State trace codes, locators and files; many are cut, and their number is stated."""
    shown = [f"{r['code']} at {r['locator'] or 'no locator'}" for r in records[:CODES_SHOWN]]
    more = len(records) - len(shown)
    rows = "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
    return [f"Trace code and locator: {rows}.", *file_lines(records)]


def file_lines(records: list[dict[str, Any]]) -> list[str]:
    """State the files with their SHA-256."""
    files = sorted({(r["exhibit_file"] or "", r["sha256"] or "") for r in records})
    return [f"File {name}, SHA-256 {digest}." for name, digest in files]


def number(value: float | None) -> str:
    """Print a number without needless digits."""
    return "" if value is None else f"{value:g}"
