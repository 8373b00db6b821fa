"""The text of HTML elements: blocks on lines of their own, nothing hidden, no scripts."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree, html

from fourfold.web.recommendations.rules.imports.limits import DEPTH, TableRefusedError
from fourfold.web.recommendations.rules.plan_schema import tidy

DROPPED: Final = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "form", "input", "button", "select", "textarea", "head", "canvas", "audio", "video",
)  # fmt: skip
AROUND: Final = ("nav", "header", "footer", "aside")
PARAGRAPHS: Final = frozenset({"p", "blockquote", "ul", "ol", "dl", "table", "h1", "h2", "h3"})
LINES: Final = frozenset({"br", "div", "li", "tr", "dt", "dd", "h4", "h5", "h6", "section"})


def parsed(content: bytes) -> tuple[Any, list[str]]:
    """Return the tree of a saved page without scripts, and what was left out, in words."""
    text, encoding = decoded(content)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise TableRefusedError("The page is empty or broken. Save it again as HTML.") from error
    _require_shallow(tree)
    notes = [f"The page is read as {encoding}."] if encoding != "UTF-8" else []
    dropped = sum(_drop(tree, tag) for tag in DROPPED)
    if dropped:
        notes.append(f"{dropped} scripts, forms and other parts that hold no text were left out.")
    body, note = _main(tree)
    return body, [*notes, *note]


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of bytes, and the name of the encoding that fits."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return content.decode(encoding, "replace"), "UTF-8" if "8" in encoding else "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252 (a guess: it is not UTF-8)"


def _require_shallow(tree: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            raise TableRefusedError("The page is nested too deeply to be a plan.")


def _drop(tree: Any, tag: str) -> int:
    found = list(tree.iter(tag))
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return len(found)


def _main(tree: Any) -> tuple[Any, list[str]]:
    """Return where the content stands: `main`, or the body without what stands around it."""
    for path in ("//main", "//*[@role='main']", "//article"):
        if found := tree.xpath(path):
            for tag in ("nav", "aside", "footer"):
                _drop(found[0], tag)
            return found[0], [f"Only the main part of the page is read ({path[2:]})."]
    words = sum(len(element.text_content().split()) for tag in AROUND for element in tree.iter(tag))
    for tag in AROUND:
        _drop(tree, tag)
    note = f"Menus, header and footer of the page are not read ({words} words)."
    return tree, [note] if words else []


def text_of(element: Any, *, with_links: bool = False) -> str:
    """Return the text of an element: a paragraph or line where the page shows one."""
    return tidy("".join(_pieces(element, with_links)))


def _pieces(element: Any, with_links: bool) -> Iterator[str]:
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(each.tag, str):
            continue
        gap = "\n\n" if each.tag in PARAGRAPHS else "\n" if each.tag in LINES else ""
        is_outer = each is element
        if event == "start":
            yield "" if is_outer else gap
            yield _flat(each.text)
            continue
        if with_links and each.tag == "a":
            yield _address(each)
        if not is_outer:
            yield gap if each.tag != "br" else ""
            yield _flat(each.tail)


def _address(anchor: Any) -> str:
    url = str(anchor.get("href") or "").strip()
    if not url.lower().startswith(("http://", "https://")) or url == anchor.text_content().strip():
        return ""
    return f" <{url}>"


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
