"""The elements of arrays in a JSON document, each verbatim, also from a file cut off.

A well-formed document goes through msgspec in one pass. Only when that fails does a
scanner, which knows no recursion, walk the tokens and save every whole element that
stands before the damage.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from fourfold.evidence.support.json_keys import RepeatedKeyError, refuse_repeated

Path = tuple[str | None, ...]  # keys from the root; None stands for every index of an array

DEPTH: Final = 10_000  # open brackets; beyond this nothing is worth saving
MEMBER_BYTES: Final = 65_536  # of a name or title beside the array

_DEEP: Final[Path] = ("\0",)  # a path that nothing asks for
_BOM: Final = b"\xef\xbb\xbf"
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|"', re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# The same words as in model/reasons.py, on which this pure module does not lean.
TRUNCATED = "truncated"
MALFORMED = "malformed"


class Element(msgspec.Struct, gc=False):
    """One element of the array.

    pointer: JSON pointer of the element.
    raw: its bytes as they stand; of a torn element what is left of it.
    container: the other members of the object that holds the array, as far as read.
    is_torn: the document ends, or stops to be JSON, inside or before this element.
    is_cut: it ends there; otherwise it goes on, but not as JSON.
    """

    pointer: str
    raw: bytes
    container: dict[str, Any]
    is_torn: bool = False
    is_cut: bool = False

    @property
    def trouble(self) -> tuple[str, str]:
        """Reason class and note of a torn element."""
        if self.is_cut:
            return TRUNCATED, "the file ends before its closing bracket"
        return MALFORMED, "the file is not JSON from here on; the rest is in this row"


def elements(document: bytes, paths: list[Path]) -> list[Element]:
    """Return the elements of every array that one of the paths leads to.

    A document that is not whole yields the elements before the damage and one torn
    element for the rest. Nothing is ever raised for its content.
    """
    document = document.removeprefix(_BOM)
    try:
        return [e for path in paths for e in _well_formed(msgspec.Raw(document), path, "", {})]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, RepeatedKeyError):
        return list(_Scanner(document, paths).run())


def value_of(raw: bytes) -> Any:
    """Decode one element; characters that are none (lone surrogates) become U+FFFD.

    Raises:
        ValueError: it is not JSON, or nested too deeply.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass  # json of the standard library forgives more
    try:
        value = json.loads(raw.decode("utf-8", "replace"))
        text = json.dumps(value, ensure_ascii=False)
        return json.loads(_LONE_SURROGATE.sub("\ufffd", text))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _well_formed(
    raw: msgspec.Raw, path: Path, pointer: str, holder: dict[str, Any]
) -> Iterator[Element]:
    if not path or path[0] is None:
        items = msgspec.json.decode(raw, type=list[msgspec.Raw])
        for n, item in enumerate(items):
            if path:
                yield from _well_formed(item, path[1:], f"{pointer}/{n}", {})
            else:
                yield Element(f"{pointer}/{n}", bytes(item), holder)
        return
    members = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    refuse_repeated(raw, (path[0],), members)
    if path[0] not in members:
        return
    inner = members.pop(path[0])
    others = {} if path[1:] else {k: _value_or_none(bytes(v)) for k, v in members.items()}
    yield from _well_formed(inner, path[1:], f"{pointer}/{path[0]}", others)


class _Frame:
    """An open array or object of the scanner."""

    __slots__ = ("is_object", "key", "members", "path", "pointer", "seen", "start")

    def __init__(self, is_object: bool, path: Path, pointer: str, start: int) -> None:
        self.is_object, self.path, self.pointer, self.start = is_object, path, pointer, start
        self.key: str | None = None
        self.members: dict[str, Any] = {}
        self.seen = 0

    def child(self) -> tuple[Path, str]:
        """Return path and pointer of the value that comes next."""
        step = self.key if self.is_object else str(self.seen)
        return (*self.path, self.key if self.is_object else None), f"{self.pointer}/{step}"


