"""Evidence that others will delete: the clocks of a case, and what presses over all cases."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fourfold.web.cases.models import Case
from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.cases.rules.moments import local_day
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits.actions import expiry as actions
from fourfold.web.exhibits.forms.expiry import (
    AskForm,
    ClockForm,
    ReceiveForm,
    StartForm,
    WaiveForm,
)
from fourfold.web.exhibits.forms.moments import initial_of
from fourfold.web.exhibits.models import ExpiryClock
from fourfold.web.exhibits.rules import expiry as rules
from fourfold.web.exhibits.selectors import expiry as selectors
from fourfold.web.exhibits.selectors.controls import controls
from fourfold.web.exhibits.selectors.loading import clock_by_ref
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.users import access
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may

CSV_HEADER = (
    "Case", "Operation", "What may expire", "State", "Ask by", "Stands", "Counted from",
    "May be gone about", "Asked of", "Asked at (UTC)",
)  # fmt: skip


@needs("expiry.list", case_by_ref)
def clocks(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List the clocks of a case; start the usual ones."""
    form = StartForm(sent(request), initial={"from_on": local_day(case.opened_at)})
    if request.method == "POST" and form.is_valid():
        actions.open_default_clocks(
            actor=actor_of(request), case=case, from_on=form.cleaned_data["from_on"]
        )
        messages.success(request, "The usual clocks are running.")
        return redirect("exhibits:expiry", case_ref=case.ref)
    running = selectors.of_case(case, timezone.localdate())
    sources = {clock.record.source for clock in running}
    wanted = ("expiry.add", "expiry.ask", "expiry.receive", "expiry.waive")
    context = {
        "case": case,
        "tab": "expiry",
        "clocks": running,
        "missing": [each for each in rules.reference().defaults if each.source not in sources],
        "reference": rules.reference(),
        "form": form,
        "may": controls(actor_of(request), case, *wanted),
    }
    status = 400 if form.errors else 200
    return render(request, "exhibits/custody/expiry.html", context, status=status)


@needs("expiry.add", case_by_ref)
def clock_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Record one more thing that will expire."""
    form = ClockForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.add_clock(actor=actor_of(request), case=case, **form.cleaned_data)
        messages.success(request, "The clock is running.")
        return redirect("exhibits:expiry", case_ref=case.ref)
    context = {"case": case, "tab": "expiry", "form": form, "reference": rules.reference()}
    status = 400 if form.errors else 200
    return render(request, "exhibits/custody/clock_new.html", context, status=status)


@needs("expiry.ask", clock_by_ref)
def clock_ask(request: HttpRequest, clock: ExpiryClock, **_: str) -> HttpResponse:
    """Record that it was asked for."""
    form = AskForm(
        sent(request),
        initial={"asked_of": clock.asked_of, **initial_of("asked", timezone.now())},
    )

    def save(actor: User) -> None:
        given = form.cleaned_data
        actions.ask(
            actor=actor, clock=clock, asked_of=given["asked_of"], asked_at=given["asked_at"]
        )

    return _step(request, clock, form, save, "ask")


@needs("expiry.receive", clock_by_ref)
def clock_receive(request: HttpRequest, clock: ExpiryClock, **_: str) -> HttpResponse:
    """Record that it came."""
    initial = {"exhibit": clock.exhibit.ref if clock.exhibit else None}
    form = ReceiveForm(sent(request), case=clock.case, initial=initial)

    def save(actor: User) -> None:
        actions.receive(actor=actor, clock=clock, exhibit=form.cleaned_data["exhibit"])

    return _step(request, clock, form, save, "receive")


@needs("expiry.waive", clock_by_ref)
def clock_waive(request: HttpRequest, clock: ExpiryClock, **_: str) -> HttpResponse:
    """Record why it is not needed."""
    form = WaiveForm(sent(request), initial={"reason": clock.reason})

    def save(actor: User) -> None:
        actions.waive(actor=actor, clock=clock, reason=form.cleaned_data["reason"])

    return _step(request, clock, form, save, "waive")


def _step(
    request: HttpRequest,
    clock: ExpiryClock,
    form: Form,
    save: Callable[[User], None],
    step: str,
) -> HttpResponse:
    """Show the form of one step of a clock, or save it."""
    if request.method == "POST" and form.is_valid():
        try:
            save(actor_of(request))
            messages.success(request, "Saved.")
        except actions.AlreadyReceivedError:
            messages.error(request, "This has been received already, so nothing was changed.")
        return redirect("exhibits:expiry", case_ref=clock.case.ref)
    context = {
        "case": clock.case,
        "tab": "expiry",
        "clock": selectors.standing_of(clock, timezone.localdate()),
        "form": form,
        "step": step,
    }
    status = 400 if form.errors else 200
    return render(request, "exhibits/custody/clock_step.html", context, status=status)


@needs("expiry.list")
def expiring(request: HttpRequest) -> HttpResponse:
    """List what presses over all cases of the actor."""
    actor, today = actor_of(request), timezone.localdate()
    reach = selectors.Reach.of(actor)
    stands = request.GET.get("stands", "")
    stands = stands if stands in selectors.STANDS else ""
    page = reach.page(request.GET.get("page", ""), stands, today)
    context = {
        "page": page,
        "clocks": [selectors.standing_of(clock, today) for clock in page],
        "counts": reach.counts(today),
        "unstarted": reach.unstarted() if may(actor.role, "expiry.add") else [],
        "stands": stands,
        "today": today,
    }
    return render(request, "exhibits/custody/expiring.html", context)


@needs("export.csv")
def expiring_csv(request: HttpRequest) -> HttpResponse:
    """Return the same list as a CSV."""
    actor, today = actor_of(request), timezone.localdate()
    access.require(actor, "expiry.list", actor.force)
    rows = [_csv_row(clock, today) for clock in selectors.Reach.of(actor).pressing()]
    response = HttpResponse(csv_text(CSV_HEADER, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="expiring-evidence.csv"'
    return response


def _csv_row(record: ExpiryClock, today: date) -> tuple[object, ...]:
    stands = selectors.standing_of(record, today).standing
    return (
        record.case.ref,
        record.case.operation_name,
        record.source,
        record.get_state_display(),
        record.ask_by_on.isoformat(),
        stands.words,
        record.counted_from_on.isoformat(),
        stands.gone_about_on.isoformat(),
        record.asked_of,
        record.asked_at.strftime("%Y-%m-%dT%H:%M:%SZ") if record.asked_at else "",
    )
