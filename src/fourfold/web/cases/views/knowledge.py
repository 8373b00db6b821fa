"""Knowledge events: what the suspect was told, by whom, when, and what shows it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.cases.actions.knowledge import add_knowledge, change_knowledge
from fourfold.web.cases.forms.knowledge import KnowledgeForm, initial_of_event
from fourfold.web.cases.models import Case, KnowledgeEvent
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules.law import law_of
from fourfold.web.cases.selectors import knowledge as selectors
from fourfold.web.cases.selectors.loading import case_by_ref, knowledge_by_ref
from fourfold.web.users.access import actor_of, needs


@needs("act.list", case_by_ref)
def knowledge_list(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show what the suspect was told, and how many acts came after."""
    context = {
        "case": case,
        "tab": "acts",
        "told": selectors.told_with_acts(case),
        "may": controls(actor_of(request), case, "knowledge.add", "knowledge.change"),
    }
    return render(request, "cases/acts/knowledge.html", context)


@needs("knowledge.add", case_by_ref)
def knowledge_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Record a moment at which the suspect was told."""
    people = selectors.people_told(case)
    first = {"person": people[0].ref} if len(people) == 1 else {}
    form = KnowledgeForm(request.POST or None, people=people, initial=first)
    if request.method == "POST" and form.is_valid():
        add_knowledge(actor=actor_of(request), case=case, facts=form.facts())
        messages.success(request, "Recorded. Acts after it are marked from now on.")
        return redirect("cases:knowledge", case_ref=case.ref)
    context = {
        "case": case, "tab": "acts", "form": form, "people": people,
        "law": law_of(case.jurisdiction),
    }  # fmt: skip
    return render(request, "cases/acts/knowledge_form.html", context)


@needs("knowledge.change", knowledge_by_ref)
def knowledge_change(request: HttpRequest, event: KnowledgeEvent, **_: str) -> HttpResponse:
    """Write a new version of a knowledge event."""
    people = selectors.people_told(event.case)
    form = KnowledgeForm(request.POST or None, people=people, initial=initial_of_event(event))
    if request.method == "POST" and form.is_valid():
        change_knowledge(actor=actor_of(request), event=event, facts=form.facts())
        messages.success(request, "The new version is saved. The earlier one is kept.")
        return redirect("cases:knowledge", case_ref=event.case.ref)
    context = {
        "case": event.case, "tab": "acts", "form": form, "people": people, "event": event,
        "law": law_of(event.case.jurisdiction),
    }  # fmt: skip
    return render(request, "cases/acts/knowledge_form.html", context)
