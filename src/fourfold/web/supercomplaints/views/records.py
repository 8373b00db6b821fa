"""Super-complaints recorded from public sources, and publishing what is known of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.supercomplaints.actions import public_record, recording
from fourfold.web.supercomplaints.forms.complaints import PublishRecordForm
from fourfold.web.supercomplaints.forms.procedure import RecordForm, StepForm
from fourfold.web.supercomplaints.models import (
    Document,
    Organisation,
    ProgressLetter,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import public_files
from fourfold.web.supercomplaints.rules.public_files import NotPublicError
from fourfold.web.supercomplaints.selectors import public_documents
from fourfold.web.supercomplaints.selectors.investigation_loading import letter_by_ref
from fourfold.web.supercomplaints.selectors.loading import document_by_ref, supercomplaint_by_ref
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
    """Publish the record of a super-complaint on the public site, with chosen documents."""
    actor = actor_of(request)
    offered = public_documents.candidates(actor, supercomplaint)
    form = PublishRecordForm(sent(request), candidates=offered)
    here = reverse("supercomplaints:complaint", args=[supercomplaint.ref])
    if form.is_valid() and tried(
        form,
        lambda: public_record.publish_record(
            actor=actor, supercomplaint=supercomplaint, chosen=form.chosen()
        ),
    ):
        messages.success(request, "The record is published.")
        return redirect(here)
    context = {
        "supercomplaint": supercomplaint,
        "tab": "complaint",
        "form": form,
        "offered": offered,
        "here": here,
        "limit_mb": public_files.PUBLIC_FILE_BYTES // 1000**2,
    }
    status = 400 if form.errors else 200
    return render(request, "supercomplaints/complaints/publish.html", context, status=status)


@needs("supercomplaint.publish", document_by_ref, look="document.open")
def document_public(request: HttpRequest, document: Document, **_: str) -> HttpResponse:
    """Show how a document would read in public."""
    return _as_public(request, document)


@needs("supercomplaint.publish", letter_by_ref, look="progressletter.open")
def letter_public(request: HttpRequest, letter: ProgressLetter, **_: str) -> HttpResponse:
    """Show how a progress letter would read in public."""
    return _as_public(request, letter)


def _as_public(request: HttpRequest, record: Document | ProgressLetter) -> HttpResponse:
    if not public_documents.is_offered(record):
        raise Http404("There is no such record.")
    supercomplaint, fault, goes = record.supercomplaint, "", None
    try:
        goes = public_documents.form_of(record, public_documents.quotes_of(supercomplaint))
    except NotPublicError as error:
        fault = str(error)
    is_text = goes is not None and goes.media_type == public_files.PLAIN["txt"]
    context = {
        "supercomplaint": supercomplaint,
        "tab": "complaint",
        "candidate": public_documents.candidate_of(record),
        "goes": goes,
        "text": goes.body.decode() if goes is not None and is_text else "",
        "fault": fault,
        "back": reverse("supercomplaints:publish", args=[supercomplaint.ref]),
    }
    return render(request, "supercomplaints/complaints/public_version.html", context)
