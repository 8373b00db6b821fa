"""Pages that belong to no app: health, and what stands where a form is refused."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.base.middleware import plain


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return plain("ok\n", 200)


def readyz(_request: HttpRequest) -> HttpResponse:
    """Say that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return plain("ok\n", 200)


for view in (healthz, readyz):  # `users.access.open_to` says so; base knows no app above it
    view.open_to = "says that the service lives, and nothing else"  # type: ignore[attr-defined]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old to be sent."""
    return render(request, "base/form_too_old.html", {"reason": reason}, status=403)
