"""The report: builder, sections, versions, agreement, full version, conclusion."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fourfold.web.supercomplaints.actions import reports as actions
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.reports import AgreeForm, OnForm, SectionForm, TitleForm
from fourfold.web.supercomplaints.models import InvestigationReport, Section, SuperComplaint
from fourfold.web.supercomplaints.rules.report import checklist
from fourfold.web.supercomplaints.selectors import reports as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.investigation_loading import (
    report_by_complaint,
    section_by_ref,
)
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

TAB = "report"
CHANGE = "investigationreport.change"
OPEN = "investigationreport.open"


@needs(CHANGE, supercomplaint_by_ref, look=OPEN)
def report(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show the report as it is built: contents of regulation 8, sections, agreement, versions."""
    kept = selectors.report_of(supercomplaint)
    actor = actor_of(request)
    if kept is None:
        return _begin(request, supercomplaint, TitleForm())
    sections = list(kept.sections.all())
    context = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "report": kept,
        "sections": sections,
        "checklist": checklist((each.kind, each.text) for each in sections),
        "agreements": selectors.agreements_of(kept),
        "findings": supercomplaint.findings.count(),
        "redactions": kept.redactions.count(),
        "may": controls(
            actor, kept, CHANGE, "investigationreport.agree", "investigationreport.send",
            "redaction.add", "publication.check", "investigationreport.publish",
            "supercomplaint.conclude",
        ),
    }  # fmt: skip
    return render(request, "supercomplaints/investigation/report.html", context)


