"""Recommendations: the list, a page for each, drafting and issuing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fourfold.web.base.words import plural
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.recommendations.actions import drafting, issuing
from fourfold.web.recommendations.errors import NumberTakenError, RecommendationError
from fourfold.web.recommendations.forms.recommendations import PartForm, RecommendationForm
from fourfold.web.recommendations.models import Part, Recommendation
from fourfold.web.recommendations.rules import deadlines
from fourfold.web.recommendations.rules.matrix import BASIS_WORDS, Filters
from fourfold.web.recommendations.rules.standing import silences
from fourfold.web.recommendations.selectors import drafts, matrix, recommendations
from fourfold.web.recommendations.selectors.loading import part_by_ref, recommendation_by_ref
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.step_up import grave

TAB = "recommendations"


@require_safe
@needs("recommendation.list", supercomplaint_by_ref)
def recommendation_list(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """List what is recommended; officers see drafts among them."""
    actor = actor_of(request)
    found = recommendations.of_complaint(actor, supercomplaint)
    context = {
        **_context(supercomplaint),
        "listed": found,
        "draft_count": sum(each.recommendation.issued_on is None for each in found),
        "may_draft": see(actor, "recommendation.draft", supercomplaint),
        "may_issue": see(actor, "recommendation.issue", supercomplaint),
        "may_remind": see(actor, "answer.remind", supercomplaint),
    }
    return render(request, "recommendations/list.html", context)


@needs("recommendation.draft", supercomplaint_by_ref)
def recommendation_new(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """Draft a recommendation."""
    last = supercomplaint.recommendations.order_by("number").last()
    initial = {
        "number": last.number + 1 if last else 1,
        "confidence": Recommendation.Confidence.OWN,
        "due_basis": Recommendation.DueBasis.AFTER_PUBLICATION,
    }
    offered = drafts.addressable(supercomplaint)
    form = RecommendationForm(sent(request), offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = drafting.draft_recommendation(
                actor=actor_of(request), supercomplaint=supercomplaint, draft=form.draft()
            )
        except NumberTakenError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, f"Recommendation {made.number} is drafted.")
            return _to(made)
    context = {**_context(supercomplaint), "form": form, "recommendation": None}
    return _page(request, "recommendations/form.html", context, form)


@needs("recommendation.change", recommendation_by_ref)
def recommendation_change(
    request: HttpRequest, recommendation: Recommendation, **_: str
) -> HttpResponse:
    """Change a draft; of an issued one, only what may still change."""
    supercomplaint = recommendation.supercomplaint
    offered = drafts.addressable(supercomplaint)
    form = RecommendationForm(sent(request), offered=offered, recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.change_recommendation(
                actor=actor_of(request),
                recommendation=recommendation,
                draft=form.draft(recommendation.number),
            )
        except NumberTakenError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, "The recommendation is changed.")
            return _to(recommendation)
    context = {**_context(supercomplaint), "form": form, "recommendation": recommendation}
    return _page(request, "recommendations/form.html", context, form)


@require_safe
@needs("recommendation.open", recommendation_by_ref)
def recommendation(request: HttpRequest, recommendation: Recommendation, **_: str) -> HttpResponse:
    """Show a recommendation, and how each addressee stands to it."""
    return _one(request, recommendation, PartForm())


@require_POST
@needs("recommendation.change", recommendation_by_ref)
def part_new(request: HttpRequest, recommendation: Recommendation, **_: str) -> HttpResponse:
    """Add a numbered part to a draft."""
    form = PartForm(request.POST)
    if form.is_valid():
        try:
            drafting.add_part(
                actor=actor_of(request), recommendation=recommendation, **form.cleaned_data
            )
        except RecommendationError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, f"Part {form.cleaned_data['code']} is added.")
            return _to(recommendation)
    return _one(request, recommendation, form)


@require_POST
@needs("recommendation.change", part_by_ref)
def part_remove(request: HttpRequest, part: Part, **_: str) -> HttpResponse:
    """Take a part out of a draft."""
    try:
        drafting.remove_part(actor=actor_of(request), part=part)
    except RecommendationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Part {part.code} is taken out.")
    return _to(part.recommendation)


@needs("recommendation.issue", supercomplaint_by_ref)
@grave
def issue(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Issue every draft, after a look at what goes out."""
    fault = ""
    if request.method == "POST":
        try:
            issued = issuing.issue_recommendations(
                actor=actor_of(request), supercomplaint=supercomplaint, on=timezone.localdate()
            )
        except RecommendationError as error:
            fault = str(error)
        else:
            messages.success(request, f"{plural(len(issued), 'recommendation')} issued.")
            return redirect("recommendations:list", supercomplaint_ref=supercomplaint.ref)
    waiting = [
        {
            "recommendation": draft,
            "whom": drafts.addressed(draft),
            "due_on": deadlines.due_on(
                draft.due_basis,
                published_on=supercomplaint.published_on,
                dated_on=draft.due_on,
            ),
        }
        for draft in supercomplaint.recommendations.filter(issued_on=None).order_by("number")
    ]
    context = {
        **_context(supercomplaint),
        "waiting": waiting,
        "lacking": drafts.lacking_of(supercomplaint),
        "fault": fault,
    }
    return render(request, "recommendations/issue.html", context, status=409 if fault else 200)


def _one(request: HttpRequest, found: Recommendation, form: PartForm) -> HttpResponse:
    actor = actor_of(request)
    made = matrix.matrix_of(
        actor, found.supercomplaint, Filters(number=str(found.number)), timezone.localdate()
    )
    context = {
        **_context(found.supercomplaint),
        "recommendation": found,
        "parts": list(found.parts.all()),
        "matrix": made,
        "states": silences(is_past_record=found.supercomplaint.is_from_public_record),
        "basis_words": BASIS_WORDS,
        "whom": drafts.addressed(found) if found.issued_on is None else [],
        "part_form": form,
        "may_change": see(actor, "recommendation.change", found),
    }
    return _page(request, "recommendations/recommendation.html", context, form)


def _page(request: HttpRequest, name: str, context: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, name, context, status=400 if form.errors else 200)


def _context(supercomplaint: SuperComplaint) -> dict[str, Any]:
    return {"supercomplaint": supercomplaint, "tab": TAB}


def _to(found: Recommendation) -> HttpResponse:
    return redirect(
        "recommendations:recommendation",
        supercomplaint_ref=found.supercomplaint.ref,
        recommendation_ref=found.ref,
    )
