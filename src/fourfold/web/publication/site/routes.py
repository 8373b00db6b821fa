"""A route: a pattern of addresses, what it makes, and every address of it that there is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from fourfold.web.publication.site.world import World

Names = dict[str, str]
Context = dict[str, Any]
HTML: Final = "text/html; charset=utf-8"
NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]*?"


def once(_world: World) -> Iterable[Names]:
    """Return the one address of a page that stands once."""
    return [{}]


def nothing(_world: World, _names: Names) -> Context:
    """Return the context of a page that needs none."""
    return {}


@dataclass(frozen=True)
class Page:
    """A page: its address, its template, and what the template is given (None: no such page)."""

    pattern: str
    template: str
    context: Callable[[World, Names], Context | None] = nothing
    every: Callable[[World], Iterable[Names]] = once
    section: str = ""
    media_type: str = HTML


@dataclass(frozen=True)
class Document:
    """Something else than a page: data, a feed, an asset."""

    pattern: str
    media_type: str
    make: Callable[[World, Names, str], bytes | None]
    every: Callable[[World], Iterable[Names]] = once
    template: str = ""
    section: str = ""


Route = Page | Document


@dataclass(frozen=True)
class Routes:
    """All routes, the more exact ones first."""

    routes: tuple[Route, ...]
    _compiled: list[tuple[re.Pattern[str], Route]] = field(default_factory=list)

    def find(self, path: str) -> tuple[Route, Names] | None:
        """Return the route of an address, and the names in it."""
        if not self._compiled:
            self._compiled.extend((_expression(route.pattern), route) for route in self.routes)
        for expression, route in self._compiled:
            if found := expression.fullmatch(path):
                return route, found.groupdict()
        return None


def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    plain = [re.escape(part) if at % 2 == 0 else f"(?P<{part}>{NAME})"
             for at, part in enumerate(parts)]  # fmt: skip
    return re.compile("".join(plain))
