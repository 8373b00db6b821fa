"""The Jinja environment of every page: globals, filters, and an undefined that is not silent."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from fourfold.web.base import widgets, words
from fourfold.web.base.undefined import LoudUndefined
from fourfold.web.base.web_addresses import web_address


@dataclass(frozen=True)
class Column:
    """A column of a table; `sort` is the value of ?sort= that sorts by it."""

    label: str
    sort: str = ""
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a summary list; `href` is where its value is changed."""

    label: str
    value: object
    href: str = ""
    action: str = "Change"
    change: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of a picture and the list its number leads to."""

    label: str
    number: int
    href: str = ""


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named view."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if_routed(name: str, /, **kwargs: Any) -> str:
    """Return the address of a named view, or nothing on a host that does not route it."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def query_with(request: HttpRequest, **changes: Any) -> str:
    """Return the query of this page with some parameters changed; None takes one out."""
    query = {key: request.GET.getlist(key) for key in request.GET}
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = [str(value)]
    return "?" + urlencode(query, doseq=True)


def ref(value: object) -> Markup:
    """Return a reference that does not break at its hyphen."""
    return Markup('<span class="ff-ref">{}</span>').format(value)


def form_has_errors(form: BaseForm) -> bool:
    """Say whether a form was sent and is wrong."""
    return form.is_bound and bool(form.errors)


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend uses."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    options |= {"autoescape": True, "undefined": LoudUndefined}
    environment = Environment(**options)  # noqa: S701 - autoescape is on, two lines above
    environment.globals.update(
        static=static,
        url=url,
        url_if_routed=url_if_routed,
        query_with=query_with,
        plural=words.plural,
        column=Column,
        row=Row,
        bar=Bar,
    )
    environment.tests["widget_form_wrong"] = form_has_errors
    environment.filters.update(
        uk_time=words.uk_time,
        uk_date=words.uk_date,
        machine_time=words.machine_time,
        moment_words=words.moment_words,
        count=words.count,
        plural=words.plural,
        kilobytes=words.kilobytes,
        widget_kind=widgets.kind,
        widget_value=widgets.shown_value,
        widget_choices=widgets.choices,
        widget_boxes=widgets.boxes,
        first_box=widgets.first_box,
        error_words=widgets.error_words,
        ref=ref,
        web_address=web_address,
    )
    return environment
