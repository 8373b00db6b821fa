"""Sign in, sign out, enrol, step up. Passkeys only; nobody has a password."""

import json
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.web.base.models import Instance
from fourfold.web.users import access, actions, passkeys, sessions, step_up, tokens
from fourfold.web.users.access import actor_of, open_to
from fourfold.web.users.models import SignInToken

NOT_RECOGNISED = "That passkey was not recognised. Try again, or ask your administrator."


def next_page(request: HttpRequest) -> str:
    """Return where the person wanted to go, if it is a page of ours; else the start."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


def _page(
    request: HttpRequest, name: str, options: dict[str, Any] | None, **more: Any
) -> HttpResponse:
    """Render a passkey page; the options lie in the page as data, never as script."""
    shown = {"next": next_page(request), "options": json.dumps(options, default=str), **more}
    return render(request, f"users/{name}.html", shown, status=400 if more.get("error") else 200)


@open_to("whoever wants to sign in is not signed in yet")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by passkey."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    error = ""
    if request.method == "POST":
        form = passkeys.SignInForm(data=request.POST)
        if form.is_valid() and form.cleaned_data["credential"].user.is_active:
            passkey = form.cleaned_data["credential"]
            passkey.record_usage()
            sessions.begin(request, passkey.user, "sign_in.done")
            return redirect(next_page(request))
        access.record_failed_login(request)
        error = NOT_RECOGNISED
    return _page(
        request,
        "sign_in",
        passkeys.options_to_sign_in(),
        error=error,
        has_demonstration=Instance.current().is_demonstration,
    )


@open_to("whoever is signed in may sign out; others have nothing to lose by it")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and clear what the browser keeps of this site."""
    if request.user.is_authenticated:
        access.record_login(request, actor_of(request), "sign_out.done")
    logout(request)
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@open_to("the link itself is the key, and works once")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to enrol: a page with one button, so that a preview of the link does not use it up."""
    if request.method != "POST":
        found = tokens.find(token, SignInToken.Purpose.ENROL)
        return render(
            request,
            "users/enrol.html",
            {"is_live": found is not None},
            status=200 if found else 410,
        )
    user = tokens.use(token, SignInToken.Purpose.ENROL)
    if user is None:
        access.record_failed_login(request)
        return render(request, "users/enrol.html", {"is_live": False}, status=410)
    sessions.begin(request, user, "sign_in.done")
    request.session[sessions.ENROLLING] = True
    return redirect("add_passkey")


@step_up.grave
@access.needs("passkey.add")
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey to one's own account."""
    actor, error = actor_of(request), ""
    if request.method == "POST":
        form = passkeys.EnrolForm(data=request.POST, user=actor)
        if form.is_valid():
            actions.add_passkey(
                actor=actor,
                name=form.cleaned_data["name"][:60],
                credential=form.cleaned_data["credential"],
            )
            request.session.pop(sessions.ENROLLING, None)
            return redirect("users:me")
        error = "The passkey could not be added. Try again."
    return _page(request, "add_passkey", passkeys.options_to_enrol(actor), error=error)


@open_to("asks a signed-in person to confirm; the middleware lets nobody else here")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Step up: confirm with a passkey (in a demonstration without one, by a button)."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    actor, error = actor_of(request), ""
    by_button = Instance.current().is_demonstration and not passkeys.of(actor).exists()
    if request.method == "POST":
        form = passkeys.StepUpForm(data=request.POST, user=actor)
        if by_button or form.is_valid():
            step_up.mark(request)
            access.record_login(request, actor, "step_up.done")
            return redirect(next_page(request))
        access.record_login(request, actor, "step_up.failed")
        error = NOT_RECOGNISED
    options = None if by_button else passkeys.options_to_sign_in(actor)
    return _page(request, "step_up", options, error=error, by_button=by_button)
