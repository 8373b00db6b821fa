import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.support.json_elements import _Scanner, elements, value_of

PATHS = [("messages",), ("chats", "list", None, "messages")]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def document(messages: list[Any], **others: Any) -> bytes:
    return json.dumps({"name": "Zoë", "messages": messages} | others).encode()


def found(data: bytes) -> list[tuple[str, Any, bool]]:
    return [(e.pointer, value_of(e.raw), e.is_torn) for e in elements(data, PATHS) if not e.is_torn]


def test_elements_keep_their_own_text_and_their_neighbours() -> None:
    first, second = elements(b'{"id": 7, "messages": [ {"a": 1 }, 2 ], "end": [1]}', PATHS)
    assert (first.pointer, first.raw, second.raw) == ("/messages/0", b'{"a": 1 }', b"2")
    assert first.container == {"id": 7, "end": [1]}


def test_paths_through_arrays() -> None:
    chats = {"chats": {"list": [{"id": 1, "messages": [1]}, {"messages": [2, 3]}]}}
    assert [p for p, _, _ in found(json.dumps(chats).encode())] == [
        "/chats/list/0/messages/0",
        "/chats/list/1/messages/0",
        "/chats/list/1/messages/1",
    ]


@given(st.lists(VALUES, max_size=5), VALUES)
def test_scanner_agrees_with_the_decoder(messages: list[Any], other: Any) -> None:
    data = document(messages, after=other)
    scanned = list(_Scanner(data, PATHS).run())
    assert [(e.pointer, e.raw, e.is_torn) for e in scanned] == [
        (e.pointer, e.raw, e.is_torn) for e in elements(data, PATHS)
    ]


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_a_cut_costs_only_what_stands_behind_it(messages: list[Any], data: st.DataObject) -> None:
    whole = document(messages)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    got = elements(cut, PATHS)
    assert [e.is_torn for e in got] == [False] * (len(got) - 1) + [True]
    kept = [value_of(e.raw) for e in got[:-1]]
    assert kept == messages[: len(kept)]
    assert got[-1].pointer == f"/messages/{len(kept)}"


@given(st.binary(max_size=200))
def test_no_bytes_ever_raise(data: bytes) -> None:
    pointers = [e.pointer for e in elements(data, PATHS)]
    assert len(set(pointers)) == len(pointers)


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b'{"messages":[' + b"[" * 200_000, b'{"a":' * 50_000]
)
def test_depth_is_no_danger(data: bytes) -> None:
    assert [e.is_torn for e in elements(data, PATHS)] == [True]


def test_damage_in_the_middle_is_torn_once() -> None:
    got = elements(b'{"messages": [1, {"a": 2}, {"b": ] 3, 4]}', PATHS)
    assert [(e.pointer, e.is_torn) for e in got] == [
        ("/messages/0", False),
        ("/messages/1", False),
        ("/messages/2", True),
    ]


def test_an_open_string_is_searched_once() -> None:
    data = b'{"messages": [1, "' + b'\\"' * 2_000_000
    assert [e.is_torn for e in elements(data, PATHS)] == [False, True]


@pytest.mark.parametrize("raw", [b"{", b"nope", b"[" * 20_000 + b"]" * 20_000])
def test_what_is_no_value_is_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        value_of(raw)
