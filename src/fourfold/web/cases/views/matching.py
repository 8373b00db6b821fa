"""Earlier reports and cases that match; joining a report to one, or opening a case from it."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.cases.actions import joining
from fourfold.web.cases.forms.matching import JoinForm, OpenCaseForm
from fourfold.web.cases.models import Case, Report
from fourfold.web.cases.rules.operation_names import proposals
from fourfold.web.cases.selectors.loading import report_by_ref
from fourfold.web.cases.selectors.matching import Match, Matches, earlier
from fourfold.web.cases.selectors.reports import operation_names
from fourfold.web.users.access import actor_of, needs, see

JOINED_ALREADY = "This report belongs to a case already. A report is joined once."


@needs("report.match", report_by_ref)
def report_match(request: HttpRequest, report: Report, **_: str) -> HttpResponse:
    """Show which earlier reports and cases share an identifier, and why."""
    matches = earlier(actor_of(request), report)
    context = {
        "report": report,
        "matches": matches,
    }
    return render(request, "cases/reports/match.html", context)


@needs("report.join", report_by_ref)
def report_join(request: HttpRequest, report: Report, **_: str) -> HttpResponse:
    """Join a report to a case that a person picked, with the reasons shown."""
    actor = actor_of(request)
    sent = request.POST if request.method == "POST" else None
    wanted = (sent or request.GET).get("case", "").strip().upper()
    matches = earlier(actor, report)
    match = _match_of(matches, wanted)
    pointer = next((one for one in matches.pointers if one.ref == wanted), None)
    form = JoinForm(sent, initial={"case": wanted})
    if sent is not None and form.is_valid():
        found = Case.objects.filter(ref=wanted, force=actor.force_id)
        case = found.select_related("force", "team").first()
        if case is None:
            form.add_error("case", "There is no case of your force with this reference.")
        else:
            facts = joining.JoiningFacts(
                reasons=match.reasons if match else (),
                words=form.cleaned_data["words"],
                with_first_act=form.cleaned_data["with_first_act"],
            )
            return _join(request, report, case, facts)
    context = {"report": report, "form": form, "match": match, "pointer": pointer}
    return render(request, "cases/reports/join.html", context)


def _match_of(matches: Matches, ref: str) -> Match | None:
    return next((match for match in matches.open if match.case and match.ref == ref), None)


def _join(
    request: HttpRequest, report: Report, case: Case, facts: joining.JoiningFacts
) -> HttpResponse:
    try:
        joining.join_report(actor=actor_of(request), report=report, case=case, facts=facts)
    except joining.AlreadyJoinedError:
        messages.error(request, JOINED_ALREADY)
        return redirect("cases:report", report_ref=report.ref)
    if see(actor_of(request), "case.open", case):
        messages.success(request, f"Report {report.ref} is joined to this case.")
        return redirect("cases:case", case_ref=case.ref)
    messages.success(
        request, f"Report {report.ref} is joined to case {case.ref}. Its team has it from now on."
    )
    return redirect("cases:reports")


@needs("report.open_case", report_by_ref)
def report_open_case(request: HttpRequest, report: Report, **_: str) -> HttpResponse:
    """Open a new case from a report, under a neutral name."""
    actor = actor_of(request)
    sent = request.POST if request.method == "POST" else None
    matches = earlier(actor, report)
    others = {match.ref: match for match in matches.open if match.report is not None}
    form = OpenCaseForm(
        sent,
        actor=actor,
        others=tuple(others),
        initial={"operation_name": _proposed_name(actor.force_id) if sent is None else ""},
    )
    if sent is not None and form.is_valid():
        told = form.cleaned_data
        new = joining.NewCase(
            operation_name=told["operation_name"],
            team=form.chosen_team(),
            words=told["words"],
            with_first_act=told["with_first_act"],
            also=[
                (other, others[ref].reasons)
                for ref in told["also"]
                if (other := others[ref].report) is not None
            ],
        )
        return _open(request, report, new)
    context = {"report": report, "form": form, "matches": matches, "others": others}
    return render(request, "cases/reports/open_case.html", context)


def _open(request: HttpRequest, report: Report, new: joining.NewCase) -> HttpResponse:
    try:
        case = joining.open_case(actor=actor_of(request), report=report, new=new)
    except joining.AlreadyJoinedError:
        messages.error(request, JOINED_ALREADY)
        return redirect("cases:report", report_ref=report.ref)
    messages.success(request, f"Case {case.ref} is open and you are assigned to it.")
    return redirect("cases:case", case_ref=case.ref)


def _proposed_name(force: int) -> str:
    return "Operation " + secrets.choice(proposals(operation_names(force)))
