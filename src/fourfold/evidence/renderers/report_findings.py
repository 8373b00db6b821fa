"""Findings as the report prints them: every value with its trace code, then how it came about."""

import re
from itertools import groupby
from typing import Any, Final

from fourfold.evidence.model.finding import Finding, Value
from fourfold.evidence.renderers.printable import shortened
from fourfold.evidence.renderers.report_times import stated_words

VALUES_SHOWN: Final = 24
SERIES_SHOWN: Final = 31
BARS_FROM: Final = 7  # a week; fewer values are read faster as words
LABEL_CHARS: Final = 9
TEXT_CHARS: Final = 2_000
TITLE_CHARS: Final = 200
SETTINGS_CHARS: Final = 700
INVESTIGATIVE: Final = "C"
_LISTED_WORD = re.compile(r"[a-z]+(?:_[a-z]+)+")


def findings_of(findings: list[Finding], zone: str) -> list[dict[str, Any]]:
    """Return the findings in their order, grouped by question; class C stays out.

    Class C is for investigation only and never stands in an evidential report.
    """
    printed = [f for f in findings if f.evidence_class != INVESTIGATIVE]
    groups = []
    for question, group in groupby(printed, key=lambda f: f.question):
        members = list(group)
        shared = _shared_caveats(members)
        found = [_finding(f, shared, zone) for f in members]
        groups.append({"question": question, "caveats": shared, "findings": found})
    return groups


def sides_of(findings: list[Finding]) -> tuple[str, str]:
    """Return whose contacts the table of third parties counts as side A and side B."""
    for f in findings:
        if {"side_a", "side_b"} <= set(f.settings):
            return f"With {_plain(f.settings['side_a'])}", f"With {_plain(f.settings['side_b'])}"
    return "Side A", "Side B"


def left_out(findings: list[Finding]) -> str:
    """Say which findings the report does not print, and why."""
    codes = [f.finding_id for f in findings if f.evidence_class == INVESTIGATIVE]
    if not codes:
        return ""
    return (
        f"Not printed here: {', '.join(codes)}. Evidence of class C (cells of neighbouring sites)"
        " is for investigation only; it stands in the workbook and in tables.xlsx."
    )


def _shared_caveats(findings: list[Finding]) -> list[str]:
    """Return the caveats that every finding of a question carries, to be printed once."""
    if len(findings) < 2:
        return []
    return [c for c in findings[0].caveats if all(c in f.caveats for f in findings)]


def methods_of(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return each method once under its question, with its settings and its findings."""
    made: dict[str, dict[tuple[str, str], list[Finding]]] = {}
    for f in findings:
        made.setdefault(f.question, {}).setdefault((f.method, f.analysis), []).append(f)
    return [
        {
            "question": question,
            "methods": [
                {
                    "method": shortened(method, TEXT_CHARS),
                    "settings": shortened(_settings(members), SETTINGS_CHARS),
                    "analysis": f"{analysis} {members[0].version}",
                    "codes": ", ".join(f.finding_id for f in members),
                }
                for (method, analysis), members in methods.items()
            ],
        }
        for question, methods in made.items()
    ]


def _settings(findings: list[Finding]) -> str:
    """Print the settings that all findings share, and name those that differ."""
    names = sorted({name for f in findings for name in f.settings})
    same = [
        n for n in names if all(f.settings.get(n) == findings[0].settings.get(n) for f in findings)
    ]
    printed = [f"{words(n)} {_plain(findings[0].settings[n])}" for n in same]
    different = [words(n) for n in names if n not in same]
    if different:
        printed.append(f"by finding ({', '.join(different)}): sheet Method of tables.xlsx")
    return "; ".join(printed)


def number(value: Any) -> str:
    """Print a value: thousands parted by commas; a fraction to four places or digits."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return _fraction(value)
    text = str(value)
    return words(text) if _LISTED_WORD.fullmatch(text) else text


def _fraction(value: float) -> str:
    text = f"{value:,.4f}" if abs(value) >= 1 else f"{value:.4g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def words(name: str) -> str:
    """Print a name of a value or setting as words."""
    return name.replace("_", " ")


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{words(str(k))}: {_plain(v)}" for k, v in value.items())
    return number(value)


def _finding(finding: Finding, shared: list[str], zone: str) -> dict[str, Any]:
    shown = finding.values[:VALUES_SHOWN]
    left = len(finding.values) - len(shown)
    return {
        "code": finding.finding_id,
        "title": shortened(finding.title, TITLE_CHARS),
        "statement": shortened(finding.statement, TEXT_CHARS),
        "values": [_value(value) for value in shown],
        "more": f"{left:,} more values stand in sheet Findings of tables.xlsx." if left else "",
        "series": [_series(name, finding.series[name]) for name in sorted(finding.series)],
        "caveats": [shortened(text, TEXT_CHARS) for text in finding.caveats if text not in shared],
        "basis": _basis(finding, zone),
    }


def _value(value: Value) -> dict[str, str]:
    return {
        "code": value.code,
        "name": words(value.name),
        "value": shortened(number(value.value), TEXT_CHARS),
        "unit": value.unit,
    }


def _series(name: str, values: list[Value]) -> dict[str, Any]:
    if not values:
        return {"name": words(name), "text": "no values", "bars": []}
    codes = f"{values[0].code} to {values[-1].code}" if len(values) > 1 else values[0].code
    unit = values[0].unit
    shown = ", ".join(f"{words(v.name)}: {number(v.value)}" for v in values)
    if len(values) > SERIES_SHOWN:
        text = f"{len(values):,} values, {codes}: sheet Findings of tables.xlsx."
    else:
        text = f"{shown} ({unit}; {codes})"
    caption = f"{words(name)}, {unit} ({codes})"
    found = {"name": words(name), "text": shortened(text, TEXT_CHARS), "caption": caption}
    return found | {"bars": _bars(values)}


def _bars(values: list[Value]) -> list[dict[str, Any]]:
    """Return heights for a small chart where labels are short and all values are counts."""
    counts = [v.value for v in values if isinstance(v.value, int) and v.value >= 0]
    fits = BARS_FROM <= len(values) <= SERIES_SHOWN and len(counts) == len(values)
    if not fits or max(counts) == 0 or any(len(v.name) > LABEL_CHARS for v in values):
        return []
    highest = max(counts)
    return [
        {"label": v.name.removesuffix(":00")[:3], "value": number(n), "share": n / highest}
        for v, n in zip(values, counts, strict=True)
    ]


def _basis(finding: Finding, zone: str) -> str:
    parts = []
    if finding.period:
        first, last = (stated_words(text, zone) for text in finding.period)
        parts.append(f"Period: {first} to {last}.")
    if finding.counts_tried:
        tried = ", ".join(f"{words(k)} {n:,}" for k, n in sorted(finding.counts_tried.items()))
        parts.append(f"Comparisons made: {tried}.")
    parts.append(f"Rows behind it: fourfold trace, code {finding.finding_id}.")
    return " ".join(parts)
