"""Findings: list with what is missing, add, change, take out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.supercomplaints.actions import findings as actions
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.findings import FindingForm
from fourfold.web.supercomplaints.models import Finding, SuperComplaint
from fourfold.web.supercomplaints.selectors import findings as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.investigation_loading import finding_by_ref
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs

TAB = "findings"


@needs("finding.list_of_complaint", supercomplaint_by_ref)
def finding_list(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show the findings, which features have none, and which stand on no evidence."""
    actor = actor_of(request)
    found = selectors.findings_of(actor, supercomplaint)
    features = selectors.features_of(supercomplaint)
    context = {
        "supercomplaint": supercomplaint,
        "tab": TAB,
        "findings": found,
        "features": {each.number: each for each in features},
        "gaps": selectors.gaps_of(features, found),
        "may": controls(actor, supercomplaint, "finding.record"),
    }
    return render(request, "supercomplaints/investigation/findings.html", context)


@needs("finding.record", supercomplaint_by_ref)
def finding_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Record a finding."""
    return _written(request, supercomplaint, None, {})


@needs("finding.record", finding_by_ref)
def finding_change(request: HttpRequest, finding: Finding, **_: str) -> HttpResponse:
    """Change a finding."""
    initial: dict[str, Any] = {
        "text": finding.text,
        "reasons": finding.reasons,
        "features": [each.ref for each in finding.features.all()],
        "evidence": [each.ref for each in finding.evidence.all()],
    }
    return _written(request, finding.supercomplaint, finding, initial)


def _written(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    finding: Finding | None,
    initial: dict[str, Any],
) -> HttpResponse:
    actor = actor_of(request)
    evidence = selectors.evidence_of(actor, supercomplaint)
    form = FindingForm(
        sent(request), features=selectors.features_of(supercomplaint), evidence=evidence,
        initial=initial,
    )  # fmt: skip
    known = {each.pk for each in evidence}
    hidden = [each for each in finding.evidence.all() if each.pk not in known] if finding else []
    if form.is_valid() and tried(
        form,
        lambda: actions.keep_finding(
            actor=actor,
            supercomplaint=supercomplaint,
            facts=form.facts(),
            finding=finding,
            keeping=hidden,
        ),
    ):
        messages.success(request, "The finding is saved.")
        return redirect("supercomplaints:findings", supercomplaint_ref=supercomplaint.ref)
    title = f"Change finding {finding.number}" if finding else "Record a finding"
    return show_form(request, form, _shown(title, supercomplaint), supercomplaint)


@needs("finding.record", finding_by_ref)
def finding_remove(request: HttpRequest, finding: Finding, **_: str) -> HttpResponse:
    """Take a finding out."""
    form = SureForm(sent(request))
    supercomplaint = finding.supercomplaint
    if form.is_valid() and tried(
        form, lambda: actions.remove_finding(actor=actor_of(request), finding=finding)
    ):
        messages.success(request, "The finding is taken out. Its versions are kept.")
        return redirect("supercomplaints:findings", supercomplaint_ref=supercomplaint.ref)
    shown = _shown(f"Take out finding {finding.number}", supercomplaint, finding.text)
    return show_form(request, form, shown, supercomplaint)


def _shown(title: str, supercomplaint: SuperComplaint, quote: str = "") -> Shown:
    here = reverse("supercomplaints:findings", args=[supercomplaint.ref])
    submit = "Take it out" if quote else "Save the finding"
    return Shown(title, submit, here, (), TAB, (("Findings", here),), quote=quote)
