"""The text of a typeset PDF, read back from its bytes, is what another reader finds there."""

import io
import warnings
import zlib

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.publication.content import Section, Table
from fourfold.web.publication.rules.pdf_text import texts_of
from fourfold.web.publication.rules.pdf_tokens import STRING, UnreadablePdfError, tokens
from fourfold.web.publication.typeset import Chart, Sheet, pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><text x="2" y="8" font-size="6">Drawn</text></svg>'
SHEET = Sheet(
    title="A title (with (brackets) ( and \\ signs) Žluťoučký",
    on="2024-09-27",
    mark="Published version",
    facts=(("By", "Teasel"),),
    parts=(
        Section("First heading", ("Office “flow” ﬁnch → arrow.", "()()" * 20)),
        Table("The caption", ("Column",), (("cell",),), "The note"),
        Chart(SVG, "What the chart shows", "Chart"),
        Section("Second", ("The end",)),
    ),
)


def packed(text: str) -> str:
    return "".join(text.split())


def test_everything_that_was_set_is_read_back() -> None:
    made = pdf(SHEET)
    found = texts_of(made)
    pages = packed("".join(each.text for each in found if each.where == "page"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = packed(
            "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
        )
    words = (SHEET.title, "Teasel", "First heading", "Office “flow” finch → arrow.", "()()" * 20,
             "The caption", "Column", "cell", "The note", "Drawn", "The end")  # fmt: skip
    for word in words:
        assert packed(word) in pages
        assert packed(word) in other
    kept = [each.text for each in found if each.where != "page"]
    for word in (SHEET.title, "First heading", "What the chart shows"):
        assert any(word in text for text in kept), word
    assert any(each.where == "metadata" and SHEET.title in each.text for each in found)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>",
        b"1 0 obj\n<</Type/Catalog/Filter/LZWDecode/Length 3>>\nstream\nabc\nendstream\nendobj",
        b"1 0 obj\n<</Type/Catalog/Filter/FlateDecode/Length 3>>\nstream\nabc\nendstream\nendobj",
        b"1 0 obj\n<</Type/Catalog/Title(never ends>>\nendobj",
        b"1 0 obj\n<</Type/Catalog>>\nstream\nabc\nendstream\nendobj",
    ],
)
def test_what_cannot_be_read_is_an_error_never_nothing(broken: bytes) -> None:
    with pytest.raises(UnreadablePdfError):
        texts_of(broken)


def test_a_stream_that_hides_words_elsewhere_is_read() -> None:
    hidden = zlib.compress(b"/Span<</ActualText(hidden words)>>BDC EMC")
    made = b"1 0 obj\n<</Type/Catalog/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj"
    assert "hidden words" in [each.text for each in texts_of(made % (len(hidden), hidden))]


@given(st.binary(max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_string_reads_as_it_was_written(given_bytes: bytes) -> None:
    escaped = b"".join(b"\\" + bytes([c]) if c in b"\\()" else b"\\%03o" % c for c in given_bytes)
    assert [t.value for t in tokens(b"(" + escaped + b")") if t.kind == STRING] == [given_bytes]
    assert [t.value for t in tokens(b"<" + given_bytes.hex().encode() + b">")] == [given_bytes]
