"""Every address of the public site, and how to make what stands there."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from django.contrib.staticfiles import finders

from fourfold.web.publication.rules.addresses import slug
from fourfold.web.publication.selectors import standing
from fourfold.web.publication.site import (
    bank_pages,
    matrix_pages,
    news,
    open_data,
    plain_pages,
    record_pages,
)
from fourfold.web.publication.site.names import ASSETS
from fourfold.web.publication.site.routes import Document, Names, Page, Routes
from fourfold.web.publication.site.world import World

ATOM: Final = "application/atom+xml; charset=utf-8"
KINDS_OF_ASSETS: Final = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
}  # fmt: skip


@cache
def asset_bytes(name: str) -> bytes | None:
    """Return a stylesheet, a script or the mark."""
    source = ASSETS.get(name)
    found = finders.find(source) if source else None
    return Path(found).read_bytes() if isinstance(found, str) else None


def assets(ending: str) -> Document:
    """Return the route of the assets of one kind."""

    def make(_world: World, names: Names, _address: str) -> bytes | None:
        return asset_bytes(f"{names['name']}.{ending}")

    def every(_world: World) -> Iterable[Names]:
        held = [name for name in ASSETS if name.endswith(f".{ending}") and asset_bytes(name)]
        return [{"name": name.removesuffix(f".{ending}")} for name in held]

    return Document(f"assets/{{name}}.{ending}", KINDS_OF_ASSETS[ending], make, every)


def a_file(world: World, names: Names, _address: str) -> bytes | None:
    """Return a file of what stands published."""
    for kind, ref, name in world.files:
        if (kind, slug(ref), name) == (names["kind"], names["ref"], names["name"]):
            held = standing.file_of(kind, ref, name)
            return bytes(held.content) if held else None
    return None


def files(world: World) -> Iterable[Names]:
    """Return every file of what stands published."""
    return [{"kind": k, "ref": slug(r), "name": n} for k, r, n in sorted(world.files)]


def complaints(world: World) -> Iterable[Names]:
    """Return every super-complaint, for its feed."""
    return [{"ref": name} for name in world.complaints]


def site_map(world: World, _names: Names, address: str) -> bytes | None:
    """Return the map for search engines; its form demands whole addresses."""
    if not address:
        return None
    lines = [
        f"<url><loc>{escape(address + path)}</loc></url>"
        for path in paths(world)
        if path.endswith(".html") and path != "404.html"
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{space}{chr(10).join(lines)}\n</urlset>\n".encode()


ROUTES: Final = Routes(
    (
        *plain_pages.PAGES,
        *record_pages.PAGES,
        *matrix_pages.PAGES,
        *bank_pages.PAGES,
        *open_data.DOCUMENTS,
        Document("feeds/all.atom", ATOM, news.feed),
        Document("feeds/{ref}.atom", ATOM, news.feed, complaints),
        Document("sitemap.xml", "application/xml", site_map),
        *(assets(ending) for ending in KINDS_OF_ASSETS),
        Document("files/{kind}/{ref}/{name}", "application/octet-stream", a_file, files),
    )
)


def paths(world: World) -> Iterator[str]:
    """Yield every address there is."""
    for route in ROUTES.routes:
        for names in route.every(world):
            yield route.pattern.format(**names)


__all__ = ["ROUTES", "Page", "paths"]
