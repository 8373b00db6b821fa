"""The list, one super-complaint, and its drafting."""

from datetime import date, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.supercomplaints.actions import complaints as actions
from fourfold.web.supercomplaints.forms.complaints import DraftForm, SureForm, TalkForm
from fourfold.web.supercomplaints.forms.register import FilterForm
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.rules import clocks, form_of_complaint
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.reading import as_read_by, is_party
from fourfold.web.supercomplaints.selectors.standing import organisation_of
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import Role
from fourfold.web.users.permissions import may

PER_PAGE = 25
DRAFT_INTRO = (
    "You can save at any time, with gaps. What the law asks for stands beside the draft.",
)


@needs("supercomplaint.list")
def complaint_list(request: HttpRequest) -> HttpResponse:
    """List the super-complaints that the actor may see."""
    actor = actor_of(request)
    form = FilterForm(request.GET, states=SuperComplaint.State.choices)
    found = selectors.listed(actor, **form.chosen())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = as_read_by(actor, page.object_list)
    context = {
        "page": page,
        "form": form,
        "chosen": form.chosen_words(),
        "may_draft": may(actor.role, "supercomplaint.draft"),
        "may_record": may(actor.role, "supercomplaint.record"),
        "own": organisation_of(actor) if actor.role == Role.COMPLAINANT else None,
    }
    return render_page(request, "supercomplaints/complaints/list.html", context)


@needs("supercomplaint.draft")
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    form = DraftForm(sent(request))
    made: list[SuperComplaint] = []
    if form.is_valid() and tried(
        form,
        lambda: made.append(actions.draft(actor=actor_of(request), facts=form.facts())),
    ):
        messages.success(request, "The draft is saved. Add its features next.")
        return redirect("supercomplaints:features", supercomplaint_ref=made[0].ref)
    home = reverse("supercomplaints:list")
    shown = Shown(
        "Draft a super-complaint", "Save the draft", home, DRAFT_INTRO,
        trail=(("Super-complaints", home),),
    )  # fmt: skip
    return show_form(request, form, shown)


@needs("supercomplaint.open", supercomplaint_by_ref)
def complaint(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show one super-complaint."""
    actor = actor_of(request)
    told = selectors.told(supercomplaint)
    as_read_by(actor, [supercomplaint])
    wanted = (
        "supercomplaint.change", "supercomplaint.share", "supercomplaint.submit", "talk.add",
        "supercomplaint.receipt", "supercomplaint.acknowledge", "supercomplaint.publish",
        "supercomplaint.lead", "supercomplaint.record",
    )  # fmt: skip
    context = {
        "supercomplaint": supercomplaint,
        "tab": "complaint",
        "statutory": form_of_complaint.statutory(told),
        "structure": form_of_complaint.structure(told),
        "talks": selectors.talks_of(actor, supercomplaint),
        "is_party": is_party(actor, supercomplaint),
        "feature_count": len(told.features),
        "is_overdue": _is_after(timezone.now(), supercomplaint.acknowledge_by_on),
        "is_ack_late": _is_after(supercomplaint.acknowledged_at, supercomplaint.acknowledge_by_on),
        "days_to_report": clocks.days_between(supercomplaint.made_on, supercomplaint.published_on),
        "may": controls(actor, supercomplaint, *wanted),
        "form": SureForm(),
    }
    return render_page(request, "supercomplaints/complaints/complaint.html", context)


def _is_after(at: datetime | None, limit_on: date | None) -> bool:
    return at is not None and limit_on is not None and at.astimezone(UK).date() > limit_on


@needs("supercomplaint.change", supercomplaint_by_ref)
def complaint_change(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """Change what the draft says of the whole."""
    names = DraftForm.base_fields
    initial = {name: getattr(supercomplaint, name) for name in names}
    form = DraftForm(sent(request), initial=initial)
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: actions.change_draft(
            actor=actor_of(request), supercomplaint=supercomplaint, facts=form.facts()
        ),
    ):
        messages.success(request, "The draft is saved.")
        return redirect(here)
    shown = Shown("Change the draft", "Save the draft", here, DRAFT_INTRO)
    return show_form(request, form, shown, supercomplaint)


@needs("supercomplaint.share", supercomplaint_by_ref, look="supercomplaint.open")
def complaint_share(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Share the draft with the authorities for the talk, or take that back."""
    is_shared = not supercomplaint.is_shared_with_authorities
    form = SureForm(sent(request))
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: actions.share(
            actor=actor_of(request), supercomplaint=supercomplaint, is_shared=is_shared
        ),
    ):
        told = "The authorities can read it now." if is_shared else "It is yours alone again."
        messages.success(request, told)
        return redirect(here)
    shown = (
        Shown("Share the draft with the authorities", "Share the draft", here, (
            "The authorities offer a talk before a super-complaint is submitted (guidance).",
            "They can then read the draft, its evidence and notes of talks. They cannot change"
            " anything, and you can take it back.",
        ))
        if is_shared
        else Shown("Stop sharing the draft", "Stop sharing", here, (
            "The authorities will not find the draft any more. That they could read it until now"
            " stays on record.",
        ))
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


@needs("talk.add", supercomplaint_by_ref)
def talk_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Record a talk before submission."""
    form = TalkForm(sent(request))
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: actions.add_talk(
            actor=actor_of(request), supercomplaint=supercomplaint, facts=form.facts()
        ),
    ):
        messages.success(request, "The talk is recorded.")
        return redirect(here)
    shown = Shown("Record a talk before submission", "Save the talk", here, (
        "Both sides see this note. It is never published.",
    ))  # fmt: skip
    return show_form(request, form, shown, supercomplaint)
