"""Super-complaints recorded from public sources, and publishing what is known of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fourfold.web.supercomplaints.actions import public_record, recording
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.procedure import RecordForm, StepForm
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.register import bodies
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

INTRO = ("Enter what public sources say. Leave empty what was not seen: the page then says so.",)


def _leads() -> list[Organisation]:
    return list(Organisation.objects.exclude(authority=""))


@needs("supercomplaint.record")
def record(request: HttpRequest) -> HttpResponse:
    """Record a super-complaint from public sources."""
    form = RecordForm(sent(request), bodies=bodies(), leads=_leads())
    made: list[SuperComplaint] = []
    if form.is_valid() and tried(
        form,
        lambda: made.append(recording.record(actor=actor_of(request), facts=form.facts())),
    ):
        messages.success(request, "It is recorded. Add its steps next.")
        return redirect("supercomplaints:procedure", supercomplaint_ref=made[0].ref)
    home = reverse("supercomplaints:list")
    shown = Shown(
        "Record a super-complaint from public sources", "Record it", home, INTRO,
        trail=(("Super-complaints", home),),
    )  # fmt: skip
    return show_form(request, form, shown)


@needs("supercomplaint.record", supercomplaint_by_ref)
def record_change(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Change what is recorded from public sources."""
    initial = {name: getattr(supercomplaint, name) for name in RecordForm.base_fields}
    initial["body"] = supercomplaint.body.ref
    initial["lead"] = supercomplaint.lead.ref if supercomplaint.lead else None
    for name in ("gaps", "sources"):
        initial[name] = "\n".join(map(str, initial[name]))
    offered = [supercomplaint.body, *(b for b in bodies() if b != supercomplaint.body)]
    form = RecordForm(sent(request), bodies=offered, leads=_leads(), initial=initial)
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: recording.record(
            actor=actor_of(request), facts=form.facts(), supercomplaint=supercomplaint
        ),
    ):
        messages.success(request, "The record is changed.")
        return redirect(here)
    return show_form(
        request, form, Shown("Change the record", "Save the record", here, INTRO), supercomplaint
    )


@needs("supercomplaint.record", supercomplaint_by_ref)
def record_step(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Add a step that public sources tell of."""
    form = StepForm(sent(request))
    here = reverse("supercomplaints:procedure", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: recording.add_step(
            actor=actor_of(request), supercomplaint=supercomplaint, facts=form.facts()
        ),
    ):
        messages.success(request, "The step is recorded.")
        return redirect(here)
    shown = Shown(
        "Add a step from public sources", "Save the step", here,
        ("Steps are never changed. One that was wrong is followed by one that says so.",),
        "procedure", (("Procedure", here),),
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


@needs("supercomplaint.publish", supercomplaint_by_ref, look="supercomplaint.open")
@grave
def publish(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Publish the record of a super-complaint on the public site."""
    form = SureForm(sent(request))
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: public_record.publish_record(
            actor=actor_of(request), supercomplaint=supercomplaint
        ),
    ):
        messages.success(request, "The record is published.")
        return redirect(here)
    shown = Shown(
        "Publish the record", "Publish the record", here, (
            "Published: title, subject, who made it, features with the nature of each harm, public"
            " steps, what is not known, and sources.",
            "Not published: the contact person, facts and documents, talks, views on eligibility,"
            " material of the investigation.",
            "Every version stays on record. Publishing the same again writes nothing.",
        ),
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)
