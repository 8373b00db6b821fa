"""Which documents may go public, in which form, and what of a person must not go with them."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from fourfold.web.cases.rules import cells
from fourfold.web.supercomplaints.errors import SuperComplaintError
from fourfold.web.supercomplaints.models import Document
from fourfold.web.supercomplaints.rules import searching
from fourfold.web.supercomplaints.rules.redaction import Quote, problem_of, withheld
from fourfold.web.supercomplaints.rules.searching import Output, Prepared, UnsearchableError

PUBLIC_FILE_BYTES: Final = 20 * 1000**2
SHORT_CHARS: Final = 6  # a shorter name would stand within other words
MEMBERS: Final = 5_000
KINDS: Final = (Document.Kind.COMPLAINT, Document.Kind.LETTER, Document.Kind.REPORT)
SEEN: Final = (Document.Seen.PARTIES, Document.Seen.AUTHORITIES)
SEALED_DATA: Final = ".json"  # of the complaint: the same words as its text, contact and all
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
PACKED: Final = {
    "word/document.xml": ("docx", OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", OFFICE + "spreadsheetml.sheet"),
}
PLAIN: Final = {"txt": "text/plain", "csv": "text/csv"}
NOTHING: Final = Prepared((), "")
_MAIL: Final = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;()]+")
_NUMBER: Final = re.compile(r"\+?\(?\d[\d\s().-]{5,}\d")
_PARTS: Final = re.compile(r"[,;\n]+")


class NotPublicError(SuperComplaintError):
    """A document cannot go public as it is; its words say which, why and what to do next."""


@dataclass(frozen=True)
class PublicForm:
    """A document as it would go public: ending, media type, bytes, and whether it was searched."""

    suffix: str
    media_type: str
    body: bytes
    is_searched: bool


def may_go_public(*, kind: str, seen_by: str, file_name: str) -> bool:
    """Return whether a document is of those that may: never evidence, never what one party has."""
    is_data = kind == Document.Kind.COMPLAINT and file_name.endswith(SEALED_DATA)
    return kind in KINDS and seen_by in SEEN and not is_data


def contact_quotes(name: str, details: str) -> list[Quote]:
    """Return what of the contact person must stand in no public file: name, addresses, numbers."""
    parts = [part.strip() for part in _PARTS.split(details)]
    told = [part for part in parts if "@" in part or any(sign.isdigit() for sign in part)]
    wanted = [name.strip(), *told, *_MAIL.findall(details), *_NUMBER.findall(details)]
    return [
        Quote(each, is_whole_word=len(each) < SHORT_CHARS)
        for each in dict.fromkeys(wanted)
        if each and not problem_of(each)
    ]


def public_form(title: str, file_name: str, body: bytes, quotes: list[Quote]) -> PublicForm:
    """Return a document as it would go public, without what is withheld.

    A text is made anew with a mark in place of each passage. Nothing else is changed: where a
    table or a PDF holds a passage, it does not go.

    Raises:
        NotPublicError: too large, of another kind, or it holds what is withheld.
    """
    if len(body) > PUBLIC_FILE_BYTES:
        raise too_large(title)
    if body.startswith(searching.PDF):
        form = PublicForm("pdf", "application/pdf", body, is_searched=True)
        return _searched(title, form, quotes)
    if body.startswith(b"PK"):
        return PublicForm(*_packed(title, body), body, is_searched=False)
    text = _text(title, body)
    if file_name.lower().endswith(".csv"):
        table = PublicForm("csv", PLAIN["csv"], _harmless(title, text), is_searched=True)
        return _searched(title, table, quotes)
    return PublicForm("txt", PLAIN["txt"], withheld(text, quotes).encode(), is_searched=True)


def too_large(title: str) -> NotPublicError:
    """Return what is said of a file that is too large."""
    return NotPublicError(
        f"“{title}” is larger than {PUBLIC_FILE_BYTES // 1000**2} MB, too large for the public"
        " site. Leave it out, or add a smaller version as a document of its own."
    )


def _searched(title: str, form: PublicForm, quotes: list[Quote]) -> PublicForm:
    try:
        texts = searching.texts_of(Output(form.suffix, form.media_type, form.body))
    except UnsearchableError:
        return PublicForm(form.suffix, form.media_type, form.body, is_searched=False)
    found = [
        place
        for place, text in zip(_places(form.suffix, len(texts)), texts, strict=True)
        for quote in quotes
        if _stands(searching.prepared_texts((text,)), quote)
    ]
    if found:
        raise NotPublicError(
            f"“{title}” holds words that are withheld, or that name the contact person: in"
            f" {' and '.join(dict.fromkeys(found))}. Nothing was published. Leave it out, or add a"
            " version without them as a document of its own."
        )
    return form


def _stands(held: Prepared, quote: Quote) -> bool:
    return bool(searching.hits(held, quote)) or searching.is_split_up(held, quote, NOTHING)


def _places(suffix: str, count: int) -> list[str]:
    if suffix != "pdf":
        return ["its cells"] * count
    return ["its pages", *["its hidden properties"] * (count - 1)]


def _packed(title: str, body: bytes) -> tuple[str, str]:
    """Return what a packed file is, by what lies in it; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            names = held.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _other_kind(title) from error
    kinds = [PACKED[name] for name in PACKED if name in names]
    has_program = any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names)
    if len(kinds) != 1 or has_program or len(names) > MEMBERS:
        raise _other_kind(title)
    return kinds[0]


def _text(title: str, body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other_kind(title) from error
    if "\0" in text:
        raise _other_kind(title)
    return text


def _harmless(title: str, text: str) -> bytes:
    """Return a table whose cells no spreadsheet program takes for a formula."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise _other_kind(title) from error
    head = [cells.cell(each) for each in rows[0]] if rows else []
    return cells.csv_text(head, rows[1:]).encode()


def _other_kind(title: str) -> NotPublicError:
    return NotPublicError(
        f"“{title}” is not of a kind that goes public: PDF, plain text, CSV, XLSX or DOCX without"
        " programs. Leave it out, or add such a version as a document of its own."
    )
