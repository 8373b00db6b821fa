"""The lines of text in a placemark: what the record states, and where it stands."""

from typing import Any, Final

CODES_SHOWN: Final = 12
SESSION: Final = "A data session shows a cell used at or before its time."

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


def row_lines(row_ids: list[str], rows: dict[str, dict[str, Any]]) -> list[str]:
    """State trace codes, locators and files of rows; many are cut, and their number is stated.

    Args:
        row_ids: the rows to name.
        rows: by row id, their `rank` in the ledger, `code`, `locator`, `exhibit_file`, `sha256`.
    """
    known = sorted((rows[i] for i in row_ids if i in rows), key=lambda r: int(r["rank"]))
    if not known:
        return [f"Rows: {', '.join(row_ids[:CODES_SHOWN])}"]
    shown = [f"{r['code']} at {r['locator'] or 'no locator'}" for r in known[:CODES_SHOWN]]
    more = len(known) - len(shown)
    listed = "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
    files = sorted({(r["exhibit_file"] or "", r["sha256"] or "") for r in known})
    return [
        f"Trace code and locator: {listed}.",
        *(f"File {name}, SHA-256 {digest}." for name, digest in files),
    ]


def number(value: float | None) -> str:
    """Print a number without needless digits."""
    return "" if value is None else f"{value:g}"
