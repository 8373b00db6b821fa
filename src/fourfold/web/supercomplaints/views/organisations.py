"""The register of organisations, and who is designated."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fourfold.web.base.words import UK, plural
from fourfold.web.supercomplaints.actions import register as actions
from fourfold.web.supercomplaints.actions.public_record import publish_register
from fourfold.web.supercomplaints.forms.complaints import SureForm
from fourfold.web.supercomplaints.forms.register import (
    DesignationForm,
    KindForm,
    OrganisationForm,
    RevocationForm,
)
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.supercomplaints.selectors import register as selectors
from fourfold.web.supercomplaints.selectors.loading import (
    designation_by_ref,
    organisation_by_ref,
)
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.permissions import may
from fourfold.web.users.step_up import grave

LIST, DESIGNATIONS = "supercomplaints:organisations", "supercomplaints:designations"


@needs("organisation.list")
def organisation_list(request: HttpRequest) -> HttpResponse:
    """List the register."""
    actor = actor_of(request)
    form = KindForm(request.GET)
    context = {
        "form": form,
        "kind": form.chosen(),
        "organisations": list(selectors.organisations(actor, form.chosen())),
        "may_add": may(actor.role, "organisation.add"),
        "may_change": may(actor.role, "organisation.change"),
        "is_empty": not selectors.counts(actor),
    }
    return render(request, "supercomplaints/register/organisations.html", context)


@needs("organisation.add")
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(
        sent(request), offices=selectors.offices(), tenants=selectors.free_tenants(None)
    )
    if form.is_valid():
        actions.keep_organisation(actor=actor_of(request), facts=form.facts())
        messages.success(request, "The organisation is in the register.")
        return redirect(LIST)
    return _organisation_form(request, form, "Add an organisation")


@needs("organisation.change", organisation_by_ref)
def organisation_change(request: HttpRequest, organisation: Organisation, **_: str) -> HttpResponse:
    """Change an organisation; link it with those who sign in for it."""
    plain = ("name", "kind", "authority", "region", "website", "is_invented")
    initial: dict[str, object] = {name: getattr(organisation, name) for name in plain}
    for name in ("polices_for", "tenant"):
        held = getattr(organisation, name)
        initial[name] = held.ref if held else None
    form = OrganisationForm(
        sent(request),
        offices=selectors.offices(),
        tenants=selectors.free_tenants(organisation),
        organisation=organisation,
        initial=initial,
    )
    if form.is_valid():
        actions.keep_organisation(
            actor=actor_of(request), facts=form.facts(), organisation=organisation
        )
        messages.success(request, "The organisation is changed.")
        return redirect(LIST)
    return _organisation_form(request, form, "Change an organisation")


def _organisation_form(request: HttpRequest, form: OrganisationForm, title: str) -> HttpResponse:
    here = reverse(LIST)
    shown = Shown(title, "Save the organisation", here, trail=(("Organisations", here),))
    return show_form(request, form, shown)


@needs("organisation.add")
def register_load(request: HttpRequest) -> HttpResponse:
    """Load the organisations and designations that come with the program."""
    form = SureForm(sent(request))
    here = reverse(LIST)
    if form.is_valid():
        done = actions.load_register(actor=actor_of(request))
        messages.success(
            request,
            f"Added {done['made']}, brought up to date {done['changed']}, left as they were"
            f" {done['same'] + done['left']}.",
        )
        return redirect(here)
    shown = Shown(
        "Load the register that comes with the program", "Load the register", here, (
            "Forces, commissioners, authorities, departments and the designated bodies that were"
            " confirmed. What you have changed is left alone.",
            *reference.missing().values(),
        ), trail=(("Organisations", here),),
    )  # fmt: skip
    return show_form(request, form, shown)


@needs("designation.list")
def designation_list(request: HttpRequest) -> HttpResponse:
    """List who is designated, since when, until when."""
    actor = actor_of(request)
    today = timezone.now().astimezone(UK).date()
    context = {
        "standings": selectors.designations(actor, today),
        "today": today,
        "missing": reference.missing(),
        "criteria": reference.criteria(),
        "grounds": reference.grounds(),
        "may_add": may(actor.role, "designation.add"),
        "may_publish": may(actor.role, "supercomplaint.publish"),
        "may_revoke": may(actor.role, "designation.revoke"),
    }
    return render(request, "supercomplaints/register/designations.html", context)


@needs("supercomplaint.publish", look="designation.list")
@grave
def designations_publish(request: HttpRequest) -> HttpResponse:
    """Publish who is designated on the public site."""
    form = SureForm(sent(request))
    here = reverse(DESIGNATIONS)
    if form.is_valid():
        number = publish_register(actor=actor_of(request))
        messages.success(request, f"Published: {plural(number, 'designation')}.")
        return redirect(here)
    shown = Shown(
        "Publish who is designated", "Publish the list", here, (
            "The public site then shows every designation as it stands here, with its source.",
        ), trail=(("Designations", here),),
    )  # fmt: skip
    return show_form(request, form, shown)


@needs("designation.add")
def designation_new(request: HttpRequest) -> HttpResponse:
    """Record a designation."""
    form = DesignationForm(sent(request), bodies=selectors.bodies())
    if form.is_valid():
        actions.keep_designation(actor=actor_of(request), facts=form.facts())
        messages.success(request, "The designation is recorded.")
        return redirect(DESIGNATIONS)
    return _designation_form(request, form, "Record a designation")


@needs("designation.change", designation_by_ref)
def designation_change(request: HttpRequest, designation: Designation, **_: str) -> HttpResponse:
    """Change what is recorded of a designation."""
    initial = {name: getattr(designation, name) for name in DesignationForm.base_fields}
    initial["organisation"] = designation.organisation.ref
    form = DesignationForm(sent(request), bodies=_with(designation.organisation), initial=initial)
    if form.is_valid():
        actions.keep_designation(
            actor=actor_of(request), facts=form.facts(), designation=designation
        )
        messages.success(request, "The designation is changed.")
        return redirect(DESIGNATIONS)
    return _designation_form(request, form, "Change a designation")


def _with(organisation: Organisation) -> list[Organisation]:
    found = selectors.bodies()
    return found if organisation in found else [organisation, *found]


def _designation_form(request: HttpRequest, form: DesignationForm, title: str) -> HttpResponse:
    here = reverse(DESIGNATIONS)
    shown = Shown(title, "Save the designation", here, trail=(("Designations", here),))
    return show_form(request, form, shown)


@needs("designation.revoke", designation_by_ref)
def designation_revoke(request: HttpRequest, designation: Designation, **_: str) -> HttpResponse:
    """Record that a designation was revoked."""
    form = RevocationForm(sent(request))
    here = reverse(DESIGNATIONS)
    if form.is_valid() and tried(
        form,
        lambda: actions.revoke(
            actor=actor_of(request), designation=designation, facts=form.facts()
        ),
    ):
        messages.success(request, "The revocation is recorded.")
        return redirect(here)
    shown = Shown(
        "Record a revocation", "Save the revocation", here, (
            f"From that day {designation.organisation.name} cannot make a super-complaint.",
            "The Home Secretary revokes by regulations; this records it.",
        ), trail=(("Designations", here),),
    )  # fmt: skip
    return show_form(request, form, shown)
