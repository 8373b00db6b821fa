"""A page of a case that holds one form: what it says, what it asks, where it leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fourfold.web.cases.models import Case

FieldOptions = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Words:
    """What a form page says, and how it shows its fields."""

    title: str
    submit: str = "Save"
    lead: tuple[str, ...] = ()
    cancel: str = ""
    kind: str = ""
    options: FieldOptions = field(default_factory=dict)
    warning: str = ""


def form_page(
    request: HttpRequest, case: Case, tab: str, form: forms.Form, words: Words
) -> HttpResponse:
    """Show the form inside its case."""
    cancel = words.cancel or reverse(f"cases:{tab}", kwargs={"case_ref": case.ref})
    context = {"case": case, "tab": tab, "form": form, "words": words, "cancel": cancel}
    return render(request, "cases/room/form.html", context)


def attempt(
    form: forms.Form, act: Callable[[], object], errors: Mapping[type[Exception], str]
) -> bool:
    """Act on a form that is in order; say what the action refuses beside the field it is about.

    Args:
        form: the form as it was sent.
        act: calls the action.
        errors: the errors that the action may raise, each with its field ("" for the whole form).
    """
    if not form.is_valid():
        return False
    try:
        act()
    except tuple(errors) as error:
        form.add_error(errors[type(error)] or None, str(error))
        return False
    return True
