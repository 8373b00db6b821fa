"""Eligibility: what each authority holds, and the joint decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.supercomplaints.actions import deciding
from fourfold.web.supercomplaints.forms.procedure import DecideForm, ViewForm
from fourfold.web.supercomplaints.models import EligibilityView, SuperComplaint
from fourfold.web.supercomplaints.rules import form_of_complaint, procedure
from fourfold.web.supercomplaints.selectors import complaints, standing
from fourfold.web.supercomplaints.selectors import procedure as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

OTHERS_OFFERED = 200


@needs("eligibilityview.list", supercomplaint_by_ref)
def eligibility(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show what each authority holds, and whether they agree."""
    actor = actor_of(request)
    own = standing.organisation_of(actor)
    facts = standing.joint(supercomplaint)
    state = supercomplaint.state
    context = {
        "supercomplaint": supercomplaint,
        "tab": "eligibility",
        "statutory": form_of_complaint.statutory(complaints.told(supercomplaint)),
        "authorities": selectors.authorities(actor, supercomplaint),
        "own": own if own and own.authority else None,
        "wanting": procedure.wanting(facts),
        "agreed": procedure.agreed(facts),
        "is_open": state == SuperComplaint.State.ACKNOWLEDGED,
        "is_early": state in (SuperComplaint.State.PREPARING, SuperComplaint.State.RECEIVED),
        "may": controls(actor, supercomplaint, "eligibilityview.record", "supercomplaint.decide"),
    }
    return render(request, "supercomplaints/procedure/eligibility.html", context)


@needs("eligibilityview.record", supercomplaint_by_ref)
def view_record(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Record the view of the actor's authority."""
    actor = actor_of(request)
    own = standing.organisation_of(actor)
    held = EligibilityView.objects.filter(
        supercomplaint=supercomplaint, authority=own
    ).select_related("repeats").first()  # fmt: skip
    others = complaints.listed(actor).exclude(pk=supercomplaint.pk)[:OTHERS_OFFERED]
    form = ViewForm(sent(request), others=list(others), initial=_initial(held))
    here = reverse("supercomplaints:eligibility", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: deciding.record_view(
            actor=actor, supercomplaint=supercomplaint, facts=form.facts()
        ),
    ):
        messages.success(request, "The view is recorded. The other authorities see it.")
        return redirect(here)
    shown = Shown(
        f"Record the view of {own.name}" if own else "Record a view", "Save the view", here,
        ("It can be changed until the decision is made together.",), "eligibility",
        (("Eligibility", here),),
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


def _initial(held: EligibilityView | None) -> dict[str, object]:
    if held is None:
        return {"bar": EligibilityView.Bar.NONE}
    return {
        "is_form_met": "yes" if held.is_form_met else "no",
        "bar": held.bar,
        "repeats": held.repeats.ref if held.repeats else None,
        "reasons": held.reasons,
    }


@needs("supercomplaint.decide", supercomplaint_by_ref)
@grave
def decide(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Record the joint decision; the letter is made from the record."""
    actor = actor_of(request)
    today = timezone.now().astimezone(UK).date()
    form = DecideForm(sent(request), initial={"on": today})
    here = reverse("supercomplaints:eligibility", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: deciding.decide(
            actor=actor, supercomplaint=supercomplaint, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, "The decision is recorded, and the letter is under Documents.")
        return redirect(here)
    agreed = procedure.agreed(standing.joint(supercomplaint))
    if agreed is None:
        intro = ("The authorities do not all hold the same yet. They decide together (law).",)
        quote = ""
    else:
        outcome = "eligible" if agreed else "not eligible"
        intro = (f"All authorities hold that it is {outcome}. This cannot be undone.",)
        quote = deciding.decision_text(supercomplaint, today, is_eligible=agreed)
    shown = Shown(
        "Decide on eligibility", "Record the decision", here, intro, "eligibility",
        (("Eligibility", here),), is_warning=True, quote=quote,
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)
