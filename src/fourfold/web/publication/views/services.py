"""The directory of support services, for those who keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.words import plural
from fourfold.web.publication.actions import services as actions
from fourfold.web.publication.forms.services import ServiceForm
from fourfold.web.publication.models import SupportService
from fourfold.web.publication.rules.days import STALE_AFTER_DAYS
from fourfold.web.publication.selectors import services as selectors
from fourfold.web.publication.selectors.services import service_by_ref
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("service.list")
def service_list(request: HttpRequest) -> HttpResponse:
    """List the services, and what the public does not see yet."""
    lines = selectors.directory(actor_of(request))
    context = {
        "lines": lines,
        "pending": selectors.pending(),
        "stale": selectors.stale(lines),
        "stale_after_days": STALE_AFTER_DAYS,
    }
    return render(request, "publication/services/list.html", context)


@needs("service.change")
def service_new(request: HttpRequest) -> HttpResponse:
    """Add a service."""
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.add_service(actor=actor_of(request), facts=form.facts())
        messages.success(request, "The service is added. Publish the directory to show it.")
        return redirect("publication:services")
    return _page(request, form, None)


@needs("service.change", service_by_ref)
def service(request: HttpRequest, service: SupportService, **_: str) -> HttpResponse:
    """Change a service, take it off the list or put it back."""
    listing = request.POST.get("listing", "") if request.method == "POST" else ""
    if listing in ("off", "on"):
        actions.list_service(actor=actor_of(request), service=service, is_listed=listing == "on")
        messages.success(request, "The list is changed. Publish the directory to show it.")
        return redirect("publication:services")
    form = ServiceForm(request.POST if request.method == "POST" else None, service=service)
    if request.method == "POST" and form.is_valid():
        actions.change_service(actor=actor_of(request), service=service, facts=form.facts())
        messages.success(request, "The service is changed. Publish the directory to show it.")
        return redirect("publication:services")
    return _page(request, form, service)


@needs("service.publish")
@grave
def services_publish(request: HttpRequest) -> HttpResponse:
    """Show what publishing would change, and publish the directory."""
    if request.method == "POST":
        done = actions.publish_directory(actor=actor_of(request))
        messages.success(
            request,
            f"{plural(done.published, 'service')} published, {done.withdrawn} taken down.",
        )
        return redirect("publication:services")
    context = {"pending": selectors.pending()}
    return render(request, "publication/services/publish.html", context)


def _page(request: HttpRequest, form: ServiceForm, service: SupportService | None) -> HttpResponse:
    status = 400 if form.errors else 200
    context = {"form": form, "service": service, "stale_after_days": STALE_AFTER_DAYS}
    return render(request, "publication/services/service.html", context, status=status)
