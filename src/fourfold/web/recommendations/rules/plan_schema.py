"""The one schema of an action plan: what a line holds, and the same plan as plain values.

Whitespace is no content: texts are kept in one form (`tidy`), so that a plan that went out as
CSV, JSON or HTML and came back is the same plan.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from fourfold.web.recommendations.models import Answer

SCHEMA_NAME: Final = "fourfold-action-plan-1"
STATUS_WORDS: Final[dict[str, str]] = {str(value): label for value, label in Answer.Status.choices}
POSITION_WORDS: Final[dict[str, str]] = {
    str(value): label for value, label in Answer.Position.choices if value
}
UNPRINTABLE: Final = "\ufeff\ufffe\uffff"
CODE: Final = re.compile(r"\d{1,3}([.][0-9a-z]{1,3})?|\d{1,3}[a-z]")


@dataclass(frozen=True)
class Field:
    """A field of a line: name, words, whether several cells may fill it, whether it is prose."""

    name: str
    words: str
    is_prose: bool = False


FIELDS: Final = (
    Field("text", "What is recommended", is_prose=True),
    Field("status", "Status"),
    Field("position", "Position"),
    Field("initial_response", "Initial response", is_prose=True),
    Field("plan", "Plan", is_prose=True),
    Field("due_on", "Due date"),
    Field("no_date_reason", "Why there is no date", is_prose=True),
    Field("no_evidence_reason", "Why there is no evidence", is_prose=True),
    Field("owner", "Owner"),
    Field("executive_lead", "Executive lead"),
    Field("operational_lead", "Operational lead"),
    Field("answered_on", "Answered on"),
)
WORDS: Final = {each.name: each.words for each in FIELDS}
PROSE: Final = frozenset(each.name for each in FIELDS if each.is_prose)
WRITABLE: Final = tuple(each.name for each in FIELDS if each.name != "text")


@dataclass(frozen=True)
class PlanUpdate:
    """A dated update."""

    on: str
    text: str
    status: str = ""


@dataclass(frozen=True)
class PlanEvidence:
    """Evidence: its title, and an address where it has one."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class PlanLine:
    """What stands to one recommendation, or to one part of it."""

    number: int
    part: str = ""
    text: str = ""
    status: str = ""
    position: str = ""
    initial_response: str = ""
    plan: str = ""
    due_on: str = ""
    no_date_reason: str = ""
    owner: str = ""
    executive_lead: str = ""
    operational_lead: str = ""
    answered_on: str = ""
    updates: tuple[PlanUpdate, ...] = ()
    evidence: tuple[PlanEvidence, ...] = ()
    no_evidence_reason: str = ""

    @property
    def code(self) -> str:
        """Return how the line is cited: 7, or 7.1."""
        return self.part or str(self.number)


@dataclass(frozen=True)
class PlanDocument:
    """A whole plan. `published_on` is empty in one that holds drafts."""

    title: str
    organisation: str
    super_complaint: str
    introduction: str = ""
    published_on: str = ""
    lines: tuple[PlanLine, ...] = field(default_factory=tuple)


def tidy(text: str) -> str:
    """Return a text in the one form that all formats keep: no stray spaces, no odd controls."""
    lines = [" ".join(_printable(line).split()) for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(tidy(text).split())


def _printable(text: str) -> str:
    """Return a text without controls and halves of letters; what joins letters stays."""
    text = re.sub(r"[\t\v\f\x1c-\x1f\x85\u2028\u2029]", " ", text)
    return "".join(
        each
        for each in text
        if unicodedata.category(each) not in ("Cc", "Cs") and each not in UNPRINTABLE
    )


def plain(document: PlanDocument) -> dict[str, Any]:
    """Return a plan as plain values, without what is empty."""
    held = {"schema": SCHEMA_NAME, **asdict(document)}
    held["lines"] = [_full({**asdict(line), "code": line.code}) for line in document.lines]
    return _full(held)


def _full(values: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if value not in ("", (), [])}
    for name in ("updates", "evidence"):
        if name in kept:
            kept[name] = [_full(each) for each in kept[name]]
    return kept


def order(line: PlanLine) -> tuple[int, int, str]:
    """Return the key that lines stand in order by: 7, 7.1, 7.2, 7.10."""
    behind = line.part.partition(".")[2]
    return line.number, int(behind) if behind.isdecimal() else -1, line.part
