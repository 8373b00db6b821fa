"""The case list and the summary of a case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.jinja import query_with
from fourfold.web.cases.actions import room as actions
from fourfold.web.cases.forms.room import CaseForm, ClosingForm, FilterForm
from fourfold.web.cases.models import Case
from fourfold.web.cases.policies import controls
from fourfold.web.cases.selectors import need_to_know, room, summary
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.cases.tabs import addresses_of
from fourfold.web.cases.views.form_pages import Words, attempt, form_page
from fourfold.web.users.access import actor_of, needs, see

PAGE_ROWS = 25
CONTROLS = ("case.open", "case.change", "case.close", "act.add", "case.break_glass")


@needs("case.list")
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases that the user may open."""
    actor = actor_of(request)
    teams = [(team.ref, team.name) for team in room.teams_of(actor)]
    form = FilterForm(request.GET, teams=teams)
    wanted = form.wanted(request.GET.get("sort", ""))
    page = Paginator(room.cases_of(actor, wanted), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": room.rows_of(page.object_list),
        "chosen": _chosen(request, wanted, dict(teams)),
        "sort": wanted.sort,
    }
    return render(request, "cases/room/list.html", context)


def _chosen(
    request: HttpRequest, wanted: room.Wanted, teams: dict[str, str]
) -> list[tuple[str, str]]:
    """Return what the filter holds, each with the address that takes it out."""
    words = {
        "state": wanted.state and f"State: {Case.State(wanted.state).label}",
        "team": wanted.team_ref and f"Team: {teams[wanted.team_ref]}",
        "mine": "Assigned to me" if wanted.is_mine else "",
        "text": wanted.text and f"Text: {wanted.text}",
    }
    return [
        (text, query_with(request, **{name: None, "page": None}))
        for name, text in words.items()
        if text
    ]


@needs("case.open", case_by_ref)
def case_summary(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show what stands in a case, and what it owes."""
    actor = actor_of(request)
    may = controls(actor, case, *CONTROLS)
    is_broken = may["case.open"].rule == "break-glass"
    context = {
        "case": case,
        "tab": "case",
        "summary": summary.summary_of(case),
        "may": may,
        "addresses": addresses_of(actor, case),
        "opening": need_to_know.running_opening(actor, case) if is_broken else None,
    }
    return render(request, "cases/room/summary.html", context)


@needs("case.change", case_by_ref)
def case_change(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Change name, law or team of a case."""
    form = CaseForm(request.POST or None, case=case, initial=CaseForm.told_of(case))

    def act() -> None:
        actions.change_case(actor=actor_of(request), case=case, facts=form.facts())

    if request.method == "POST" and attempt(form, act, {actions.OtherForceError: "team"}):
        messages.success(request, "The case is changed.")
        may_open = see(actor_of(request), "case.open", case)
        return redirect("cases:case", case_ref=case.ref) if may_open else redirect("cases:list")
    words = Words(
        "Change the case",
        lead=("Its team decides which supervisors may open it.",),
        options={"operation_name": {"width": "two-thirds"}},
    )
    return form_page(request, case, "case", form, words)


@needs("case.close", case_by_ref)
def case_close(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Close a case with a reason."""
    form = ClosingForm(request.POST or None)

    def act() -> None:
        actions.close_case(actor=actor_of(request), case=case, reason=form.cleaned_data["reason"])

    if request.method == "POST" and attempt(form, act, {actions.ReasonMissingError: "reason"}):
        messages.success(request, "The case is closed.")
        return redirect("cases:case", case_ref=case.ref)
    words = Words(
        "Close the case",
        "Close the case",
        kind="warning",
        lead=("Nothing is deleted. The same people may still open it, and it can be reopened.",),
    )
    return form_page(request, case, "case", form, words)


@needs("case.close", case_by_ref)
def case_reopen(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Open a closed case again."""
    if request.method == "POST":
        actions.reopen_case(actor=actor_of(request), case=case)
        messages.success(request, "The case is open again.")
    return redirect("cases:case", case_ref=case.ref)
