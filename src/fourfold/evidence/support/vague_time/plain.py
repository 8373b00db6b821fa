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


_COUNTED: Final = r"(?:times|calls|texts|messages|voice ?mails|voice notes|e-?mails|dms)\b"
_COUNT = re.compile(
    rf"\b(?:(?P<least>\d{{1,3}}) (?:or|to) )?(?P<count>\d{{1,3}})(?P<more>\+)?"
    r" (?:(?:missed|more|separate|withheld|private|silent|unknown|text|whatsapp)\b ?){0,2}"
    rf"{_COUNTED}|(?<!never )(?<!not )\b(?P<word>once|twice)\b"
    rf"|\b(?P<few>half a dozen|a dozen|a couple of) {_COUNTED}"
    r"|\b(?P<times>\d{1,3}) ?x(?![\w])|(?<![\w])x ?(?P<after>\d{1,3})\b"
)
_WORDS_FOR_COUNT: Final = {
    "once": 1, "twice": 2, "half a dozen": 6, "a dozen": 12, "a couple of": 2,
}  # fmt: skip


def count_in(words: str) -> tuple[int, bool] | None:
    """Return how many times the words say something happened, and whether only about.

    "three times", "twice", "two missed calls", "5x": the first such count, or None. Of
    "two or three times" the smaller is taken, as about that.
    """
    text = plain(words)
    match = _COUNT.search(text)
    if not match:
        return None
    if word := match["word"] or match["few"]:
        return _WORDS_FOR_COUNT[word], bool(match["few"]) or _is_about(text, match.start())
    number = int(match["least"] or match["count"] or match["times"] or match["after"])
    is_about = bool(match["least"] or match["more"]) or _is_about(text, match.start())
    return (number, is_about) if number > 0 else None


def _is_about(text: str, end: int) -> bool:
    return bool(
        re.search(r"\b(?:about|around|roughly|maybe|some|over|at least|nearly) $", text[:end])
    )
