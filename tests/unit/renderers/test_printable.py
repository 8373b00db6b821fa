import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.renderers.printable import (
    ZERO_WIDTH,
    breakable,
    printable,
    printable_all,
    shortened,
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Happy birthday \U0001f382", "Happy birthday ⟦birthday cake⟧"),
        ("\u2764\ufe0f ok", "⟦heavy black heart⟧ ok"),
        ("a\u202egnp.exe", "a⟦right-to-left override⟧gnp.exe"),
        ("a\x00b", "a⟦character 0000⟧b"),
        ("你好", "⟦2 characters that this report cannot print⟧"),
        ("Zoe\u0308 Łucja Żółć", "Zoë Łucja Żółć"),
        ("tab\tand\r\nline", "tab and\nline"),
        ("zero\u200bwidth", "zerowidth"),
        ("שלום عمر Ελλάδα Привет", "שלום عمر Ελλάδα Привет"),
    ],
)
def test_what_cannot_be_printed_is_named(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_plain_printing_keeps_latin_letters_alone() -> None:
    assert printable("Zoë Łucja", is_plain=True) == "Zoë Łucja"
    assert "cannot print" in printable("Привет", is_plain=True)


@given(st.text(max_size=200))
def test_printing_twice_changes_nothing(text: str) -> None:
    once = printable(text)
    assert printable(once) == once


def test_long_words_may_break_and_keep_their_characters() -> None:
    digest = "e3b0c44298fc1c149afbf4c8996fb924"
    assert breakable(digest).replace(ZERO_WIDTH, "") == digest
    assert ZERO_WIDTH in breakable(digest)
    assert breakable("tel:+447700900981 rang") == "tel:+447700900981 rang"


def test_nested_facts_become_printable() -> None:
    assert printable_all({"a": ["\U0001f382", 3, None, True]}) == {
        "a": ["⟦birthday cake⟧", 3, None, True]
    }


def test_a_cut_says_how_much_is_left_out() -> None:
    assert shortened("abcdef", 6) == "abcdef"
    assert shortened("abcdefgh", 6) == "abcdef … (2 more characters)"
