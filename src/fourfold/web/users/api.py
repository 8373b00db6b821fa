"""How programs come in: as a user, by session or by key, through the same door as pages."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PageNumberPagination
from ninja.security import HttpBearer, SessionAuth

from fourfold.web.users import access, tokens
from fourfold.web.users.models import User

M = TypeVar("M", bound=Model)


class Key(HttpBearer):
    """A program with a user's key."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the user of the key."""
        user = tokens.user_of_api_token(token)
        if user is not None:
            request.user = user
        return user


class Session(SessionAuth):
    """A page of ours, in a signed-in session; forms of other sites are refused (CSRF)."""


BY_KEY_OR_SESSION = [Key(), Session()]


class Pages(PageNumberPagination):
    """Pages by number. A number that no database can count to is refused, not tried."""

    class Input(Schema):
        """Which page, and how long."""

        page: int = Field(1, ge=1, le=1_000_000)
        page_size: int | None = Field(None, ge=1, le=500)


def opened(request: HttpRequest, action: str, load: Callable[..., M], **references: Any) -> M:
    """Return the object of an address, decided and recorded as a page would."""
    actor = access.actor_of(request)
    subject = access.load_for(actor, action, load, references)
    decision = access.require(actor, action, subject)
    if request.method in access.LOOKS:
        access.record_look(actor, access.look_of(action, subject) or action, subject, decision)
    return subject


def asked(request: HttpRequest, action: str) -> User:
    """Return the actor, decided and recorded, of what is asked of the force as a whole."""
    actor = access.actor_of(request)
    decision = access.require(actor, action, actor.force)
    if request.method in access.LOOKS:
        access.record_look(actor, action, actor.force, decision)
    return actor
