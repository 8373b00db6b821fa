"""Action plans of one's own organisation: overview, the plan, publishing, files."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from fourfold.web.exhibits.views.sending import CLOSED, sent
from fourfold.web.publication import content
from fourfold.web.publication.content import Kind
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import plans as actions
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.forms.plans import PlanForm, PlanPublishForm
from fourfold.web.recommendations.models import Plan
from fourfold.web.recommendations.rules import plan_csv, plan_html, plan_json
from fourfold.web.recommendations.rules.lifecycle import NotReadyError
from fourfold.web.recommendations.rules.plan_schema import order
from fourfold.web.recommendations.rules.standing import BY_CODE, STATES
from fourfold.web.recommendations.selectors import imports, plans
from fourfold.web.recommendations.selectors.answers import own_lines
from fourfold.web.recommendations.selectors.plans import plan_by_ref
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import User
from fourfold.web.users.step_up import grave

WRITERS: Final = {
    "html": (plan_html.write, "text/html; charset=utf-8"),
    "csv": (plan_csv.write, "text/csv; charset=utf-8"),
    "json": (plan_json.write, "application/json"),
}
PUBLISHED: Final = "published-"


@require_safe
@needs("plan.open")
def plan_list(request: HttpRequest) -> HttpResponse:
    """Show what one's organisation answers to: what is late, what is due, what was published."""
    actor = actor_of(request)
    context = {
        "cards": plans.cards(actor, timezone.localdate()),
        "organisation": plans.own_organisation(actor),
        "states": STATES,
        "soon_days": plans.SOON.days,
    }
    return render(request, "recommendations/plans/list.html", context)


@require_POST
@needs("plan.open", supercomplaint_by_ref)
def plan_start(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Start the plan for a super-complaint."""
    organisation = plans.own_organisation(actor_of(request))
    if organisation is None:
        raise Http404("There is no such record.")
    try:
        made = actions.start_plan(
            actor=actor_of(request), supercomplaint=supercomplaint, organisation=organisation
        )
    except RecommendationError as error:
        messages.error(request, str(error))
        return redirect("recommendations:plans")
    return redirect("recommendations:plan", plan_ref=made.ref)


@require_safe
@needs("plan.open", plan_by_ref)
def plan(request: HttpRequest, plan: Plan, **_: str) -> HttpResponse:
    """Show the whole plan on one page, with what is missing."""
    context = {
        **_frame(actor_of(request), plan),
        "rows": [(answer, plans.line_of(answer)) for answer in _in_order(plan)],
        "imports": imports.imports_of(plan),
    }
    return render(request, "recommendations/plans/plan.html", context)


def _frame(actor: User, plan: Plan) -> dict[str, Any]:
    """Return what every page of a plan shows."""
    lines = [
        each
        for each in own_lines(actor, timezone.localdate())
        if each.answer.recommendation.supercomplaint_id == plan.supercomplaint_id
    ]
    return {
        "plan": plan,
        "supercomplaint": plan.supercomplaint,
        "lines": {each.answer.ref: each for each in lines},
        "states": BY_CODE,
        "published": standing.one(content.Plan, plan.ref),
    }


def _in_order(plan: Plan) -> list[Any]:
    def key(answer: Any) -> Any:
        return order(plans.line_of(answer))

    return sorted(plans.answers_of(plan), key=key)


@needs("plan.change", plan_by_ref)
def plan_change(request: HttpRequest, plan: Plan, **_: str) -> HttpResponse:
    """Change the title, the introduction, the address."""
    form = PlanForm(sent(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        actions.change_plan(actor=actor_of(request), plan=plan, text=form.text())
        messages.success(request, "Saved. It is public when you publish the plan again.")
        return redirect("recommendations:plan", plan_ref=plan.ref)
    status = 400 if form.errors else 200
    context = {"plan": plan, "form": form}
    return render(request, "recommendations/plans/change.html", context, status=status)


@needs("plan.publish", plan_by_ref)
@grave
def plan_publish(request: HttpRequest, plan: Plan, **_: str) -> HttpResponse:
    """Publish the plan, with the lines chosen; first, a look at what the public will read."""
    frame = _frame(actor_of(request), plan)
    found = _in_order(plan)
    ready = [each for each in found if not frame["lines"][each.ref].lacking_words]
    form = PlanPublishForm(sent(request), ready=ready)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_plan(
                actor=actor_of(request),
                plan=plan,
                answers=form.cleaned_data["answers"],
                with_updates=form.cleaned_data["with_updates"],
                today=timezone.localdate(),
            )
        except (RecommendationError, NotReadyError) as error:
            form.add_error("answers", str(error))
        else:
            messages.success(request, "The plan is published. Take its files for your website.")
            return redirect("recommendations:plan_export", plan_ref=plan.ref)
    held = {each.ref for each in plans.published_answers(plan)}
    context = {
        **frame,
        "form": form,
        "unready": [each for each in found if frame["lines"][each.ref].lacking_words],
        "standing": [each for each in found if each.ref in held],
        "code_of": plans.code_of,
    }
    status = 400 if form.errors else 200
    return render(request, "recommendations/plans/publish.html", context, status=status)


@require_safe
@needs("plan.export", plan_by_ref, look="plan.open")
def plan_export(request: HttpRequest, plan: Plan, **_: str) -> HttpResponse:
    """Show the files of a plan: for the website, and for oneself."""
    shown = standing.file_of(Kind.PLAN, plan.ref, "action-plan.html")
    published = standing.one(content.Plan, plan.ref)
    context = {
        "plan": plan,
        "published": published,
        "published_on": date.fromisoformat(published.published_on) if published else None,
        "fragment": bytes(shown.content).decode() if shown else "",
    }
    return render(request, "recommendations/plans/export.html", context)


@require_safe
@needs("plan.export", plan_by_ref)
def plan_file(request: HttpRequest, plan: Plan, *, format: str, **_: str) -> HttpResponse:  # noqa: A002 - the URL says so
    """Send a file of a plan: as published, or everything with drafts for oneself."""
    kind = format.removeprefix(PUBLISHED)
    if kind not in WRITERS:
        raise Http404("There is no such file.")
    write, media_type = WRITERS[kind]
    if format.startswith(PUBLISHED):
        held = standing.file_of(Kind.PLAN, plan.ref, f"action-plan.{kind}")
        if held is None:
            raise Http404("The plan is not published.")
        return _file(bytes(held.content), media_type, f"action-plan.{kind}")
    return _file(write(plans.working(plan)), media_type, f"action-plan-with-drafts.{kind}")


def _file(held: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(held, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = CLOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
