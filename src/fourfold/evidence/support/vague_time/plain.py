"""Words made plain before they are read: small letters, digits for number words."""

import re
from typing import Final

_UNITS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_UNIT = re.compile(rf"\b({'|'.join(_UNITS)})(?=\b|n?ish)")
_TENS_AND_UNIT = re.compile(rf"\b({'|'.join(_TENS)})(?:[ -]([1-9])(?!\d))?\b")
_SPACES = re.compile(r"\s+")
_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "\u2011": "-"})
WORDS_CHARS: Final = 500  # nobody writes a time at greater length; longer text is cut


def plain(words: str) -> str:
    """Return the words in small letters, dashes as "-", number words as digits."""
    text = words[:WORDS_CHARS].translate(_MARKS).lower()
    text = re.sub(r" ?\bo ?'? ?clock\b", " oclock", text)
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text)
    text = _UNIT.sub(lambda m: str(_UNITS[m[1]]), _SPACES.sub(" ", text).strip())
    return _TENS_AND_UNIT.sub(lambda m: str(_TENS[m[1]] + int(m[2] or 0)), text)


def count_in(words: str) -> tuple[int, bool] | None:
    """Return how many times the words say something happened, and whether only about.

    "three times", "twice", "two calls": the first such count, or None.
    """
    text = plain(words)
    if match := re.search(r"\b(once|twice)\b", text):
        return (1 if match[1] == "once" else 2), _is_about(text, match.start())
    match = re.search(
        r"\b(\d{1,3}) (?:times|calls|texts|messages|missed calls|emails|e-mails)\b", text
    )
    if match and int(match[1]) > 0:
        return int(match[1]), _is_about(text, match.start())
    return None


def _is_about(text: str, end: int) -> bool:
    return bool(re.search(r"\b(?:about|around|roughly|maybe|some) $", text[:end]))
