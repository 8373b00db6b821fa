"""Withholding: the words, the published version beside the full one, the check, publishing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.supercomplaints.actions import publishing_report, redactions
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.reports import PublishForm, RedactionForm
from fourfold.web.supercomplaints.models import InvestigationReport, Redaction
from fourfold.web.supercomplaints.rules.redaction import MARK
from fourfold.web.supercomplaints.selectors import reports as selectors
from fourfold.web.supercomplaints.selectors import withholding
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.investigation_loading import (
    redaction_by_ref,
    report_by_complaint,
)
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

TAB = "report"


@needs("redaction.add", report_by_complaint)
def redaction_list(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Show the words to withhold and the published version beside the full one; add words."""
    form = RedactionForm(sent(request))
    if form.is_valid() and tried(
        form,
        lambda: redactions.add_redaction(
            actor=actor_of(request), report=report, facts=form.facts()
        ),
    ):
        messages.success(request, "The words are withheld wherever they stand.")
        return _to_redactions(report)
    told = withholding.full_texts(report)
    context = {
        "supercomplaint": report.supercomplaint,
        "tab": TAB,
        "report": report,
        "form": form,
        "marked": withholding.marked(report, told),
        "beside": withholding.preview(report, told),
        "mark": MARK,
        "may": controls(actor_of(request), report, "redaction.remove", "publication.check"),
    }
    template = "supercomplaints/investigation/redactions.html"
    return render(request, template, context, status=400 if form.errors else 200)


@needs("redaction.remove", redaction_by_ref, look="investigationreport.open")
def redaction_remove(request: HttpRequest, kept: Redaction, **_: str) -> HttpResponse:
    """Unmark words."""
    form, report = SureForm(sent(request)), kept.report
    if form.is_valid() and tried(
        form, lambda: redactions.remove_redaction(actor=actor_of(request), kept=kept)
    ):
        messages.success(request, "The words are no longer withheld.")
        return _to_redactions(report)
    here = reverse("supercomplaints:redactions", args=[report.supercomplaint.ref])
    intro = ("The published version will show these words wherever they stand.",)
    shown = Shown("No longer withhold these words", "Unmark them", here, intro, TAB,
                  (("Withheld words", here),), is_warning=True, quote=kept.quote)  # fmt: skip
    return show_form(request, form, shown, report.supercomplaint)


@needs("publication.check", report_by_complaint)
def check(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Publish on trial, search every output, show what speaks against publishing."""
    actor = actor_of(request)
    checked = publishing_report.check_publication(actor=actor, report=report)
    context = {
        "supercomplaint": report.supercomplaint,
        "tab": TAB,
        "report": report,
        "checked": checked,
        "refs": {each.ref: each for each in report.redactions.all()},
        "is_agreed": selectors.is_agreed(report),
        "may": controls(actor, report, "investigationreport.publish"),
    }
    return render(request, "supercomplaints/investigation/check.html", context)


@needs("investigationreport.publish", report_by_complaint, look="investigationreport.open")
@grave
def publish(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Publish the report and the record, after a fresh passkey."""
    actor, form = actor_of(request), PublishForm(sent(request))
    if form.is_valid() and tried(
        form, lambda: publishing_report.publish_report(actor=actor, report=report)
    ):
        messages.success(request, "The report is published.")
        return redirect("supercomplaints:report", supercomplaint_ref=report.supercomplaint.ref)
    here = reverse("supercomplaints:report", args=[report.supercomplaint.ref])
    shown = Shown("Publish the report", "Publish it", here, _publishing(report), TAB,
                  (("Report", here),), is_warning=True)  # fmt: skip
    return show_form(request, form, shown, report.supercomplaint)


def _publishing(report: InvestigationReport) -> tuple[str, ...]:
    number = report.redactions.count()
    return (
        "Everybody can read it from then on, and copies cannot be called back.",
        f"Words marked to be withheld: {number}. Every page, feed, table and PDF is searched for"
        " them first; if one of them stands anywhere, nothing is published.",
        "Responses are then expected 56 days after (practice; not a limit of the law).",
    )


def _to_redactions(report: InvestigationReport) -> HttpResponse:
    return redirect("supercomplaints:redactions", supercomplaint_ref=report.supercomplaint.ref)
