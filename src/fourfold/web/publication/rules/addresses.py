"""Addresses of the public site: paths of files, and how one page leads to another.

Every page is a file with its name, and every link is relative: the same bytes work from a server,
from any folder of one, and from a disk.
"""

import hashlib
import posixpath
import re
from typing import Final

SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}(\.[A-Za-z0-9_-]{1,20}){0,3}")
WORDS: Final = re.compile(r"[^a-z0-9]+")


def slug(ref: str) -> str:
    """Return a reference as the name of a file; one with other signs gets a name of its own."""
    if SAFE.fullmatch(ref):
        return ref
    return "x" + hashlib.sha256(ref.encode()).hexdigest()[:20]


def words_slug(words: str) -> str:
    """Return words as part of a file's name: lower case, hyphens, never empty, never ambiguous."""
    plain = WORDS.sub("-", words.casefold()).strip("-")[:40].strip("-")
    if plain and plain.replace("-", " ") == words.casefold():
        return plain
    short = hashlib.sha256(words.encode()).hexdigest()[:6]
    return f"{plain}-{short}" if plain else short


def relative(start: str, target: str) -> str:
    """Return how the page `start` leads to the page `target`; a fragment stays."""
    path, mark, fragment = target.partition("#")
    if path in ("", start):
        return f"{mark}{fragment}" if mark else posixpath.basename(start)
    folder = posixpath.dirname(start)
    return posixpath.relpath(path, folder or ".") + mark + fragment


def telephone(text: str) -> str:
    """Return a number as a telephone dials it, or nothing where it is none."""
    digits = re.sub(r"[\s()-]", "", text)
    return digits if re.fullmatch(r"\+?\d{3,15}", digits) else ""
