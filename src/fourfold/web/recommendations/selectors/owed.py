"""Who owes an answer: by organisation, with the step that is due and what was sent before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from fourfold.web.recommendations.models import Answer, Reminder
from fourfold.web.recommendations.rules import reminders
from fourfold.web.recommendations.rules.reminders import Step
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users import policy
from fourfold.web.users.models import User


@dataclass(frozen=True)
class Owing:
    """What one organisation owes to one deadline, and the reminders that were sent."""

    organisation: Organisation
    due_on: date | None
    numbers: tuple[int, ...]
    days_late: int
    step: Step | None
    following: Step | None
    to_whom: tuple[str, ...]
    sent: tuple[Reminder, ...]


@dataclass(frozen=True)
class Owed:
    """A super-complaint, how many answers it asked for, and how many have not come."""

    supercomplaint: SuperComplaint
    asked: int
    waiting: int


def of_complaint(supercomplaint: SuperComplaint, today: date) -> list[Owing]:
    """Return who owes answers to a super-complaint, the latest first.

    Within one of the public record nobody does: no answer seen is not an answer owed.
    """
    if supercomplaint.is_from_public_record:
        return []
    waiting = (
        Answer.objects.filter(
            recommendation__supercomplaint=supercomplaint,
            recommendation__issued_on__isnull=False,
            part=None,
            submitted_at=None,
        )
        .order_by("recommendation__number")
        .values_list("organisation_id", "recommendation__due_on", "recommendation__number")
    )
    grouped: dict[tuple[int, date | None], list[int]] = {}
    for organisation, due_on, number in waiting:
        grouped.setdefault((organisation, due_on), []).append(number)
    sent: dict[tuple[int, date | None], list[Reminder]] = {}
    for reminder in Reminder.objects.filter(supercomplaint=supercomplaint):
        sent.setdefault((reminder.organisation_id, reminder.due_on), []).append(reminder)
    found = Organisation.objects.filter(pk__in={key for key, _ in grouped})
    whom = {each.pk: each for each in found.select_related("polices_for")}
    rows = [
        _owing(supercomplaint, Deadline(whom[key], due_on, tuple(numbers), tuple(past)), today)
        for (key, due_on), numbers in grouped.items()
        for past in (sent.get((key, due_on), []),)
    ]
    return sorted(rows, key=_urgency)


def _urgency(row: Owing) -> tuple[int, date, str]:
    return -row.days_late, row.due_on or date.max, row.organisation.name


@dataclass(frozen=True)
class Deadline:
    """What one organisation has not answered by one deadline, and what was sent about it."""

    organisation: Organisation
    due_on: date | None
    numbers: tuple[int, ...]
    sent: tuple[Reminder, ...]


def _owing(supercomplaint: SuperComplaint, deadline: Deadline, today: date) -> Owing:
    _, steps = reminders.table()
    due_on = deadline.due_on
    codes = {reminder.step for reminder in deadline.sent}
    step = reminders.due_step(due_on, today, sent=codes, steps=steps)
    return Owing(
        **vars(deadline),
        days_late=max(0, (today - due_on).days) if due_on else 0,
        step=step,
        following=reminders.next_step(due_on, today, steps=steps),
        to_whom=recipients(supercomplaint, deadline.organisation, step) if step else (),
    )


def recipients(
    supercomplaint: SuperComplaint, organisation: Organisation, step: Step
) -> tuple[str, ...]:
    """Return the names a step goes to; a party that is not recorded is left out."""
    parties = {
        "addressee": organisation,
        "commissioner": organisation.polices_for,
        "collator": supercomplaint.collator,
        "lead": supercomplaint.lead,
    }
    return tuple(found.name for party in step.to if (found := parties[party]) is not None)


def by_complaint(actor: User, today: date) -> list[Owed]:
    """Return the super-complaints that asked for answers, with how many have not come."""
    asked = Q(recommendations__answers__part=None)
    waiting = asked & Q(recommendations__answers__submitted_at=None, is_from_public_record=False)
    found = (
        policy.permitted(actor, "supercomplaint.list", SuperComplaint.objects.all())
        .filter(recommendations__issued_on__isnull=False)
        .annotate(
            asked_count=Count("recommendations__answers", filter=asked, distinct=True),
            waiting_count=Count("recommendations__answers", filter=waiting, distinct=True),
        )
        .order_by("-published_on", "title")
    )
    return [Owed(each, each.asked_count, each.waiting_count) for each in found]


def counted(rows: Iterable[Owing]) -> Counter[str]:
    """Return how many organisations owe, are late, and are to be reminded now."""
    found: Counter[str] = Counter()
    for row in rows:
        found["owing"] += 1
        found["late"] += row.days_late > 0
        found["now"] += row.step is not None
    return found
