"""The timeline of acts, the act itself, and its forms."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fourfold.web.base.jinja import query_with
from fourfold.web.base.words import uk_date
from fourfold.web.cases.actions import act_changes
from fourfold.web.cases.actions.acts import add_act
from fourfold.web.cases.forms.acts import (
    ActChangeForm,
    ActForm,
    FilterForm,
    ReasonForm,
    SourceForm,
    initial_of_act,
)
from fourfold.web.cases.models import Act, ActSource, Case
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules import act_gaps
from fourfold.web.cases.rules.law import law_of
from fourfold.web.cases.rules.rhythm import period_of
from fourfold.web.cases.selectors import acts as selectors
from fourfold.web.cases.selectors.knowledge import told_before, told_of
from fourfold.web.cases.selectors.loading import act_by_ref, case_by_ref
from fourfold.web.cases.selectors.timeline import Chosen, timeline, when_words
from fourfold.web.users.access import actor_of, needs

NEWEST = "newest"


@needs("act.list", case_by_ref)
def act_list(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the acts of a case in sequence."""
    form = FilterForm(request.GET, case=case, on=timezone.localdate())
    chosen = _chosen_of(form, request)
    order = NEWEST if request.GET.get("order") == NEWEST else ""
    shown = timeline(case, chosen, page=request.GET.get("page"), newest_first=order == NEWEST)
    context = {
        "case": case,
        "tab": "acts",
        "form": form,
        "shown": shown,
        "order": order,
        "period": chosen.period,
        "chosen": _chosen_words(request, form, chosen),
        "may": controls(actor_of(request), case, "act.add", "act.join", "export.csv"),
    }
    return render(request, "cases/acts/list.html", context)


def _chosen_of(form: FilterForm, request: HttpRequest) -> Chosen:
    form.is_valid()
    values = form.cleaned_data
    return Chosen(
        codes=values.get("code", ()),
        means=values.get("means", ()),
        sources=values.get("source", ()),
        states=values.get("state", ()),
        period=period_of(request.GET.get("period", "")),
    )


def _chosen_words(request: HttpRequest, form: FilterForm, chosen: Chosen) -> list[tuple[str, str]]:
    """Return what the filter holds, each with the address that takes it out."""
    found = []
    for name in ("code", "means", "source", "state"):
        labels = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        held = form.cleaned_data.get(name, ())
        for value in held:
            others = [each for each in held if each != value]
            found.append((labels[value], _query_of(request, name, others)))
    if chosen.period:
        first, last = chosen.period
        words = f"{uk_date(first)} to {uk_date(last - timedelta(days=1))}"
        found.append((words, query_with(request, period=None, page=None)))
    return found


def _query_of(request: HttpRequest, name: str, values: list[str]) -> str:
    query = request.GET.copy()
    query.setlist(name, values)
    query.pop("page", None)
    return "?" + query.urlencode()


