"""What a report should hold, which decision needs it, and the rule about former partners."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fourfold.web.cases.models import Report
from fourfold.web.cases.models.answers import Answer, Jurisdiction
from fourfold.web.cases.models.reports import ReportIdentifier

Whose = ReportIdentifier.Whose


@dataclass(frozen=True)
class Prompt:
    """One question of FOUR: its word, the question in plain words, what helps to answer it."""

    field: str
    word: str
    question: str
    hint: str


@dataclass(frozen=True)
class Owed:
    """Something a report does not hold yet, and the decision that needs it."""

    what: str
    decision: str
    field: str


FOUR: Final = (
    Prompt(
        "fixated",
        "Fixated",
        "Does this person keep turning their attention to the victim?",
        "For example: always finding a way back, whatever is done to stop it.",
    ),
    Prompt(
        "obsessive",
        "Obsessive",
        "Does it seem to take up much of this person's time or thoughts?",
        "For example: many calls in a day, long messages, knowing the victim's routine.",
    ),
    Prompt(
        "unwanted",
        "Unwanted",
        "Is the contact or attention unwanted?",
        "The victim need not have said so to the person.",
    ),
    Prompt(
        "repeated",
        "Repeated",
        "Has something like it happened more than once?",
        "Count what was never reported too.",
    ),
)
EX_PARTNER_RULE: Final = (
    "Former partner, and it has happened more than once. The Crime Recording Rules treat this as "
    "stalking unless police are satisfied that it is harassment only."
)
HARASSMENT_REASON: Final = (
    "Recording harassment needs a reason: say for each of fixated, obsessive, unwanted and "
    "repeated, and for the examples of section 2A(3) (following, contacting, publishing, "
    "monitoring, loitering, interfering with property, watching or spying), why it is not stalking."
)
ASKED_LATER: Final = {
    "in_danger_now": ("Whether somebody is in danger now", "the first response"),
    "fear_of_violence": (
        "Whether the victim fears violence",
        "section 4A(1)(b)(i), which asks for fear of violence on at least two occasions",
    ),
    "unwanted": ("Whether it is unwanted", "deciding whether it is stalking"),
    "repeated": ("Whether it has happened before", "deciding whether it is stalking"),
    "fixated": ("Whether the person is fixated", "deciding whether it is stalking"),
    "obsessive": ("Whether the person is obsessive", "deciding whether it is stalking"),
}


def ex_partner_rule_speaks(relationship: str, repeated: str, jurisdiction: str) -> bool:
    """Say whether the recording rule about former partners applies to what was told.

    Crime Recording Rules (England and Wales), since about April 2020.
    """
    return (
        relationship == Report.Relationship.FORMER_PARTNER
        and repeated == Answer.YES
        and jurisdiction == Jurisdiction.ENGLAND_AND_WALES
    )


def harassment_needs_reason(report: Report) -> bool:
    """Say whether a report is treated as harassment without a reason why it is not stalking."""
    is_harassment = report.classification == Report.Classification.HARASSMENT
    return is_harassment and not report.classification_reason.strip()


def owed(report: Report, whose_known: frozenset[str]) -> list[Owed]:
    """Return what a report does not hold yet, the most pressing first; nothing of it blocks."""
    return [*_pressing(report), *_not_asked(report), *_not_told(report, whose_known)]


def _pressing(report: Report) -> Iterator[Owed]:
    if harassment_needs_reason(report):
        yield Owed(
            "Why it is harassment and not stalking",
            "recording it as harassment: a reason against FOUR and section 2A(3)",
            "classification_reason",
        )
    elif (
        ex_partner_rule_speaks(report.relationship, report.repeated, report.jurisdiction)
        and report.classification == Report.Classification.OTHER
        and not report.classification_reason.strip()
    ):
        yield Owed(
            "Why it is not treated as stalking",
            "recording the crime: the rule about former partners applies",
            "classification_reason",
        )


def _not_asked(report: Report) -> Iterator[Owed]:
    for field, (what, decision) in ASKED_LATER.items():
        if getattr(report, field) == Answer.NOT_ASKED:
            yield Owed(what, decision, field)
    if report.relationship == Report.Relationship.NOT_ASKED:
        yield Owed(
            "What the person is to the victim",
            "recording the crime: a rule applies to former partners",
            "relationship",
        )


def _not_told(report: Report, whose_known: frozenset[str]) -> Iterator[Owed]:
    if not report.victim_words.strip():
        yield Owed("What happened, in the victim's words", "the first account", "victim_words")
    if not report.effect_words.strip():
        yield Owed(
            "How it affects the victim",
            "section 4A(1)(b)(ii): the effect on usual day-to-day activities",
            "effect_words",
        )
    if Whose.SUSPECT not in whose_known:
        yield Owed("Anything that identifies the suspect", "finding earlier reports", "identifiers")
    if Whose.VICTIM not in whose_known:
        yield Owed("Anything that identifies the victim", "finding earlier reports", "identifiers")
    if report.classification == Report.Classification.UNDECIDED:
        yield Owed("What it is treated as", "recording the crime", "classification")
