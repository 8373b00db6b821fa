"""What the layout of every page needs, asked of the request alone, and only when it is shown."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fourfold import __version__
from fourfold.web.base.models import Instance

CACHED = "_fourfold_is_demonstration"


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


def is_demonstration(request: HttpRequest) -> bool:
    """Say whether this instance is a demonstration; asked of the database once a request."""
    if not hasattr(request, CACHED):
        setattr(request, CACHED, Instance.current().is_demonstration)
    return bool(getattr(request, CACHED))


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
