"""Text as the report can print it: what its fonts lack is named, what would mislead is shown.

The report embeds its own fonts only, so that it looks the same everywhere. A picture
character is printed by its Unicode name in ⟦double brackets⟧; so are marks that turn
the direction of writing, which could make a text read as another. Nothing is dropped in
silence. The tables hold every text unchanged.
"""

import re
import unicodedata
from typing import Any, Final

NAMES_SHOWN: Final = 6
# Blocks that the embedded fonts print with any neighbour; measured, kept on the safe side.
_COVERED: Final = (
    "\n -~\u00a0-\u00ac\u00ae-\u024f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0660-\u0669"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2113\u2116\u2122\u2190-\u21ff"
    "\u2200-\u22ff\u25a0-\u25ff\u27e6\u27e7"
)
_PLAIN: Final = "\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201d\u2026\u27e6\u27e7"
_NOT_COVERED = re.compile(f"[^{_COVERED}]+")
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]+")
_SILENT: Final = {"\ufe0e", "\ufe0f", "\u200d", "\u200b", "\ufeff", "\u00ad"}
ZERO_WIDTH: Final = "\u200b"
_CHUNK = re.compile(r".{1,16}")
_LONG_WORD = re.compile(r"\S{25,}")


def printable(text: str, *, is_plain: bool = False) -> str:
    """Return the text with every character that cannot be printed named in brackets.

    is_plain: print only Latin letters, for the case that a rare neighbourhood of letters
        defeats the fonts after all.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return (_NOT_PLAIN if is_plain else _NOT_COVERED).sub(_named, text)


def breakable(text: str) -> str:
    """Let words too long for a column (hashes, addresses) break after every 16 characters."""
    return _LONG_WORD.sub(lambda m: ZERO_WIDTH.join(_CHUNK.findall(m[0])), text)


def printable_all(value: Any, *, is_plain: bool = False) -> Any:
    """Make every text inside nested dictionaries and lists printable."""
    if isinstance(value, str):
        return breakable(printable(value, is_plain=is_plain))
    if isinstance(value, dict):
        return {key: printable_all(item, is_plain=is_plain) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_all(item, is_plain=is_plain) for item in value]
    return value


def shortened(text: str, characters: int) -> str:
    """Cut a long text; the cut says how much is left out."""
    if len(text) <= characters:
        return text
    return f"{text[:characters].rstrip()} … ({len(text) - characters:,} more characters)"


def _named(match: re.Match[str]) -> str:
    characters = [c for c in match[0] if c not in _SILENT]
    if not characters:
        return ""
    names = [_name(c) for c in characters]
    if any(n is None for n in names) or len(names) > NAMES_SHOWN:
        return f"⟦{len(characters)} characters that this report cannot print⟧"
    return f"⟦{', '.join(n for n in names if n)}⟧"


def _name(character: str) -> str | None:
    """Return the Unicode name of a sign; None for a letter, whose name nobody can read."""
    category = unicodedata.category(character)
    if category.startswith("L") or category in {"Mc", "Nd", "Co"}:
        return None
    return unicodedata.name(character, f"character {ord(character):04X}").lower()
