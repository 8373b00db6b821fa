"""Headers of every answer, and one set of URLs per host name."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-src {files}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), "
    "publickey-credentials-create=(self)"
)


class SecurityHeaders:
    """Set the headers that keep pages closed; a view may set a stricter or fitting one first."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with headers."""
        response = self.answer(request)
        headers = response.headers
        headers.setdefault(
            "Content-Security-Policy",
            CONTENT_SECURITY_POLICY.format(files=f"{settings.FILES_HOST}:*"),
        )
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Not no-referrer: with it browsers send forms with "Origin: null", which CSRF refuses.
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path.startswith(settings.STATIC_URL):
            headers["Cache-Control"] = "no-store"
        return response


class HostNames:
    """Give each host name its own URLs: staff, files of users, the victim's app."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the URLs of the host that was asked."""
        host = request.get_host().rsplit(":", 1)[0]
        request.urlconf = settings.HOST_URLCONFS.get(host, settings.ROOT_URLCONF)
        return self.answer(request)


class Readable:
    """Refuse an address with NUL in it: no reference of ours has one, and PostgreSQL takes none."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that the request was not understood."""
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in asked or "\0" in asked:
            raise BadRequest("NUL in an address")
        return self.answer(request)


def plain(text: str, status: int) -> HttpResponse:
    """Return a plain text answer."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
