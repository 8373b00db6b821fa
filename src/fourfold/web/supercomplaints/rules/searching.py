"""Search what would be published for words that must be withheld, in every form it takes.

Pages are searched as a reader sees them and as they are written, data and feeds as they are
written, PDF by every text in its bytes. What cannot be read stops the check.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from fourfold.web.publication.rules import pdf_text
from fourfold.web.publication.rules.pdf_tokens import UnreadablePdfError
from fourfold.web.supercomplaints.rules.folding import folded_text
from fourfold.web.supercomplaints.rules.redaction import Quote, folded_parts, stands_folded

PDF: Final = b"%PDF-"
PACKED_CHARS: Final = 6  # shorter words stand by chance across the borders of others
WRITTEN: Final = ("text/", "application/json", "application/xml", "application/atom+xml",
                  "application/schema+json", "image/svg+xml")  # fmt: skip
_TAG: Final = re.compile(r"<[^>]*>")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_LINES: Final = re.compile(r"\\[nrt]")
_BORDERS: Final = re.compile(r"[\s\-_.]+")


class UnsearchableError(Exception):
    """An output cannot be read, so that nobody can say what stands in it."""


@dataclass(frozen=True)
class Output:
    """One public file as it would be sent."""

    path: str
    media_type: str
    body: bytes


def texts_of(output: Output) -> tuple[str, ...]:
    """Return an output as the texts to search.

    Raises:
        UnsearchableError: it is of a kind that cannot be read here.
    """
    if output.body.startswith(PDF):
        return _of_pdf(output)
    if not output.media_type.startswith(WRITTEN) and not output.path.endswith((".csv", ".txt")):
        raise UnsearchableError(f"{output.path}: {output.media_type} cannot be searched")
    try:
        raw = output.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsearchableError(f"{output.path}: not a text") from error
    if "html" in output.media_type or "xml" in output.media_type:
        return (unescape(_TAG.sub(" ", raw)), unescape(_TAG.sub("", raw)), unescape(raw))
    if "json" in output.media_type:
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw)
        return (_LINES.sub(" ", plain), raw)
    return (raw,)


def _of_pdf(output: Output) -> tuple[str, ...]:
    try:
        found = pdf_text.texts_of(output.body)
    except UnreadablePdfError as error:
        raise UnsearchableError(f"{output.path}: {error}") from error
    pages = [each.text for each in found if each.where == "page"]
    return ("\n".join(pages), *(each.text for each in found if each.where != "page"))


@dataclass(frozen=True)
class Prepared:
    """An output's texts folded once, for every quote: as they stand, and without any border."""

    parts: tuple[str, ...]
    packed: str


def prepared(output: Output) -> Prepared:
    """Return an output ready to be searched (raises `UnsearchableError`)."""
    return prepared_texts(texts_of(output))


def prepared_texts(texts: Sequence[str]) -> Prepared:
    """Return texts ready to be searched."""
    parts = tuple(part for text in dict.fromkeys(texts) for part in folded_parts(text))
    return Prepared(parts, "\n".join(_BORDERS.sub("", part) for part in parts))


def hits(held: Prepared, quote: Quote) -> int:
    """Return how often a quote stands in an output."""
    return stands_folded(held.parts, quote)


def is_split_up(held: Prepared, quote: Quote, handed: Prepared) -> bool:
    """Say whether a quote stands in an output torn apart, as a PDF tears words at its edges.

    `handed` is what was handed over: where words only touch each other there, it is no quote.
    """
    wanted = _BORDERS.sub("", folded_text(quote.text))
    if quote.is_whole_word or len(wanted) < PACKED_CHARS or wanted in handed.packed:
        return False
    return wanted in held.packed
