"""What a search asked for, and a piece of text around the words that were found."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.cases.search.words import places

PAGE: Final = 20
BEFORE_LETTERS: Final = 60
PIECE_LETTERS: Final = 220


@dataclass(frozen=True)
class Asked:
    """What a person asked: words, or an offence by its code, or both; which page of which part."""

    words: str = ""
    offence: str = ""
    part: str = ""
    page: int = 1


@dataclass(frozen=True)
class Piece:
    """A run of text, and whether it is what was looked for."""

    text: str
    is_found: bool = False


def snippet(text: str, words: set[str]) -> list[Piece]:
    """Return a piece of text around the first word found, with the words marked; or nothing."""
    found = places(text, words)
    if not found:
        return []
    start = max(0, found[0][0] - BEFORE_LETTERS)
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    end = min(len(text), start + PIECE_LETTERS)
    pieces = [Piece("… ")] if start else []
    at = start
    for from_, to in found:
        if from_ < at or to > end:
            continue
        pieces += [Piece(text[at:from_]), Piece(text[from_:to], is_found=True)]
        at = to
    pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece(" …"))
    return [piece for piece in pieces if piece.text]
