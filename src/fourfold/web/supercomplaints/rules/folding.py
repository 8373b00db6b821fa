"""Text as it is compared: case, accents, spaces, quotation marks, hidden characters do not count.

Every character is folded alone, so that a place in the folded text leads back to the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

MANY_DIGITS: Final = 6  # telephone numbers, dates: their spacing does not count
SHORT: Final = 3  # around words shorter than this a gap must stand: "A N Other" is not "another"
LEAST: Final = 2  # letters or digits that a quote needs
_GAPS: Final = r"[\s\-_.]"
_BETWEEN_DIGITS: Final = r"[\s\-_.()/+]*"
_ALIKE: Final = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ＇", "'")
    | dict.fromkeys("“”„‟″«»＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-")
    | {"⁄": "/"}
)
_PIECE: Final = re.compile(r"[\s\-_.]+|[^\s\-_.]+")


@dataclass(frozen=True)
class Folded:
    """A folded text, and for each of its characters the place it came from."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Span:
    """A stretch of a text: from `start` up to, but not with, `end`."""

    start: int
    end: int


def fold(text: str) -> Folded:
    """Return the text as it is compared."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters_of(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def folded_text(text: str) -> str:
    """Return the text as it is compared, where nobody asks for places."""
    return "".join(map(_letters_of, text))


@cache
def _letters_of(character: str) -> str:
    """Return what a character is compared as; nothing for marks and for what cannot be seen."""
    alike = character.translate(_ALIKE)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", alike).casefold())
    kept = [each for each in plain.translate(_ALIKE) if not _is_silent(each)]
    return "".join(" " if each.isspace() else each for each in kept)


def _is_silent(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"} or (
        unicodedata.combining(character) != 0
    )


def is_enough(quote: str) -> bool:
    """Say whether a quote holds enough to be looked for."""
    return sum(each.isalnum() for each in fold(quote).text) >= LEAST


@cache
def pattern_of(quote: str, *, is_whole_word: bool = False) -> re.Pattern[str]:
    """Return what finds a quote in a folded text, however it is spaced and joined."""
    pieces = [
        piece
        for piece in _PIECE.findall(fold(quote).text)
        if any(each.isalnum() for each in piece) or not re.fullmatch(f"{_GAPS}+", piece)
    ]
    is_number = sum(each.isdigit() for piece in pieces for each in piece) >= MANY_DIGITS
    found = "".join(_joined(pieces, is_number=is_number))
    if is_whole_word:
        found = rf"(?<!\w){found}(?!\w)"
    return re.compile(rf"(?=({found}))")


def _joined(pieces: list[str], *, is_number: bool) -> Iterator[str]:
    before = ""
    for piece in pieces:
        if before:
            yield _gap(before, piece, is_number=is_number)
        yield _spaced(piece) if is_number else re.escape(piece)
        before = piece


def _gap(before: str, after: str, *, is_number: bool) -> str:
    if is_number and before[-1].isdigit() and after[0].isdigit():
        return _BETWEEN_DIGITS
    is_short = len(before) < SHORT or len(after) < SHORT
    return _GAPS + ("+" if is_short else "*")


def _spaced(piece: str) -> str:
    """Let digits stand apart: 01632 960 101 is 01632960101."""
    parts: list[str] = []
    for at, character in enumerate(piece):
        if at and character.isdigit() and piece[at - 1].isdigit():
            parts.append(_BETWEEN_DIGITS)
        parts.append(re.escape(character))
    return "".join(parts)


def spans_of(text: str, quote: str, *, is_whole_word: bool = False) -> list[Span]:
    """Return where a quote stands in a text, each stretched to the whole words that it touches."""
    folded = fold(text)
    found = [
        Span(folded.places[match.start(1)], folded.places[match.end(1) - 1] + 1)
        for match in pattern_of(quote, is_whole_word=is_whole_word).finditer(folded.text)
        if match.end(1) > match.start(1)
    ]
    return [_whole(text, span) for span in found]


def _whole(text: str, span: Span) -> Span:
    """Stretch a span to whole words: half a word would tell the other half."""
    start, end = span.start, span.end
    while start > 0 and _is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]):
        end += 1
    return Span(start, end)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or _is_silent(character) or character == "_"


def merged(spans: list[Span], text: str = "") -> list[Span]:
    """Return spans in order; those that overlap, or have only space between them, become one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if joined and (
            span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip()
        ):
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
