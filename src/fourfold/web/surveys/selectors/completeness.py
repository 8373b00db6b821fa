"""Who has replied, section by section; and where nobody of a force signs in yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from fourfold.web.base.words import UK
from fourfold.web.surveys.models import Reminder, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.filling import Progress
from fourfold.web.surveys.selectors.filled import Filled, every_filled
from fourfold.web.surveys.selectors.sheets import Sheet, sheet_of
from fourfold.web.users.models import Role, User


@dataclass(frozen=True)
class Line:
    """One force: how far its reply is. Counts only: a draft is the force's own."""

    reply: SurveyReply
    cells: tuple[Progress, ...]
    total: Progress
    is_late: bool
    has_people: bool
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True)
class Grid:
    """Forces by sections, and the sums."""

    sheet: Sheet
    lines: tuple[Line, ...]

    def in_state(self, state: str) -> int:
        """Return how many replies are in a state."""
        return sum(line.reply.state == state for line in self.lines)

    @property
    def late(self) -> int:
        """Return how many came late or are out after the closing day."""
        return sum(line.is_late for line in self.lines)

    @property
    def without_people(self) -> int:
        """Return for how many nobody signs in."""
        return sum(not line.has_people for line in self.lines)


def grid_of(survey: Survey, today: date) -> Grid:
    """Read the completeness of a survey (8 queries, however many forces)."""
    sheet = sheet_of(survey)
    people = User.objects.filter(
        force=OuterRef("organisation__tenant"), role=Role.RESPONDER, is_active=True
    )
    replies = list(
        survey.replies.select_related("organisation")
        .annotate(has_people=Exists(people))
        .order_by("organisation__name", "pk")
    )
    reminders = _reminders(replies)
    lines = tuple(
        _line(filled, survey, today, reminders.get(filled.reply.pk, ()))
        for filled in every_filled(survey, replies, sheet)
    )
    return Grid(sheet, lines)


def _line(filled: Filled, survey: Survey, today: date, reminders: tuple[Reminder, ...]) -> Line:
    reply = filled.reply
    cells = tuple(filled.progress.get(part.section.pk, Progress()) for part in filled.sheet.parts)
    return Line(
        reply=reply,
        cells=cells,
        total=sum(cells, Progress()),
        is_late=is_late(reply, survey, today),
        has_people=reply.has_people,  # type: ignore[attr-defined]
        reminders=reminders,
    )


def is_late(reply: SurveyReply, survey: Survey, today: date) -> bool:
    """Say whether a reply is late by the day it may come until."""
    if survey.state == Survey.State.DRAFT:
        return False
    signed_on = reply.signed_at.astimezone(UK).date() if reply.signed_at else None
    came_on = reply.came_on if reply.is_entered_by_authority else None
    until = reply.more_time_until_on or survey.closes_on
    return states.is_late(came_on or signed_on, until, today)


def _reminders(replies: Iterable[SurveyReply]) -> dict[int, tuple[Reminder, ...]]:
    found: dict[int, tuple[Reminder, ...]] = {}
    for each in Reminder.objects.filter(reply__in=list(replies)).select_related("by"):
        found[each.reply_id] = (*found.get(each.reply_id, ()), each)
    return found
