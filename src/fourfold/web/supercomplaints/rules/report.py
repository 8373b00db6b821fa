"""The report of regulation 8: what it must contain, and how it is set as a document."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fourfold.web.base.words import plural
from fourfold.web.publication import content
from fourfold.web.publication.typeset import SUB, Part, Sheet
from fourfold.web.supercomplaints.rules.procedure import LAW, REGULATIONS, REPORT_CONTENTS, Said
from fourfold.web.supercomplaints.rules.redaction import MARK, texts_of

CONCLUSIONS: Final = "conclusions"
HEADINGS: Final = {
    "steps": "Steps taken",
    "conclusions": "Conclusions, with reasons",
    "action": "Further action that the authorities propose",
    "recommendations": "Recommendations to others",
}
WANTED: Final = {
    "steps": Said("The steps taken.", LAW, f"{REGULATIONS} reg. 8"),
    "conclusions": Said("The conclusions, with reasons.", LAW, f"{REGULATIONS} reg. 8"),
    "action": Said("Further action that the authorities, or any of them, propose.", LAW,
                   f"{REGULATIONS} reg. 8"),
    "recommendations": Said("Recommendations to any other person, as the authorities think fit.",
                            LAW, f"{REGULATIONS} reg. 8"),
}  # fmt: skip
FULL_MARK: Final = "Full version: for the authorities and the body only"
DRAFT_MARK: Final = "Draft of the full version: for the authorities only"
PUBLISHED_MARK: Final = "Published version"
PUBLIC_FILE: Final = "report.pdf"


@dataclass(frozen=True)
class Item:
    """One of the contents that regulation 8 wants, and whether a section has it."""

    kind: str
    heading: str
    said: Said
    is_there: bool


def checklist(sections: Iterable[tuple[str, str]]) -> tuple[Item, ...]:
    """Return the four contents, each with whether a section (kind, text) says something on it."""
    there = {kind for kind, text in sections if text.strip()}
    return tuple(
        Item(kind, HEADINGS[kind], WANTED[kind], kind in there) for kind in REPORT_CONTENTS
    )


@dataclass(frozen=True)
class Head:
    """What stands above a report. Of the published version, all of it has been withheld from."""

    complaint: str
    body: str
    lead: str
    on: str
    on_words: str
    mark: str


def parts(report: content.Report) -> tuple[Part, ...]:
    """Return sections in their order, with the findings after the conclusions."""
    made: list[Part] = []
    is_told = False
    for section in report.sections:
        made.append(section)
        if section.kind == CONCLUSIONS and not is_told:
            made += _findings(report.findings)
            is_told = True
    if not is_told:
        made += _findings(report.findings)
    return tuple(made)


def _findings(findings: Iterable[content.Finding]) -> list[content.Section]:
    return [
        content.Section(f"Finding {each.number}", tuple(_said(each)), kind=SUB) for each in findings
    ]


def _said(finding: content.Finding) -> Iterable[str]:
    yield from finding.text.split("\n\n")
    if finding.reasons:
        yield "Reasons:"
        yield from finding.reasons.split("\n\n")
    if finding.features:
        numbers = ", ".join(str(number) for number in finding.features)
        yield f"Speaks to {'feature' if len(finding.features) == 1 else 'features'} {numbers}."


def sheet(report: content.Report, head: Head) -> Sheet:
    """Return the report as a document to set."""
    facts = [("Super-complaint", head.complaint), ("Made by", head.body)]
    if head.lead:
        facts.append(("Lead authority", head.lead))
    facts.append(("Published" if head.mark == PUBLISHED_MARK else "Date", head.on_words))
    if report.withheld_count:
        facts.append(("Withheld", f"{plural(report.withheld_count, 'passage')}, each marked"))
    return Sheet(
        title=report.title,
        on=head.on,
        parts=parts(report),
        facts=tuple(facts),
        over="Report of an investigation",
        mark=head.mark,
        footer="SI 2018/748, regulation 8",
        description="Report of the investigation of a super-complaint",
    )


def withheld_count(report: content.Report) -> int:
    """Return how many passages are withheld from a report."""
    return sum(text.count(MARK) for text in texts_of(report))
