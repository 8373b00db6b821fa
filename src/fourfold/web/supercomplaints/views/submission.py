"""Submission and its receipt."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from fourfold.web.base.words import UK
from fourfold.web.supercomplaints import receipts
from fourfold.web.supercomplaints.actions import submitting
from fourfold.web.supercomplaints.forms.complaints import SubmitForm
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.rules import form_of_complaint
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.standing import may_submit
from fourfold.web.supercomplaints.views.showing import sent, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("supercomplaint.submit", supercomplaint_by_ref, look="supercomplaint.open")
@grave
def submit(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Submit a complaint: what is missing is said loudly, and blocks nothing but law's one bar."""
    form = SubmitForm(sent(request))
    if form.is_valid() and tried(
        form,
        lambda: submitting.submit(actor=actor_of(request), supercomplaint=supercomplaint),
    ):
        messages.success(request, "The super-complaint is submitted. Take its receipt.")
        return redirect("supercomplaints:receipt", supercomplaint_ref=supercomplaint.ref)
    told = selectors.told(supercomplaint)
    today = timezone.now().astimezone(UK).date()
    context = {
        "supercomplaint": supercomplaint,
        "tab": "complaint",
        "form": form,
        "statutory": form_of_complaint.statutory(told),
        "structure": form_of_complaint.structure(told),
        "is_designated": may_submit(supercomplaint.body, supercomplaint.regime, today),
    }
    status = 400 if form.errors else 200
    return render(request, "supercomplaints/complaints/submit.html", context, status=status)


@needs("supercomplaint.receipt", supercomplaint_by_ref, look="supercomplaint.open")
def receipt(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show the receipt of a submission: what was sealed, and when."""
    sealed = selectors.sealed(supercomplaint)
    context = {
        "supercomplaint": supercomplaint,
        "tab": "complaint",
        "sealed": sealed,
        "here": reverse("supercomplaints:complaint", args=[supercomplaint.ref]),
    }
    return render(request, "supercomplaints/complaints/receipt.html", context)


@needs("supercomplaint.receipt", supercomplaint_by_ref, look="supercomplaint.open")
def receipt_file(
    request: HttpRequest, supercomplaint: SuperComplaint, *, file_format: str, **_: str
) -> HttpResponse:
    """Give the receipt as a file: text, PDF or JSON."""
    made = receipts.FORMATS.get(file_format)
    if made is None or supercomplaint.received_at is None:
        raise Http404("There is no such record.")
    sealed = submitting.take_receipt(actor=actor_of(request), supercomplaint=supercomplaint)
    data = made.write(receipts.content_of(supercomplaint, sealed))
    response = HttpResponse(data, content_type=made.media_type)
    name = f"{supercomplaint.ref}-receipt.{file_format}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
