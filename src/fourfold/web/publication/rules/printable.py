"""Text as the embedded fonts can print it: nothing is dropped in silence, nothing misleads.

A character that the fonts lack is named in ⟦double brackets⟧; so are marks that turn the direction
of writing. The engine's report does the same for its own pages; the workspace may not import it.
"""

import re
import unicodedata
from typing import Final

NAMES_SHOWN: Final = 6
BREAK: Final = "\u200b"
# Blocks that the embedded fonts print with any neighbour; measured, kept on the safe side.
_COVERED: Final = (
    "\n -~\u00a0-\u00ac\u00ae-\u024f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u0490\u0491\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2113\u2116"
    "\u2122\u2190-\u21ff\u2200-\u22ff\u25a0-\u25ff\u27e6\u27e7"
)
_PLAIN: Final = "\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201d\u2026\u27e6\u27e7"
_NOT_COVERED: Final = re.compile(f"[^{_COVERED}]+")
_NOT_PLAIN: Final = re.compile(f"[^{_PLAIN}]+")
_JOINED: Final = re.compile("[\ufb00-\ufb06]")  # letters joined by typesetters: fi, fl
_SILENT: Final = {"\ufe0e", "\ufe0f", "\u200d", "\u200b", "\ufeff", "\u00ad"}
_CHUNK: Final = re.compile(r".{1,16}")
_LONG_WORD: Final = re.compile(r"\S{25,}")


def printable(text: str, *, is_plain: bool = False) -> str:
    """Return text with every character that cannot be printed named, and long words breakable."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    text = _JOINED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    named = (_NOT_PLAIN if is_plain else _NOT_COVERED).sub(_named, text)
    return _LONG_WORD.sub(lambda found: BREAK.join(_CHUNK.findall(found[0])), named)


def _named(match: re.Match[str]) -> str:
    characters = [each for each in match[0] if each not in _SILENT]
    if not characters:
        return ""
    names = [_name(each) for each in characters]
    if len(names) > NAMES_SHOWN or not all(names):
        count = len(characters)
        return f"⟦{count} character{'' if count == 1 else 's'} that cannot be printed here⟧"
    return f"⟦{', '.join(names)}⟧"


def _name(character: str) -> str:
    """Return the Unicode name of a sign; nothing for a letter, whose name nobody can read."""
    category = unicodedata.category(character)
    if category.startswith("L") or category in {"Mc", "Nd", "Co"}:
        return ""
    return unicodedata.name(character, f"character {ord(character):04X}").lower()
