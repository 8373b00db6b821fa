"""The public site, live: the same bytes as the static one, for everybody, without a cookie."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from fourfold.web.publication.rules import paths
from fourfold.web.publication.site import rendering
from fourfold.web.publication.site.world import World
from fourfold.web.users.access import open_to

WHY: Final = "what is published is for everybody"
CLOSED: Final = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
PUBLIC_URLS: Final = "fourfold.web.config.public_urls"


@open_to(WHY)
def page(request: HttpRequest, page: str = paths.HOME, **_: str) -> HttpResponse:
    """Answer with what stands at an address of the public site."""
    return _answer(request, page)


@open_to(WHY)
def complaint(request: HttpRequest, supercomplaint_ref: str) -> HttpResponse:
    """Answer with the public page of a super-complaint."""
    return _answer(request, paths.complaint(supercomplaint_ref))


@open_to(WHY)
def matrix(request: HttpRequest, supercomplaint_ref: str) -> HttpResponse:
    """Answer with the public matrix of a super-complaint."""
    return _answer(request, paths.matrix(supercomplaint_ref))


@open_to(WHY)
def measure(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the public definition and figures of a measure."""
    return _answer(request, paths.measure(name))


@open_to(WHY)
def practice(request: HttpRequest, practice_ref: str) -> HttpResponse:
    """Answer with the public page of a practice."""
    return _answer(request, paths.practice(practice_ref))


@open_to(WHY)
def front(_request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to the page by which every link is relative."""
    return redirect(reverse("publication:page", kwargs={"page": paths.HOME}))


def _answer(request: HttpRequest, path: str) -> HttpResponse:
    world = World()
    made = rendering.render(world, path, settings.PUBLIC_ADDRESS)
    status = 200
    if made is None:
        made, status = rendering.missing(world, path), 404
    response = HttpResponse(made.body, content_type=made.media_type, status=status)
    if made.is_file:
        _close(response, path)
    if getattr(request, "urlconf", "") == PUBLIC_URLS:
        response.headers["X-Robots-Tag"] = "all"
    return response


def _close(response: HttpResponse, path: str) -> None:
    """Let no browser open a file in the site's name."""
    name = path.rsplit("/", 1)[1]
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = CLOSED
