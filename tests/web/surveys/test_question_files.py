"""Questions as a file: what is written is read back; what is wrong is refused with its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.surveys.reference import stalking_template
from fourfold.web.surveys.rules.questions import (
    FORMAT,
    QuestionFileError,
    QuestionSpec,
    SectionSpec,
    from_json,
    to_json,
)
from web.surveys.conftest import SECTIONS

LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="|("),
    min_size=1, max_size=20,
)  # fmt: skip


@given(
    heading=LINE,
    texts=st.lists(LINE, max_size=4),
    options=st.lists(LINE.map(lambda t: f"{t}."), min_size=2, max_size=4, unique_by=str.lower),
)
@settings(max_examples=40, deadline=None)
def test_questions_come_back_as_they_were(
    heading: str, texts: list[str], options: list[str]
) -> None:
    questions = tuple(QuestionSpec(text, "one", options=tuple(options)) for text in texts)
    sections = (SectionSpec(heading, "", questions), *SECTIONS[1:])
    assert from_json(to_json("T", sections).encode()) == sections


def test_the_template_has_the_known_headings_and_says_that_its_questions_are_ours() -> None:
    """findings.md section 1: the headings are known, the questions are not."""
    template = stalking_template()
    assert [section.heading for section in template] == [
        "Priorities", "Training", "Misidentification", "Recognising section 4A offences",
        "Risk identification and screening tools", "Stalking protection orders",
        "Specialist support", "Case allocation", "Dedicated teams",
        "Cyber-stalking and digital evidence", "Investigative skills and capacity",
    ]  # fmt: skip
    assert all("not seen" in question.origin for each in template for question in each.questions)
    assert from_json(to_json("T", template).encode()) == template


def file_of(**question: object) -> bytes:
    sections = [{"heading": "A", "questions": [{"text": "Q?", **question}]}]
    return json.dumps({"format": FORMAT, "sections": sections}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"\xff", b"[" * 100_000, b'{"format": "other"}', b"x" * 1_000_001,
        file_of(kind="guess"), file_of(kind="one", options=["a"]), file_of(kind="number"),
        file_of(kind="one", options=["a", "a"]), file_of(kind="one", options=["a", "b|c"]),
        file_of(kind="one", options=["a", "Not known"]), file_of(text=""), file_of(text=7),
        file_of(text="\x00"), file_of(is_required="yes"), file_of(colour="red"),
        file_of(show_if="1.1", show_if_answer="Yes"), file_of(show_if="9.9"),
        file_of(kind="table", rows=["a"] * 41, columns=["b"]),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(QuestionFileError) as found:
        from_json(content)
    assert str(found.value).endswith(".")
