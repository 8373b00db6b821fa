"""Rules of the public site: addresses, days, statuses, the line of a timeline."""

import itertools
from datetime import date
from posixpath import dirname, join, normpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.publication.content import Answer, Step
from fourfold.web.publication.rules import addresses, days, statuses
from fourfold.web.publication.site.catalogue import ROUTES
from fourfold.web.publication.site.drawing import LEFT, RIGHT, timeline_picture
from fourfold.web.publication.site.open_data import cell

NAME = st.text("abcxyz-09", min_size=1, max_size=6).map(lambda t: f"{t}.html")
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)


@given(PATH, PATH)
@settings(max_examples=40)
def test_a_relative_link_leads_from_any_page_to_any_other(start: str, target: str) -> None:
    link = addresses.relative(start, target)
    assert normpath(join(dirname(start), link)) == target


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_a_reference_is_always_a_safe_name(ref: str) -> None:
    name = addresses.slug(ref)
    assert addresses.SAFE.fullmatch(name)
    assert ROUTES.find(f"super-complaints/{name}.html")


@given(st.lists(st.text(max_size=12), unique_by=str.casefold, max_size=6))
@settings(max_examples=40)
def test_different_words_have_different_filters(words: list[str]) -> None:
    assert len({addresses.words_slug(each) for each in words}) == len(words)


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("01632 960 200", "01632960200"),
        ("999", "999"),
        ("+44 (0)", "+440"),
        ("call us", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_only_if_it_is_one(text: str, dialled: str) -> None:
    assert addresses.telephone(text) == dialled


@pytest.mark.parametrize(
    ("text", "words"),
    [("2024-09-27", "27 September 2024"), ("2022-11", "November 2022"), ("", "Date not seen"),
     ("2022-13", "2022-13"), ("late in 2025", "late in 2025")],
)  # fmt: skip
def test_a_published_day_in_words(text: str, words: str) -> None:
    assert days.day_words(text) == words


@pytest.mark.parametrize(
    ("checked_on", "as_of", "is_stale"),
    [("2026-01-01", date(2026, 6, 30), False), ("2026-01-01", date(2026, 7, 1), True),
     ("", date(2026, 7, 1), True), ("", None, True), ("2026-01-01", None, False)],
)  # fmt: skip
def test_a_check_is_too_old_after_180_days(
    checked_on: str, as_of: date | None, is_stale: bool
) -> None:
    assert days.is_stale(checked_on, as_of) is is_stale


def answer(status: str, part: str = "", position: str = "") -> Answer:
    return Answer("A", "S", "R", 1, part, "O", "O", status, status, position)


@pytest.mark.parametrize(
    ("given_answers", "code"),
    [
        ([], "nothing"),
        ([answer("complete")], "complete"),
        ([answer("complete", "1.1"), answer("complete", "1.2")], "complete"),
        ([answer("complete", "1.1"), answer("planned", "1.2")], "mixed"),
        ([answer("planned"), answer("complete", "1.1")], "planned"),
        ([answer("answered", position="not_accepted")], "not_accepted"),
        ([answer("not_answered")], "not_answered"),
        ([answer("something_new")], "something_new"),
    ],
)
def test_a_cell_says_how_the_answers_stand(given_answers: list[Answer], code: str) -> None:
    assert statuses.look_of_cell(given_answers).code == code


def test_every_status_has_a_word_and_a_shape_of_its_own() -> None:
    looks = statuses.LOOKS.values()
    assert len({look.shape for look in looks}) == len({look.words for look in looks}) == len(looks)


@given(st.lists(st.dates(date(2018, 1, 1), date(2028, 1, 1)), max_size=12))
@settings(max_examples=40)
def test_marks_of_a_timeline_never_lie_upon_each_other(on: list[date]) -> None:
    picture = timeline_picture([Step(day.isoformat(), "x", "law") for day in on])
    if len(set(on)) < 2:
        assert picture is None
        return
    assert picture is not None
    assert len(picture.marks) == len(on)
    assert all(LEFT <= mark.x <= RIGHT for mark in picture.marks)
    by_level: dict[int, list[float]] = {}
    for mark in picture.marks:
        by_level.setdefault(mark.level, []).append(mark.x)
    for places in by_level.values():
        assert all(b - a >= 26 for a, b in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("=1+1", "'=1+1"), (["-a", "b"], "'-a | b"), (None, ""), (-2, "-2"), (True, "true"),
     ([{"a": "b"}], '[{"a": "b"}]'), ("a\x00b", "ab")],
)  # fmt: skip
def test_no_cell_is_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown
