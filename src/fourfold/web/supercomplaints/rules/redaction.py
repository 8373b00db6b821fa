"""Withholding: what the published version leaves out, wherever it stands, and how it is searched.

super-complaints.md section 4, `redact`: information may be left out if to include it would be
contrary to national security or might jeopardise anyone's safety. The mark is the same for every
passage: it tells neither how long it was nor how it was worded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from fourfold.web.publication.content import Section
from fourfold.web.supercomplaints.rules.folding import (
    Span,
    fold,
    folded_text,
    is_enough,
    merged,
    pattern_of,
    spans_of,
)

MARK: Final = "[withheld]"
BREAK: Final = "\n\n"
CODES: Final = frozenset(
    {"ref", "kind", "state", "basis", "media_type", "regime", "status", "sha256"}
)
_MARKS: Final = re.compile(re.escape(MARK), re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
T = TypeVar("T")


@dataclass(frozen=True)
class Quote:
    """Words to withhold. `is_whole_word`: only where they stand by themselves."""

    text: str
    is_whole_word: bool = False
    ref: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and the references of the quotes that withhold it."""

    text: str
    by: tuple[str, ...] = ()


def problem_of(quote: str) -> str:
    """Return what is wrong with a quote; nothing where it can be looked for."""
    if MARK in fold(quote).text:
        return f"Enter the words as they stand in the full version, without {MARK}."
    if not is_enough(quote):
        return "Enter at least two letters or digits. Fewer would stand in almost every word."
    return ""


def spans(text: str, quotes: Sequence[Quote]) -> list[Span]:
    """Return what is withheld of a text; marks that stand there already stay marks."""
    marks = [Span(found.start(), found.end()) for found in _MARKS.finditer(text)]
    found = [*marks]
    for start, end in _between(marks, len(text)):
        part = text[start:end]
        found += [
            Span(start + span.start, start + span.end)
            for quote in quotes
            for span in spans_of(part, quote.text, is_whole_word=quote.is_whole_word)
        ]
    return merged(found, text) if len(found) > len(marks) else marks


def _between(marks: Sequence[Span], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for mark in marks:
        yield at, mark.start
        at = mark.end
    yield at, end


def withheld(text: str, quotes: Sequence[Quote]) -> str:
    """Return a text with the mark in place of every passage that is withheld."""
    parts, at = [], 0
    for span in spans(text, quotes):
        parts += [text[at : span.start], MARK]
        at = span.end
    return "".join([*parts, text[at:]])


def pieces(text: str, quotes: Sequence[Quote]) -> list[Piece]:
    """Return a text in stretches, each with the quotes that withhold it, for the preview."""
    parts, at = [], 0
    for span in spans(text, quotes):
        inside = text[span.start : span.end]
        by = tuple(
            quote.ref
            for quote in quotes
            if spans_of(inside, quote.text, is_whole_word=quote.is_whole_word)
        )
        parts += [Piece(text[at : span.start]), Piece(inside, by or ("",))]
        at = span.end
    return [piece for piece in [*parts, Piece(text[at:])] if piece.text]


def apply(content: T, quotes: Sequence[Quote]) -> T:
    """Return public content with every text in it withheld where it must be.

    References, codes and dates stay: they lead from one published thing to another. The check
    before publishing searches them as well, and stops there.
    """
    if not quotes:
        return content
    made: T = _applied(content, quotes)
    return made


def _applied(value: Any, quotes: Sequence[Quote]) -> Any:
    if isinstance(value, str):
        return value if _DATE.fullmatch(value) else withheld(value, quotes)
    if isinstance(value, Section):
        return replace(
            value,
            heading=withheld(value.heading, quotes),
            paragraphs=paragraphs(BREAK.join(value.paragraphs), quotes),
        )
    if isinstance(value, tuple):
        return tuple(_applied(each, quotes) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: _applied(getattr(value, each.name), quotes)
            for each in fields(value)
            if not _is_code(each.name)
        }
        return replace(value, **changed)
    return value


def paragraphs(text: str, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the paragraphs of a text that are left; a passage may run over several."""
    parts = re.split(r"\n[^\S\n]*\n\s*", withheld(text, quotes))
    return tuple(part.strip("\n") for part in parts if part.strip())


def _is_code(name: str) -> bool:
    return name in CODES or name.endswith(("_ref", "_refs", "_sha256"))


def texts_of(content: Any) -> Iterator[str]:
    """Yield every text of public content, codes and all."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple | list):
        for each in content:
            yield from texts_of(each)
    elif isinstance(content, dict):
        for key, each in content.items():
            yield str(key)
            yield from texts_of(each)
    elif is_dataclass(content) and not isinstance(content, type):
        for field in fields(content):
            yield from texts_of(getattr(content, field.name))


def stands_in(text: str, quote: Quote) -> int:
    """Return how often a quote stands in a text, in any spelling; marks part what they stand in."""
    return stands_folded(folded_parts(text), quote)


def folded_parts(text: str) -> tuple[str, ...]:
    """Return what stands between the marks of a text, as it is compared."""
    return tuple(folded_text(part) for part in _MARKS.split(text))


def stands_folded(parts: Sequence[str], quote: Quote) -> int:
    """Return how often a quote stands in folded parts."""
    pattern = pattern_of(quote.text, is_whole_word=quote.is_whole_word)
    return sum(1 for part in parts for _ in pattern.finditer(part))


def long_words(text: str, quote: Quote) -> list[str]:
    """Return the longer words that a quote is part of, for the officer to judge."""
    found = set()
    for span in spans_of(text, quote.text, is_whole_word=quote.is_whole_word):
        word = text[span.start : span.end]
        if _letter_count(word) > _letter_count(quote.text):
            found.add(" ".join(word.split()))
    return sorted(found)


def _letter_count(text: str) -> int:
    return sum(each.isalnum() for each in folded_text(text))
