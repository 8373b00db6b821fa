"""The Jinja environment of every page: globals, filters, and an undefined that is not silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from jinja2 import Undefined as LenientUndefined
from jinja2.utils import missing
from markupsafe import Markup

from fourfold.web.base import widgets

UK = ZoneInfo("Europe/London")
NOT_RECORDED = "Not recorded"


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


class LoudUndefined(StrictUndefined):
    """Refuse an unknown name or attribute; stay silent where GOV.UK macros leave an option out."""

    __slots__ = ()

    def _is_option(self) -> bool:
        left_out = self._undefined_name in (None, "undefined", "null")
        return isinstance(self._undefined_obj, Mapping) or (
            self._undefined_obj is missing and left_out
        )

    def __str__(self) -> str:
        return "" if self._is_option() else super().__str__()

    def __bool__(self) -> bool:
        return False if self._is_option() else super().__bool__()

    def __iter__(self) -> Any:
        return iter(()) if self._is_option() else super().__iter__()

    def __len__(self) -> int:
        return 0 if self._is_option() else super().__len__()

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, LenientUndefined)
        return same if self._is_option() else super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(type(self)) if self._is_option() else super().__hash__()

    def __contains__(self, item: object) -> bool:
        return False if self._is_option() else super().__contains__(item)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named view."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if_routed(name: str) -> str:
    """Return the address of a named view, or nothing on a host that does not route it."""
    try:
        return reverse(name)
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


def uk_time(value: datetime | None, zone: bool = False, missing: str = NOT_RECORDED) -> str:
    """Return a moment as a clock in the United Kingdom showed it: 21 November 2026, 14:05."""
    if value is None:
        return missing
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    local = value.astimezone(UK)
    return f"{uk_date(local)}, {local:%H:%M}" + (f" {local.tzname()}" if zone else "")


def uk_date(value: date | None, missing: str = NOT_RECORDED) -> str:
    """Return a day: 21 November 2026. A moment is taken to the day in the United Kingdom."""
    if value is None:
        return missing
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UK)
    return f"{value.day} {value:%B %Y}"


def machine_time(value: date) -> str:
    """Return a day or moment for the datetime attribute of a time element."""
    return value.isoformat()


def moment_words(value: date) -> str:
    """Return a moment with its clock, or a day without one."""
    return uk_time(value) if isinstance(value, datetime) else uk_date(value)


def ref(value: object) -> Markup:
    """Return a reference that does not break at its hyphen."""
    return Markup('<span class="ff-ref">{}</span>').format(value)


def form_has_errors(form: BaseForm) -> bool:
    """Say whether a form was sent and is wrong."""
    return form.is_bound and bool(form.errors)


def count(value: int) -> str:
    """Return a whole number with a comma at each thousand."""
    return f"{value:,}"


def plural(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 case, 2 cases."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def kilobytes(size_bytes: int) -> str:
    """Return a file size that a person can judge: 640 bytes, 12 KB, 3.4 MB, 1.2 GB."""
    if size_bytes < 1_000:
        return plural(size_bytes, "byte")
    size, unit = size_bytes / 1_000, "KB"
    for larger in ("MB", "GB", "TB"):
        if size < 1_000:
            break
        size, unit = size / 1_000, larger
    return f"{size:,.0f} {unit}" if unit == "KB" or size >= 100 else f"{size:,.1f} {unit}"


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
        plural=plural,
        column=Column,
        row=Row,
        bar=Bar,
    )
    environment.tests["widget_form_wrong"] = form_has_errors
    environment.filters.update(
        uk_time=uk_time,
        uk_date=uk_date,
        machine_time=machine_time,
        moment_words=moment_words,
        count=count,
        plural=plural,
        kilobytes=kilobytes,
        widget_kind=widgets.kind,
        widget_value=widgets.shown_value,
        widget_choices=widgets.choices,
        widget_boxes=widgets.boxes,
        first_box=widgets.first_box,
        error_words=widgets.error_words,
        ref=ref,
    )
    return environment
