"""Measures: the list, and one with its definition, its figures in time and across forces."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.measures.rules import definitions
from fourfold.web.measures.rules.definitions import Definition, UnknownMeasureError
from fourfold.web.measures.rules.suppression import CELL_MIN, DENOMINATOR_MIN
from fourfold.web.measures.selectors import overviews
from fourfold.web.users.access import actor_of, needs, see

DIGITS_MAX: Final = 4


@needs("measure.list")
def measure_list(request: HttpRequest) -> HttpResponse:
    """List what can be measured, and what cannot, with the reason."""
    found = definitions.newest()
    actor = actor_of(request)
    context = {
        "measurable": [each for each in found if each.is_measurable],
        "not_measurable": [each for each in found if not each.is_measurable],
        "newest": overviews.newest_own(actor),
    }
    return render(request, "measures/list.html", context)


@needs("measure.open")
def measure(request: HttpRequest, name: str) -> HttpResponse:
    """Show a measure: what it counts, its SQL, its figures."""
    shown = definition_or_404(name, request.GET.get("version", ""))
    actor = actor_of(request)
    wanted = overviews.Wanted(
        organisation_ref=request.GET.get("organisation", ""),
        months=request.GET.get("months", ""),
        period=request.GET.get("period", ""),
    )
    context = {
        "definition": shown,
        "versions": definitions.versions_of(name),
        "view": overviews.overview(actor, shown, wanted),
        "may_compute": see(actor, "measure.compute", actor.force),
        "cell_min": CELL_MIN,
        "denominator_min": DENOMINATOR_MIN,
    }
    return render(request, "measures/measure.html", context)


def as_number(text: str) -> int | None:
    """Return a small number that stands in a URL."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS_MAX else None


def definition_or_404(name: str, version: str = "") -> Definition:
    """Return a definition by what stands in a URL, or answer 404."""
    try:
        return definitions.find(name, as_number(version))
    except UnknownMeasureError as missing:
        raise Http404("There is no such measure.") from missing
