"""Take in a plan from a table: hand it in, confirm the mapping, look at it, take it over."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.base.words import plural
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.recommendations.actions import imports as actions
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.forms.plans import MappingForm, TableForm
from fourfold.web.recommendations.models import Plan, PlanImport
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.imports.proposing import TARGETS
from fourfold.web.recommendations.rules.plan_schema import STATUS_WORDS
from fourfold.web.recommendations.selectors import imports as selectors
from fourfold.web.recommendations.selectors.imports import import_by_ref
from fourfold.web.recommendations.selectors.plans import plan_by_ref
from fourfold.web.supercomplaints.files import FileRefusedError
from fourfold.web.users.access import actor_of, needs

SHOWN: Final = 300


@needs("plan.import", plan_by_ref)
def import_new(request: HttpRequest, plan: Plan, **_: str) -> HttpResponse:
    """Hand in a table."""
    form = TableForm(sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.read_table(
                actor=actor_of(request), plan=plan, file_name=file.name, content=file.read()
            )
        except (TableRefusedError, FileRefusedError) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"{plural(made.cell_count, 'cell')} read.")
            return _to(made)
    context = {"plan": plan, "form": form, "imports": selectors.imports_of(plan)}
    status = 400 if form.errors else 200
    return render(request, "recommendations/plans/import_new.html", context, status=status)


@needs("plan.import", import_by_ref)
def plan_import(request: HttpRequest, planimport: PlanImport, **_: str) -> HttpResponse:
    """Show what was read, what it is taken to mean, and what would change; confirm the mapping."""
    preview = selectors.preview(planimport)
    chosen = {"targets": {}, "statuses": {}, **planimport.mapping}
    form = MappingForm(
        sent(request), meanings=preview.meanings, statuses=preview.statuses, chosen=chosen
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_mapping(
                actor=actor_of(request),
                planimport=planimport,
                targets=form.targets(),
                statuses=form.chosen_statuses(),
            )
        except RecommendationError as error:
            messages.error(request, str(error))
        return _to(planimport)
    context: dict[str, Any] = {
        "plan": planimport.plan,
        "planimport": planimport,
        "preview": preview,
        "form": form,
        "targets": TARGETS,
        "status_words": STATUS_WORDS,
        "is_open": planimport.state == PlanImport.State.PROPOSED,
        "shown": SHOWN,
    }
    status = 400 if form.errors else 200
    return render(request, "recommendations/plans/import.html", context, status=status)


@require_POST
@needs("plan.import", import_by_ref)
def import_take_over(request: HttpRequest, planimport: PlanImport, **_: str) -> HttpResponse:
    """Write the table into the plan; what stands otherwise changes only where it is ticked."""
    try:
        changed = actions.take_over(
            actor=actor_of(request), planimport=planimport, take=request.POST.getlist("take")
        )
    except RecommendationError as error:
        messages.error(request, str(error))
        return _to(planimport)
    left = plural(len(planimport.unplaced), "cell")
    messages.success(
        request, f"{plural(changed, 'line')} changed. {left} not placed. Nothing is published yet."
    )
    return redirect("recommendations:plan", plan_ref=planimport.plan.ref)


@require_POST
@needs("plan.import", import_by_ref)
def import_abandon(request: HttpRequest, planimport: PlanImport, **_: str) -> HttpResponse:
    """Leave the table aside."""
    try:
        actions.abandon(actor=actor_of(request), planimport=planimport)
    except RecommendationError as error:
        messages.error(request, str(error))
    return redirect("recommendations:plan", plan_ref=planimport.plan.ref)


def _to(planimport: PlanImport) -> HttpResponse:
    return redirect(
        "recommendations:import", plan_ref=planimport.plan.ref, planimport_ref=planimport.ref
    )
