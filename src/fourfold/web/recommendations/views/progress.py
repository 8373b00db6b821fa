"""Progress reports of a super-complaint: list, start, write, publish, read."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.exhibits.views.sending import CLOSED, sent
from fourfold.web.publication import content
from fourfold.web.publication.content import Kind
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import progress as actions
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.forms.progress import ReportForm, StartForm
from fourfold.web.recommendations.models import ProgressReport
from fourfold.web.recommendations.selectors import progress as selectors
from fourfold.web.recommendations.selectors.plans import own_organisation
from fourfold.web.recommendations.selectors.progress import report_by_ref
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.users.access import actor_of, needs, require, see
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision
from fourfold.web.users.step_up import grave

TAB: Final = "progress_reports"
WRITE: Final = "progressreport.write"
NO_ENTRY: Final = Decision(False, "no-organisation", "Your account belongs to no organisation.")


@require_safe
@needs("progressreport.list", supercomplaint_by_ref)
def progress_reports(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """List the progress reports of a super-complaint."""
    actor = actor_of(request)
    context = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "reports": list(selectors.of_complaint(actor, supercomplaint)),
        "may_write": _may_start(actor, supercomplaint),
    }
    return render(request, "recommendations/progress/list.html", context)


def _may_start(actor: User, supercomplaint: SuperComplaint) -> Decision:
    organisation = own_organisation(actor)
    if organisation is None:
        return NO_ENTRY
    made = ProgressReport(supercomplaint=supercomplaint, organisation=organisation)
    return see(actor, WRITE, made)


@needs(WRITE, supercomplaint_by_ref)
def progress_report_new(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """Start a progress report."""
    actor = actor_of(request)
    organisation = own_organisation(actor)
    if organisation is None:
        raise Http404("There is no such record.")
    require(actor, WRITE, ProgressReport(supercomplaint=supercomplaint, organisation=organisation))
    form = StartForm(
        sent(request),
        initial={"as_of_on": timezone.localdate(), "title": f"Progress: {supercomplaint.title}"},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.start_report(
            actor=actor, supercomplaint=supercomplaint, organisation=organisation,
            text=form.text(),
        )  # fmt: skip
        return _to(made)
    context = {"supercomplaint": supercomplaint, "tab": TAB, "form": form}
    status = 400 if form.errors else 200
    return render(request, "recommendations/progress/new.html", context, status=status)


@require_safe
@needs("progressreport.open", report_by_ref)
def progress_report(request: HttpRequest, report: ProgressReport, **_: str) -> HttpResponse:
    """Show a report: as published, or, to its writers, as it would be published."""
    actor = actor_of(request)
    words = standing.one(content.ProgressReport, report.ref)
    is_draft = report.published_at is None
    if is_draft:
        held = selectors.material(report)
        words = actions.words_of(report, held, timezone.localdate())
    context: dict[str, Any] = {
        "supercomplaint": report.supercomplaint,
        "tab": TAB,
        "report": report,
        "words": words,
        "is_draft": is_draft,
        "only_sent": selectors.only_sent(actor, report) if is_draft else [],
        "may_write": see(actor, WRITE, report),
    }
    return render(request, "recommendations/progress/report.html", context)


@needs(WRITE, report_by_ref)
def progress_report_write(request: HttpRequest, report: ProgressReport, **_: str) -> HttpResponse:
    """Write forewords and choose examples."""
    lines = selectors.lines_of(report.supercomplaint, report.as_of_on)
    form = ReportForm(sent(request), report=report, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_report(actor=actor_of(request), report=report, text=form.text())
        except RecommendationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved. It is not published.")
            return _to(report)
    context = {
        "supercomplaint": report.supercomplaint,
        "tab": TAB,
        "report": report,
        "form": form,
        "counts": [(number, [line for line in lines if line.number == number])
                   for number in form.numbers],
    }  # fmt: skip
    status = 400 if form.errors else 200
    return render(request, "recommendations/progress/write.html", context, status=status)


@needs("progressreport.publish", report_by_ref)
@grave
def progress_report_publish(request: HttpRequest, report: ProgressReport, **_: str) -> HttpResponse:
    """Publish a report, after a word of what that means."""
    if request.method == "POST":
        try:
            actions.publish_report(
                actor=actor_of(request), report=report, today=timezone.localdate()
            )
        except RecommendationError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The report is published.")
        return _to(report)
    context = {"supercomplaint": report.supercomplaint, "tab": TAB, "report": report}
    return render(request, "recommendations/progress/publish.html", context)


@require_safe
@needs("progressreport.open", report_by_ref)
def progress_report_file(
    request: HttpRequest, report: ProgressReport, *, name: str, **_: str
) -> HttpResponse:
    """Send a file of a published report."""
    held = standing.file_of(Kind.PROGRESS_REPORT, report.ref, name)
    if held is None:
        raise Http404("There is no such file.")
    response = HttpResponse(bytes(held.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{held.name}"'
    response.headers["Content-Security-Policy"] = CLOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _to(report: ProgressReport) -> HttpResponse:
    return redirect(
        "recommendations:progress_report",
        supercomplaint_ref=report.supercomplaint.ref,
        progressreport_ref=report.ref,
    )
