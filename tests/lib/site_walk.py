"""Walk a site as a stranger would: every URL that is routed, every form that a page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fourfold.web.users.models import Role, User
from fourfold.web.users.permissions import may
from lib.hostile_world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ABSENT = "0" * 10
OTHER_WORDS = {
    "crime_ref": "RecordedCrime", "knowledge_ref": "KnowledgeEvent", "event_ref": "KnowledgeEvent",
    "interest_ref": "DeclaredInterest", "clock_ref": "ExpiryClock", "expiry_ref": "ExpiryClock",
    "run_ref": "EngineRun", "glass_ref": "BreakGlass", "token_ref": "", "offence_code": "",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One routed URL: its name, its pattern, the view that answers."""

    name: str
    route: str
    arguments: tuple[tuple[str, str], ...]
    view: Any

    def path(self, world: World) -> str:
        """Return the path with the world's references in it."""
        path = self.route
        for name, kind in self.arguments:
            path = re.sub(rf"<(?:\w+:)?{name}>", value_of(world, name, kind), path)
        return "/" + path


def value_of(world: World, name: str, kind: str) -> str:
    """Return what stands in a URL for an argument."""
    if name.endswith("_ref"):
        return reference_of(world, name)
    if kind == "int":
        return str(getattr(world.made.get(model_of(world, name)), "pk", 1) or 1)
    return {"token": "x" * 43, "code": "Q01", "order": "name"}.get(name, "none")


def reference_of(world: World, name: str) -> str:
    """Return the reference of the record that an argument names."""
    if name in OTHER_WORDS and not OTHER_WORDS[name]:
        return f"X-{ABSENT}"
    model = model_of(world, name)
    return str(getattr(world.made.get(model), "ref", "") or f"X-{ABSENT}")


def model_of(world: World, name: str) -> Any:
    """Return the model that an argument of a URL names, or nothing."""
    word = OTHER_WORDS.get(name, name.rsplit("_", 1)[0].replace("_", ""))
    exact = [m for m in world.made if m.__name__.lower() == word.lower()]
    return exact[0] if exact else None


def addresses(urlconf: str = "fourfold.web.config.urls") -> list[Address]:
    """Return every URL of a host."""
    return list(_walk(get_resolver(urlconf).url_patterns, "", "", ()))


def _walk(
    patterns: list[Any], before: str, space: str, arguments: tuple[tuple[str, str], ...]
) -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern).removeprefix("^").removesuffix("$")
        named = tuple(
            (
                name,
                type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"),
            )
            for name, converter in getattr(each.pattern, "converters", {}).items()
        )
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, route, inner, arguments + named)
        elif isinstance(each, URLPattern):
            yield Address(f"{space}{each.name}", route, arguments + named, each.callback)


def client_of(user: User | None, *, stepped_up: bool = True, **more: Any) -> Client:
    """Return a client in which a user is signed in and has just confirmed."""
    client = Client(raise_request_exception=False, **more)
    if user is None:
        return client
    client.force_login(user, backend=BACKEND)
    if stepped_up:
        import time

        session = client.session
        session["stepped_up_at"] = int(time.time())
        session.save()
    return client


@dataclass
class Form:
    """A form of a page."""

    action: str
    method: str
    kind: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)  # name: (type, value)


class Page(HTMLParser):
    """The tags, attributes, forms and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "form":
            kind = found.get("enctype", "")
            self._form = Form(found.get("action", ""), found.get("method", "get").lower(), kind)
            self.forms.append(self._form)
        if self._form is None:
            return
        if tag in ("input", "textarea", "button") and found.get("name"):
            self._field(tag, found)
        if tag == "select":
            self._select = found.get("name", "")
            self._form.fields.setdefault(self._select, ("select", ""))
        if tag == "option" and self._select and found.get("value"):
            self._form.fields[self._select] = ("select", found["value"])

    def _field(self, tag: str, found: dict[str, str]) -> None:
        assert self._form is not None
        kind = found.get("type", "text") if tag == "input" else tag
        self._form.fields.setdefault(found["name"], (kind, found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""


@dataclass(frozen=True)
class Answer:
    """What one URL answered to one role ("" is somebody not signed in)."""

    where: str
    path: str
    role: str
    status: int
    headers: dict[str, str]
    body: str

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page."""
        return self.headers.get("content-type", "").startswith("text/html")

    @cached_property
    def page(self) -> Page:
        """Return the page, taken apart."""
        return Page(self.body)


FORWARDED = {"X-Forwarded-Host": "evil.example.org", "Forwarded": "host=evil.example.org"}
TABLE = re.compile(r"table|csv")


def walk(world: World, *, is_whole: bool = False) -> list[Answer]:
    """Return what every URL answers; tables for spreadsheets are asked for, too.

    The whole walk asks as every role. The everyday walk asks each URL as one role that may, one
    that may not, and a stranger; which roles these are goes round from URL to URL.
    """
    clients = {role: client_of(world.people.get(role)) for role in (*Role.values, "")}
    asked = (
        (address, role)
        for number, address in enumerate(addresses())
        for role in (clients if is_whole else asking(address, number))
    )
    return [each for address, role in asked for each in _asked(world, address, role, clients[role])]


def asking(address: Address, number: int) -> list[str]:
    """Return who asks for a URL every day: who may, who may not, a stranger."""
    permission = getattr(address.view, "permission", "")
    can = [role for role in Role.values if not permission or may(role, permission)]
    cannot = [role for role in Role.values if role not in can]
    found = [each[number % len(each)] for each in (can, cannot) if each]
    return [""] if getattr(address.view, "open_to", "") and not permission else [*found, ""]


def _asked(world: World, address: Address, role: str, client: Client) -> Iterator[Answer]:
    path = address.path(world)
    yield _answer(address, path, role, client.get(path, headers=FORWARDED))
    if TABLE.search(address.name):
        yield _answer(address, path, role, client.post(path))


def _answer(address: Address, path: str, role: str, given: Any) -> Answer:
    headers = {name.lower(): value for name, value in given.headers.items()}
    body = given.content.decode("utf-8", "replace") if not given.streaming else _whole(given)
    where = f"{address.name} ({path}) for {role or 'a stranger'}"
    return Answer(where, path, role, given.status_code, headers, body)


def _whole(given: Any) -> str:
    """Return a streamed answer; what never ends (events) is not read."""
    if given.is_async or given["Content-Type"].startswith("text/event-stream"):
        request_finished.disconnect(close_old_connections)  # as the test client does it
        given.close()
        request_finished.connect(close_old_connections)
        return ""
    return b"".join(given.streaming_content).decode("utf-8", "replace")
