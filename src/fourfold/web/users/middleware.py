"""Who is asking: the ledger's context of a request, and the rule that pages want a sign-in."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse

from fourfold.web.accountability import context
from fourfold.web.users import access, sessions
from fourfold.web.users.step_up import StepUpRequired

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
        with context.running(channel=channel, session_ref=access.session_ref_of(request)):
            return self.answer(request)


class SignedIn:
    """Send whoever is not signed in to the sign-in page; end sessions that are idle or old."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or ask for a sign-in."""
        if request.path.startswith(settings.STATIC_URL):
            return self.answer(request)
        if request.user.is_authenticated and self._ended(request):
            logout(request)
            return redirect(settings.LOGIN_URL)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Let through what is open or belongs to sign-in; ask everyone else to sign in."""
        if is_open(view):
            return None
        if request.user.is_authenticated:
            return self._enrol_first(request)
        if request.path.startswith("/api/"):
            return None  # the API answers 401 by itself
        return redirect_to_login(request.get_full_path())

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Send a person whose act is grave to confirm with a passkey."""
        if not isinstance(exception, StepUpRequired):
            return None
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return redirect(f"{reverse('step_up')}?{urlencode({'next': back})}")

    @staticmethod
    def _enrol_first(request: HttpRequest) -> HttpResponseBase | None:
        """Let nobody past enrolment without a passkey."""
        enrolling = request.session.get(sessions.ENROLLING)
        if not enrolling or request.path == reverse("add_passkey"):
            return None
        return redirect("add_passkey")

    @staticmethod
    def _ended(request: HttpRequest) -> bool:
        """Return whether the session stood idle or is older than a shift; note that it lives.

        Each note moves the expiry of the session's row, so its age is counted from its beginning.
        """
        now = int(time.time())
        began = request.session.setdefault(sessions.BEGAN, now)
        if now - began > settings.SESSION_COOKIE_AGE:
            return True
        last = request.session.get(LAST_SEEN, now)
        if now - last > IDLE_SECONDS:
            return True
        if now - last >= LAST_SEEN_STEP_SECONDS or LAST_SEEN not in request.session:
            request.session[LAST_SEEN] = now
            sessions.note(request)
        return False


def is_open(view: object) -> bool:
    """Return whether a view may be seen without signing in."""
    return hasattr(view, "open_to") or getattr(view, "__module__", "").startswith(
        ("allauth.account", "allauth.mfa", "django.views.i18n")
    )


def view_of(path: str) -> object:
    """Return the view of a path (tests use it)."""
    return resolve(path).func
