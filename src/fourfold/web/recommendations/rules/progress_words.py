"""A progress report in the words of the public contract: sections, tables, data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fourfold.web.base.words import plural, uk_date
from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.publication import content
from fourfold.web.publication.content import Section, Table
from fourfold.web.recommendations.rules.collating import (
    STATE_WORDS,
    Change,
    Line,
    Quote,
    Stand,
    states_with,
)
from fourfold.web.recommendations.rules.standing import (
    NOT_ANSWERED,
    NOT_RECORDED,
    NOT_RECORDED_MEANS,
)

NOT_FOUND: Final = "The text of this recommendation was not found."
DATA: Final = (
    "Recommendation", "Part", "Organisation", "Status", "Position", "Answered on", "Due date",
    "Why there is no date", "Initial response", "Plan", "Latest update on", "Latest update",
    "Updates published", "Evidence published",
)  # fmt: skip
SAID: Final = ("Organisation", "Line", "Status", "Due", "In its words", "Latest update")
FIGURES: Final = (
    "Recommendation", "Measure", "Organisation", "Period", "Figure", "Count", "Out of", "Signed by",
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """Everything that a report is made of."""

    title: str
    as_of_on: date
    by: str
    super_complaint: str
    lines: tuple[Line, ...]
    introduction: str = ""
    forewords: Mapping[str, str] = field(default_factory=dict)
    examples: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = ()
    before_on: date | None = None
    figures: Mapping[int, tuple[content.Figure, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    unmeasurable: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the recommendations, in order."""
        return list(dict.fromkeys(line.number for line in self.lines))

    @property
    def silence(self) -> str:
        """Return how a silence is called in this report."""
        return self.lines[0].silence if self.lines else NOT_ANSWERED

    def of(self, number: int) -> list[Line]:
        """Return the lines of a recommendation."""
        return [line for line in self.lines if line.number == number]


def about(material: Material) -> Section:
    """Say what the report is, and what its counts rest on."""
    answers = sum(len(line.stands) for line in material.lines)
    said = sum(1 for line in material.lines for stand in line.stands if stand.said)
    return Section(
        "About this report",
        (
            *_paragraphs(material.introduction),
            f"It shows what was published by the end of {uk_date(material.as_of_on)} on the "
            f"recommendations after “{material.super_complaint}”. {material.by} collated it.",
            f"{plural(answers, 'answer is', 'answers are')} asked for; {said:,} of {answers:,} "
            "had been published. Every number is a count. An answer that was not published is "
            "not read: it counts as “sent, not published” or "
            f"“{STATE_WORDS[material.silence].lower()}”.",
            *((NOT_RECORDED_MEANS,) if material.silence == NOT_RECORDED else ()),
        ),
    )


def section_of(material: Material, number: int) -> Section:
    """Return the section of a recommendation."""
    lines = material.of(number)
    paragraphs = [lines[0].text or NOT_FOUND, *_paragraphs(material.forewords.get(str(number), ""))]
    for line in lines:
        before = f"{line.code}: " if len(lines) > 1 else ""
        paragraphs.append(before + line.sentence())
    paragraphs += [quoted(quote) for quote in chosen(lines, material.examples)]
    paragraphs += [
        f"Not measurable, because {why}" for why in material.unmeasurable.get(number, ())
    ]
    return Section(f"Recommendation {number}", tuple(paragraphs))


def chosen(lines: Iterable[Line], examples: frozenset[str]) -> list[Quote]:
    """Return the quotes that the writer chose, as long as they stand published."""
    return [
        quote
        for line in lines
        for stand in line.stands
        for quote in stand.quotes()
        if quote.key in examples
    ]


def quoted(quote: Quote) -> str:
    """Return a quote, whole, with who said it and when."""
    day = f", {_day(quote.on)}" if quote.on else ", day not seen"
    return f"“{quote.text}” ({quote.organisation}, {quote.what.lower()} to {quote.code}{day})"


