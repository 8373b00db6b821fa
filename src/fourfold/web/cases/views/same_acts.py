"""Acts that may be one act told by several sources: pairs, joining, parting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.loading import by_ref
from fourfold.web.cases.actions import act_joining
from fourfold.web.cases.actions.act_changes import ActStateError
from fourfold.web.cases.forms.acts import ReasonForm
from fourfold.web.cases.models import Act, Case
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules import same_act
from fourfold.web.cases.selectors import same_acts
from fourfold.web.cases.selectors.loading import act_by_ref, case_by_ref
from fourfold.web.users.access import actor_of, needs

PAGE_PAIRS = 20
CHANGED = "One of the two was changed meanwhile. Look at them again."


@needs("act.list", case_by_ref)
def pairs(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the pairs that a person should look at, each with the reason."""
    found = same_acts.pairs_of(case)
    page = Paginator(found, PAGE_PAIRS).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "tab": "acts",
        "page": page,
        "pairs": same_acts.shown_pairs(case, page.object_list),
        "sentences": same_act.SENTENCES,
        "most": same_act.MOST_PAIRS if len(found) == same_act.MOST_PAIRS else 0,
        "may": controls(actor_of(request), case, "act.join"),
    }
    return render(request, "cases/acts/pairs.html", context)


@needs("act.join", act_by_ref)
def join(request: HttpRequest, act: Act, *, other_ref: str, **_: str) -> HttpResponse:
    """Show two acts side by side; join them, or record that they are not the same."""
    other = by_ref(Act, other_ref, "case", "occasion", case=act.case)
    if other == act:
        raise Http404("There is no such record.")
    form = ReasonForm(request.POST or None)
    actor = actor_of(request)
    if request.method == "POST" and "apart" in request.POST:
        return _apart(request, act, other)
    if request.method == "POST" and form.is_valid():
        stands, joined = (other, act) if request.POST.get("stands") == other.ref else (act, other)
        try:
            act_joining.join_acts(
                actor=actor, act=stands, other=joined, reason=form.cleaned_data["reason"]
            )
        except ActStateError:
            messages.error(request, CHANGED)
        else:
            messages.success(
                request, f"{stands.ref} stands for both now. They can be parted again."
            )
        return redirect("cases:act", case_ref=act.case.ref, act_ref=stands.ref)
    context = {
        "case": act.case,
        "tab": "acts",
        "form": form,
        "both": same_acts.side_by_side(act, other),
        "stands": request.POST.get("stands", act.ref),
    }
    return render(request, "cases/acts/join.html", context)


def _apart(request: HttpRequest, act: Act, other: Act) -> HttpResponse:
    try:
        act_joining.keep_apart(actor=actor_of(request), act=act, other=other)
    except ActStateError:
        messages.error(request, CHANGED)
    else:
        messages.success(request, "Recorded: these are two acts. They are not shown as a pair.")
    return redirect("cases:acts_same", case_ref=act.case.ref)


@needs("act.join", act_by_ref)
def part(request: HttpRequest, act: Act, **_: str) -> HttpResponse:
    """Part a joined act from the one that stands for it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act_joining.part_act(
                actor=actor_of(request), act=act, reason=form.cleaned_data["reason"]
            )
        except ActStateError:
            messages.error(request, "This act is not joined any more.")
        else:
            messages.success(request, "The act stands by itself again, with its own sources.")
        return redirect("cases:act", case_ref=act.case.ref, act_ref=act.ref)
    context = {"case": act.case, "tab": "acts", "act": act, "form": form}
    return render(request, "cases/acts/part.html", context)
