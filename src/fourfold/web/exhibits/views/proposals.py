"""Acts that the rows propose: looked at, filtered, accepted or declined by a person."""

from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fourfold.web.base.references import only_references
from fourfold.web.base.words import plural
from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits.actions.proposals import AT_ONCE, accept_proposals, decline_proposals
from fourfold.web.exhibits.forms.proposals import DecisionForm, FilterForm
from fourfold.web.exhibits.models import Proposal
from fourfold.web.exhibits.selectors.controls import controls
from fourfold.web.exhibits.selectors.proposals import (
    Facets,
    Filter,
    as_day,
    by_strength,
    facets_of,
    proposals_of,
    source_words,
)
from fourfold.web.users.access import actor_of, needs

TAB: Final = "proposals"
PAGE_SIZE: Final = 50


class _Pages(Paginator[Proposal]):
    """Pages of a list whose length is known already."""

    def __init__(self, found: QuerySet[Proposal], per_page: int, number: int) -> None:
        super().__init__(found, per_page)
        self.number = number

    @property
    def count(self) -> int:
        """The length, without asking again."""
        return self.number


@require_GET
@needs("proposal.list", case_by_ref)
def proposals(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List what the rows propose, day by day."""
    chosen = Filter.of(request.GET)
    facets = facets_of(case, chosen)
    found = proposals_of(case, chosen, facets)
    page = _Pages(found, PAGE_SIZE, facets.left).get_page(request.GET.get("page"))
    may = controls(actor_of(request), case, "act.accept", "act.decline")
    context = {
        "case": case,
        "tab": TAB,
        "filter": chosen,
        "filter_form": FilterForm(chosen, facets),
        "chosen_words": _chosen_words(request, chosen, facets),
        "facets": facets,
        "page": page,
        "days": [(day, list(of)) for day, of in groupby(page, key=lambda p: p.occurred_on)],
        "may_accept": may["act.accept"],
        "may_decline": may["act.decline"],
        "source_words": source_words,
        "at_once": AT_ONCE,
    }
    return render(request, "exhibits/runs/proposals.html", context)


def _chosen_words(request: HttpRequest, chosen: Filter, facets: Facets) -> list[tuple[str, str]]:
    """Return what is chosen, each with the address that takes it out."""
    labels = {
        "source": dict(facets.sources),
        "strength": dict(facets.strengths),
        "means": dict(facets.means),
        "week": dict(facets.weeks),
        "day": {chosen.day: chosen.day},
    }
    told = []
    for name, words in labels.items():
        if value := getattr(chosen, name):
            rest = request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            told.append((words.get(value, "Not in this list"), "?" + rest.urlencode()))
    return told


@require_POST
@needs("proposal.list", case_by_ref)
def decide(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Accept or decline what is chosen; more than a page only after the count was shown."""
    form = DecisionForm({**request.POST.dict(), "scope": _scope(request)})
    chosen = Filter.of(QueryDict(request.POST.get("filter", "")))
    back = f"{reverse('exhibits:proposals', kwargs={'case_ref': case.ref})}?{chosen.query}"
    refs = _refs(request, case, chosen)
    if not refs:
        messages.warning(request, "Choose at least one proposal that is still to be decided.")
        return redirect(back)
    if len(refs) > AT_ONCE:
        messages.error(request, f"At most {AT_ONCE:,} at once. Filter by week first.")
        return redirect(back)
    is_whole = _scope(request) != "chosen"
    is_shown = request.POST.get("expected") == str(len(refs))
    if not form.is_valid() or (is_whole and not is_shown):
        return _confirm(request, case, chosen, refs, form)
    _decide(request, case, refs, form.cleaned_data)
    return redirect(back)


def _refs(request: HttpRequest, case: Case, chosen: Filter) -> list[str]:
    """Return the references of the proposals that a decision is about, if still open."""
    if _scope(request) in ("chosen", "page"):
        named = "shown" if "accept_page" in request.POST else "proposal"
        chosen_refs = only_references(request.POST.getlist(named))
        found = Proposal.objects.filter(case=case, ref__in=chosen_refs)
    else:
        whole = replace(chosen, state=Proposal.State.OPEN, day=_day(request) or chosen.day)
        found = proposals_of(case, whole, facets_of(case, whole))
    return list(found.filter(state=Proposal.State.OPEN).values_list("ref", flat=True))


def _scope(request: HttpRequest) -> str:
    """Return what a decision is about: what was ticked, a page, a day, or the whole filter."""
    if "accept_page" in request.POST:
        return "page"
    return "day" if _day(request) else request.POST.get("scope", "chosen")


def _day(request: HttpRequest) -> str:
    """Return the day that a decision is about; what is no day is a day without proposals."""
    text = request.POST.get("accept_day") or request.POST.get("day", "")
    return text if not text or as_day(text) else "0001-01-01"


def _confirm(
    request: HttpRequest, case: Case, chosen: Filter, refs: list[str], form: DecisionForm
) -> HttpResponse:
    """Show what a decision is about before it is made."""
    found = Proposal.objects.filter(case=case, ref__in=refs)
    is_asked = "reason" in request.POST  # only then an empty reason is a fault
    decision = "decline" if request.POST.get("decision") == "decline" else "accept"
    if not is_asked:
        form = DecisionForm(initial={"decision": decision})
    context: dict[str, Any] = {
        "case": case,
        "tab": TAB,
        "form": form,
        "decision": decision,
        "scope": _scope(request),
        "day": _day(request),
        "refs": refs if _scope(request) in ("chosen", "page") else [],
        "number": len(refs),
        "strengths": by_strength(found),
        "filter": chosen,
    }
    return render(request, "exhibits/runs/decide.html", context)


def _decide(request: HttpRequest, case: Case, refs: list[str], said: dict[str, Any]) -> None:
    actor = actor_of(request)
    if said["decision"] == "accept":
        acts = accept_proposals(actor=actor, case=case, refs=refs)
        words = f"{plural(len(acts), 'act')} recorded."
    else:
        number = decline_proposals(actor=actor, case=case, refs=refs, reason=said["reason"])
        words = f"{plural(number, 'proposal')} declined."
    messages.success(request, words)
