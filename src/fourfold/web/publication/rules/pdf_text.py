"""Everything that stands in a PDF of ours as text, read back from its bytes.

For the check before publishing: what the page shows (glyphs by the font's own map to letters),
titles, bookmarks, alternative texts, contents of links, metadata. Only what `publication.typeset`
writes is understood; anything else is an error, so that a check by it stops and never passes.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from fourfold.web.publication.rules.pdf_tokens import (
    CLOSE,
    OPEN,
    STRING,
    UnreadablePdfError,
    tokens,
)

_OBJECT: Final = re.compile(rb"(\d+) 0 obj\s")
_LENGTH: Final = re.compile(rb"/Length (\d+)")
_STREAM: Final = re.compile(rb"stream\r?\n")
_NAMED_FONT: Final = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_BLOCK: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BARE: Final = re.compile(rb"<</Length \d+/Filter/FlateDecode>>\s*")
_SET: Final = re.compile(rb"\xff*[\x00-\xff]?")  # which glyphs a font has, one bit for each
_SHAPES: Final = (b"/CIDFontType0C", b"/OpenType", b"/Length1", b"/Type/CMap")
_SUMS: Final = re.compile(r"<xmpMM:(\w+ID)>[^<]*</xmpMM:\1>")  # hashes of the document
_COLOURS: Final = re.compile(rb"/N [134]/Range")


@dataclass(frozen=True)
class Found:
    """A text, and where in the PDF it stands."""

    where: str
    text: str


@dataclass(frozen=True)
class _Object:
    number: int
    head: bytes
    stream: bytes | None


def texts_of(pdf: bytes) -> list[Found]:
    """Return every text of a PDF.

    Raises:
        UnreadablePdfError: it is not one that typeset wrote.
    """
    objects = {each.number: each for each in _objects(pdf)}
    if not any(b"/Type/Catalog" in each.head for each in objects.values()):
        raise UnreadablePdfError("no catalogue")
    fonts = _fonts(objects)
    found: list[Found] = []
    for each in objects.values():
        where = f"object {each.number}"
        found += [Found(where, text) for text in _strings(each.head)]
        if each.stream is not None and not _is_silent(each):
            found += _in_stream(each, each.stream, fonts)
    return found


def _objects(pdf: bytes) -> Iterator[_Object]:
    at = 0
    while match := _OBJECT.search(pdf, at):
        end = pdf.find(b"endobj", match.end())
        if end < 0:
            raise UnreadablePdfError("an object that does not end")
        opened = _STREAM.search(pdf, match.end(), end)
        if opened is None:
            yield _Object(int(match[1]), pdf[match.end() : end], None)
            at = end
            continue
        head = pdf[match.end() : opened.start()]
        length = _LENGTH.search(head)
        if length is None:
            raise UnreadablePdfError("a stream without its length")
        at = opened.end() + int(length[1])
        yield _Object(int(match[1]), head, _unpacked(head, pdf[opened.end() : at]))


def _unpacked(head: bytes, raw: bytes) -> bytes:
    if b"/Filter" not in head:
        return raw
    if b"/Filter/FlateDecode" not in head or b"/DecodeParms" in head:
        raise UnreadablePdfError("a stream of an unknown kind")
    try:
        return zlib.decompress(raw)
    except zlib.error as error:
        raise UnreadablePdfError("a stream that cannot be unpacked") from error


def _is_silent(each: _Object) -> bool:
    """Say whether a stream holds shapes, colours or the map of a font, and no words."""
    is_set = _BARE.fullmatch(each.head) and _SET.fullmatch(each.stream or b"")
    is_drawn = any(kind in each.head for kind in _SHAPES) or _COLOURS.search(each.head)
    return bool(is_set or is_drawn)


def _in_stream(each: _Object, stream: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[Found]:
    if b"/Subtype/XML" in each.head:
        words = re.sub(r"<[^>]*>", "\n", _SUMS.sub("", stream.decode("utf-8")))
        yield Found("metadata", unescape(words))
        return
    runs: list[str] = []
    letters: dict[int, str] = {}
    depth, before = 0, b""
    for token in tokens(stream):
        if token.kind in (OPEN, CLOSE):
            depth += 1 if token.kind == OPEN else -1
        elif token.kind == STRING and depth:
            yield Found(f"object {each.number}", _decoded(token.value))
        elif token.kind == STRING:
            runs.append(_shown(token.value, letters))
        elif token.value == b"BT":
            runs.append("\n")
        elif before in fonts:
            letters, before = fonts[before], b""
        before = token.value[1:] if token.value[:1] == b"/" else b""
    yield Found("page", "".join(runs))


def _shown(codes: bytes, letters: dict[int, str]) -> str:
    pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    try:
        return "".join(letters[pair] for pair in pairs)
    except KeyError as error:
        raise UnreadablePdfError("a sign without its letter") from error


def _fonts(objects: dict[int, _Object]) -> dict[bytes, dict[int, str]]:
    """Return what the codes of each font mean, by the name that pages call it."""
    found: dict[bytes, dict[int, str]] = {}
    for each in objects.values():
        for name, number in _NAMED_FONT.findall(each.head):
            mapped = _TO_UNICODE.search(objects[int(number)].head)
            if mapped is None:
                raise UnreadablePdfError("a font without its letters")
            letters = _letters(objects[int(mapped[1])].stream or b"")
            if found.setdefault(name, letters) != letters:
                raise UnreadablePdfError("one name for two fonts")
    return found


def _letters(cmap: bytes) -> dict[int, str]:
    if b"beginbfrange" in cmap:
        raise UnreadablePdfError("a font's letters in ranges")
    return {
        int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for block in _BLOCK.findall(cmap)
        for code, letters in _PAIR.findall(block)
    }


def _strings(head: bytes) -> Iterator[str]:
    """Yield strings that are text by themselves: titles, alternative texts, contents of links."""
    for token in tokens(head):
        if token.kind == STRING:
            yield _decoded(token.value)


def _decoded(given: bytes) -> str:
    if given.startswith(b"\xfe\xff"):
        return given[2:].decode("utf-16-be", "replace")
    return given.decode("latin-1")
