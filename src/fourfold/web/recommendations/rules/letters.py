"""Letters built from the record: a request for answers, a reminder, an escalation, thanks.

A letter states what the record holds and nothing else. The program sends no mail: the letter is
taken away as text or PDF, and whoever sends it records that it went.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fourfold.web.base.words import plural, uk_date
from fourfold.web.publication.content import Section, Table

REQUEST, REMINDER, ESCALATION, THANKS = "request", "reminder", "escalation", "thanks"
TITLES: Final = {
    REQUEST: "Request for an answer to recommendations",
    REMINDER: "Reminder: answers to recommendations",
    ESCALATION: "Answers to recommendations that have not come",
    THANKS: "Thank you for your answers",
}
NO_DEADLINE: Final = "No deadline seen"
BASIS_SENTENCE: Final = "The time of 56 days after publication is practice and not a limit in law."


@dataclass(frozen=True)
class Item:
    """A recommendation in a letter: number, words (or that they were not found), day."""

    number: int
    words: str
    due_on: date | None
    status_words: str
    days_late: int = 0
    is_practice: bool = False
    answered_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What a letter is made of."""

    kind: str
    addressee: str
    copies: tuple[str, ...]
    sender: str
    complaint: str
    body: str
    report_title: str
    published_on: date | None
    on: date
    items: tuple[Item, ...]
    reminded_on: tuple[date, ...] = ()
    address: str = ""


def title(facts: Facts) -> str:
    """Return the title of a letter."""
    return TITLES[facts.kind]


def sections(facts: Facts) -> tuple[Section, ...]:
    """Return the paragraphs of a letter."""
    return (
        Section(heading="", paragraphs=(f"To: {facts.addressee}", *_copies(facts))),
        Section(heading="Why we write", paragraphs=(_about(facts), *_body(facts))),
        Section(heading="What to do", paragraphs=_next(facts)),
    )


def table(facts: Facts) -> Table:
    """Return the recommendations that a letter is about."""
    return Table(
        caption=f"{plural(len(facts.items), 'recommendation')} to {facts.addressee}",
        columns=("Number", "Recommendation", "Answer due", "Status"),
        rows=tuple(
            (
                str(item.number),
                item.words,
                uk_date(item.due_on, NO_DEADLINE),
                item.status_words + _late(item),
            )
            for item in facts.items
        ),
        note=BASIS_SENTENCE if any(item.is_practice for item in facts.items) else "",
    )


def text(facts: Facts) -> str:
    """Return a letter as plain text."""
    lines = [title(facts), "", uk_date(facts.on), ""]
    for section in sections(facts):
        lines += [section.heading, ""] if section.heading else []
        lines += [line for each in section.paragraphs for line in (each, "")]
    lines += [f"From: {facts.sender}", "", table(facts).caption, ""]
    for item in facts.items:
        due = uk_date(item.due_on, NO_DEADLINE)
        lines += [f"{item.number}. {item.words}", f"   Answer due: {due}"]
        lines += [f"   Status: {item.status_words}{_late(item)}", ""]
    if note := table(facts).note:
        lines += [note, ""]
    return "\n".join(lines)


def _copies(facts: Facts) -> tuple[str, ...]:
    return (f"Copies to: {', '.join(facts.copies)}",) if facts.copies else ()


def _about(facts: Facts) -> str:
    named = f"the report “{facts.report_title}”" if facts.report_title else "the report"
    when = (
        f", published on {uk_date(facts.published_on)},"
        if facts.published_on
        else " (day of publication not seen)"
    )
    return (
        f"This letter is about {named}{when} on the super-complaint “{facts.complaint}”, made by"
        f" {facts.body}."
    )


def _body(facts: Facts) -> tuple[str, ...]:
    number = plural(len(facts.items), "recommendation")
    if facts.kind == THANKS:
        return (f"We have your answers to {number}. Thank you. They are listed below.",)
    if facts.kind == REQUEST:
        return (f"It addresses {number} to you. They are listed below with the day for each.",)
    late = [item for item in facts.items if item.days_late]
    said = [f"We have no answer from you yet to {number}, listed below."]
    if facts.kind == ESCALATION:
        said = [f"{facts.addressee} has not answered {number}, listed below."]
    if late:
        longest = max(item.days_late for item in late)
        number = plural(len(late), "answer is", "answers are")
        said.append(f"{number} late, by up to {plural(longest, 'day')}.")
    if facts.reminded_on:
        days = ", ".join(uk_date(day) for day in facts.reminded_on)
        said.append(f"Reminders recorded before this letter: {days}.")
    return tuple(said)


def _next(facts: Facts) -> tuple[str, ...]:
    where = f" The record is at {facts.address}" if facts.address else ""
    if facts.kind == THANKS:
        return (f"Please keep your answers up to date with dated updates and evidence.{where}",)
    return (
        "For each recommendation, please say whether you accept it, accept it in part or do not"
        " accept it, with the reason; what will be done and by when, or why no date can be given;"
        " and who leads on it, by post.",
        f"Answer in the workspace if your people sign in there.{where}"
        if facts.address
        else "Answer in the workspace if your people sign in there.",
    )


def _late(item: Item) -> str:
    return f", {plural(item.days_late, 'day')} late" if item.days_late else ""
