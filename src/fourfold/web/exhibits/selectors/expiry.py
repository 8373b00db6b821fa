"""Clocks of evidence that will expire: of one case, and over all cases of an actor."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Case as When
from django.db.models import Count, F, IntegerField, Q, Value
from django.db.models import When as Then
from django.db.models.query import QuerySet

from fourfold.web.cases.models import Case
from fourfold.web.cases.rules.moments import local_day
from fourfold.web.exhibits.models import ExpiryClock
from fourfold.web.exhibits.rules import expiry
from fourfold.web.users import policy
from fourfold.web.users.models import User

PER_PAGE: Final = 50
UNSTARTED_SHOWN: Final = 50


@dataclass(frozen=True)
class Clock:
    """A clock and how it stands today."""

    record: ExpiryClock
    standing: expiry.Standing


def standing_of(clock: ExpiryClock, today: date) -> Clock:
    """Return a clock with how it stands on a day."""
    stands = expiry.standing(
        state=clock.state,
        ask_by_on=clock.ask_by_on,
        counted_from_on=clock.counted_from_on,
        life_days=clock.typical_life_days,
        today=today,
    )
    return Clock(clock, stands)


def of_case(case: Case, today: date) -> list[Clock]:
    """Return the clocks of a case, most pressing first."""
    found = ExpiryClock.objects.filter(case=case).select_related("exhibit", "asked_by")
    order = list(expiry.Urgency)
    clocks = [standing_of(clock, today) for clock in found]
    return sorted(clocks, key=lambda c: (order.index(c.standing.urgency), c.record.ask_by_on))


def pressing(actor: User) -> QuerySet[ExpiryClock]:
    """Return what is to be asked for, then what was asked and has not come; earliest first."""
    open_states = [ExpiryClock.State.TO_ASK, ExpiryClock.State.ASKED]
    mine = ExpiryClock.objects.filter(state__in=open_states, case__state=Case.State.OPEN)
    first_to_ask = When(
        Then(state=ExpiryClock.State.TO_ASK, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = policy.permitted(actor, "expiry.list", mine).select_related("case__team")
    return found.order_by(first_to_ask, F("ask_by_on"), "pk")


def page_of(actor: User, *, number: str) -> Page[ExpiryClock]:
    """Return one page of what presses over all cases of an actor."""
    return Paginator(pressing(actor), PER_PAGE).get_page(number)


def counts(actor: User, today: date) -> dict[str, int]:
    """Count over all cases of an actor: overdue, to ask within three days, asked."""
    waiting = policy.permitted(
        actor, "expiry.list", ExpiryClock.objects.filter(case__state=Case.State.OPEN)
    )
    to_ask = Q(state=ExpiryClock.State.TO_ASK)
    soon = today + timedelta(days=expiry.SOON_DAYS)
    return waiting.aggregate(
        overdue=Count("pk", filter=to_ask & Q(ask_by_on__lt=today)),
        soon=Count("pk", filter=to_ask & Q(ask_by_on__range=(today, soon))),
        asked=Count("pk", filter=Q(state=ExpiryClock.State.ASKED)),
    )


def unstarted(actor: User) -> list[tuple[Case, date]]:
    """Return open cases whose clocks nobody has started, with the day by which the first asks."""
    bare = Case.objects.filter(state=Case.State.OPEN, expiry_clocks__isnull=True)
    found = policy.permitted(actor, "expiry.add", bare).order_by("opened_at", "pk")
    first_days = min(each.ask_within_days for each in expiry.reference().defaults)
    return [
        (case, local_day(case.opened_at) + timedelta(days=first_days))
        for case in found[:UNSTARTED_SHOWN]
    ]