class _Scanner:
    """Walks the tokens of a damaged document with a stack of its own."""

    def __init__(self, document: bytes, paths: list[Path]) -> None:
        self.document = document
        self.targets = set(paths)
        self.holders = {path[:-1] for path in paths}
        self.longest = max(len(path) for path in paths)
        self.stack: list[_Frame] = []
        self.opened: Counter[str] = Counter()
        self.is_done = self.is_broken = False
        self.last_end = 0
        self.ready: Element | None = None
        first = "".join(f"/{'0' if key is None else key}" for key in paths[0])
        self.next_pointer = f"{first}/0"

    def run(self) -> Iterator[Element]:
        """Yield whole elements, and one torn element where the document is not whole."""
        for token in _TOKEN.finditer(self.document):
            if self.is_done or token[0] == b'"' or len(self.stack) > DEPTH:
                # a mark that opens a string which never closes: the file ends in that string
                self.is_broken = self.is_done or token[0] != b'"'
                self.is_done = False
                break
            if token.end() == len(self.document) and self.stack and token[0][:1] not in b'"{}[]:,':
                break  # a number or word at the cut may have been longer
            if not self._take(token[0], token.start(), token.end()):
                self.is_broken = True
                break
            if self.ready is not None:
                yield self.ready
        if not self.is_done:
            yield self._torn()

    def _take(self, token: bytes, start: int, end: int) -> bool:
        """Move by one token; False when the brackets do not match."""
        self.ready = None
        top = self.stack[-1] if self.stack else None
        if token in b"{[":
            path, pointer = top.child() if top else ((), "")
            if len(path) > self.longest:  # deeper than anything asked for
                path, pointer = _DEEP, ""
            elif path in self.targets:
                self.opened[pointer] += 1
                if self.opened[pointer] > 1:  # a key that stands twice
                    pointer = f"{pointer}@{self.opened[pointer]}"
            self.stack.append(_Frame(token == b"{", path, pointer, start))
        elif token in b"}]":
            if top is None or top.is_object != (token == b"}"):
                return False
            self.stack.pop()
            self._complete(top.start, end)
        elif token == b":":
            return top is not None and top.is_object
        elif token != b",":
            self._scalar(top, token, start, end)
        elif top is not None:
            top.key = None
        return True

    def _scalar(self, top: _Frame | None, token: bytes, start: int, end: int) -> None:
        if top is not None and top.is_object and top.key is None:
            top.key = token[1:-1].decode("utf-8", "replace")
            return
        self._complete(start, end)

    def _complete(self, start: int, end: int) -> None:
        """A value ended: an element, a member of a holder, or the document itself."""
        if not self.stack:
            self.is_done = True
            return
        parent = self.stack[-1]
        if parent.is_object:
            if parent.path in self.holders and parent.key and end - start < MEMBER_BYTES:
                parent.members[parent.key] = _value_or_none(self.document[start:end])
        elif parent.path in self.targets:
            holder = self.stack[-2].members if len(self.stack) > 1 else {}
            pointer = parent.child()[1]
            self.ready = Element(pointer, self.document[start:end], holder)
            self.last_end = end
            self.next_pointer = f"{parent.pointer}/{parent.seen + 1}"
        parent.seen += 1

    def _torn(self) -> Element:
        for depth, frame in enumerate(self.stack):
            if frame.path in self.targets and not frame.is_object:
                inner = (
                    self.stack[depth + 1].start if depth + 1 < len(self.stack) else self.last_end
                )
                holder = self.stack[depth - 1].members if depth else {}
                rest = self.document[max(inner, self.last_end) :].lstrip(b" \t\r\n,")
                pointer = frame.child()[1]
                return Element(pointer, rest, holder, is_torn=True, is_cut=not self.is_broken)
        rest = self.document[self.last_end :].strip()
        return Element(self.next_pointer, rest, {}, is_torn=True, is_cut=not self.is_broken)


def _value_or_none(raw: bytes) -> Any:
    try:
        return value_of(raw)
    except ValueError:
        return None
