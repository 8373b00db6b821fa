"""Sessions: begin one, list them, end them. A session ends at once, wherever it is used."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest

from fourfold.web.users import access, step_up
from fourfold.web.users.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENROLLING = "enrolling"
BEGAN = "began_at"


def begin(request: HttpRequest, user: User, act: str) -> None:
    """Sign a user in, with a new session key, and record how (sign_in.done, sign_in.demo)."""
    login(request, user, backend=BACKEND)
    request.session[BEGAN] = int(time.time())
    UserSession.objects.create_from_request(request)
    if act == "sign_in.done":
        step_up.mark(request)
    access.record_login(request, user, act)


def note(request: HttpRequest) -> None:
    """Note in the list of sessions that this one lives.

    In place of the library's middleware, which writes at every request: two more statements, a
    write lock and a flush to the disk on every page.
    """
    UserSession.objects.create_from_request(request)


def of(user: User) -> list[UserSession]:
    """Return the live sessions of a user, latest first."""
    sessions: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


def end_all(user: User) -> int:
    """End every session of a user; return how many there were."""
    sessions = of(user)
    for session in sessions:
        session.end()
    return len(sessions)
