"""People, identifiers, attributions and places of a case; the victim's contact details apart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.cases.actions import people as actions
from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.cases.forms import people as forms
from fourfold.web.cases.models import Attribution, Case, Identifier, Person, Place
from fourfold.web.cases.policies import controls
from fourfold.web.cases.rules.people import is_contact_place
from fourfold.web.cases.selectors import people, versions
from fourfold.web.cases.selectors.loading import (
    attribution_by_ref,
    case_by_ref,
    identifier_by_ref,
    person_by_ref,
    place_by_ref,
)
from fourfold.web.cases.views.form_pages import FieldOptions, Words, attempt, form_page
from fourfold.web.users import access
from fourfold.web.users.access import actor_of, needs

TAB = "people"
VERSIONS_ON_A_PAGE = 50
KEY_TAKEN: dict[type[Exception], str] = {actions.AlreadyKnownError: "key"}
TEXT_KNOWN: dict[type[Exception], str] = {
    actions.AlreadyKnownError: "text",
    actions.NothingToCompareError: "text",
}
PERSON_OPTIONS: FieldOptions = {
    "name": {"width": "two-thirds"},
    "born_on": {"needed_for": "checks against other records"},
    "relationship": {"width": "two-thirds", "needed_for": "the rule about former partners"},
    "key": {"width": 5},
}
ATTRIBUTION_OPTIONS: FieldOptions = {
    "text": {"width": "two-thirds"},
    "strength": {"small": True},
    "basis": {"rows": 3, "needed_for": "showing whose it was, and disclosure"},
}
PLACE_OPTIONS: FieldOptions = {
    "key": {"width": 10},
    "lat": {"width": 10, "inputmode": "decimal"},
    "lon": {"width": 10, "inputmode": "text"},
    "radius_m": {"width": 5, "inputmode": "numeric"},
}
CONTROLS = (
    "person.add", "person.change", "identifier.add", "identifier.change", "attribution.add",
    "attribution.change", "place.add", "place.change", "case.open_contact",
)  # fmt: skip


@needs("case.open", case_by_ref)
def people_page(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show people, identifiers and places; contact details stay hidden."""
    context = {
        "case": case,
        "tab": TAB,
        "shown": people.people_of(case),
        "may": controls(actor_of(request), case, *CONTROLS),
    }
    return render(request, "cases/room/people.html", context)


