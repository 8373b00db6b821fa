"""The evidence log: list, table, one line, add, change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.base.jinja import query_with
from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.supercomplaints.actions import evidence as actions
from fourfold.web.supercomplaints.forms.evidence import EntryForm, wanted_of
from fourfold.web.supercomplaints.models import EvidenceEntry, SuperComplaint
from fourfold.web.supercomplaints.selectors import evidence as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.investigation_loading import entry_by_ref
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users import access
from fourfold.web.users.access import actor_of, needs

TAB = "evidence"
FIELDS = ("kind", "on", "to_on", "title", "summary", "seen_by")


@needs("evidenceentry.list", supercomplaint_by_ref)
def evidence_list(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """List the lines that the actor may see, by kind and by who may see them."""
    actor = actor_of(request)
    form, wanted = wanted_of(request.GET)
    chosen = [
        (f"{form[name].label}: {dict(choices)[value]}", query_with(request, **{name: None}))
        for name, choices in form.choices().items()
        if (value := str(form.cleaned_data.get(name, "")))
    ]
    if wanted.is_unused:
        chosen.append((str(form["unused"].label), query_with(request, unused=None)))
    context: dict[str, object] = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "entries": selectors.entries_of(actor, supercomplaint, wanted),
        "form": form,
        "chosen": chosen,
        "may": controls(actor, supercomplaint, "evidenceentry.add", "export.csv"),
    }
    return render(request, "supercomplaints/investigation/evidence.html", context)


@needs("evidenceentry.list", supercomplaint_by_ref)
def evidence_csv(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Return the same list as a CSV."""
    actor = actor_of(request)
    access.require(actor, "export.csv", supercomplaint)
    wanted = wanted_of(request.GET)[1]
    entries = selectors.entries_of(actor, supercomplaint, wanted)
    body = csv_text(selectors.HEADER, selectors.rows(entries))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f'attachment; filename="evidence-log-{supercomplaint.ref}.csv"'
    response.headers["Content-Disposition"] = name
    return response


@needs("evidenceentry.open", entry_by_ref)
def evidence_entry(request: HttpRequest, entry: EvidenceEntry, **_: str) -> HttpResponse:
    """Show a line with its documents and the findings that use it."""
    actor = actor_of(request)
    may = controls(actor, entry, "evidenceentry.change", "finding.list_of_complaint")
    context = {
        "supercomplaint": entry.supercomplaint,
        "tab": TAB,
        "entry": entry,
        "documents": selectors.documents_of(actor, entry),
        "findings": (
            list(entry.findings.all()) if may["finding.list_of_complaint"].allowed else []
        ),
        "versions": entry.history.count(),
        "may": may,
    }
    return render(request, "supercomplaints/investigation/entry.html", context)


@needs("evidenceentry.add", supercomplaint_by_ref)
def evidence_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Add a line."""
    actor = actor_of(request)
    offered = list(selectors.documents_to_choose(actor, supercomplaint))
    form = EntryForm(sent(request), documents=offered)
    if form.is_valid() and tried(
        form,
        lambda: actions.add_entry(actor=actor, supercomplaint=supercomplaint, facts=form.facts()),
    ):
        messages.success(request, "The line is in the evidence log.")
        return redirect("supercomplaints:evidence", supercomplaint_ref=supercomplaint.ref)
    return _form(request, form, supercomplaint, "Add to the evidence log")


@needs("evidenceentry.change", entry_by_ref)
def evidence_change(request: HttpRequest, entry: EvidenceEntry, **_: str) -> HttpResponse:
    """Change a line."""
    actor, supercomplaint = actor_of(request), entry.supercomplaint
    tied = list(entry.documents.all())
    offered = list(selectors.documents_to_choose(actor, supercomplaint))
    initial: dict[str, Any] = {name: getattr(entry, name) for name in FIELDS}
    initial["documents"] = [each.ref for each in tied]
    form = EntryForm(sent(request), documents=offered, initial=initial)
    if form.is_valid() and tried(
        form, lambda: actions.change_entry(actor=actor, entry=entry, facts=form.facts())
    ):
        messages.success(request, "The line is changed. The version before is kept.")
        return redirect(
            "supercomplaints:evidence_entry",
            supercomplaint_ref=supercomplaint.ref,
            evidenceentry_ref=entry.ref,
        )
    return _form(request, form, supercomplaint, f"Change line {entry.number}")


def _form(
    request: HttpRequest, form: EntryForm, supercomplaint: SuperComplaint, title: str
) -> HttpResponse:
    here = reverse("supercomplaints:evidence", args=[supercomplaint.ref])
    shown = Shown(title, "Save the line", here, (), TAB, (("Evidence log", here),))
    return show_form(request, form, shown, supercomplaint)
