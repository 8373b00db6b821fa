"""Elements of JSON arrays: whole files, cut files, broken ones."""

import pytest

from fourfold.evidence.support.json_rows import JsonRow, json_rows

WHOLE = '{"a": [1, {"b": "}]"}], "other": {"c": []}, "d": ["é"]}'


def rows(text: str, *keys: str) -> list[JsonRow]:
    return list(json_rows(text.encode(), keys))


def test_whole_file_gives_elements_of_the_keys_asked_in_file_order() -> None:
    assert rows(WHOLE, "d", "a") == [
        ("/a/0", "1", ""),
        ("/a/1", '{"b": "}]"}', ""),
        ("/d/0", '"é"', ""),
    ]


def test_array_at_the_top_has_short_pointers_and_a_mark_is_skipped() -> None:
    assert rows("\ufeff [1, 2]") == [("/0", "1", ""), ("/1", "2", "")]


@pytest.mark.parametrize(
    ("cut_before", "last"),
    [
        ("1, {", ("/a/0", "", "truncated")),
        ('"}]"}], "other"', ("/a/1", '{"b": ', "truncated")),
        ('"other"', ("/", "", "truncated")),
        ('"c": []', ("/other", "{", "truncated")),
        ("é", ("/d/0", '"', "truncated")),
    ],
)
def test_cut_file_ends_with_the_torn_rest(cut_before: str, last: tuple[str, str, str]) -> None:
    found = rows(WHOLE[: WHOLE.index(cut_before)], "a", "d")
    assert found[-1] == last
    assert [row.trouble for row in found[:-1]] == [""] * (len(found) - 1)


def test_cut_before_the_closing_brace_is_noticed() -> None:
    assert rows(WHOLE[:-1], "a", "d")[-1] == ("/", "", "truncated")


def test_break_in_the_middle_is_malformed_and_keeps_the_rest_as_one_row() -> None:
    found = rows('{"a": [1, 2, oops, 4]}', "a")
    assert found == [("/a/0", "1", ""), ("/a/1", "2", ""), ("/a/2", "oops, 4]}", "malformed")]


def test_other_shapes_give_one_row_of_trouble_never_an_exception() -> None:
    assert rows("", "a")[-1].trouble == "truncated"
    assert rows('{"a": {"no": "array"}}', "a") == [("/a", '{"no": "array"}', "malformed")]
    assert rows('{"a": 1 2}', "a")[-1].trouble == "malformed"
