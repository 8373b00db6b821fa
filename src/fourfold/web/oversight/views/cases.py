"""Who looked at a case, and the exceptions from need-to-know."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.oversight.models import CaseLooks
from fourfold.web.oversight.rules.reasons import reason
from fourfold.web.oversight.selectors import exceptions as selectors
from fourfold.web.oversight.selectors import ledger
from fourfold.web.oversight.views.ledger import PAGING, number_of
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import Role


def looks_by_ref(*, case_ref: str, **_: str) -> CaseLooks:
    """Return the looks at the case of a URL."""
    found = CaseLooks.objects.filter(ref=case_ref).select_related("force", "team").first()
    if found is None:
        raise Http404("There is no such record.")
    return found


@needs("case.looks", looks_by_ref)
def case_looks(request: HttpRequest, looks: CaseLooks, case_ref: str) -> HttpResponse:
    """Show who looked at a case: who, role, when, by which rule, what."""
    actor = actor_of(request)
    found = ledger.entries(actor, "case.looks", ledger.Wanted(case=looks.ref))
    before, after = (number_of(request.GET.get(name, "")) for name in PAGING)
    lookers, is_cut = ledger.lookers(actor, found)
    context = {
        "case": looks,
        "lookers": lookers,
        "is_cut": is_cut,
        "page": ledger.a_slice(actor, found, before, after),
        "reason": reason,
        "may_open": see(actor, "case.open", looks),
        "is_auditor": actor.role == Role.AUDITOR,
    }
    return render(request, "oversight/case_looks.html", context)


@needs("ledger.read")
def exceptions(request: HttpRequest) -> HttpResponse:
    """Show break-glass openings, declared interests that closed a case, and cleared matches."""
    actor = actor_of(request)
    refused = ledger.entries(actor, "ledger.read", ledger.Wanted(outcome="refused"))
    # by time, which the index over outcomes gives; by number SQLite would read the whole ledger
    refused = refused.filter(rule="declared-interest").order_by("-at", "-seq")
    refused = refused[: selectors.SHOWN_MAX]
    context = {
        "openings": selectors.openings(actor)[: selectors.SHOWN_MAX],
        "conflicts": ledger.said(actor, list(refused)),
        "clearances": selectors.clearances(actor)[: selectors.SHOWN_MAX],
        "shown_max": selectors.SHOWN_MAX,
    }
    return render(request, "oversight/exceptions.html", context)
