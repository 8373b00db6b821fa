"""Try a served demonstration as a browser would: sign in as everybody, open the first page."""

import http.client
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from fourfold.web.demonstration import links, selectors

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HOPS_MOST = 5


class TrialError(Exception):
    """A page did not answer as it must."""


@dataclass(frozen=True)
class Tried:
    """What one role met: its landing page and how long that took."""

    part: selectors.Part
    path: str
    milliseconds: float


class Visitor:
    """A browser without a screen: cookies, forms, redirects."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(
        self, method: str, path: str, form: Sequence[tuple[str, str]] | None = None
    ) -> tuple[int, str]:
        """Send one request; return status and text (of a redirect: where to)."""
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": sent} if sent else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer.status, answer.headers.get("Location") or text

    def open(self, path: str) -> tuple[str, str]:
        """Open a page, following redirects; return its path and text."""
        for _ in range(HOPS_MOST):
            status, text = self.ask("GET", path)
            if status == 200:
                return path, text
            if status not in (301, 302):
                raise TrialError(f"{path} answered {status}")
            path = text
        raise TrialError(f"{path} leads in a circle")

    def press(self, path: str, text: str) -> str:
        """Press the one button of a page; return where it leads."""
        found = TOKEN.search(text)
        if not found:
            raise TrialError(f"{path} has no form")
        status, where = self.ask("POST", path, [("csrfmiddlewaretoken", found[1])])
        if status != 302:
            raise TrialError(f"{path}: the form answered {status}")
        return where


def everybody(address: str) -> list[Tried]:
    """Sign in as everybody and open the first page of each.

    Raises:
        TrialError: a page did not answer 200.
    """
    Visitor(address).open("/account/sign-in/")
    return [_try(address, part) for part in selectors.parts()]


def _try(address: str, part: selectors.Part) -> Tried:
    visitor = Visitor(address)
    path = urlsplit(links.link(address, part)).path
    _, page = visitor.open(path)
    where = visitor.press(path, page)
    began = time.perf_counter()
    landed, page = visitor.open(where)
    took = (time.perf_counter() - began) * 1_000
    if part.user.name not in page:
        raise TrialError(f"{landed} does not know {part.role}")
    return Tried(part, landed, took)
