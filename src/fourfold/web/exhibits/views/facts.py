"""Facts of a case file that came with the exhibits: shown beside the record, taken if chosen."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fourfold.web.base.words import plural
from fourfold.web.exhibits.actions.facts import take_over
from fourfold.web.exhibits.engine.case_facts import is_case_file
from fourfold.web.exhibits.engine.offers import NEW, offers_of
from fourfold.web.exhibits.models import Exhibit
from fourfold.web.exhibits.selectors.runs import exhibit_by_ref
from fourfold.web.users.access import actor_of, needs, see

KINDS: Final = (
    ("person", "People", "person", "people"),
    ("attribution", "Whose numbers and accounts", "attribution", "attributions"),
    ("place", "Places", "place", "places"),
    ("knowledge", "When the suspect was told to stop", "knowledge event", "knowledge events"),
    ("authority", "Authorities", "authority", "authorities"),
    ("exhibit", "What is known of the exhibits", "exhibit", "exhibits"),
    ("orders", "Orders", "file of orders", "files of orders"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("exhibit.open", exhibit_by_ref)
def facts(request: HttpRequest, exhibit: Exhibit, **_: str) -> HttpResponse:
    """Show what a case file would add, and add what is chosen."""
    if not is_case_file(exhibit.path):
        raise Http404("There is no such record.")
    case = exhibit.case
    if request.method == "POST":
        chosen = set(request.POST.getlist("fact"))
        taken = take_over(actor=actor_of(request), case=case, exhibit=exhibit, chosen=chosen)
        _tell(request, taken)
        return redirect("exhibits:facts", case_ref=case.ref, exhibit_ref=exhibit.ref)
    offers = offers_of(case, exhibit)
    page = {
        "case": case,
        "tab": "evidence",
        "exhibit": exhibit,
        "offers": offers,
        "groups": [(title, found) for kind, title, _, _ in KINDS if (found := offers.of(kind))],
        "new": NEW,
        "may_take": see(actor_of(request), "case.change", case),
    }
    return render(request, "exhibits/runs/facts.html", page)


def _tell(request: HttpRequest, taken: dict[str, int]) -> None:
    if not taken:
        messages.warning(request, "Nothing was taken over. Choose at least one new fact.")
        return
    told = [plural(taken[kind], one, many) for kind, _, one, many in KINDS if taken.get(kind)]
    messages.success(request, f"Taken over into the record: {', '.join(told)}.")
