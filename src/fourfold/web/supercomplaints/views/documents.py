"""Documents of a super-complaint: list, one, take in, hand over, download."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.exhibits import storage
from fourfold.web.exhibits.views.sending import attachment
from fourfold.web.supercomplaints.actions import documents as actions
from fourfold.web.supercomplaints.forms.documents import DocumentForm, HandOverForm
from fourfold.web.supercomplaints.models import Document, SuperComplaint
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.loading import document_by_ref, supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.standing import organisation_of
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import Role

log = logging.getLogger(__name__)
INTRO = ("The file is kept as it is, under its SHA-256, with every hand-over.",)


@needs("document.open", supercomplaint_by_ref, look="supercomplaint.open")
def document_list(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """List the documents that the actor may see."""
    actor = actor_of(request)
    context = {
        "supercomplaint": supercomplaint,
        "tab": "documents",
        "documents": selectors.documents_of(actor, supercomplaint),
        "may": controls(actor, supercomplaint, "document.add", "document.give"),
    }
    return render(request, "supercomplaints/complaints/documents.html", context)


@needs("document.give", supercomplaint_by_ref)
def document_give(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Give a document as evidence of the complaint."""
    return _taken_in(request, supercomplaint, "Add evidence")


@needs("document.add", supercomplaint_by_ref)
def document_add(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Add a document as an authority."""
    return _taken_in(request, supercomplaint, "Add a document")


def _taken_in(request: HttpRequest, supercomplaint: SuperComplaint, title: str) -> HttpResponse:
    actor = actor_of(request)
    files = request.FILES if request.method == "POST" else None
    form = DocumentForm(sent(request), files, role=actor.role)
    here = reverse("supercomplaints:documents", args=[supercomplaint.ref])
    if form.is_valid():
        given_by = organisation_of(actor) if actor.role != Role.COMPLAINTS_OFFICER else None
        if tried(
            form,
            lambda: actions.add_document(
                actor=actor,
                supercomplaint=supercomplaint,
                facts=form.facts(given_by),
                chunks=form.cleaned_data["file"].chunks(),
            ),
        ):
            messages.success(request, "The document is kept.")
            return redirect(here)
    shown = Shown(
        title, "Keep the document", here, INTRO, "documents", (("Documents", here),),
        is_multipart=True,
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


@needs("document.open", document_by_ref)
def document(request: HttpRequest, document: Document, **_: str) -> HttpResponse:
    """Show the record of a document and its continuity."""
    actor = actor_of(request)
    context = {
        "supercomplaint": document.supercomplaint,
        "tab": "documents",
        "document": document,
        "handovers": list(document.handovers.select_related("recorded_by")),
        "may": controls(actor, document, "document.download", "document.move"),
        "is_broken": False,
    }
    return render(request, "supercomplaints/complaints/document.html", context)


@needs("document.move", document_by_ref)
def document_move(request: HttpRequest, document: Document, **_: str) -> HttpResponse:
    """Record a hand-over."""
    last = document.handovers.last()
    form = HandOverForm(sent(request), last=last.to_whom if last else "")
    here = reverse("supercomplaints:document", args=[document.supercomplaint.ref, document.ref])
    if form.is_valid() and tried(
        form,
        lambda: actions.record_hand_over(
            actor=actor_of(request), document=document, facts=form.facts()
        ),
    ):
        messages.success(request, "The hand-over is recorded.")
        return redirect(here)
    shown = Shown(
        "Record a hand-over", "Save the hand-over", here, ("Entries are never changed.",),
        "documents", ((document.title, here),),
    )  # fmt: skip
    return show_form(request, form, shown, document.supercomplaint)


@needs("document.download", document_by_ref, look="document.open")
def document_download(request: HttpRequest, document: Document, **_: str) -> HttpResponseBase:
    """Say what a download means; send the sealed bytes, never shown in the page's name."""
    context = {
        "supercomplaint": document.supercomplaint,
        "tab": "documents",
        "document": document,
        "is_broken": False,
    }
    template = "supercomplaints/complaints/download.html"
    if request.method != "POST":
        return render(request, template, context)
    try:
        path = actions.release(actor=actor_of(request), document=document)
    except storage.SealBrokenError:
        log.error("a sealed document is missing or changed: %s", document.ref)
        context["is_broken"] = True
        return render(request, template, context, status=409)
    return attachment(request, path, name=document.file_name, size_bytes=document.size_bytes)
