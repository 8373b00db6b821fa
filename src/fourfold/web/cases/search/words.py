"""How texts and questions become words: the same way for both, and in both databases.

A word is a run of letters or digits without accents, in lower case, shortened by the endings
below, so that "followed" finds "following". What looks like a phone number or a vehicle
registration also becomes one word in its normal form, however it was written.
"""

import re
import unicodedata
from typing import Final

from fourfold.web.users.identifiers import normalise

WORD: Final = re.compile(r"[^\W_]+")
PHONE: Final = re.compile(r"(?<![\w+])(?:\+|00|0)\d(?:[\s().-]{0,2}\d){8,13}(?!\w)")
VEHICLE: Final = re.compile(r"\b[A-Za-z]{2}\s?\d{2}\s?[A-Za-z]{3}\b")
ENDINGS: Final = ("ing", "ed", "es", "s")
STEM_LETTERS_MIN: Final = 4
WORD_LETTERS_MAX: Final = 60
QUESTION_WORDS_MAX: Final = 12


def plain(text: str) -> str:
    """Return the text in lower case and without accents; each letter keeps its place."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return bare if len(bare) == 1 else letter.lower()[:1]


def stem(word: str) -> str:
    """Return a plain word without its ending."""
    for ending in ENDINGS:
        left = word.removesuffix(ending)
        if left != word and len(left) >= STEM_LETTERS_MIN and not word.endswith("ss"):
            word = left
            break
    if len(word) > STEM_LETTERS_MIN and word[-1] == word[-2] and word.isalpha():
        word = word[:-1]
    if len(word) > STEM_LETTERS_MIN and word.endswith("e"):
        word = word[:-1]
    return word[:WORD_LETTERS_MAX]


def _whole(text: str) -> list[tuple[int, int, str]]:
    """Return what is one thing though it is written in pieces: place and normal form."""
    phones = [
        (found.start(), found.end(), "tel" + normalise("phone", found.group()).strip("+"))
        for found in PHONE.finditer(text)
    ]
    vehicles = [
        (found.start(), found.end(), "vrm" + normalise("vehicle", found.group()).lower())
        for found in VEHICLE.finditer(text)
    ]
    return phones + vehicles


def index_words(*texts: str) -> str:
    """Return the words of texts as the index keeps them, one space apart."""
    words: list[str] = []
    for text in texts:
        bare = plain(text)
        words += [stem(found.group()) for found in WORD.finditer(bare)]
        words += [word for _, _, word in _whole(bare)]
    return " ".join(words)


def question_words(text: str) -> list[str]:
    """Return the words of a question, each once; a number counts as one word."""
    bare = plain(text)
    words: list[str] = []
    for start, end, word in sorted(_whole(bare), reverse=True):
        words.append(word)
        bare = bare[:start] + " " * (end - start) + bare[end:]
    words = words[::-1] + [stem(found.group()) for found in WORD.finditer(bare)]
    return list(dict.fromkeys(words))[:QUESTION_WORDS_MAX]


def places(text: str, words: set[str]) -> list[tuple[int, int]]:
    """Return where words of a question stand in a text."""
    bare = plain(text)
    found = [(m.start(), m.end()) for m in WORD.finditer(bare) if stem(m.group()) in words]
    found += [(start, end) for start, end, word in _whole(bare) if word in words]
    return sorted(found)
