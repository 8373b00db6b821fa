"""What may be said of a course of conduct, what is still to be asked, and the summary time limit.

Counts, dates and questions only. Whether conduct amounts to an offence is decided by people, from
the evidence.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fourfold.web.cases.models.answers import Answer
from fourfold.web.cases.rules.law import Law

OCCASIONS_NEEDED: Final = 2  # PHA 1997 s.7(3); Protection from Stalking Act (NI) 2022 s.1(4)
LIMIT_MONTHS: Final = 6  # Magistrates' Courts Act 1980 s.127, for s.2 and s.2A
MARKS_DAYS: Final = (120, 150)  # our choice: time to charge before the limit


@dataclass(frozen=True)
class Limit:
    """The time limit for summary-only offences, if the last act was on a day."""

    last_on: date
    limit_on: date
    marks: tuple[tuple[int, date], ...]

    def days_left(self, today: date) -> int:
        """Return how many days remain; negative after the limit."""
        return (self.limit_on - today).days

    def marks_passed(self, today: date) -> list[int]:
        """Return the marks that lie behind."""
        return [days for days, on in self.marks if on <= today]


def limit_of(last_on: date) -> Limit:
    """Return the limit: the same day of the month six months on, or that month's last day."""
    return Limit(
        last_on=last_on,
        limit_on=add_months(last_on, LIMIT_MONTHS),
        marks=tuple((days, last_on + timedelta(days=days)) for days in MARKS_DAYS),
    )


def add_months(day: date, months: int) -> date:
    """Return the corresponding day some months on; the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_course(confirmed_occasions: int) -> bool:
    """Say whether there are enough confirmed occasions to use the words “course of conduct”."""
    return confirmed_occasions >= OCCASIONS_NEEDED


def answer_of(answers: Sequence[str]) -> str:
    """Return one answer for several acts: a yes of any act is a yes; not asked never is a no."""
    for answer in (Answer.YES, Answer.NOT_KNOWN, Answer.NO):
        if answer in answers:
            if answer == Answer.NO and Answer.NOT_ASKED in answers:
                return Answer.NOT_ASKED
            return answer
    return Answer.NOT_ASKED


@dataclass(frozen=True)
class Known:
    """What is recorded of one confirmed occasion, as far as questions depend on it."""

    fear_of_violence: str
    has_impact: bool
    has_date: bool
    has_source: bool
    is_told_before: bool


@dataclass(frozen=True)
class Question:
    """A gap, as a question to ask, with what needs the answer."""

    text: str
    needed_for: str


def questions(
    occasions: Sequence[Known], *, proposed: int, not_counted: int, law: Law
) -> list[Question]:
    """Return what is still to be asked, in the order in which it matters."""
    fears = sum(each.fear_of_violence == Answer.YES for each in occasions)
    not_asked = sum(each.fear_of_violence == Answer.NOT_ASKED for each in occasions)
    without = {
        "impact": sum(not each.has_impact for each in occasions),
        "date": sum(not each.has_date for each in occasions),
        "source": sum(not each.has_source for each in occasions),
        "told": sum(not each.is_told_before for each in occasions),
    }
    asked = [
        (
            bool(not_asked),
            f"Fear of violence was not asked about on {_of(not_asked, 'occasion')}. "
            "What did the person fear would happen, each time?",
            law.fear,
        ),
        (
            bool(occasions) and fears < law.fears_needed and not not_asked,
            f"Fear of violence is recorded on {_of(fears, 'occasion')}. Is there a further account "
            "to take?",
            law.fear,
        ),
        (
            bool(without["impact"]),
            f"No effect is recorded for {_of(without['impact'], 'occasion')}. What changed: route, "
            "work, sleep, health, security, who collects the children?",
            law.effect,
        ),
        (
            bool(without["told"]),
            f"For {_of(without['told'], 'occasion')} nothing recorded comes before it that told "
            "the suspect to stop. Was anything said, sent or blocked?",
            law.knowledge,
        ),
        (
            bool(without["date"]),
            f"{_do(without['date'], 'occasion', 'has', 'have')} no date. What would fix it: a "
            "message, a bill, a workday?",
            "the dates of a charge",
        ),
        (
            bool(without["source"]),
            f"No source is recorded for {_of(without['source'], 'occasion')}. Where is it known "
            "from?",
            "disclosure",
        ),
        (
            bool(not_counted),
            f"{_do(not_counted, 'confirmed occasion', 'does not count', 'do not count')} yet: no "
            "act in it is recorded as the suspect’s, or attributed with a reason. Who did it?",
            "the count of occasions",
        ),
        (
            bool(proposed),
            f"{_do(proposed, 'proposed occasion', 'waits', 'wait')} for a person to confirm.",
            "the count of occasions",
        ),
    ]
    return [Question(text, needed_for) for is_open, text, needed_for in asked if is_open]


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _do(number: int, noun: str, one: str, many: str) -> str:
    return f"{_of(number, noun)} {one if number == 1 else many}"
