"""Random reports, random quotes: in content, page and PDF nothing of a quote is left."""

import json
import unicodedata

import msgspec
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from fourfold.web.publication.content import Finding, Report, Section
from fourfold.web.publication.rules.pdf_text import texts_of as pdf_texts
from fourfold.web.publication.typeset import pdf
from fourfold.web.supercomplaints.rules import searching
from fourfold.web.supercomplaints.rules.redaction import MARK, Quote, apply, problem_of, texts_of
from fourfold.web.supercomplaints.rules.report import PUBLISHED_MARK, Head, sheet
from fourfold.web.supercomplaints.rules.searching import Output

WORDS = ("Quillon", "quillon", "QUILLON", "Ada", "a\u0301da", "wren", "Lodge", "lodge-keeper",
         "Ｗｒｅｎ", "walked", "blue", "clerk", "07700 900 461", "07700900461", "“Hawk”", "\n\n",
         "notebooks", "safe\u00adhouse", "x")  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(" ".join)
QUOTES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
HEAD = Head("", "", "", "2024-09-27", "27 September 2024", PUBLISHED_MARK)


def plainest(text: str) -> str:
    """Compare by Unicode's own form, without spaces: another way than the rule's."""
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def stands(form: str, text: str) -> bool:
    """Say whether a form stands in a text, beside its marks."""
    return any(form in plainest(part) for part in text.split(MARK))


@given(title=TEXTS, texts=st.lists(TEXTS, max_size=4), quotes=st.lists(QUOTES, max_size=3))
@example(title="", texts=["Quillon Quillon"], quotes=["Quillon Quillon Quillon"])
@settings(max_examples=12, deadline=None)
def test_4_redact_nothing_of_a_quote_is_left_in_content_or_pdf(
    title: str, texts: list[str], quotes: list[str]
) -> None:
    marked = [Quote(quote) for quote in quotes if not problem_of(quote)]
    assume(marked)
    full = Report(
        ref="IR-1",
        super_complaint_ref="SC-1",
        title=title,
        published_on="2024-09-27",
        sections=tuple(Section(text[:20], tuple(text.split("\n\n"))) for text in texts),
        findings=(Finding(1, title, " ".join(texts)),),
    )
    made = apply(full, marked)
    assert apply(made, marked) == made
    data = json.dumps(msgspec.to_builtins(made), ensure_ascii=False)
    shown = pdf(sheet(made, HEAD))
    outputs = {
        Output("a.json", "application/json", data.encode()): [data],
        Output("report.pdf", "application/pdf", shown): [each.text for each in pdf_texts(shown)],
    }
    for quote in marked:
        form = plainest(quote.text).strip()
        for text in texts_of(made):
            assert not stands(form, text)
        for output, texts_ in outputs.items():
            if any(stands(form, text) for text in texts_):  # across a heading and its text:
                assert searching.hits(searching.prepared(output), quote)  # the check stops it
    if all(searching.hits(searching.prepared_texts((title, *texts)), q) == 0 for q in marked):
        assert MARK not in data


def test_4_redact_the_search_finds_words_in_every_form_of_output() -> None:
    quote = Quote("Ada Quillon")
    report = Report("IR-1", "SC-1", "A", "2024-09-27", (Section("B", ("It was Ada Quillon.",)),))
    for output in (
        Output("a.html", "text/html; charset=utf-8", b"<p>Ada <b>Quil</b>lon</p>"),
        Output("a.html", "text/html", b'<p title="Ada&nbsp;Quillon"><!-- x -->'),
        Output("a.html", "text/html", b"<!-- ada&#32;quillon -->"),
        Output("a.json", "application/json", b'{"a": "Ada\\u00a0Quillon"}'),
        Output("a.json", "application/json", b'{"a": "Ada\\nQuillon"}'),
        Output("a.csv", "text/csv", "ADA  QUILLON;1".encode("utf-8-sig")),
        Output("a.atom", "application/atom+xml", b"<title>Ada Quillon</title>"),
        Output("a.pdf", "application/pdf", pdf(sheet(report, HEAD))),
    ):
        assert searching.hits(searching.prepared(output), quote), output.path
