"""The case list and the summary of a case."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.base.jinja import query_with
from fourfold.web.cases.forms.room import FilterForm
from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors import room
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.users.access import actor_of, needs

PAGE_ROWS = 25


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
    """Show what stands in a case."""
    return render(request, "cases/room/summary.html", {"case": case, "tab": "case"})
