"""Clocks of evidence that will expire: of one case, and over all cases of an actor."""

from collections.abc import Callable
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


def _to_ask(first: date, last: date) -> Q:
    return Q(state=ExpiryClock.State.TO_ASK, ask_by_on__range=(first, last))


STANDS: Final[dict[str, Callable[[date], Q]]] = {
    "overdue": lambda today: _to_ask(date.min, today - timedelta(days=1)),
    "soon": lambda today: _to_ask(today, today + timedelta(days=expiry.SOON_DAYS)),
    "asked": lambda today: Q(state=ExpiryClock.State.ASKED),
}


@dataclass(frozen=True)
class Reach:
    """The open cases whose clocks an actor may see: decided once for all that a page asks."""

    cases: QuerySet[Case]

    @classmethod
    def of(cls, actor: User) -> "Reach":
        """Ask the policy."""
        opened = Case.objects.filter(state=Case.State.OPEN)
        return cls(policy.permitted(actor, "expiry.list", opened))

    def pressing(self) -> QuerySet[ExpiryClock]:
        """Return what is to be asked for, then what was asked and has not come; earliest first."""
        waiting = [ExpiryClock.State.TO_ASK, ExpiryClock.State.ASKED]
        first_to_ask = When(
            Then(state=ExpiryClock.State.TO_ASK, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        found = ExpiryClock.objects.filter(state__in=waiting, case__in=self.cases.order_by())
        return found.select_related("case__team").order_by(first_to_ask, F("ask_by_on"), "pk")

    def page(self, number: str, stands: str, today: date) -> Page[ExpiryClock]:
        """Return one page of what presses, all of it or what stands in one way."""
        found = self.pressing().filter(STANDS[stands](today)) if stands else self.pressing()
        return Paginator(found, PER_PAGE).get_page(number)

    def counts(self, today: date) -> dict[str, int]:
        """Count what is overdue, to ask within three days, asked."""
        return ExpiryClock.objects.filter(case__in=self.cases.order_by()).aggregate(
            **{name: Count("pk", filter=condition(today)) for name, condition in STANDS.items()}
        )

    def unstarted(self) -> list[tuple[Case, date]]:
        """Return cases whose clocks nobody has started, with the day the first request is due."""
        bare = self.cases.filter(expiry_clocks__isnull=True).order_by("opened_at", "pk")
        first_days = min(each.ask_within_days for each in expiry.reference().defaults)
        return [
            (case, local_day(case.opened_at) + timedelta(days=first_days))
            for case in bare[:UNSTARTED_SHOWN]
        ]