def counts(material: Material) -> Table:
    """Return the counts by status, with what they are out of."""
    return Table(
        "Counts by status",
        (
            "Recommendation",
            "Asked",
            *(STATE_WORDS[state] for state in states_with(material.silence)),
        ),
        tuple(
            (line.code, f"{len(line.stands):,}", *(f"{each:,}" for each in line.counts.values()))
            for line in material.lines
        ),
        note=f"As published by the end of {uk_date(material.as_of_on)}.",
    )


def changed(material: Material) -> Table | None:
    """Return what changed since the report before; nothing where there is none."""
    if material.before_on is None:
        return None
    none = not material.changes
    return Table(
        f"Changes since the report of {uk_date(material.before_on)}",
        ("Line", "Organisation", "Then", "Now"),
        tuple((each.code, each.organisation, each.before, each.now) for each in material.changes),
        note="Nothing changed." if none else f"{plural(len(material.changes), 'change')}.",
    )


def said_table(material: Material, number: int) -> Table:
    """Return what each organisation said to a recommendation."""
    rows = []
    for line in material.of(number):
        for stand in line.stands:
            said = stand.said
            last = said.updates[-1] if said and said.updates else None
            rows.append(
                (
                    stand.asked.organisation,
                    line.code,
                    stand.words,
                    _due(said) if said else "",
                    said.initial_response if said else "",
                    f"{_day(last.on)}: {last.text}" if last else "",
                )
            )
    return Table(f"Recommendation {number}: what each organisation said", SAID, tuple(rows))


def figures_table(material: Material) -> Table | None:
    """Return the signed figures that are published; nothing where there are none."""
    rows = tuple(
        (
            str(number),
            material.titles.get(each.measure, each.measure),
            each.organisation,
            f"{each.period_from} to {each.period_to}",
            "Withheld" if each.is_suppressed else each.value_words,
            "" if each.is_suppressed or each.numerator is None else f"{each.numerator:,}",
            "" if each.is_suppressed or each.denominator is None else f"{each.denominator:,}",
            f"{each.signed_by}, {each.signed_on}" if each.signed_by else "",
        )
        for number, found in material.figures.items()
        for each in found
    )
    return Table("Measures: signed figures that are published", FIGURES, rows) if rows else None


def tables(material: Material) -> tuple[Table, ...]:
    """Return all tables in their order."""
    some = (counts(material), changed(material), figures_table(material))
    said = (said_table(material, number) for number in material.numbers)
    return (*(each for each in some if each is not None), *said)


def sections(material: Material) -> tuple[Section, ...]:
    """Return all sections in their order."""
    return (about(material), *(section_of(material, number) for number in material.numbers))


def data_csv(material: Material) -> bytes:
    """Return a row per line and organisation; cells cannot be taken for formulas."""
    return csv_text(DATA, (_data(line, s) for line in material.lines for s in line.stands)).encode()


def counts_csv(material: Material) -> bytes:
    """Return the counts."""
    table = counts(material)
    return csv_text(table.columns, table.rows).encode()


def _data(line: Line, stand: Stand) -> tuple[object, ...]:
    said = stand.said
    first = (str(line.number), line.part, stand.asked.organisation, stand.words)
    if said is None:
        return (*first, *[""] * (len(DATA) - len(first)))
    last = said.updates[-1] if said.updates else None
    return (
        *first,
        said.position_words,
        said.answered_on,
        said.due_on,
        said.no_date_reason,
        said.initial_response,
        said.plan,
        last.on if last else "",
        last.text if last else "",
        len(said.updates),
        len(said.evidence),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _due(said: content.Answer) -> str:
    if said.due_on:
        return _day(said.due_on)
    return "No date possible" if said.status == "no_date_possible" else "No date given"


def _day(on: str) -> str:
    try:
        return uk_date(date.fromisoformat(on))
    except ValueError:
        return on
