"""Step-up: grave acts want the person, not just the session.

A passkey used within the last five minutes counts; a form that was opened in that time may be
sent up to fifteen minutes later, so that nobody loses what was typed.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

KEY = "stepped_up_at"
OPEN_SECONDS = 5 * 60
SEND_SECONDS = 15 * 60


class StepUpRequired(Exception):  # noqa: N818 - it asks, it is not an error
    """The person must confirm with a passkey first; the middleware sends them there."""


def mark(request: HttpRequest) -> None:
    """Note that the person has just confirmed."""
    request.session[KEY] = int(time.time())


def is_recent(request: HttpRequest, within_seconds: int = OPEN_SECONDS) -> bool:
    """Return whether the person confirmed lately."""
    at = request.session.get(KEY)
    return isinstance(at, int) and 0 <= time.time() - at <= within_seconds


def require_recent(request: HttpRequest) -> None:
    """Ask for a passkey unless the person confirmed lately."""
    within = OPEN_SECONDS if request.method in ("GET", "HEAD") else SEND_SECONDS
    if not is_recent(request, within):
        raise StepUpRequired


def grave(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view whose act is grave: opening its form and sending it want a recent passkey."""

    @wraps(view)
    def confirmed(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_recent(request)
        return view(request, *args, **kwargs)

    confirmed.is_grave = True  # type: ignore[attr-defined]
    return confirmed
