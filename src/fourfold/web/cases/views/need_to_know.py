"""Who may see a case: the list, assignments, seal, cleared matches, break-glass and its review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.cases.actions import need_to_know as actions
from fourfold.web.cases.forms import need_to_know as forms
from fourfold.web.cases.models import BreakGlass, Case
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules.need_to_know import BREAK_GLASS_LASTS, RULES
from fourfold.web.cases.selectors import need_to_know as selectors
from fourfold.web.cases.selectors.loading import break_glass_by_ref, case_by_ref
from fourfold.web.cases.views.form_pages import Words, attempt, form_page
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import User
from fourfold.web.users.step_up import grave

TAB = "access"
CONTROLS = (
    "case.open", "case.assign", "case.unassign", "case.seal", "case.break_glass_review",
    "conflict.clear",
)  # fmt: skip


@needs("case.open", case_by_ref)
def access_page(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show who may see the case and by which rule."""
    may = controls(actor_of(request), case, *CONTROLS)
    context = {
        "case": case,
        "tab": TAB,
        "may": may,
        "rules": RULES,
        "access": selectors.access_of(case),
        "clearances": selectors.clearances_of(case) if may["conflict.clear"] else [],
    }
    return render(request, "cases/room/access.html", context)


@needs("case.assign", case_by_ref)
def assign(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Assign a person to the case."""
    users = selectors.assignable(case)
    form = forms.AssignForm(request.POST or None, case=case, users=users)

    def act() -> None:
        actions.assign(actor=actor_of(request), case=case, facts=form.facts())

    errors: dict[type[Exception], str] = {
        actions.NotAssignableError: "user",
        actions.TooFewWordsError: "words",
    }
    if request.method == "POST" and attempt(form, act, errors):
        return _done(request, case, "The person is assigned, and is told so.")
    words = Words(
        "Assign a person",
        "Assign",
        lead=("They may open this case from now on, until the assignment ends.",),
        options={"words": {"width": "two-thirds"}},
    )
    return form_page(request, case, TAB, form, words)


@needs("case.unassign", case_by_ref)
def end_assignment(request: HttpRequest, case: Case, user_ref: str, **_: str) -> HttpResponse:
    """End an assignment, after asking once."""
    assignment = selectors.running_assignment(case, user_ref)
    error = ""
    if request.method == "POST":
        try:
            actions.end_assignment(actor=actor_of(request), case=case, user=assignment.user)
            return _done(request, case, "The assignment has ended.")
        except (actions.NobodyLeftError, actions.NotAssignableError) as refusal:
            error = str(refusal)
    context = {"case": case, "tab": TAB, "assignment": assignment, "error": error}
    return render(request, "cases/room/end_assignment.html", context)


@needs("case.seal", case_by_ref)
@grave
def seal(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Seal or unseal the case, after a fresh passkey."""
    actor = actor_of(request)
    error = ""
    if request.method == "POST":
        is_sealed = request.POST.get("seal") == "yes"
        try:
            actions.seal(actor=actor, case=case, is_sealed=is_sealed)
        except actions.NobodyLeftError as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"{case.ref} is {'sealed' if is_sealed else 'unsealed'}.")
            return _after(actor, case)
    seers = selectors.access_of(case).seers
    context = {
        "case": case,
        "tab": TAB,
        "error": error,
        "kept": [seer for seer in seers if seer.rule == "assigned"],
        "lost": [seer for seer in seers if seer.rule != "assigned"],
    }
    return render(request, "cases/room/seal.html", context)


def _after(actor: User, case: Case) -> HttpResponse:
    """Go on to who may see the case, unless the user no longer does."""
    if see(actor, "case.open", case):
        return redirect("cases:access", case_ref=case.ref)
    return redirect("cases:list")


@needs("conflict.clear", case_by_ref)
def clear_conflict(request: HttpRequest, case: Case, interest_ref: str, **_: str) -> HttpResponse:
    """Clear a match that is not the same person or thing."""
    match = selectors.match_by_ref(case, interest_ref)
    form = forms.ReasonForm(request.POST or None)

    def act() -> None:
        actions.clear_conflict(
            actor=actor_of(request),
            case=case,
            interest=match.interest,
            reason=form.cleaned_data["reason"],
        )

    errors: dict[type[Exception], str] = {
        actions.TooFewWordsError: "reason",
        actions.NothingToClearError: "",
    }
    if request.method == "POST" and attempt(form, act, errors):
        return _done(request, case, "The match is cleared. The person may open the case again.")
    kind = match.interest.get_kind_display().lower()
    words = Words(
        "Clear a match",
        "Clear the match",
        lead=(
            f"{match.interest.user.name} declared a {kind} ({match.interest.relation}). "
            f"The {kind} in this case with the reference {match.identifier_ref} is the same.",
            "Clear it only if it is another person or thing, such as a namesake. "
            "It cannot be taken back, and the reason is kept.",
        ),
        options={"reason": {"label": "How you know that it is not the same"}},
    )
    return form_page(request, case, TAB, form, words)


@needs("case.break_glass", case_by_ref, look="case.find")
def break_glass(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Open a case in an emergency, with a reason; or end such an opening early."""
    actor = actor_of(request)
    if "end" in request.POST:
        actions.end_break_glass(actor=actor, case=case)
        messages.success(request, "Your break-glass on the case has ended.")
        return redirect("cases:list")
    form = forms.ReasonForm(request.POST or None)

    def act() -> None:
        actions.break_glass(actor=actor, case=case, reason=form.cleaned_data["reason"])

    if request.method == "POST" and attempt(form, act, {actions.TooFewWordsError: "reason"}):
        messages.warning(request, "You opened this case by break-glass. Every look is recorded.")
        return redirect("cases:case", case_ref=case.ref)
    context = {
        "case": case,
        "form": form,
        "hours": int(BREAK_GLASS_LASTS.total_seconds() // 3600),
        "open_by": controls(actor, case, "case.open")["case.open"],
        "opening": selectors.running_opening(actor, case),
    }
    return render(request, "cases/room/break_glass.html", context)


@needs("case.break_glass_review", break_glass_by_ref)
def break_glass_review(request: HttpRequest, opening: BreakGlass, **_: str) -> HttpResponse:
    """Show what was looked at under a break-glass, and record whether it was justified."""
    actor = actor_of(request)
    form = forms.ReviewForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        actions.review_break_glass(
            actor=actor,
            opening=opening,
            was_justified=given["was_justified"],
            words=given["words"],
        )

    errors: dict[type[Exception], str] = {
        actions.TooFewWordsError: "words",
        actions.AlreadyReviewedError: "",
    }
    if request.method == "POST" and attempt(form, act, errors):
        messages.success(request, "Your review is recorded.")
        return redirect("cases:notices")
    context = {
        "case": opening.case,
        "opening": opening,
        "form": form,
        "looks": selectors.looks_under(opening),
        "may_open": controls(actor, opening.case, "case.open")["case.open"],
    }
    return render(request, "cases/room/break_glass_review.html", context)


def _done(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return _after(actor_of(request), case)
