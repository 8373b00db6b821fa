"""Walk XML element by element with the place of each in the file, also when it is cut off.

Expat without external entities; an entity declaration ends the walk. Characters that XML 1.0
forbids, references to them, bytes that are not text, and blank lines before the declaration
are put out of the way first, since exports contain them.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from xml.parsers import expat

CHUNK_BYTES: Final = 1 << 20
_ILLEGAL: Final = bytes(b for b in range(32) if b not in b"\t\n\r")
_TO_SPACES: Final = bytes.maketrans(_ILLEGAL, b" " * len(_ILLEGAL))
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,9}));")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
# "no element found", "unclosed token", "partial character", "unclosed CDATA section"
_ENDED_EARLY: Final = frozenset((3, 5, 6, 20))


class Trouble(NamedTuple):
    """Where a walk ended before the document did. reason: `truncated` or `malformed`."""

    reason: str
    at: int
    note: str


class XmlWalk:
    """Feeds one document to `started` and `ended` of a subclass, and gathers its results.

    data: the document as UTF-8; places are offsets into it.
    found: what the subclass found since the last look; `walk` hands it on.
    """

    def __init__(self, data: bytes) -> None:
        self.data = readable_xml(data)
        self.found: list[Any] = []
        self.trouble: Trouble | None = None
        self._text: list[str] = []
        self._leaf_at = -1  # where the last tag opened an element, unless another was closed since
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.EntityDeclHandler = self._entity

    def started(self, name: str, attributes: dict[str, str], at: int) -> None:
        """Take the start of an element: its name as written, and where its tag begins."""

    def ended(self, name: str, text: str, at: int) -> None:
        """Take the end of an element: the text since the last tag, and where the tag begins."""

    def walk(self) -> Iterator[Any]:
        """Yield what the subclass found; afterwards `trouble` says whether the end was reached."""
        view = memoryview(self.data)
        try:
            for at in range(0, len(view), CHUNK_BYTES):
                self._parser.Parse(view[at : at + CHUNK_BYTES], False)
                yield from self._taken()
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.trouble = self._trouble(error)
        except _EntityDeclaredError:
            at = self._parser.CurrentByteIndex
            self.trouble = Trouble("malformed", at, "it declares an entity, which is refused")
        yield from self._taken()

    def tag_end(self, at: int) -> int:
        """Return the place after the element whose `ended` was just called with `at`."""
        if self.data.startswith(b"</", at) and not self._is_empty_element(at):
            return self.data.find(b">", at) + 1
        return at  # expat reports the end of an empty element where its only tag ends

    def _is_empty_element(self, at: int) -> bool:
        if self._leaf_at < 0 or self.data[at - 2 : at] != b"/>":
            return False
        match = _TAG_END.match(self.data, self._leaf_at)
        return match is not None and match.end() == at

    def raw(self, start: int, end: int) -> str:
        """Return the text between two places."""
        return self.data[start:end].decode("utf-8", "replace")

    def _taken(self) -> list[Any]:
        found, self.found = self.found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        self._leaf_at = self._parser.CurrentByteIndex
        self.started(name, attributes, self._leaf_at)

    def _end(self, name: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        self.ended(name, text, self._parser.CurrentByteIndex)
        self._leaf_at = -1

    def _entity(self, *_: object) -> None:
        raise _EntityDeclaredError

    def _trouble(self, error: expat.ExpatError) -> Trouble:
        at = max(self._parser.ErrorByteIndex, 0)
        what = f"{expat.ErrorString(error.code)} at byte {at}"
        # A cut inside a tag or word leaves nothing after it that could still be closed.
        is_cut = error.code in _ENDED_EARLY or b">" not in self.data[at:]
        return Trouble("truncated" if is_cut else "malformed", at, what)


class _EntityDeclaredError(Exception):
    """The document declares an entity: exports never do, attacks do."""


def local_name(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def readable_xml(data: bytes) -> bytes:
    """Return a document as UTF-8 that expat can read; what XML forbids becomes spaces."""
    text = _as_utf8(data).lstrip(b" \t\r\n\xef\xbb\xbf")
    text = text.translate(_TO_SPACES)
    return _REFERENCE.sub(_legal_reference, text) if b"&#" in text else text


def _as_utf8(data: bytes) -> bytes:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace").encode()
    declared = _DECLARED.search(data[:512])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if encoding in {"utf-8", "utf8", "us-ascii", "ascii", "utf-16"}:
        encoding = "utf-8"
    try:
        if encoding == "utf-8" and data.isascii():
            return data
        return data.decode(encoding, "replace").encode()
    except LookupError:
        return data.decode("utf-8", "replace").encode()


def _legal_reference(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2])
    is_legal = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return match[0] if is_legal and code not in {0xFFFE, 0xFFFF} else b" " * len(match[0])
