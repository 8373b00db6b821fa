"""Where it stands: states, events, limits, clocks, steps; acknowledging, and later moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.base.words import UK, uk_date
from fourfold.web.supercomplaints.actions import deciding, recording
from fourfold.web.supercomplaints.forms.procedure import AcknowledgeForm, MoveForm
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.rules import clocks, procedure
from fourfold.web.supercomplaints.selectors import procedure as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.reading import is_party
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.permissions import may


@needs("supercomplaint.open", supercomplaint_by_ref)
def procedure_page(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show where a super-complaint stands, and every rule of the way."""
    actor = actor_of(request)
    today = timezone.now().astimezone(UK).date()
    steps = selectors.steps_of(actor, supercomplaint)
    nexts = selectors.nexts(actor, supercomplaint, today)
    at = {"supercomplaint_ref": supercomplaint.ref}
    context = {
        "supercomplaint": supercomplaint,
        "tab": "procedure",
        "states": selectors.states(supercomplaint),
        "events": procedure.EVENTS,
        "nexts": [
            (each, url_if_routed(each.page, **at) if each.page else "") for each in nexts
        ],
        "clocks": selectors.running(supercomplaint, today),
        "steps": steps,
        "open_documents": selectors.open_documents(actor, steps),
        "may": controls(actor, supercomplaint, *{each.event.act for each in nexts}),
        "may_move": controls(actor, supercomplaint, "supercomplaint.move_on")[
            "supercomplaint.move_on"
        ].allowed and any(each.event.act == "supercomplaint.move_on" for each in nexts),
        "is_party": is_party(actor, supercomplaint),
        "may_record": may(actor.role, "supercomplaint.record"),
        "names": {state.code: state.name for state in procedure.STATES if state.number != "S4"},
    }  # fmt: skip
    return render(request, "supercomplaints/procedure/procedure.html", context)


@needs("supercomplaint.acknowledge", supercomplaint_by_ref)
def acknowledge(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Acknowledge a super-complaint; the letter is made from the record."""
    form = AcknowledgeForm(sent(request))
    here = reverse("supercomplaints:procedure", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: deciding.acknowledge(
            actor=actor_of(request), supercomplaint=supercomplaint, at=form.cleaned_data["at"]
        ),
    ):
        messages.success(request, "It is acknowledged, and the letter is under Documents.")
        return redirect(here)
    by_on = supercomplaint.acknowledge_by_on
    today = timezone.now().astimezone(UK).date()
    unknown = "The limit is not known: the bank holidays of that year are not known here."
    intro = [f"The law’s limit: by the end of {uk_date(by_on)}." if by_on else unknown]
    if by_on and today > by_on:
        intro.append("That day has passed: the step will be flagged ACK_LATE.")
    text = deciding.acknowledgement_text(supercomplaint, today)
    shown = Shown(
        "Acknowledge the super-complaint", "Acknowledge it", here, tuple(intro), "procedure",
        (("Procedure", here),), is_warning=True, quote=text,
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


@needs("supercomplaint.move_on", supercomplaint_by_ref)
def move_on(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Record a later step: responses, monitoring, closing."""
    events = [
        event for event in procedure.events_from(supercomplaint.state)
        if event.act == "supercomplaint.move_on"
    ]  # fmt: skip
    initial: dict[str, object] = {"on": timezone.now().astimezone(UK).date()}
    if supercomplaint.published_on:
        initial["responses_due_on"] = supercomplaint.responses_due_on or clocks.responses_due(
            supercomplaint.published_on
        )
    form = MoveForm(sent(request), events=events, initial=initial)
    here = reverse("supercomplaints:procedure", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: recording.move_on(
            actor=actor_of(request), supercomplaint=supercomplaint, made=form.move()
        ),
    ):
        messages.success(request, "The step is recorded.")
        return redirect(here)
    intro = ("These steps rest on practice, not on law.",)
    if not events:
        intro = ("No step of this kind follows now. See the procedure.",)
    shown = Shown(
        "Record a step", "Record the step", here, intro, "procedure", (("Procedure", here),)
    )
    return show_form(request, form, shown, supercomplaint)
