"""Sign in without a passkey: by a link that works once, or by choosing a role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.web.base.models import Instance
from fourfold.web.demonstration import selectors
from fourfold.web.users import access, sessions, tokens
from fourfold.web.users.access import open_to
from fourfold.web.users.models import SignInToken, User

View = Callable[..., HttpResponse]
GONE = 410


def only_in_demonstration(view: View) -> View:
    """Answer 404 wherever the database is not a demonstration, as if the page were not there."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not Instance.current().is_demonstration:
            raise Http404("There is no such page.")
        return view(request, **kwargs)

    return guarded


@open_to("in a demonstration anybody may try any role; elsewhere it does not exist")
@require_safe
@only_in_demonstration
def roles(request: HttpRequest) -> HttpResponse:
    """List every role to try."""
    return render(request, "demonstration/roles.html", {"parts": selectors.parts()})


@open_to("in a demonstration anybody may try any role; elsewhere it does not exist")
@require_POST
@only_in_demonstration
def switch(request: HttpRequest, user_ref: str) -> HttpResponse:
    """Become somebody of the invented world."""
    user = get_object_or_404(User, ref=user_ref, is_active=True)
    sessions.begin(request, user, "sign_in.demo")
    return redirect("home")


@open_to("the link itself is the key, works once, and only in a demonstration")
@require_http_methods(["GET", "HEAD", "POST"])
@only_in_demonstration
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link: first a page with one button, so that a preview does not use it up."""
    kind = SignInToken.Purpose.DEMONSTRATION
    if request.method != "POST":
        found = tokens.find(token, kind)
        shown = {"user": found.user if found else None}
        return render(request, "demonstration/sign_in.html", shown, status=200 if found else GONE)
    user = tokens.use(token, kind)
    if user is None:
        access.record_failed_login(request)
        return render(request, "demonstration/sign_in.html", {"user": None}, status=GONE)
    sessions.begin(request, user, "sign_in.demo")
    return redirect("home")
