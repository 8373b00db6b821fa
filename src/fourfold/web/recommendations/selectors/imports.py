"""A table on its way into a plan: how it was read, where its cells go, what stands already."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import msgspec

from fourfold.web.base.loading import by_ref
from fourfold.web.base.words import uk_date
from fourfold.web.recommendations.models import Answer, Plan, PlanImport
from fourfold.web.recommendations.rules.imports import placing, proposing
from fourfold.web.recommendations.rules.imports.cells import Reading
from fourfold.web.recommendations.rules.imports.placing import Choices, Placing
from fourfold.web.recommendations.rules.plan_schema import (
    POSITION_WORDS,
    STATUS_WORDS,
    WORDS,
    WRITABLE,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
)
from fourfold.web.recommendations.rules.standing import NOT_RECORDED, SILENT
from fourfold.web.recommendations.selectors import plans

DAYS: Final = ("due_on", "answered_on")
SAME, NEW, CONFLICT = "same", "new", "conflict"
OF_PLAN: Final = "plan"
OF_PLAN_WORDS: Final = {"title": "Title of the plan", "introduction": "Introduction"}


@dataclass(frozen=True)
class Difference:
    """A field: what stands, what the table says, and how the two compare."""

    key: str
    name: str
    words: str
    now: str
    new: str
    state: str

    @property
    def now_words(self) -> str:
        """Return what stands, in words."""
        return _words(self.name, self.now)

    @property
    def new_words(self) -> str:
        """Return what the table says, in words."""
        return _words(self.name, self.new)


@dataclass
class LineComparison:
    """A line of the table beside the answer that stands."""

    answer: Answer
    line: PlanLine
    fields: list[Difference] = field(default_factory=list)
    updates: list[PlanUpdate] = field(default_factory=list)
    evidence: list[PlanEvidence] = field(default_factory=list)
    is_text_other: bool = False

    @property
    def code(self) -> str:
        """Return how the line is cited."""
        return self.line.code

    def of_state(self, state: str) -> list[Difference]:
        """Return the fields that compare so."""
        return [each for each in self.fields if each.state == state]


@dataclass
class Preview:
    """Everything that the page of an import shows."""

    reading: Reading
    placing: Placing
    meanings: tuple[proposing.Meaning, ...]
    statuses: dict[str, Any]
    of_plan: list[Difference]
    lines: list[LineComparison]

    @property
    def conflict_count(self) -> int:
        """Return how many fields stand otherwise."""
        fields = [*self.of_plan, *(each for line in self.lines for each in line.fields)]
        return sum(1 for each in fields if each.state == CONFLICT)


def import_by_ref(*, plan_ref: str, planimport_ref: str, **_: Any) -> PlanImport:
    """Return the import of a URL."""
    related = tuple(f"plan__{name}" for name in plans.PLAN)
    return by_ref(PlanImport, planimport_ref, *related, plan__ref=plan_ref)


def imports_of(plan: Plan) -> list[PlanImport]:
    """Return the imports of a plan, newest first, without their cells."""
    found = PlanImport.objects.filter(plan=plan).defer("reading", "unplaced")
    return list(found.select_related("by"))


def reading_of(planimport: PlanImport) -> Reading:
    """Return a table as it was read."""
    return msgspec.convert(planimport.reading or {"kind": ""}, Reading)


def choices_of(planimport: PlanImport) -> Choices:
    """Return what was proposed or confirmed."""
    return Choices(planimport.mapping.get("targets", {}), planimport.mapping.get("statuses", {}))


def preview(planimport: PlanImport) -> Preview:
    """Return a table beside what stands."""
    reading, choices = reading_of(planimport), choices_of(planimport)
    answers = {plans.code_of(each): each for each in plans.answers_of(planimport.plan)}
    placed = placing.place(reading, choices, answers)
    return Preview(
        reading=reading,
        placing=placed,
        meanings=() if reading.document else proposing.propose(reading.records),
        statuses=placing.status_texts(reading, choices.targets) if not reading.document else {},
        of_plan=_of_plan(planimport.plan, placed),
        lines=[compared(answers[line.code], line) for line in placed.lines],
    )


def _of_plan(plan: Plan, placed: Placing) -> list[Difference]:
    return [
        _difference(OF_PLAN, name, words, getattr(plan, name), getattr(placed, name))
        for name, words in OF_PLAN_WORDS.items()
        if getattr(placed, name)
    ]


def compared(answer: Answer, line: PlanLine) -> LineComparison:
    """Return a line of a table beside the answer that stands."""
    stands = plans.line_of(answer)
    found = LineComparison(answer, line)
    found.fields = [
        _difference(line.code, name, WORDS[name], getattr(stands, name), getattr(line, name))
        for name in WRITABLE
        if getattr(line, name) and not _is_silence(name, getattr(line, name), stands.status)
    ]
    held = {(each.on, each.text) for each in stands.updates}
    found.updates = [each for each in line.updates if (each.on, each.text) not in held]
    found.evidence = [each for each in line.evidence if each not in stands.evidence]
    found.is_text_other = bool(line.text and stands.text and line.text != stands.text)
    return found


def _is_silence(name: str, value: str, stands: str) -> bool:
    """Say whether a table says nothing by its status: whose silence it is, nobody imports."""
    return name == "status" and value in SILENT and (stands in SILENT or value == NOT_RECORDED)


def _difference(code: str, name: str, words: str, now: str, new: str) -> Difference:
    is_empty = not now or (name == "status" and now in SILENT)
    state = SAME if now == new else NEW if is_empty else CONFLICT
    return Difference(f"{code}:{name}", name, words, now, new, state)


def _words(name: str, value: str) -> str:
    if name in DAYS and value:
        return uk_date(date.fromisoformat(value))
    return {"status": STATUS_WORDS, "position": POSITION_WORDS}.get(name, {}).get(value, value)