@needs("act.add", case_by_ref)
def act_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Record an act."""
    form = ActForm(
        request.POST or None,
        case=case,
        choices=selectors.form_choices(case),
        on=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        act = add_act(actor=actor_of(request), case=case, facts=form.facts(), source=form.source())
        messages.success(request, f"Act {act.ref} is recorded.")
        if "another" in request.POST:
            return redirect("cases:act_new", case_ref=case.ref)
        return redirect("cases:act", case_ref=case.ref, act_ref=act.ref)
    return render(request, "cases/acts/form.html", {"case": case, "tab": "acts", "form": form})


@needs("act.open", act_by_ref)
def act_page(request: HttpRequest, act: Act, **_: str) -> HttpResponse:
    """Show an act: words and effect first, then facts, sources and versions."""
    return render(request, "cases/acts/act.html", _act_context(request, act))


def _act_context(request: HttpRequest, act: Act) -> dict[str, Any]:
    sources = selectors.sources_of(act)
    told = told_of(act.case)
    may = controls(
        actor_of(request), act.case, "act.change", "act.withdraw", "act.join", "occasion.list"
    )
    return {
        "case": act.case,
        "tab": "acts",
        "act": act,
        "when": when_words(act),
        "sources": [(source, _rows_address(act.case, source)) for source in sources],
        "versions": selectors.versions_of(act),
        "gaps": act_gaps.gaps_of(act, sources=len(sources), law=law_of(act.case.jurisdiction)),
        "told": told_before(told, act.occurred_from_at),
        "codes": selectors.codes_of(act),
        "may": may,
    }


def _rows_address(case: Case, source: ActSource) -> str:
    """Return where the rows of a source are shown, if this instance shows them."""
    if not (source.run_ref and source.trace_code):
        return ""
    names = {"case_ref": case.ref, "run_ref": source.run_ref, "code": source.trace_code}
    try:
        return reverse("exhibits:trace", kwargs=names)
    except NoReverseMatch:
        return ""


@needs("act.change", act_by_ref)
def act_change(request: HttpRequest, act: Act, **_: str) -> HttpResponse:
    """Write a new version of an act."""
    form = ActChangeForm(
        request.POST or None,
        case=act.case,
        choices=selectors.form_choices(act.case),
        on=timezone.localdate(),
        initial=initial_of_act(act, act_changes.version_of(act)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            act_changes.change_act(
                actor=actor_of(request),
                act=act,
                facts=form.facts(),
                why=form.cleaned_data["why"],
                seen_version=form.cleaned_data["seen_version"],
            )
        except act_changes.ChangedMeanwhileError:
            data = request.POST.copy()
            data["seen_version"] = str(act_changes.version_of(act))
            form.data = data
            form.add_error(
                None,
                "Somebody changed this act while you were writing. Your text is still here. "
                "Look at the act in another tab; if you save again, your version stands.",
            )
        else:
            messages.success(request, "The new version is saved. The earlier one is kept.")
            return redirect("cases:act", case_ref=act.case.ref, act_ref=act.ref)
    context = {"case": act.case, "tab": "acts", "form": form, "act": act}
    return render(request, "cases/acts/form.html", context)


@needs("act.withdraw", act_by_ref)
def act_withdraw(request: HttpRequest, act: Act, **_: str) -> HttpResponse:
    """Withdraw an act with a reason, or let it stand again."""
    form = ReasonForm(request.POST or None)
    is_withdrawn = act.state == Act.State.WITHDRAWN
    if request.method == "POST" and form.is_valid():
        do = act_changes.restore_act if is_withdrawn else act_changes.withdraw_act
        try:
            do(actor=actor_of(request), act=act, reason=form.cleaned_data["reason"])
        except act_changes.ActStateError:
            messages.error(request, "The act was changed meanwhile. Look at it again.")
        else:
            messages.success(
                request,
                "The act stands again."
                if is_withdrawn
                else "The act is withdrawn. It stays in the record with your reason.",
            )
        return redirect("cases:act", case_ref=act.case.ref, act_ref=act.ref)
    context = {
        "case": act.case, "tab": "acts", "act": act, "form": form, "is_withdrawn": is_withdrawn,
        "when": when_words(act), "joined": [] if is_withdrawn else list(act.joined.all()),
    }  # fmt: skip
    return render(request, "cases/acts/withdraw.html", context)


@needs("act.change", act_by_ref)
def act_source(request: HttpRequest, act: Act, **_: str) -> HttpResponse:
    """Add a source to an act."""
    form = SourceForm(request.POST or None, choices=selectors.form_choices(act.case))
    if request.method == "POST" and form.is_valid():
        source = form.source()
        if source is None:
            form.add_error("source_kind", "Choose where the act is known from.")
        else:
            act_changes.add_source(actor=actor_of(request), act=act, source=source)
            messages.success(request, "The source is added.")
            return redirect("cases:act", case_ref=act.case.ref, act_ref=act.ref)
    context = {"case": act.case, "tab": "acts", "act": act, "form": form}
    return render(request, "cases/acts/source.html", context)
