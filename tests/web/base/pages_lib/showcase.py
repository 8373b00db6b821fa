"""Every component in every state, on one page that production does not route."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.backends.jinja2 import Jinja2
from django.urls import path

from fourfold.web import base
from fourfold.web.base import context
from fourfold.web.base.widgets import DayField

HERE = Path(__file__).parent
URLS = __name__
MIDDLEWARE = ["fourfold.web.base.middleware.SecurityHeaders"]


@dataclass(frozen=True)
class Decision:
    """What a policy answers, in the shape that pages rely on."""

    allowed: bool
    rule: str
    reason: str


REFUSED = Decision(
    False, "need-to-know", "You are not on the list of people who work on this case."
)


class ReportForm(forms.Form):
    """One field of every kind."""

    told_by = forms.CharField(label="Who told you", help_text="As they gave their name.")
    what = forms.CharField(label="What happened", widget=forms.Textarea)
    number = forms.IntegerField(label="How many times")
    email = forms.EmailField(label="Their email address", required=False)
    happened_on = DayField(label="When it happened", help_text="For example, 27 3 2026.")
    fear = forms.ChoiceField(
        label="Are they afraid?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No"), ("not_said", "They did not say")],
    )
    channels = forms.MultipleChoiceField(
        label="How did it reach them?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("phone", "Phone"), ("post", "Post"), ("person", "In person")],
    )
    offence = forms.ChoiceField(
        label="Recorded as",
        choices=[
            ("", "Choose"),
            ("Stalking", [("2A", "Section 2A"), ("4A", "Section 4A")]),
            ("Orders", [("breach", "Breach of an order")]),
        ],
    )
    file = forms.FileField(label="The file", help_text="The original, not a copy of the screen.")
    is_checked = forms.BooleanField(label="I read it back to them")
    ref = forms.CharField(widget=forms.HiddenInput, initial="R-7K2M9QX4TA")


ANSWERS = {
    "told_by": "A. Example",
    "what": "They stood at the gate again.",
    "number": "7",
    "happened_on-day": "14",
    "happened_on-month": "March",
    "happened_on-year": "2026",
    "fear": "yes",
    "channels": ["phone", "post"],
    "offence": "4A",
    "is_checked": "on",
}
WRONG = {
    "happened_on-day": "31",
    "happened_on-month": "2",
    "happened_on-year": "2026",
    "number": "x",
}


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows."""
    wrong = ReportForm(WRONG, auto_id="wrong_%s")
    return {
        "form": wrong if "wrong" in request.GET else None,
        "empty_form": ReportForm(prefix="empty"),
        "filled_form": ReportForm(initial={**ANSWERS, "happened_on": date(2026, 3, 14)}),
        "wrong_form": wrong,
        "refused": REFUSED,
        "page_of_cases": Paginator(range(400), 25).page(7),
        "moment": datetime(2026, 11, 21, 14, 5, tzinfo=UTC),
        "day": date(2026, 5, 4),
    }


def prepare(request: HttpRequest, is_demonstration: bool) -> None:
    """Give the request what the middleware gives it, without a database."""
    context.FLAG = context.Flag(is_demonstration, float("inf"))
    request.navigation = [  # type: ignore[attr-defined]
        {"label": "Cases", "url": "/cases/", "is_current": True},
        {"label": "Reports", "url": "/reports/", "is_current": False},
        {"label": "Search", "url": "/search/", "is_current": False},
        {"label": "Expiring evidence", "url": "/expiring/", "is_current": False},
        {"label": "Signals", "url": "/signals/", "is_current": False},
    ]
    request.user = SimpleNamespace(  # type: ignore[assignment]
        is_authenticated=True,
        name="R. Example",
        role="Investigator",
        force=SimpleNamespace(name="Teasel Constabulary"),
    )


ENGINE = Jinja2(
    {
        "NAME": "showcase",
        "DIRS": [HERE / "jinja2", Path(base.__file__).parent / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "fourfold.web.base.jinja.environment",
            "context_processors": ["fourfold.web.base.context.page_context"],
        },
    }
)


def showcase(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    prepare(request, is_demonstration=True)
    page = ENGINE.get_template("showcase.html").render(context_of(request), request)
    return HttpResponse(page)


ERRORS: dict[str, dict[str, Any]] = {
    "refused": {"decision": REFUSED, "break_glass_url": "/cases/C-7K2M9QX4TA/emergency/"},
    "not_found": {},
    "broken": {},
    "bad_request": {},
    "form_too_old": {},
}


def error(request: HttpRequest, name: str) -> HttpResponse:
    """Show one error page."""
    prepare(request, is_demonstration=False)
    return HttpResponse(ENGINE.get_template(f"base/{name}.html").render(ERRORS[name], request))


def run(request: HttpRequest) -> HttpResponse:
    """Show a run that waits, and follow it."""
    prepare(request, is_demonstration=False)
    return HttpResponse(ENGINE.get_template("run.html").render({}, request))


EVENTS = """\
data: {"station": "take_in", "state": "done", "message": "Reading"}

data: {"station": "read", "state": "running", "done": 12, "total": 40, "detail": "12 of 40 files"}

data: {"station": "render", "state": "failed", "detail": "No room on the disk"}

"""


def events(_request: HttpRequest) -> HttpResponse:
    """Say how far the run is, as server-sent events."""
    return HttpResponse(EVENTS, content_type="text/event-stream")


urlpatterns = [
    path("run/", run),
    path("run/events/", events),
    path("showcase/", showcase),
    path("error/<str:name>/", error),
    path("sign-out/", showcase, name="account_logout"),
]
