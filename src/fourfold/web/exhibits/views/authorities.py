"""The authorities of a case, and the exhibits that cite none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.words import plural
from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits.actions import authorities as actions
from fourfold.web.exhibits.forms.authorities import AuthorityForm, CiteForm
from fourfold.web.exhibits.models import Authority
from fourfold.web.exhibits.selectors import authorities as selectors
from fourfold.web.exhibits.selectors import exhibits
from fourfold.web.exhibits.selectors.controls import controls
from fourfold.web.exhibits.selectors.loading import authority_by_ref
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.users.access import actor_of, needs


@needs("exhibit.list", case_by_ref)
def authority_list(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List the authorities; let exhibits that cite none cite one."""
    known = selectors.of_case(case)
    owing, owed = exhibits.owing(case)
    form = CiteForm(sent(request), authorities=known, owing=owing)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        number = actions.cite_authority(
            actor=actor_of(request), authority=given["authority"], exhibits=given["exhibits"]
        )
        messages.success(request, f"{plural(number, 'exhibit')} now cite it.")
        return redirect("exhibits:authorities", case_ref=case.ref)
    context = {
        "case": case,
        "tab": "evidence",
        "authorities": known,
        "owed": owed,
        "owed_shown": exhibits.OWED_SHOWN,
        "form": form,
        "may": controls(
            actor_of(request), case, "authority.add", "authority.change", "exhibit.change"
        ),
    }
    status = 400 if form.errors else 200
    return render(request, "exhibits/custody/authorities.html", context, status=status)


@needs("authority.add", case_by_ref)
def authority_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Record an authority."""
    form = AuthorityForm(sent(request), case=case)
    if request.method == "POST" and form.is_valid():
        actions.add_authority(actor=actor_of(request), case=case, facts=form.facts())
        messages.success(request, "The authority is recorded.")
        return redirect("exhibits:authorities", case_ref=case.ref)
    return _page(request, case, form, None)


@needs("authority.change", authority_by_ref)
def authority(request: HttpRequest, authority: Authority, **_: str) -> HttpResponse:
    """Change an authority."""
    form = AuthorityForm(sent(request), case=authority.case, authority=authority)
    if request.method == "POST" and form.is_valid():
        actions.change_authority(actor=actor_of(request), authority=authority, facts=form.facts())
        messages.success(request, "The authority is changed. Run the engine again to apply it.")
        return redirect("exhibits:authorities", case_ref=authority.case.ref)
    return _page(request, authority.case, form, authority)


def _page(
    request: HttpRequest, case: Case, form: AuthorityForm, authority: Authority | None
) -> HttpResponse:
    context = {"case": case, "tab": "evidence", "form": form, "authority": authority}
    status = 400 if form.errors else 200
    return render(request, "exhibits/custody/authority.html", context, status=status)
