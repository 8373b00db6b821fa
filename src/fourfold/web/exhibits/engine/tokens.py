"""Links to the host of files: signed, good for a minute, and only while the session lives."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from fourfold.web.exhibits.models import EngineRun
from fourfold.web.users import access, sessions
from fourfold.web.users.models import User

OPEN_SECONDS: Final = 60
SALT: Final = "fourfold.web.exhibits.files"


class TokenError(Exception):
    """The link is not one of ours, too old, or its session has ended."""


@dataclass(frozen=True)
class Ticket:
    """What a link allows: one file of one run, for one person in one session."""

    run: EngineRun
    user: User


def address(request: HttpRequest, run: EngineRun, name: str) -> str:
    """Return the address of a file on the host of files, good for a minute."""
    ticket = {
        "run": run.ref,
        "name": name,
        "user": access.actor_of(request).ref,
        "session": access.session_ref_of(request),
    }
    token = signing.TimestampSigner(salt=SALT).sign_object(ticket, compress=False)
    return f"{request.scheme}://{files_host(request)}/files/{token}/{name}"


def files_host(request: HttpRequest) -> str:
    """Return the host of files, at the port by which this request came."""
    _, colon, port = request.get_host().rpartition(":")
    return f"{settings.FILES_HOST}:{port}" if colon and port.isdecimal() else settings.FILES_HOST


def redeem(token: str, name: str) -> Ticket:
    """Return what a link allows.

    Raises:
        TokenError: it allows nothing, or nothing any more.
    """
    try:
        ticket: dict[str, Any] = signing.TimestampSigner(salt=SALT).unsign_object(
            token, max_age=OPEN_SECONDS
        )
    except signing.BadSignature as error:
        raise TokenError("signature") from error
    user = User.objects.filter(ref=ticket["user"], is_active=True).select_related("force").first()
    run = EngineRun.objects.filter(ref=ticket["run"]).select_related("case").first()
    if ticket["name"] != name or user is None or run is None:
        raise TokenError("content")
    if not _lives(user, ticket["session"]):
        raise TokenError("session")
    return Ticket(run, user)


def _lives(user: User, session_ref: str) -> bool:
    return any(
        hashlib.sha256(session.session_key.encode()).hexdigest()[:16] == session_ref
        for session in sessions.of(user)
    )
