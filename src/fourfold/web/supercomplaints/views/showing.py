"""One way to show a form, to try an action, and to say what it would not do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import SuperComplaint

REFUSED = 409


@dataclass(frozen=True)
class Shown:
    """What stands around a form: title, button, way back, and sentences above it."""

    title: str
    submit: str
    cancel: str
    intro: tuple[str, ...] = ()
    tab: str = "complaint"
    trail: tuple[tuple[str, str], ...] = ()
    is_multipart: bool = False
    is_warning: bool = False
    quote: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even nothing; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do an act; what it would not do becomes an error of the form, and nothing typed is lost."""
    try:
        act()
    except SuperComplaintError as error:
        form.add_error(None, str(error))
        return False
    return True


def show_form(
    request: HttpRequest,
    form: forms.BaseForm,
    shown: Shown,
    supercomplaint: SuperComplaint | None = None,
) -> HttpResponse:
    """Show a form on a page of its own, inside a super-complaint or outside."""
    context = {"form": form, "shown": shown, "tab": shown.tab, **shown.more}
    template = "supercomplaints/register_form.html"
    if supercomplaint is not None:
        context["supercomplaint"] = supercomplaint
        template = "supercomplaints/complaint_form.html"
    return render(request, template, context, status=400 if form.errors else 200)