@needs(CHANGE, supercomplaint_by_ref)
@require_POST
def report_begin(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Begin the report with its four contents."""
    form = TitleForm(request.POST)
    if form.is_valid() and tried(
        form,
        lambda: actions.begin_report(
            actor=actor_of(request),
            supercomplaint=supercomplaint,
            title=form.cleaned_data["title"],
        ),
    ):
        messages.success(request, "The report is begun, filled from the record.")
        return _to_report(supercomplaint)
    return _begin(request, supercomplaint, form)


def _begin(request: HttpRequest, supercomplaint: SuperComplaint, form: TitleForm) -> HttpResponse:
    context = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "form": form,
        "checklist": checklist(()),
        "is_open": supercomplaint.state in ("under_investigation", "concluded"),
    }
    template = "supercomplaints/investigation/report_begin.html"
    return render(request, template, context, status=400 if form.errors else 200)


@needs(CHANGE, report_by_complaint)
def title(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Change the title."""
    form = TitleForm(sent(request), initial={"title": report.title})
    if form.is_valid() and tried(
        form,
        lambda: actions.change_title(
            actor=actor_of(request), report=report, title=form.cleaned_data["title"]
        ),
    ):
        messages.success(request, "The title is changed.")
        return _to_report(report.supercomplaint)
    return _form(request, form, report, _shown(report, "Change the title", "Save the title"))


@needs(CHANGE, report_by_complaint)
def section_new(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Add a section."""
    form = SectionForm(sent(request))
    return _written(request, report, form, None)


@needs(CHANGE, section_by_ref, look=OPEN)
def section_change(request: HttpRequest, section: Section, **_: str) -> HttpResponse:
    """Change a section."""
    initial = {name: getattr(section, name) for name in ("kind", "heading", "text")}
    form = SectionForm(sent(request), initial=initial)
    return _written(request, section.report, form, section)


def _written(
    request: HttpRequest, report: InvestigationReport, form: SectionForm, section: Section | None
) -> HttpResponse:
    if form.is_valid() and tried(
        form,
        lambda: actions.keep_section(
            actor=actor_of(request), report=report, facts=form.facts(), section=section
        ),
    ):
        messages.success(request, "The section is saved. The version before is kept.")
        return _to_report(report.supercomplaint)
    name = f"Change “{section.heading}”" if section else "Add a section"
    return _form(request, form, report, _shown(report, name, "Save the section"))


@needs(CHANGE, section_by_ref, look=OPEN)
def section_fill(request: HttpRequest, section: Section, **_: str) -> HttpResponse:
    """Write a section anew from the record."""
    form = SureForm(sent(request))
    if form.is_valid() and tried(
        form, lambda: actions.fill_section(actor=actor_of(request), section=section)
    ):
        messages.success(request, "The section is written anew from the record.")
        return _to_report(section.report.supercomplaint)
    name = f"Write “{section.heading}” anew from the record"
    return _form(
        request, form, section.report, _shown(section.report, name, "Write it anew", section.text)
    )


@needs(CHANGE, section_by_ref, look=OPEN)
@require_POST
def section_move(request: HttpRequest, section: Section, **_: str) -> HttpResponse:
    """Let a section change places with its neighbour."""
    try:
        actions.move_section(
            actor=actor_of(request), section=section, is_up=request.POST.get("to") == "up"
        )
    except SuperComplaintError as error:
        messages.error(request, str(error))
    return _to_report(section.report.supercomplaint)


@needs(CHANGE, section_by_ref, look=OPEN)
def section_remove(request: HttpRequest, section: Section, **_: str) -> HttpResponse:
    """Take a section out."""
    form = SureForm(sent(request))
    if form.is_valid() and tried(
        form, lambda: actions.remove_section(actor=actor_of(request), section=section)
    ):
        messages.success(request, "The section is taken out. Its versions are kept.")
        return _to_report(section.report.supercomplaint)
    name = f"Take out “{section.heading}”"
    return _form(
        request, form, section.report, _shown(section.report, name, "Take it out", section.text)
    )


@needs(CHANGE, section_by_ref, look=OPEN)
def section_versions(request: HttpRequest, section: Section, **_: str) -> HttpResponse:
    """Show every version of a section."""
    context = {
        "supercomplaint": section.report.supercomplaint,
        "tab": TAB,
        "section": section,
        "versions": list(section.history.select_related("history_user")),
    }
    return render(request, "supercomplaints/investigation/versions.html", context)


@needs("investigationreport.agree", report_by_complaint)
@grave
def agree(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Record that the actor's authority agrees the report, after a fresh passkey."""
    form = AgreeForm(sent(request))
    if form.is_valid() and tried(
        form, lambda: actions.agree_report(actor=actor_of(request), report=report)
    ):
        messages.success(request, "Your authority agrees the report as it stands.")
        return _to_report(report.supercomplaint)
    intro = (
        "The report is the authorities’ together: each agrees it. If a word of it changes"
        " afterwards, each agrees it again.",
    )
    return _form(request, form, report, _shown(report, "Agree the report", "Agree it", intro=intro))


@needs("investigationreport.send", report_by_complaint)
@grave
def send_full(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Record that the full version was sent to the body, after a fresh passkey."""
    form = OnForm(sent(request))
    if form.is_valid() and tried(
        form,
        lambda: actions.send_full_report(
            actor=actor_of(request), report=report, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, "The body can open the full version from now on.")
        return _to_report(report.supercomplaint)
    intro = (
        f"{report.supercomplaint.body.name} can open the full version here from then on, with"
        " everything that the published version withholds. The report is not changed after.",
    )
    return _form(
        request, form, report, _shown(report, "Send the full version", "Send it", intro=intro)
    )


@needs(OPEN, report_by_complaint)
def full_pdf(request: HttpRequest, report: InvestigationReport, **_: str) -> HttpResponse:
    """Return the full version as PDF, as a download."""
    made = HttpResponse(selectors.full_pdf(report), content_type="application/pdf")
    name = f'attachment; filename="full-report-{report.ref}.pdf"'
    made.headers["Content-Disposition"] = name
    made.headers["Cache-Control"] = "no-store"
    return made


@needs("supercomplaint.conclude", supercomplaint_by_ref)
def conclude(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """End the investigation."""
    form = OnForm(sent(request))
    if form.is_valid() and tried(
        form,
        lambda: actions.conclude(
            actor=actor_of(request), supercomplaint=supercomplaint, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, "The investigation is concluded.")
        return _to_report(supercomplaint)
    here = reverse("supercomplaints:report", args=[supercomplaint.ref])
    intro = ("The report can still be written until it is published.",)
    shown = Shown("Conclude the investigation", "Conclude it", here, intro, TAB,
                  (("Report", here),))  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


def _form(
    request: HttpRequest, form: forms.Form, report: InvestigationReport, shown: Shown
) -> HttpResponse:
    return show_form(request, form, shown, report.supercomplaint)


def _shown(
    report: InvestigationReport,
    name: str,
    submit: str,
    quote: str = "",
    intro: tuple[str, ...] = (),
) -> Shown:
    here = reverse("supercomplaints:report", args=[report.supercomplaint.ref])
    return Shown(name, submit, here, intro, TAB, (("Report", here),), quote=quote)


def _to_report(supercomplaint: SuperComplaint) -> HttpResponse:
    return redirect("supercomplaints:report", supercomplaint_ref=supercomplaint.ref)
