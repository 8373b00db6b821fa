"""Every cell goes to its field or is listed with the reason; nothing is said that no cell says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from fourfold.web.recommendations.rules.imports import cell_fields, dates, values
from fourfold.web.recommendations.rules.imports.cell_fields import Draft, Trouble
from fourfold.web.recommendations.rules.imports.cells import Cell, Reading, Record
from fourfold.web.recommendations.rules.imports.proposing import LEFT_OUT, key_of
from fourfold.web.recommendations.rules.plan_schema import (
    PlanDocument,
    PlanLine,
    one_line,
    order,
)

NO_NUMBER: Final = "It stands with no number of a recommendation."
LEFT_BY_CHOICE: Final = "Left out by choice."
TITLE_CHARS: Final = 200


@dataclass(frozen=True)
class Choices:
    """What the person confirmed: targets by label, statuses by their words."""

    targets: Mapping[str, str]
    statuses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Left:
    """A cell that went nowhere, and why."""

    place: str
    label: str
    text: str
    reason: str


@dataclass
class Placing:
    """A plan as far as the cells give it; each cell is counted as placed or listed as left."""

    title: str = ""
    introduction: str = ""
    lines: tuple[PlanLine, ...] = ()
    left: list[Left] = field(default_factory=list)
    notes: list[Left] = field(default_factory=list)
    placed_count: int = 0

    @property
    def cell_count(self) -> int:
        """Return how many cells were read."""
        return self.placed_count + len(self.left)


def place(reading: Reading, choices: Choices, known: Collection[str]) -> Placing:
    """Place the cells of a file; `known` are the codes that the organisation answers to."""
    if reading.document is not None:
        return _placed_document(reading.document, known)
    return _Placer(choices, known).run(reading)


class _Placer:
    """One go through the records of a file."""

    def __init__(self, choices: Choices, known: Collection[str]) -> None:
        self.choices, self.known = choices, known
        self.found = Placing()
        self.drafts: dict[str, Draft] = {}
        self.last: dict[str, values.Number] = {}
        self.intro: list[str] = []

    def run(self, reading: Reading) -> Placing:
        """Place every record."""
        for record in reading.records:
            self.record(record)
        found = self.found
        found.introduction = "\n\n".join(dict.fromkeys(self.intro))
        made = (draft.line() for draft in self.drafts.values())
        found.lines = tuple(sorted(made, key=order))
        return found

    def target(self, cell: Cell) -> str:
        """Return what the label of a cell was said to mean."""
        return self.choices.targets.get(key_of(cell.label), "")

    def record(self, record: Record) -> None:
        """Place the cells of a record."""
        number = self._number(record)
        held: dict[str, list[Cell]] = {}
        for cell in record.cells:
            held.setdefault(f"{self.target(cell)}\0{cell.label}", []).append(cell)
        late = {"updates": 1, "update_on": 2}
        groups = sorted(held.items(), key=lambda item: late.get(item[0].partition("\0")[0], 0))
        for joint, cells in groups:
            self.group(joint.partition("\0")[0], cells, number, record)

    def _number(self, record: Record) -> values.Number | None:
        """Return which recommendation a record is about: by its cells, heading, or row above."""
        own = [c.text for c in record.cells if self.target(c) == "number"]
        parts = [c.text for c in record.cells if self.target(c) == "part"]
        number = next(filter(None, map(values.number_of, own)), None)
        if number is None and record.context:
            number = values.number_of(record.context)
        part = next(filter(None, map(values.number_of, parts)), None)
        table = record.cells[0].place.rpartition(", row ")[0] if record.cells else ""
        if number is None and part is not None:
            number = values.Number(part.number) if part.part else self.last.get(table)
        if number is None and table:
            number = self.last.get(table)
        if number is None:
            return None
        if part is not None:
            number = _with_part(number, part)
        if table:
            self.last[table] = number
        return number

    def group(
        self, target: str, cells: list[Cell], number: values.Number | None, record: Record
    ) -> None:
        """Place the cells of one label of a record."""
        if target in ("title", "introduction"):
            self.of_plan(target, cells)
        elif not target or target == LEFT_OUT:
            reason = LEFT_BY_CHOICE if target else "It is not said what this heading means."
            self.leave(cells, reason)
        elif number is None:
            self.leave(cells, NO_NUMBER)
        elif number.code not in self.known:
            self.leave(cells, f"Recommendation {number.code} is not one that you answer to here.")
        else:
            draft = self.drafts.setdefault(number.code, Draft(number.number, number.part))
            self.of_line(draft, target, cells, record)

    def of_plan(self, target: str, cells: list[Cell]) -> None:
        """Place what belongs to the plan as a whole."""
        for cell in cells:
            if target == "introduction":
                self.intro.append(cell.text)
            elif len(one_line(cell.text)) > TITLE_CHARS:
                self.leave([cell], f"A title holds at most {TITLE_CHARS} characters.")
                continue
            elif self.found.title and self.found.title != one_line(cell.text):
                self.leave([cell], "The plan has another title already.")
                continue
            else:
                self.found.title = one_line(cell.text)
            self.count(cell)

    def of_line(self, draft: Draft, target: str, cells: list[Cell], record: Record) -> None:
        """Place the cells of a field of a line."""
        if target == "updates":
            self.updates(draft, cells, record)
            return
        for cell in cells:
            if cell.is_repeat and target not in ("status", "position"):
                cell_fields.put_repeat(draft, target, cell.text)
                continue
            try:
                note = cell_fields.put(draft, target, cell.text, self.choices.statuses)
            except Trouble as trouble:
                self.leave([cell], str(trouble))
                continue
            self.count(cell)
            if note and not cell.is_repeat:
                self.found.notes.append(Left(cell.place, cell.label, cell.text, note))

    def updates(self, draft: Draft, cells: list[Cell], record: Record) -> None:
        """Place updates: a day at the front, in the heading, or in the cell for it."""
        day = dates.inside(cells[0].label) or self._day_beside(record)
        text = "\n".join(cell.text for cell in cells if not cell.is_repeat)
        read = values.updates_of(text, day.isoformat() if day else "")
        for update in read.dated:
            draft.add_update(update)
        if read.undated and not cell_fields.is_nothing(read.undated):
            label = cells[0].label.strip(": ")
            draft.add_prose("plan", f"{label}: {read.undated}")
            note = "No day stands with it: it is kept with its words in the plan."
            self.found.notes.append(Left(cells[0].place, label, read.undated, note))
        for cell in cells:
            self.count(cell)

    def _day_beside(self, record: Record) -> date | None:
        days = {dates.day_of(c.text) for c in record.cells if self.target(c) == "update_on"}
        return days.pop() if len(days) == 1 else None

    def count(self, cell: Cell) -> None:
        """Count a cell as placed; a merged one counts once."""
        self.found.placed_count += not cell.is_repeat

    def leave(self, cells: list[Cell], reason: str) -> None:
        """List cells as left."""
        self.found.left += [
            Left(c.place, c.label.strip("()"), c.text, reason) for c in cells if not c.is_repeat
        ]


def _with_part(number: values.Number, part: values.Number) -> values.Number:
    """Join the number of a recommendation with what its column for parts says."""
    if part.part and part.number == number.number:
        return replace(number, part=part.part)
    if not part.part and part.number != number.number and not number.part:
        return replace(number, part=f"{number.number}.{part.number}")
    return number


def _placed_document(document: PlanDocument, known: Collection[str]) -> Placing:
    """Place a plan that this program exported; what it cannot hold is listed all the same."""
    found = Placing(document.title, document.introduction)
    found.placed_count = sum(1 for text in (document.title, document.introduction) if text)
    kept = []
    for line in document.lines:
        if line.code not in known:
            reason = f"Recommendation {line.code} is not one that you answer to here."
            found.left += [
                Left(f"Recommendation {line.code}", label, text, reason)
                for label, text in cell_fields.cells_of(line)
            ]
            continue
        good, bad = cell_fields.checked(line)
        found.left += [Left(f"Recommendation {line.code}", *each) for each in bad]
        found.placed_count += len(cell_fields.cells_of(good))
        kept.append(good)
    found.lines = tuple(sorted(kept, key=order))
    return found


def status_texts(reading: Reading, targets: Mapping[str, str]) -> dict[str, values.Meant | None]:
    """Return every wording of a status in a file, with what it is taken to mean."""
    texts = (
        one_line(cell.text)
        for record in reading.records
        for cell in record.cells
        if targets.get(key_of(cell.label)) == "status" and not cell.is_repeat
    )
    return {
        text: values.status_of(text)
        for text in dict.fromkeys(texts)
        if not cell_fields.is_nothing(text)
    }