@needs("case.open_contact", case_by_ref)
def contact(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the victim's contact details; this look is recorded as one of its own."""
    context = {"case": case, "tab": TAB, "shown": people.people_of(case).contacts()}
    return render(request, "cases/room/contact.html", context)


@needs("case.open", case_by_ref)
def people_versions(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show who changed what about the people of a case, and when."""
    found = Paginator(versions.versions_of(case), VERSIONS_ON_A_PAGE)
    context = {"case": case, "tab": TAB, "page": found.get_page(request.GET.get("page"))}
    return render(request, "cases/room/versions.html", context)


@needs("person.add", case_by_ref)
def person_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Add a person."""
    form = forms.PersonForm(request.POST or None)

    def act() -> None:
        actions.add_person(actor=actor_of(request), case=case, facts=form.facts())

    if request.method == "POST" and attempt(form, act, KEY_TAKEN):
        return _saved(request, case, "The person is added.")
    words = Words("Add a person", "Add the person", options=PERSON_OPTIONS)
    return form_page(request, case, TAB, form, words)


@needs("person.change", person_by_ref)
def person_change(request: HttpRequest, person: Person, **_: str) -> HttpResponse:
    """Change what is known of a person."""
    form = forms.PersonForm(request.POST or None, initial=forms.PersonForm.told_of(person))

    def act() -> None:
        actions.change_person(actor=actor_of(request), person=person, facts=form.facts())

    if request.method == "POST" and attempt(form, act, KEY_TAKEN):
        return _saved(request, person.case, "The person is changed.")
    words = Words(
        f"Change {person.get_role_display().lower()} {person.key}", options=PERSON_OPTIONS
    )
    return form_page(request, person.case, TAB, form, words)


@needs("identifier.add", case_by_ref)
def identifier_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Add an identifier, and whose it is said to be where that is known."""
    form = forms.NewIdentifierForm(request.POST or None, case=case)

    def act() -> None:
        actions.add_identifier(
            actor=actor_of(request), case=case, facts=form.facts(), whose=form.whose()
        )

    if request.method == "POST" and attempt(form, act, TEXT_KNOWN):
        return _saved(request, case, "The identifier is added.")
    words = Words("Add an identifier", "Add the identifier", options=ATTRIBUTION_OPTIONS)
    return form_page(request, case, TAB, form, words)


@needs("identifier.change", identifier_by_ref)
def identifier_change(request: HttpRequest, identifier: Identifier, **_: str) -> HttpResponse:
    """Correct an identifier; opening the form of a contact detail is a look of its own."""
    actor = actor_of(request)
    if people.row_of(identifier).is_contact:
        decision = access.require(actor, "case.open_contact", identifier)
        if request.method in access.LOOKS:
            access.record_look(actor, "case.open_contact", identifier, decision)
    told = forms.IdentifierForm.told_of(identifier)
    form = forms.IdentifierForm(request.POST or None, initial=told)

    def act() -> None:
        actions.change_identifier(actor=actor, identifier=identifier, facts=form.facts())

    if request.method == "POST" and attempt(form, act, TEXT_KNOWN):
        return _saved(request, identifier.case, "The identifier is changed.")
    words = Words("Change an identifier", options=ATTRIBUTION_OPTIONS)
    return form_page(request, identifier.case, TAB, form, words)


@needs("attribution.add", identifier_by_ref)
def attribution_new(request: HttpRequest, identifier: Identifier, **_: str) -> HttpResponse:
    """Say whose an identifier is."""
    form = forms.AttributionForm(request.POST or None, case=identifier.case)

    def act() -> None:
        facts = form.facts()
        if facts is not None:
            actions.add_attribution(actor=actor_of(request), identifier=identifier, facts=facts)

    if request.method == "POST" and attempt(form, act, {OtherCaseError: "person"}):
        return _saved(request, identifier.case, "The attribution is added.")
    words = Words(
        "Say whose an identifier is",
        lead=(_shown(identifier),),
        options=ATTRIBUTION_OPTIONS,
    )
    return form_page(request, identifier.case, TAB, form, words)


@needs("attribution.change", attribution_by_ref)
def attribution_change(request: HttpRequest, attribution: Attribution, **_: str) -> HttpResponse:
    """Change whose an identifier is said to be."""
    told = forms.AttributionForm.told_of(attribution)
    form = forms.AttributionForm(request.POST or None, case=attribution.case, initial=told)

    def act() -> None:
        facts = form.facts()
        if facts is not None:
            actions.change_attribution(
                actor=actor_of(request), attribution=attribution, facts=facts
            )

    if request.method == "POST" and attempt(form, act, {OtherCaseError: "person"}):
        return _saved(request, attribution.case, "The attribution is changed.")
    words = Words(
        "Change whose an identifier is",
        lead=(_shown(attribution.identifier),),
        options=ATTRIBUTION_OPTIONS,
    )
    return form_page(request, attribution.case, TAB, form, words)


@needs("place.add", case_by_ref)
def place_new(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Add a place."""
    form = forms.PlaceForm(request.POST or None, case=case)

    def act() -> None:
        actions.add_place(actor=actor_of(request), case=case, facts=form.facts())

    if request.method == "POST" and attempt(form, act, KEY_TAKEN):
        return _saved(request, case, "The place is added.")
    words = Words("Add a place", "Add the place", options=PLACE_OPTIONS)
    return form_page(request, case, TAB, form, words)


@needs("place.change", place_by_ref)
def place_change(request: HttpRequest, place: Place, **_: str) -> HttpResponse:
    """Change a place; opening the form of a contact place is a look of its own."""
    actor = actor_of(request)
    if is_contact_place(place):
        decision = access.require(actor, "case.open_contact", place)
        if request.method in access.LOOKS:
            access.record_look(actor, "case.open_contact", place, decision)
    told = forms.PlaceForm.told_of(place)
    form = forms.PlaceForm(request.POST or None, case=place.case, initial=told)

    def act() -> None:
        actions.change_place(actor=actor, place=place, facts=form.facts())

    if request.method == "POST" and attempt(form, act, KEY_TAKEN):
        return _saved(request, place.case, "The place is changed.")
    return form_page(request, place.case, TAB, form, Words("Change a place", options=PLACE_OPTIONS))


def _shown(identifier: Identifier) -> str:
    """Return how a form names an identifier: a contact detail by its reference only."""
    kind = identifier.get_kind_display()
    if people.row_of(identifier).is_contact:
        return f"{kind}, hidden because it leads to the victim ({identifier.ref})."
    return f"{kind} {identifier.text}."


def _saved(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("cases:people", case_ref=case.ref)
