"""What was published and when: the news of the front page and the Atom feeds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from xml.etree import ElementTree

from fourfold.web.base.words import UK
from fourfold.web.publication import content as c
from fourfold.web.publication.content import Kind
from fourfold.web.publication.rules import paths
from fourfold.web.publication.rules.addresses import relative, slug
from fourfold.web.publication.selectors import standing
from fourfold.web.publication.selectors.standing import Version
from fourfold.web.publication.site.names import SITE_NAME
from fourfold.web.publication.site.routes import Names
from fourfold.web.publication.site.world import World

ATOM: Final = "http://www.w3.org/2005/Atom"
FEED_ENTRIES: Final = 200
READ_AT_MOST: Final = 4_000
REGISTERS: Final = {
    Kind.SUPER_COMPLAINT: "complaints", Kind.REPORT: "reports", Kind.SURVEY: "surveys",
    Kind.PLAN: "plans", Kind.PROGRESS_REPORT: "progress_reports", Kind.PRACTICE: "practices",
}  # fmt: skip
MANY: Final = {
    Kind.ANSWER: "{n} answers to recommendations",
    Kind.FIGURE: "{n} figures",
    Kind.RECOMMENDATION: "{n} recommendations",
    Kind.ORGANISATION: "{n} organisations",
    Kind.DESIGNATION: "{n} designations",
    Kind.SUPPORT_SERVICE: "{n} support services",
    Kind.MEASURE: "{n} measures",
}


@dataclass(frozen=True)
class Item:
    """A line of the news: things of a kind that were published on one day, or one thing."""

    kind: str
    title: str
    path: str
    at: datetime
    first_at: datetime
    key: str
    within: str = ""


def newest(world: World, *, limit: int, within_ref: str | None = None) -> list[Item]:
    """Return the news; what came in numbers on one day is one line."""
    lines: dict[str, list[Version]] = {}
    for each in _versions(within_ref):
        day = each.published_at.astimezone(UK).date().isoformat()
        is_one_line = each.kind in MANY
        key = f"{each.within_ref}:{day}" if is_one_line else f"{each.ref}:{each.version}"
        lines.setdefault(f"{each.kind}:{key}", []).append(each)
    order = sorted(lines.items(), key=lambda line: (line[1][0].published_at, line[0]), reverse=True)
    return [_item(world, key, held) for key, held in order[:limit]]


def _versions(within_ref: str | None) -> list[Version]:
    held = standing.versions(within_ref=within_ref, limit=READ_AT_MOST)
    if within_ref is None:
        return held
    return [
        *(v for v in standing.versions(limit=READ_AT_MOST)
          if v.kind == Kind.SUPER_COMPLAINT and v.ref == within_ref and v not in held),
        *held,
    ]  # fmt: skip


def _item(world: World, key: str, held: list[Version]) -> Item:
    first = held[0]
    complaint = world.complaint(first.within_ref)
    path = paths.page_of(first.kind, first.ref, first.within_ref)
    within = complaint.title if complaint else ""
    title = _words(world, held)
    return Item(first.kind, title, path, first.published_at, first.first_at, key, within)


def _words(world: World, held: list[Version]) -> str:
    each = held[0]
    label = Kind(each.kind).label
    if each.kind in MANY:
        return f"1 {label.lower()}" if len(held) == 1 else MANY[Kind(each.kind)].format(n=len(held))
    changed = f" (changed, version {each.version})" if each.version > 1 else ""
    return f"{label}: {_title(world, each)}{changed}"


def _title(world: World, each: Version) -> str:
    if each.kind == Kind.ADOPTION:
        taken = next((a for a in world.adoptions if a.ref == each.ref), None)
        return taken.organisation if taken else each.ref
    register: dict[str, Any] = getattr(world, REGISTERS[Kind(each.kind)])
    held = register.get(slug(each.ref))
    if isinstance(held, c.Plan):
        return f"{held.organisation}: {held.title}"
    return str(held.title) if held is not None else each.ref


def feed(world: World, names: Names, address: str) -> bytes | None:
    """Return the Atom feed of all news, or of one super-complaint."""
    ref, title = None, SITE_NAME
    if "ref" in names:
        complaint = world.complaints.get(names["ref"])
        if complaint is None:
            return None
        ref, title = complaint.ref, f"{complaint.title} – {SITE_NAME}"
    path = paths.feed(ref or "")
    items = newest(world, limit=FEED_ENTRIES, within_ref=ref)
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _text(root, "title", title)
    _text(root, "id", f"urn:fourfold:feed:{ref or 'all'}")
    _text(root, "updated", _moment(items[0].at) if items else "1970-01-01T00:00:00Z")
    ElementTree.SubElement(_child(root, "author"), f"{{{ATOM}}}name").text = SITE_NAME
    for rel, target in (
        ("self", path),
        ("alternate", paths.complaint(ref) if ref else "news.html"),
    ):
        ElementTree.SubElement(
            root, f"{{{ATOM}}}link", rel=rel, href=_address(address, path, target)
        )
    for item in items:
        _entry(root, item, _address(address, path, item.path))
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _entry(root: ElementTree.Element, item: Item, href: str) -> None:
    entry = _child(root, "entry")
    _text(entry, "title", item.title)
    _text(entry, "id", f"urn:fourfold:{item.key}")
    _text(entry, "updated", _moment(item.at))
    _text(entry, "published", _moment(item.first_at))
    ElementTree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=href)
    _text(entry, "summary", item.within or item.title)


def _child(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    _child(parent, name).text = text


def _address(address: str, start: str, target: str) -> str:
    return address + target if address else relative(start, target)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
