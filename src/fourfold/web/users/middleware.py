"""Who is asking: the ledger's context of a request, and the rule that pages want a sign-in."""

import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

from fourfold.web.accountability import context

Answer = Callable[[HttpRequest], HttpResponseBase]
IDLE_SECONDS = 30 * 60
LAST_SEEN = "last_seen"
LAST_SEEN_STEP_SECONDS = 60  # the session row is written once a minute at most


class RunningContext:
    """Tell the ledger by which channel and session a request came."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside the context."""
        channel = "api" if request.path.startswith("/api/") else "page"
        key = request.session.session_key or ""
        session_ref = hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
        with context.running(channel=channel, session_ref=session_ref):
            return self.answer(request)


class SignedIn:
    """Send whoever is not signed in to the sign-in page; end sessions that stood idle."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or ask for a sign-in."""
        if request.path.startswith(settings.STATIC_URL):
            return self.answer(request)
        if request.user.is_authenticated and self._idle(request):
            logout(request)
            return redirect(settings.LOGIN_URL)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Let through what is open or belongs to sign-in; ask everyone else to sign in."""
        if request.user.is_authenticated or is_open(view):
            return None
        if request.path.startswith("/api/"):
            return None  # the API answers 401 by itself
        return redirect_to_login(request.get_full_path())

    @staticmethod
    def _idle(request: HttpRequest) -> bool:
        now = int(time.time())
        last = request.session.get(LAST_SEEN, now)
        if now - last > IDLE_SECONDS:
            return True
        if now - last >= LAST_SEEN_STEP_SECONDS or LAST_SEEN not in request.session:
            request.session[LAST_SEEN] = now
        return False


def is_open(view: object) -> bool:
    """Return whether a view may be seen without signing in."""
    return hasattr(view, "open_to") or getattr(view, "__module__", "").startswith(
        ("allauth.account", "allauth.mfa", "django.views.i18n")
    )


def view_of(path: str) -> object:
    """Return the view of a path (tests use it)."""
    return resolve(path).func
