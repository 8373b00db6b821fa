"""Occasions: the list with its bulk confirmation, one occasion, splitting, merging, dissolving."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.references import only_references
from fourfold.web.cases.actions import occasions as actions
from fourfold.web.cases.forms.acts import ReasonForm
from fourfold.web.cases.forms.occasions import StateForm
from fourfold.web.cases.models import Act, Case, Occasion
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules.occasions import SAME_DAY
from fourfold.web.cases.selectors import occasions as selectors
from fourfold.web.cases.selectors.loading import case_by_ref, occasion_by_ref
from fourfold.web.users.access import actor_of, needs

OPEN_STATES = (Occasion.State.PROPOSED, Occasion.State.CONFIRMED)
MAY = (
    "occasion.propose", "occasion.confirm", "occasion.change", "occasion.dissolve", "export.csv",
)  # fmt: skip


@needs("occasion.list", case_by_ref)
def occasion_list(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the occasions of a case."""
    form = StateForm(request.GET)
    states = form.states() or OPEN_STATES
    context = {
        "case": case,
        "tab": "occasions",
        "form": form,
        "state": request.GET.get("state", ""),
        "shown": selectors.occasion_page(case, states=states, page=request.GET.get("page")),
        "rule": SAME_DAY,
        "all_chosen": "all" in request.GET,
        "may": controls(actor_of(request), case, *MAY),
    }
    return render(request, "cases/acts/occasions.html", context)


@needs("occasion.propose", case_by_ref)
def propose(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Let the rule propose occasions."""
    if request.method == "POST":
        number = actions.propose_occasions(actor=actor_of(request), case=case)
        messages.success(
            request,
            f"The rule proposes {number:,} occasion{'' if number == 1 else 's'}. "
            "What you confirmed stays as it was.",
        )
    return redirect("cases:occasions", case_ref=case.ref)


@needs("occasion.confirm", case_by_ref)
def confirm(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the list of what is about to be confirmed; confirm it when sent again."""
    chosen = _chosen_occasions(request, case)
    if request.method != "POST" or not chosen:
        messages.error(request, "Choose at least one proposed occasion first.")
        return redirect("cases:occasions", case_ref=case.ref)
    if "sure" in request.POST:
        return _answer(
            request,
            case,
            lambda: actions.confirm_occasions(actor=actor_of(request), case=case, occasions=chosen),
            f"{len(chosen):,} occasion{' is' if len(chosen) == 1 else 's are'} confirmed.",
        )
    facts = selectors.facts_of_case(case, Occasion.State.PROPOSED)
    keys = {occasion.pk for occasion in chosen}
    context = {
        "case": case,
        "tab": "occasions",
        "facts": [each for each in facts if each.occasion.pk in keys],
    }
    return render(request, "cases/acts/occasions_confirm.html", context)


@needs("occasion.change", case_by_ref)
def merge(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Make one occasion of the chosen ones."""
    chosen = _chosen_occasions(request, case)
    return _answer(
        request,
        case,
        lambda: actions.merge_occasions(actor=actor_of(request), case=case, occasions=chosen),
        "The chosen occasions are one now, confirmed by you.",
    )


@needs("occasion.confirm", case_by_ref)
def group(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Make one occasion of the chosen acts."""
    chosen = list(case.acts.filter(ref__in=only_references(request.POST.getlist("act"))))
    return _answer(
        request,
        case,
        lambda: actions.group_by_hand(actor=actor_of(request), case=case, acts=chosen),
        "The chosen acts are one occasion now, confirmed by you.",
    )


@needs("occasion.list", occasion_by_ref)
def occasion_page(request: HttpRequest, occasion: Occasion, **_: str) -> HttpResponse:
    """Show one occasion with its acts, effect, sources and rule."""
    members = selectors.members_of(occasion.case)
    context = {
        "case": occasion.case,
        "tab": "occasions",
        "occasion": occasion,
        "facts": selectors.occasion_facts(occasion, members),
        "neighbours": selectors.neighbours(occasion, members),
        "is_open": occasion.state in OPEN_STATES,
        "may": controls(actor_of(request), occasion.case, *MAY),
    }
    return render(request, "cases/acts/occasion.html", context)


@needs("occasion.change", occasion_by_ref)
def split(request: HttpRequest, occasion: Occasion, **_: str) -> HttpResponse:
    """Move the chosen acts into a new occasion."""
    chosen = list(
        Act.objects.filter(case=occasion.case, ref__in=only_references(request.POST.getlist("act")))
    )
    return _answer(
        request,
        occasion.case,
        lambda: actions.split_occasion(actor=actor_of(request), occasion=occasion, acts=chosen),
        "The chosen acts are an occasion of their own now.",
    )


@needs("occasion.dissolve", occasion_by_ref)
def dissolve(request: HttpRequest, occasion: Occasion, **_: str) -> HttpResponse:
    """Let an occasion be none, with a reason."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            occasion.case,
            lambda: actions.dissolve_occasion(
                actor=actor_of(request), occasion=occasion, reason=form.cleaned_data["reason"]
            ),
            "The occasion is dissolved. Its acts stand, in no occasion.",
        )
    context = {
        "case": occasion.case,
        "tab": "occasions",
        "occasion": occasion,
        "facts": selectors.occasion_facts(occasion),
        "form": form,
    }
    return render(request, "cases/acts/occasion_dissolve.html", context)


def _chosen_occasions(request: HttpRequest, case: Case) -> list[Occasion]:
    return list(case.occasions.filter(ref__in=only_references(request.POST.getlist("occasion"))))


def _answer(request: HttpRequest, case: Case, do: Callable[[], object], done: str) -> HttpResponse:
    """Do it on POST; say what was done, or in plain words why not."""
    if request.method == "POST":
        try:
            do()
        except actions.OccasionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
    return redirect("cases:occasions", case_ref=case.ref)
