"""Recorded crimes of a case, and whether it continues an earlier course of conduct."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fourfold.web.cases.actions import crimes as actions
from fourfold.web.cases.actions import room as case_actions
from fourfold.web.cases.forms import crimes as forms
from fourfold.web.cases.models import Case, Offence, RecordedCrime
from fourfold.web.cases.policies import controls
from fourfold.web.cases.selectors import crimes as selectors
from fourfold.web.cases.selectors.loading import case_by_ref, crime_by_ref
from fourfold.web.cases.views.form_pages import FieldOptions, Words, attempt, form_page
from fourfold.web.users.access import actor_of, needs

TAB = "crimes"
OPTIONS: FieldOptions = {
    "crime_number": {"width": 20},
    "harassment_reason": {"rows": 4},
    "registrar_note": {"rows": 3},
    "included": {"small": True},
    "reason": {"rows": 3},
}


@needs("case.open", case_by_ref)
def crimes_page(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the recorded crimes, principal and included offences, and what is owed."""
    may = controls(
        actor_of(request), case, "crime.add", "crime.change", "case.change", "offence.search"
    )
    context = {"case": case, "tab": TAB, "may": may, "rows": selectors.crimes_of(case)}
    return render(request, "cases/room/crimes.html", context)


@needs("crime.add", case_by_ref)
def crime_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Record a crime."""
    today = timezone.localdate()
    offences = selectors.offences_on(today, case.jurisdiction)
    form = forms.NewCrimeForm(
        request.POST or None, offences=offences, initial={"recorded_on": today}
    )

    def act() -> None:
        included = list(form.cleaned_data["included"])
        actions.add_crime(actor=actor_of(request), case=case, facts=form.facts(), included=included)

    if request.method == "POST" and attempt(form, act, {}):
        return _saved(request, case, "The crime is recorded.")
    words = Words("Record a crime", "Record the crime", options=OPTIONS)
    return form_page(request, case, TAB, form, words)


@needs("crime.change", crime_by_ref)
def crime_change(request: HttpRequest, crime: RecordedCrime, **_: str) -> HttpResponse:
    """Change a recorded crime."""
    offences = Offence.objects.filter(jurisdiction=crime.case.jurisdiction)
    told = forms.CrimeForm.told_of(crime)
    form = forms.CrimeForm(request.POST or None, offences=offences, initial=told)

    def act() -> None:
        actions.change_crime(actor=actor_of(request), crime=crime, facts=form.facts())

    errors: dict[type[Exception], str] = {actions.IncludedAlreadyError: "principal"}
    if request.method == "POST" and attempt(form, act, errors):
        return _saved(request, crime.case, "The crime is changed.")
    words = Words(f"Change crime {crime.crime_number}", options=OPTIONS)
    return form_page(request, crime.case, TAB, form, words)


@needs("crime.change", crime_by_ref)
def offence_include(request: HttpRequest, crime: RecordedCrime, **_: str) -> HttpResponse:
    """Include one more offence."""
    taken = [crime.principal_id, *crime.inclusions.values_list("offence", flat=True)]
    offences = Offence.objects.filter(jurisdiction=crime.case.jurisdiction).exclude(pk__in=taken)
    form = forms.IncludeForm(request.POST or None, offences=offences)

    def act() -> None:
        actions.include_offence(
            actor=actor_of(request), crime=crime, offence=form.cleaned_data["offence"]
        )

    errors: dict[type[Exception], str] = {actions.IncludedAlreadyError: "offence"}
    if request.method == "POST" and attempt(form, act, errors):
        return _saved(request, crime.case, "The offence is included.")
    words = Words(
        f"Include an offence in crime {crime.crime_number}",
        "Include",
        lead=("It is found by search, though it is not the principal offence.",),
    )
    return form_page(request, crime.case, TAB, form, words)


@needs("crime.change", crime_by_ref)
def offence_remove(
    request: HttpRequest, crime: RecordedCrime, offence_code: str, **_: str
) -> HttpResponse:
    """Take an included offence out, with a reason."""
    inclusion = crime.inclusions.filter(offence__code=offence_code).select_related("offence")
    found = inclusion.first()
    if found is None:
        raise Http404("There is no such record.")
    form = forms.RemoveForm(request.POST or None)

    def act() -> None:
        actions.remove_included(
            actor=actor_of(request),
            crime=crime,
            offence=found.offence,
            reason=form.cleaned_data["reason"],
        )

    errors: dict[type[Exception], str] = {
        actions.ReasonMissingError: "reason",
        actions.NotIncludedError: "",
    }
    if request.method == "POST" and attempt(form, act, errors):
        return _saved(request, crime.case, "The offence is taken out.")
    words = Words(
        f"Take “{found.offence.title}” out of crime {crime.crime_number}",
        "Take it out",
        kind="warning",
        options=OPTIONS,
    )
    return form_page(request, crime.case, TAB, form, words)


@needs("case.change", case_by_ref)
def course_decision(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Decide whether the case continues the course of conduct of an earlier one."""
    actor = actor_of(request)
    cases = list(selectors.earlier_cases(actor, case))
    told = _course_told(case)
    form = forms.CourseForm(request.POST or None, cases=cases, initial=told)

    def act() -> None:
        case_actions.decide_course(
            actor=actor,
            case=case,
            continues=form.continues(),
            reason=form.cleaned_data["reason"],
        )

    errors: dict[type[Exception], str] = {
        case_actions.CircleError: "earlier",
        case_actions.ReasonMissingError: "reason",
    }
    if request.method == "POST" and attempt(form, act, errors):
        return _saved(request, case, "The decision is recorded.")
    words = Words(
        "Same course of conduct?",
        "Record the decision",
        lead=(
            "A new report in a running course of conduct normally belongs to the open crime. "
            "You decide; the reason is kept with the case.",
            "Only cases that you may open are offered.",
        ),
        options=OPTIONS,
    )
    return form_page(request, case, TAB, form, words)


def _course_told(case: Case) -> dict[str, str]:
    if not case.continues_reason:
        return {}
    same = "yes" if case.continues_id else "no"
    earlier = case.continues.ref if case.continues else ""
    return {"same": same, "earlier": earlier, "reason": case.continues_reason}


def _saved(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("cases:crimes", case_ref=case.ref)
