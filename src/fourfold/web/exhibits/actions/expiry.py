"""Clocks of evidence that others will delete: open, ask, receive, do without."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Exhibit, ExpiryClock
from fourfold.web.exhibits.rules import expiry
from fourfold.web.users import access
from fourfold.web.users.models import User


class AlreadyReceivedError(ValueError):
    """What has come cannot be asked for or done without any more."""


def open_default_clocks(*, actor: User, case: Case, from_on: date) -> list[ExpiryClock]:
    """Start the clocks of the usual kinds of evidence that the case does not have yet."""
    decision = access.require(actor, "expiry.add", case)
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        there = set(ExpiryClock.objects.filter(case=case).values_list("source", flat=True))
        clocks = [
            ExpiryClock(
                case=case,
                source=each.source,
                typical_life_days=each.typical_life_days,
                counted_from_on=from_on,
                ask_by_on=from_on + timedelta(days=each.ask_within_days),
            )
            for each in expiry.reference().defaults
            if each.source not in there
        ]
        for clock in clocks:
            clock.save()
        detail = {"clocks": [clock.ref for clock in clocks]}
        access.record_act(actor, "expiry.add", case, decision=decision, detail=detail)
    return clocks


def add_clock(  # noqa: PLR0913 - keyword only, one record
    *,
    actor: User,
    case: Case,
    source: str,
    counted_from_on: date,
    typical_life_days: int,
    ask_by_on: date,
) -> ExpiryClock:
    """Record one more thing that will expire."""
    decision = access.require(actor, "expiry.add", case)
    with transaction.atomic():
        clock = ExpiryClock.objects.create(
            case=case,
            source=source,
            counted_from_on=counted_from_on,
            typical_life_days=typical_life_days,
            ask_by_on=ask_by_on,
        )
        access.record_act(actor, "expiry.add", clock, decision=decision)
    return clock


def ask(*, actor: User, clock: ExpiryClock, asked_of: str, asked_at: datetime) -> None:
    """Record that it was asked for: of whom and when. Asking again is recorded as a version."""
    decision = access.require(actor, "expiry.ask", clock)
    _must_be_open(clock)
    with transaction.atomic():
        clock.state = ExpiryClock.State.ASKED
        clock.asked_of, clock.asked_at, clock.asked_by = asked_of, asked_at, actor
        clock.reason = ""
        clock.save()
        access.record_act(actor, "expiry.ask", clock, decision=decision)


def receive(*, actor: User, clock: ExpiryClock, exhibit: Exhibit | None) -> None:
    """Record that it came, and as which exhibit."""
    decision = access.require(actor, "expiry.receive", clock)
    if exhibit is not None and exhibit.case_id != clock.case_id:
        raise OtherCaseError(exhibit.ref)
    with transaction.atomic():
        clock.state = ExpiryClock.State.RECEIVED
        clock.received_at = clock.received_at or timezone.now()
        clock.exhibit = exhibit
        clock.save()
        detail = {"exhibit": exhibit.ref} if exhibit else {}
        access.record_act(actor, "expiry.receive", clock, decision=decision, detail=detail)


def waive(*, actor: User, clock: ExpiryClock, reason: str) -> None:
    """Record why it is not needed. It can still be asked for later."""
    decision = access.require(actor, "expiry.waive", clock)
    _must_be_open(clock)
    with transaction.atomic():
        clock.state, clock.reason = ExpiryClock.State.WAIVED, reason
        clock.save()
        access.record_act(actor, "expiry.waive", clock, decision=decision)


def _must_be_open(clock: ExpiryClock) -> None:
    if clock.state == ExpiryClock.State.RECEIVED:
        raise AlreadyReceivedError(clock.ref)
