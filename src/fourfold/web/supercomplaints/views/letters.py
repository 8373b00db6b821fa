"""Progress: the lead authority, the interval, the letters to the body."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fourfold.web.supercomplaints.actions import letters as actions
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.letters import (
    CollatorForm,
    IntervalForm,
    LeadForm,
    LetterForm,
)
from fourfold.web.supercomplaints.models import ProgressLetter, SuperComplaint
from fourfold.web.supercomplaints.rules import investigation
from fourfold.web.supercomplaints.selectors import letters as selectors
from fourfold.web.supercomplaints.selectors import reports
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.investigation_loading import letter_by_ref
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs

TAB = "progress"
TEMPLATE = "supercomplaints/investigation/progress.html"


@needs("progressletter.open", supercomplaint_by_ref, look="supercomplaint.open")
def progress(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show the lead, the interval, what is due, and the letters that the actor may see."""
    return _progress(request, supercomplaint)


@needs("supercomplaint.lead", supercomplaint_by_ref)
def lead(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Name the lead authority."""
    form = LeadForm(sent(request), authorities=selectors.authorities_of(supercomplaint))
    if form.is_valid() and tried(
        form,
        lambda: actions.name_lead(
            actor=actor_of(request), supercomplaint=supercomplaint, lead=form.cleaned_data["lead"]
        ),
    ):
        messages.success(request, "The lead authority is recorded.")
        return _to_progress(supercomplaint)
    return _progress(request, supercomplaint, lead_form=form if form.is_bound else None)


@needs("supercomplaint.collator", supercomplaint_by_ref)
def collator(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Name who collates the answers."""
    form = CollatorForm(sent(request), offered=selectors.collators_of(supercomplaint))
    if form.is_valid():
        actions.name_collator(
            actor=actor_of(request),
            supercomplaint=supercomplaint,
            collator=form.cleaned_data["collator"],
        )
        messages.success(request, "Who collates the answers is recorded.")
        return _to_progress(supercomplaint)
    return _progress(request, supercomplaint, collator_form=form if form.is_bound else None)


@needs("supercomplaint.interval", supercomplaint_by_ref)
def interval(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Choose how often progress is reported."""
    form = IntervalForm(sent(request))
    if form.is_valid():
        actions.set_interval(
            actor=actor_of(request),
            supercomplaint=supercomplaint,
            every_days=form.cleaned_data["every_days"],
        )
        messages.success(request, "The interval is recorded.")
        return _to_progress(supercomplaint)
    return _progress(request, supercomplaint, interval_form=form if form.is_bound else None)


def _progress(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    lead_form: LeadForm | None = None,
    interval_form: IntervalForm | None = None,
    collator_form: CollatorForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    chosen = supercomplaint.lead.ref if supercomplaint.lead else ""
    may = controls(
        actor, supercomplaint, "supercomplaint.lead", "supercomplaint.interval",
        "progressletter.write", "supercomplaint.collator",
    )  # fmt: skip
    every = supercomplaint.progress_every_days
    wrong: list[forms.Form | None] = [lead_form, interval_form, collator_form]
    context = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "letters": selectors.letters_of(actor, supercomplaint),
        "due": selectors.due_of(supercomplaint, timezone.localdate()),
        "sent_report": reports.sent_to(actor, supercomplaint),
        "rules": investigation,
        "may": may,
        "lead_form": lead_form
        or LeadForm(initial={"lead": chosen}, authorities=selectors.authorities_of(supercomplaint)),
        "collator_form": collator_form
        or CollatorForm(
            initial={"collator": supercomplaint.collator.ref if supercomplaint.collator else ""},
            offered=selectors.collators_of(supercomplaint),
        ),
        "interval_form": interval_form or IntervalForm(initial={"every_days": every}),
    }
    status = 400 if any(form is not None and form.errors for form in wrong) else 200
    return render(request, TEMPLATE, context, status=status)


@needs("progressletter.write", supercomplaint_by_ref)
def letter_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Write a letter, from what the record says since the last."""
    today = timezone.localdate()
    initial: dict[str, object] = {"on": today}
    if request.method != "POST":
        initial["text"] = selectors.text_of(supercomplaint, today)
    form = LetterForm(sent(request), initial=initial)
    return _written(request, supercomplaint, form, None)


@needs("progressletter.write", letter_by_ref)
def letter_change(request: HttpRequest, letter: ProgressLetter, **_: str) -> HttpResponse:
    """Change the draft of a letter."""
    form = LetterForm(sent(request), initial={"on": letter.on, "text": letter.text})
    return _written(request, letter.supercomplaint, form, letter)


def _written(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    form: LetterForm,
    letter: ProgressLetter | None,
) -> HttpResponse:
    kept: list[ProgressLetter] = []
    if form.is_valid() and tried(
        form,
        lambda: kept.append(
            actions.keep_letter(
                actor=actor_of(request),
                supercomplaint=supercomplaint,
                facts=form.facts(),
                letter=letter,
            )
        ),
    ):
        messages.success(request, "The draft is kept. The body does not see it yet.")
        return redirect(_address(kept[0]))
    here = reverse("supercomplaints:progress", args=[supercomplaint.ref])
    intro = (
        "The text is built from the evidence log and the steps since the body was last told:"
        " counts and dates. Change it as you need.",
    )
    shown = Shown("Write a progress report", "Keep the draft", here, intro, TAB,
                  (("Letters", here),))  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


@needs("progressletter.open", letter_by_ref)
def letter(request: HttpRequest, letter: ProgressLetter, **_: str) -> HttpResponse:
    """Show a letter."""
    actor = actor_of(request)
    context = {
        "supercomplaint": letter.supercomplaint,
        "tab": TAB,
        "letter": letter,
        "may": controls(actor, letter, "progressletter.write", "progressletter.send"),
    }
    return render(request, "supercomplaints/investigation/letter.html", context)


@needs("progressletter.send", letter_by_ref, look="progressletter.open")
def letter_send(request: HttpRequest, letter: ProgressLetter, **_: str) -> HttpResponse:
    """Send a letter to the body."""
    form = SureForm(sent(request))
    if form.is_valid() and tried(
        form, lambda: actions.send_letter(actor=actor_of(request), letter=letter)
    ):
        messages.success(request, "It is sent: the body can open it here from now on.")
        return redirect(_address(letter))
    here = _address(letter)
    body = letter.supercomplaint.body.name
    intro = (
        f"From then on {body} can open it here, and the step is recorded. It is not changed after.",
        "This program sends no mail and no email: tell the contact person that it is here.",
    )
    shown = Shown("Send the progress report", "Send it", here, intro, TAB,
                  (("Letters", reverse("supercomplaints:progress",
                                       args=[letter.supercomplaint.ref])),),
                  quote=letter.text)  # fmt: skip
    return show_form(request, form, shown, letter.supercomplaint)


def _address(letter: ProgressLetter) -> str:
    return reverse("supercomplaints:letter", args=[letter.supercomplaint.ref, letter.ref])


def _to_progress(supercomplaint: SuperComplaint) -> HttpResponse:
    return redirect("supercomplaints:progress", supercomplaint_ref=supercomplaint.ref)
