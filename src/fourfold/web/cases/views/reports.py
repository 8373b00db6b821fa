"""Take a report, read it, change it; lists of reports."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.jinja import query_with
from fourfold.web.cases.actions.reports import change_report, take_report
from fourfold.web.cases.forms.reports import (
    FilterForm,
    ReportForm,
    facts_of,
    identifier_rows,
    initial_of,
)
from fourfold.web.cases.models import Case, Report
from fourfold.web.cases.rules import reports as rules
from fourfold.web.cases.selectors import reports as selectors
from fourfold.web.cases.selectors.loading import case_by_ref, report_by_ref
from fourfold.web.cases.selectors.matching import reasons_of
from fourfold.web.users.access import actor_of, needs, see

PAGE_ROWS = 25
MORE = "more"


@needs("report.list")
def report_list(request: HttpRequest) -> HttpResponse:
    """List reports, those in no case first."""
    actor = actor_of(request)
    told = request.GET.copy()
    told.setdefault("state", "open")
    form = FilterForm(told)
    asked = _asked(form)
    visible = selectors.visible_to(actor)
    found = selectors.narrowed(visible, actor, asked)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "figures": selectors.figures_of(visible, actor),
        "chosen": _chosen(request, form, asked),
    }
    return render(request, "cases/reports/list.html", context)


def _asked(form: FilterForm) -> selectors.ReportFilter:
    """Return what the filter holds; what is wrong in it is left out, and said beside it."""
    form.is_valid()
    told = form.cleaned_data
    return selectors.ReportFilter(
        state=told.get("state") or "open",
        mine=told.get("mine", False),
        owed=told.get("owed") or "",
        from_on=told.get("from_on"),
        to_on=told.get("to_on"),
    )


def _chosen(
    request: HttpRequest, form: FilterForm, asked: selectors.ReportFilter
) -> list[tuple[str, str]]:
    """Return what narrows the list, each with the address that takes it out."""
    fields: Any = form.fields
    words = {
        "state": "" if asked.state == "open" else dict(fields["state"].choices)[asked.state],
        "owed": asked.owed and dict(fields["owed"].choices)[asked.owed],
        "mine": "Taken by me" if asked.mine else "",
    }
    chosen = [
        (text, query_with(request, **{name: None, "page": None}))
        for name, text in words.items()
        if text
    ]
    for name, label, day in (("from_on", "From", asked.from_on), ("to_on", "Up to", asked.to_on)):
        if day:
            boxes = {f"{name}-{box}": None for box in ("day", "month", "year")}
            chosen.append((f"{label} {day:%d/%m/%Y}", query_with(request, **boxes, page=None)))
    return chosen


@needs("report.take")
def report_new(request: HttpRequest) -> HttpResponse:
    """Take a report: one page, everything optional."""
    sent = request.POST if request.method == "POST" else None
    form, rows = ReportForm(sent), identifier_rows(sent)
    if sent is not None and form.is_valid() and rows.is_valid():
        report = take_report(actor=actor_of(request), facts=facts_of(form, rows))
        return _after_saving(request, report, "is saved")
    return render(request, "cases/reports/form.html", {"form": form, "rows": rows, "report": None})


@needs("report.change", report_by_ref)
def report_change(request: HttpRequest, report: Report, **_: str) -> HttpResponse:
    """Change a report."""
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, initial=initial_of(report))
    rows = identifier_rows(sent, report)
    if sent is not None and form.is_valid() and rows.is_valid():
        change_report(actor=actor_of(request), report=report, facts=facts_of(form, rows))
        return _after_saving(request, report, "is changed")
    context = {"form": form, "rows": rows, "report": report}
    return render(request, "cases/reports/form.html", context)


def _after_saving(request: HttpRequest, report: Report, words: str) -> HttpResponse:
    messages.success(request, f"Report {report.ref} {words}.")
    if request.POST.get("next") == MORE:
        address = redirect("cases:report_change", report_ref=report.ref)
        address["Location"] += "#identifiers"
        return address
    return redirect("cases:report_match", report_ref=report.ref)


@needs("report.open", report_by_ref)
def report_open(request: HttpRequest, report: Report, **_: str) -> HttpResponse:
    """Show a report: the victim's words first, and what is still missing."""
    actor = actor_of(request)
    joining = selectors.joining_of(report) if report.case_id else None
    identifiers = list(report.identifiers.all())
    context = {
        "report": report,
        "identifiers": identifiers,
        "four": [
            (prompt, getattr(report, f"get_{prompt.field}_display")()) for prompt in rules.FOUR
        ],
        "owed": rules.owed(report, frozenset(row.whose for row in identifiers)),
        "ex_partner": rules.EX_PARTNER_RULE
        if rules.ex_partner_rule_speaks(report.relationship, report.repeated, report.jurisdiction)
        else "",
        "joining": joining,
        "reasons": reasons_of(joining) if joining else [],
        "versions": selectors.latest_versions(report),
        "may_change": see(actor, "report.change", report),
        "may_join": None if report.case_id else see(actor, "report.join", report),
    }
    return render(request, "cases/reports/report.html", context)


@needs("report.list", case_by_ref)
def case_reports(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List the reports of a case, with why each was joined."""
    page = Paginator(selectors.reports_in(case), PAGE_ROWS).get_page(request.GET.get("page"))
    rows = [(report, reasons_of(report.joining)) for report in page]
    context = {"case": case, "tab": "reports", "page": page, "rows": rows}
    return render(request, "cases/reports/of_case.html", context)
