"""super-complaints.md section 4, redact: what is withheld stands nowhere, in no spelling."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fourfold.web.publication.content import Feature, File, Finding, Report, Section
from fourfold.web.supercomplaints.rules.folding import is_enough
from fourfold.web.supercomplaints.rules.redaction import (
    MARK,
    Quote,
    apply,
    long_words,
    pieces,
    problem_of,
    stands_in,
    texts_of,
    withheld,
)


def q(*texts: str) -> list[Quote]:
    return [Quote(text, ref=f"RD-{at}") for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "quote", "left"),
    [
        ("Ann Teasel said so.", "Ann Teasel", "[withheld] said so."),
        ("ANN  TEASEL said so.", "Ann Teasel", "[withheld] said so."),
        ("Ann\u00a0Teasel, Ann\nTeasel", "Ann Teasel", "[withheld], [withheld]"),
        ("An\u00adn Tea\u200bsel went", "Ann Teasel", "[withheld] went"),
        ("Ａｎｎ Ｔｅａｓｅｌ went", "Ann Teasel", "[withheld] went"),
        ("Zoë and Zoe\u0308 and ZOE", "zoë", "[withheld] and [withheld] and [withheld]"),
        ("ﬁnch House", "Finch house", "[withheld]"),
        ("O’Teasel or O'Teasel", "O‘Teasel", "[withheld] or [withheld]"),
        ("the “Hollow” site", '"hollow"', "the [withheld] site"),
        ("Ann-Teasel, ann_teasel.pdf", "Ann Teasel", "[withheld], [withheld].pdf"),
        ("call 01632 960 101 now", "01632960101", "call [withheld] now"),
        ("call (01632) 960-101 now", "01632 960101", "call ([withheld] now"),
        ("Teasels grow", "teasel", "[withheld] grow"),
        ("xteaselx", "teasel", "[withheld]"),
        ("via nothing, I and you", "Ian", "via nothing, I and you"),
        ("another thing", "A. N. Other", "another thing"),
        ("no such words", "teasel", "no such words"),
    ],
)  # fmt: skip
def test_4_redact_finds_a_quote_in_any_spelling(text: str, quote: str, left: str) -> None:
    assert withheld(text, q(quote)) == left


def test_4_redact_overlapping_nested_and_neighbouring_quotes_leave_one_mark() -> None:
    quotes = q("house in Sedge Lane", "Sedge Lane in June", "Sedge", "at noon")
    assert withheld("The house in Sedge Lane in June at noon, Sedge.", quotes) == (
        "The [withheld], [withheld]."
    )


def test_4_redact_the_mark_tells_neither_length_nor_wording() -> None:
    assert withheld("x ab y", q("ab")) == withheld("x abc def y", q("abc def"))


def test_4_redact_a_whole_word_only_spares_longer_words() -> None:
    quote = Quote("Li", is_whole_word=True)
    assert (
        withheld("Police and Li, Li’s file", [quote]) == "Police and [withheld], [withheld]’s file"
    )
    assert stands_in("Police", quote) == 0


def test_4_redact_crosses_paragraphs_of_a_section() -> None:
    section = Section("About Ann", ("It was Ann", "Teasel who said it.", "The end."))
    assert apply(section, q("Ann Teasel", "about")) == Section(
        "[withheld] Ann", ("It was [withheld] who said it.", "The end.")
    )


def test_4_redact_reaches_every_text_and_leaves_references() -> None:
    report = Report(
        ref="IR-TEASEL",
        super_complaint_ref="SC-1",
        title="Teasel report",
        published_on="2024-09-27",
        sections=(Section("teasel", ("TEASEL",), kind="steps"),),
        findings=(Finding(1, "of teasel", "by teasel", (1,)),),
        files=(File("report.pdf", "The teasel report", "application/pdf", 3),),
    )
    made = apply(report, q("teasel"))
    assert [text for text in texts_of(made) if stands_in(text, q("teasel")[0])] == ["IR-TEASEL"]
    assert made.published_on == "2024-09-27"
    assert apply(Feature(1, "teasel", ("teasel",)), q("teasel")) == Feature(1, MARK, (MARK,))


def test_4_redact_a_quote_is_found_beside_marks_but_not_in_them() -> None:
    assert stands_in("Ann [withheld] Teasel", Quote("Ann Teasel")) == 0
    assert stands_in("[withheld]", Quote("held")) == 0
    assert stands_in("[withheld] held", Quote("held")) == 1


@pytest.mark.parametrize("quote", ["", " ", "a", "...", "\u00ad\u200b", "see [withheld] here"])
def test_4_redact_a_quote_that_says_nothing_is_refused(quote: str) -> None:
    assert problem_of(quote)


def test_the_preview_shows_each_passage_and_longer_words() -> None:
    shown = pieces("Ann Teasels grew", q("teasel", "ann"))
    assert [(piece.text, piece.by) for piece in shown] == [
        ("Ann Teasels", ("RD-0", "RD-1")),
        (" grew", ()),
    ]
    assert long_words("Teasels, teasel", Quote("teasel")) == ["Teasels"]
    assert long_words("Ada\n\nQuillon", Quote("Ada Quillon")) == []


def plainest(text: str) -> str:
    """Fold a text in another way than the rule does: whole, by Unicode's own form."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


LETTERS = st.text(alphabet="aAbBéßﬁnN \n'’-\u00ad\u0301İ1١", min_size=0, max_size=30)


@given(text=LETTERS, quotes=st.lists(LETTERS.filter(is_enough), min_size=1, max_size=3))
@example(text="ab\u0301ab", quotes=["ab"])
@example(text="aa aa aa", quotes=["aa aa"])
@settings(max_examples=60, deadline=None)
def test_4_redact_no_form_of_a_quote_is_left_and_the_rest_is_unchanged(
    text: str, quotes: list[str]
) -> None:
    made = withheld(text, q(*quotes))
    parts = made.split(MARK)
    for part in parts:
        for quote in quotes:
            form = plainest(quote).strip("-. ")
            assert form not in plainest(part) or not is_enough(form)
    at = 0
    for part in parts:  # what is left stands in the text, in its order
        at = text.index(part, at) + len(part)
    assert stands_in(made, Quote(quotes[0])) == 0
    if not any(stands_in(text, Quote(quote)) for quote in quotes):
        assert made == text
