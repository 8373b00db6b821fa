"""A plan as CSV: a row per line, a column per field, updates and evidence side by side."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from fourfold.web.recommendations.rules.plan_schema import (
    FIELDS,
    POSITION_WORDS,
    STATUS_WORDS,
    PlanDocument,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
    tidy,
)

ABOUT: Final = (
    ("Plan", "title"),
    ("Organisation", "organisation"),
    ("Super-complaint", "super_complaint"),
    ("Published on", "published_on"),
    ("Introduction", "introduction"),
)
FIRST: Final = ("Recommendation", "Part", *(each.words for each in FIELDS))
UPDATE: Final = ("date", "status", "text")
EVIDENCE: Final = ("title", "address")
FORMULA: Final = re.compile(r"[' ]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
NUMBER: Final = re.compile(r"[0-9]{1,3}")
STATUS_OF: Final = {words: value for value, words in STATUS_WORDS.items()}
POSITION_OF: Final = {words: value for value, words in POSITION_WORDS.items()}


def write(document: PlanDocument) -> bytes:
    """Return a plan as CSV that spreadsheet programs read as text, the same for the same facts."""
    updates = max((len(line.updates) for line in document.lines), default=0)
    evidence = max((len(line.evidence) for line in document.lines), default=0)
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    for words, name in ABOUT:
        writer.writerow([words, guarded(getattr(document, name))])
    writer.writerow([])
    writer.writerow([*FIRST, *_numbered("Update", UPDATE, updates),
                     *_numbered("Evidence", EVIDENCE, evidence)])  # fmt: skip
    for line in document.lines:
        writer.writerow([guarded(cell) for cell in _row(line, updates, evidence)])
    return ("\ufeff" + held.getvalue()).encode()


def guarded(text: str) -> str:
    """Return a cell that no program takes for a formula; `unguarded` gives the text back."""
    return "'" + text if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _numbered(word: str, columns: Sequence[str], number: int) -> Iterator[str]:
    for n in range(1, number + 1):
        yield from (f"{word} {n} {column}" for column in columns)


def _row(line: PlanLine, updates: int, evidence: int) -> Iterator[str]:
    yield from (str(line.number), line.part)
    for each in FIELDS:
        value = getattr(line, each.name)
        shown = {"status": STATUS_WORDS, "position": POSITION_WORDS}.get(each.name, {})
        yield shown.get(value, value)
    for update in line.updates:
        yield from (update.on, STATUS_WORDS.get(update.status, ""), update.text)
    yield from [""] * (len(UPDATE) * (updates - len(line.updates)))
    for shown_by in line.evidence:
        yield from (shown_by.title, shown_by.url)
    yield from [""] * (len(EVIDENCE) * (evidence - len(line.evidence)))


def is_own(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether rows are those of this module."""
    head = len(ABOUT)
    named = [tuple(row[:1]) for row in rows[:head]] == [(words,) for words, _ in ABOUT]
    return named and len(rows) > head + 1 and tuple(rows[head + 1][: len(FIRST)]) == FIRST


def read(rows: Sequence[Sequence[str]]) -> PlanDocument:
    """Return the plan of rows that `is_own` knows."""
    head = len(ABOUT)
    about = {
        name: tidy(unguarded(row[1] if len(row) > 1 else ""))
        for (_, name), row in zip(ABOUT, rows, strict=False)
    }
    names = list(rows[head + 1])
    lines = [
        _line(names, row) for row in rows[head + 2 :] if row and NUMBER.fullmatch(row[0].strip())
    ]
    return PlanDocument(**about, lines=tuple(lines))


def _line(names: list[str], row: Sequence[str]) -> PlanLine:
    cells = {name: tidy(unguarded(cell)) for name, cell in zip(names, row, strict=False)}
    values = {each.name: cells.get(each.words, "") for each in FIELDS}
    values["status"] = STATUS_OF.get(values["status"], "")
    values["position"] = POSITION_OF.get(values["position"], "")
    return PlanLine(
        number=int(cells["Recommendation"]),
        part=cells.get("Part", ""),
        **values,
        updates=tuple(_updates(cells)),
        evidence=tuple(_evidence(cells)),
    )


def _updates(cells: dict[str, str]) -> Iterator[PlanUpdate]:
    number = 1
    while f"Update {number} date" in cells:
        on, status, text = (cells.get(f"Update {number} {each}", "") for each in UPDATE)
        if on or text:
            yield PlanUpdate(on, text, STATUS_OF.get(status, ""))
        number += 1


def _evidence(cells: dict[str, str]) -> Iterator[PlanEvidence]:
    number = 1
    while f"Evidence {number} title" in cells:
        title, url = (cells.get(f"Evidence {number} {each}", "") for each in EVIDENCE)
        if title or url:
            yield PlanEvidence(title, url)
        number += 1
