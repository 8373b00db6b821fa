"""The course of conduct, and tables of acts and occasions to take along."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fourfold.web.cases.actions import exports
from fourfold.web.cases.models import Case
from fourfold.web.cases.policies import controls
from fourfold.web.cases.selectors.course import course_of
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.users.access import actor_of, needs

PAGE_OCCASIONS = 50


@needs("course.open", case_by_ref)
def course(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show what is recorded of the course of conduct."""
    today = timezone.localdate()
    found = course_of(case, today=today)
    context = {
        "case": case,
        "tab": "course",
        "course": found,
        "page": Paginator(found.counted, PAGE_OCCASIONS).get_page(request.GET.get("page")),
        "may": controls(actor_of(request), case, "export.csv", "occasion.confirm"),
    }
    return render(request, "cases/acts/course.html", context)


@needs("export.csv", case_by_ref)
def acts_table(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Give the acts of a case as a table; only on POST, as it is recorded as an export."""
    if request.method != "POST":
        return redirect("cases:acts", case_ref=case.ref)
    return _file(exports.export_acts(actor=actor_of(request), case=case), f"{case.ref}-acts.csv")


@needs("export.csv", case_by_ref)
def occasions_table(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Give the occasions of a case as a table; only on POST, as it is recorded as an export."""
    if request.method != "POST":
        return redirect("cases:course", case_ref=case.ref)
    text = exports.export_occasions(actor=actor_of(request), case=case)
    return _file(text, f"{case.ref}-occasions.csv")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
