"""What an organisation records and publishes about a practice that it takes up."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.practices.actions import adoptions as actions
from fourfold.web.practices.actions.entries import NotReadyError
from fourfold.web.practices.forms.bank import AdoptionForm, initial_of
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.practices.selectors import bank, contents
from fourfold.web.practices.selectors.loading import (
    adoption_by_ref,
    organisation_of,
    practice_by_ref,
)
from fourfold.web.practices.views.entries import vars_of
from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("adoption.change", practice_by_ref)
def adoption_record(request: HttpRequest, practice: Practice, **_: str) -> HttpResponse:
    """Record how the own organisation stands to a practice."""
    actor = actor_of(request)
    organisation = organisation_of(actor)
    if organisation is None:
        raise Http404("The register does not hold this organisation.")
    held = bank.own_adoption(actor, practice)
    initial = initial_of(held, AdoptionForm) if held else {}
    form = AdoptionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = actions.record_adoption(
            actor=actor, practice=practice, organisation=organisation, facts=form.cleaned_data
        )
        messages.success(request, "Saved. Nothing is public until you publish it.")
        return redirect("practices:adoption", adoption_ref=made.ref)
    context = {"form": form, "practice": practice, "organisation": organisation, "held": held}
    return render(
        request, "practices/adoption_form.html", context, status=400 if form.errors else 200
    )


@needs("adoption.open", adoption_by_ref)
def adoption(request: HttpRequest, adoption: Adoption, **_: str) -> HttpResponse:
    """Show what the own organisation has recorded."""
    stands = standing.one(content.Adoption, adoption.ref)
    context = {
        "adoption": adoption,
        "missing": actions.missing(adoption),
        "stands": stands,
        "is_behind": stands is not None and stands != contents.of_adoption(adoption),
    }
    return render(request, "practices/adoption.html", context)


@needs("adoption.publish", adoption_by_ref)
@grave
def adoption_publish(request: HttpRequest, adoption: Adoption, **_: str) -> HttpResponse:
    """Publish an adoption: first a page that says what becomes public."""
    if request.method != "POST":
        context = {
            "title": f"{adoption.organisation.name}: {adoption.practice.title}",
            "back": ("practices:adoption", {"adoption_ref": adoption.ref}),
            "missing": actions.missing(adoption),
            "fields": vars_of(contents.of_adoption(adoption)),
        }
        return render(request, "practices/publish.html", context)
    try:
        actions.publish_adoption(actor=actor_of(request), adoption=adoption)
        messages.success(request, "Published.")
    except NotReadyError as error:
        messages.error(request, f"Not published. Still missing: {error}")
    return redirect("practices:adoption", adoption_ref=adoption.ref)


@needs("adoption.publish", adoption_by_ref)
@grave
@require_POST
def adoption_withdraw(request: HttpRequest, adoption: Adoption, **_: str) -> HttpResponse:
    """Take an adoption off the public site."""
    actions.withdraw_adoption(actor=actor_of(request), adoption=adoption)
    messages.success(request, "It is off the public site.")
    return redirect("practices:adoption", adoption_ref=adoption.ref)
