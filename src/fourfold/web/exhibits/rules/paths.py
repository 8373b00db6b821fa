"""Names that files bring with them: which are taken as they are, and which are refused."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from fourfold.web.exhibits.rules import limits

RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
# Letters that turn the reading direction: "exe.jpg" can be made to look like "gpj.exe".
_TURNING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def refusal_of(path: str) -> str:
    """Return the code of the reason why a path inside the folder is refused, or an empty text."""
    for code, is_wrong in _WHOLE:
        if is_wrong(path):
            return code
    parts = path.split("/")
    return next((code for part in parts if (code := _refusal_of_part(part))), "")


def _refusal_of_part(part: str) -> str:
    if part in (".", ".."):
        return "path-leaves-folder"
    if not part.strip(" ."):
        return "path-empty-part"
    if len(part.encode()) > limits.NAME_BYTES:
        return "name-long"
    if part.split(".", maxsplit=1)[0].strip(" ").casefold() in RESERVED:
        return "name-reserved"
    return ""


def _is_hidden(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")


_WHOLE: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("path-empty", lambda path: not path.strip()),
    ("path-long", lambda path: len(path) > limits.PATH_CHARACTERS),
    ("path-hidden-characters", lambda path: any(_is_hidden(letter) for letter in path)),
    ("path-absolute", lambda path: path.startswith(("/", "\\")) or _DRIVE.match(path)),
    ("path-backslash", lambda path: "\\" in path),
    ("path-deep", lambda path: path.count("/") >= limits.FOLDERS_DEEP),
)


def folded(path: str) -> str:
    """Return what two paths have in common that some systems could not keep apart."""
    parts = unicodedata.normalize("NFC", path).split("/")
    return "/".join(unicodedata.normalize("NFC", part.strip(" .").casefold()) for part in parts)


def collide(one: str, other: str) -> bool:
    """Return whether two folded paths cannot stand in one folder: same, or file and folder."""
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")


def printable(path: str) -> str:
    """Return a refused path as it can be kept and shown: hidden letters as their codes."""
    shown = "".join(f"\\u{ord(c):04x}" if _is_hidden(c) else c for c in path)
    return shown if len(shown) <= limits.PATH_CHARACTERS else shown[: limits.PATH_CHARACTERS] + "…"


def joined(folder: str, name: str) -> str:
    """Return a name inside the folder that the user gave for it; an empty folder is none."""
    folder = folder.strip().rstrip("/")
    return f"{folder}/{name}" if folder else name
