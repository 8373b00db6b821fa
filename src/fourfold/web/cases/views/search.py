"""Search: asked and answered by POST, so that no address holds what was looked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.cases.actions.search import search_cases
from fourfold.web.cases.forms.search import SearchForm
from fourfold.web.users.access import actor_of, needs


@needs("search.case", look="search.open")
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form, and what was found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "asked": None, "shown": None}
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        context |= {"asked": asked, "shown": search_cases(actor=actor_of(request), asked=asked)}
        offence = form.fields["offence"]
        context["offence_title"] = title_of(offence, asked.offence)
    return render(request, "cases/reports/search.html", context)


def title_of(offence: object, code: str) -> str:
    """Return the title of a chosen offence."""
    groups = getattr(offence, "choices", [])
    return next(
        (title for label, group in groups if isinstance(group, list | tuple)
         for each, title in group if each == code),
        "",
    )  # fmt: skip
