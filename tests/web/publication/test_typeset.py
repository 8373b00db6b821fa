"""Typeset documents: tagged, the same bytes each time, and nothing that is written is obeyed."""

import io
import warnings

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.publication.content import Section, Table
from fourfold.web.publication.typeset import SUB, Chart, Sheet, pdf

HOSTILE = '#import "x": * $a^2$ *b* _c_ `d` <e> @f // g /* h */ [i] {j} \\ #panic() = k - l'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 6"><rect width="9" height="6"/></svg>'
)


def text_of(made: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = pypdf.PdfReader(io.BytesIO(made)).pages
        return "\n".join(page.extract_text() for page in pages)


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(
        Sheet(
            title=HOSTILE,
            on="2024-09-27",
            mark="Published version",
            facts=((HOSTILE, HOSTILE),),
            parts=(
                Section(HOSTILE, (HOSTILE, "two\nlines 😀 \u202eturned")),
                Section("Below", ("under",), kind=SUB),
                Table("A table", ("A", HOSTILE), (("1",), ("2", "b", "too many")), HOSTILE),
                Chart(SVG, "One bar, nine of twenty.", "A chart"),
                Section("Last", ("end",)),
            ),
        )
    )


def test_what_is_written_is_never_markup(made: bytes) -> None:
    shown = " ".join(text_of(made).split())
    assert shown.count(HOSTILE) >= 5


def test_a_document_is_tagged_and_says_what_it_is(made: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None and reader.metadata.title == HOSTILE
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert len(reader.pages) == 2  # contents first


def test_the_mark_stands_on_every_page(made: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        assert "Published version" in page.extract_text()
        assert "of 2" in page.extract_text()


def test_characters_without_a_letter_form_are_named_not_dropped(made: bytes) -> None:
    assert "⟦grinning face⟧ ⟦right-to-left override⟧turned" in text_of(made)


def test_the_same_input_gives_the_same_bytes() -> None:
    sheet = Sheet(title="A", on="2024-09-27", parts=(Section("", ("x",)),))
    assert pdf(sheet) == pdf(sheet)
    assert pdf(sheet) != pdf(Sheet(title="A", on="2024-09-28", parts=sheet.parts))


def test_a_sub_heading_that_comes_first_does_not_skip_a_level() -> None:
    assert pdf(Sheet(title="A", on="2024-09-27", parts=(Section("First", ("x",), kind=SUB),)))


@given(st.text(max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_set(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert pdf(Sheet(title=text, on="2024-09-27", parts=(Section(text, (text,)),))).startswith(
        b"%PDF"
    )
