"""Pages for what went wrong: not found, not understood, broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.base.middleware import plain


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a request was not understood."""
    return render(request, "base/bad_request.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, in the same words whether or not there is."""
    return render(request, "base/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; must not need the database."""
    return render(request, "base/broken.html", status=500)


def plain_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say nothing, on hosts that serve no pages."""
    return plain("Not found\n", 404)
