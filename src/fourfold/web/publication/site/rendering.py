"""The one renderer: an address becomes the bytes that stand there, live and on a disk alike."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.template.loader import get_template

from fourfold.web.base.web_addresses import web_address
from fourfold.web.publication.content import Kind
from fourfold.web.publication.rules import paths, statuses
from fourfold.web.publication.rules.addresses import relative, telephone
from fourfold.web.publication.rules.days import day_of, day_words
from fourfold.web.publication.site import names
from fourfold.web.publication.site.catalogue import ROUTES
from fourfold.web.publication.site.routes import HTML, Names, Page
from fourfold.web.publication.site.world import World

# Signs that turn or hide text beside them, and those that no page or feed may hold.
TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
SILENT: Final = dict.fromkeys(each for each in range(0x20) if each not in (0x09, 0x0A, 0x0D))


@dataclass(frozen=True)
class Rendered:
    """What stands at an address."""

    body: bytes
    media_type: str
    is_page: bool
    is_file: bool = False


@dataclass(frozen=True)
class Here:
    """The page that is being made: how it leads elsewhere."""

    path: str
    world: World

    def to(self, target: str) -> str:
        """Return the relative address of another page."""
        return relative(self.path, target)

    def file(self, kind: str, ref: str, name: str) -> str:
        """Return the relative address of a file, or nothing where it is not published."""
        if (kind, ref, name) not in self.world.files:
            return ""
        return relative(self.path, paths.file(kind, ref, name))


def render(world: World, path: str, address: str = "") -> Rendered | None:
    """Return what stands at a path of the public site, or nothing.

    Args:
        world: what stands published.
        path: from the root of the site, such as `help-now.html`.
        address: where the site is served, with a slash at its end; only feeds and the map for
            search engines say it.
    """
    found = ROUTES.find(path)
    if found is None:
        return None
    route, given = found
    if isinstance(route, Page):
        return _page(world, path, route, given)
    body = route.make(world, given, address)
    if body is None:
        return None
    is_file = route.pattern.startswith("files/")
    if route.media_type.startswith("application/atom"):
        body = _said(body.decode()).encode()
    return Rendered(body, route.media_type, is_page=False, is_file=is_file)


def missing(world: World, path: str) -> Rendered:
    """Return the page that says that nothing stands at an address."""
    page = Page("404.html", "missing")
    return Rendered(_html(world, path, page, {}), HTML, is_page=True)


def _page(world: World, path: str, page: Page, given: Names) -> Rendered | None:
    context = page.context(world, given)
    if context is None:
        return None
    return Rendered(_html(world, path, page, context), HTML, is_page=True)


def _html(world: World, path: str, page: Page, context: dict[str, Any]) -> bytes:
    here = Here(path, world)
    common: dict[str, Any] = {
        "to": here.to,
        "file": here.file,
        "paths": paths,
        "section": page.section,
        "kind": Kind,
        "site": names,
        "as_of": world.as_of,
        "day": day_words,
        "day_of": day_of,
        "web": web_address,
        "dial": telephone,
        "look_of": statuses.look_of_answer,
        "look_named": partial(statuses.look_of),
        "looks": statuses.LOOKS,
        "is_help": page.section == "help",
    }
    template = get_template(f"publication/public/{page.template}.html")
    return _said(template.render({**common, **context})).encode()


def _said(text: str) -> str:
    """Return text without signs that turn its direction or cannot be shown."""
    return text.translate(TURNING).translate(SILENT)
