"""What the layout of every page needs, asked of the request alone, and only when it is shown."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fourfold import __version__
from fourfold.web.base.models import Instance

ASK_AGAIN_SECONDS = 10.0


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, as the header names them."""

    name: str
    role: str
    force: str


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Return the person of this request, or nothing."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    role = user.get_role_display() if hasattr(user, "get_role_display") else user.role
    force = getattr(user, "force", None)
    return SignedIn(_name(user), str(role), str(getattr(force, "name", force or "")))


def _name(user: Any) -> str:
    return str(getattr(user, "name", "") or user)


@dataclass
class Flag:
    """Whether this instance is a demonstration, and until when the answer is good.

    It is set before an instance serves and never changes after, so every page need not ask the
    database. Only the banner relies on it: signing in without a passkey asks afresh.
    """

    is_on: bool = False
    good_until: float = 0.0

    def ask(self) -> bool:
        """Return it, asked of the database a few times a minute."""
        if time.monotonic() >= self.good_until:
            self.is_on = Instance.current().is_demonstration
            self.good_until = time.monotonic() + ASK_AGAIN_SECONDS
        return self.is_on


FLAG = Flag()


def is_demonstration(_request: HttpRequest) -> bool:
    """Say whether this instance is a demonstration."""
    return FLAG.ask()


def navigation(request: HttpRequest) -> list[Any]:
    """Return the entries that config put on the request: label, url, is_current."""
    entries = getattr(request, "navigation", [])
    return list(entries() if callable(entries) else entries)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the layout; the page for "broken" asks none of the lazy ones."""
    lazy = {
        "is_demonstration": is_demonstration,
        "navigation": navigation,
        "signed_in": signed_in,
    }
    return {"version": __version__} | {
        name: SimpleLazyObject(partial(ask, request)) for name, ask in lazy.items()
    }
