"""Pairing of records in order: pure rules."""

from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.linking.matching import (
    STRETCH_RECORDS,
    Record,
    best_in_order,
    is_same_party,
    join,
)
from lib.linking import S_TWO, V_PHONE, S, V

SECOND_US = 1_000_000


def record(n: int, place: int, at_s: float, **more: object) -> Record:
    fields: dict[str, object] = {
        "n": n, "place": place, "at_us": int(at_s * SECOND_US), "width_us": SECOND_US,
        "tolerance_us": 5 * SECOND_US, "lasted_s": None, "compared": None, "from_id": S,
        "from_person": "S", "to_id": V, "to_person": "V", "is_withheld": False,
    }  # fmt: skip
    return Record(**(fields | more))  # type: ignore[arg-type]


def test_most_pairs_come_before_small_differences() -> None:
    # 0 with 0 and 1 with 1 costs more than 1 with 0 alone, but pairs two.
    assert best_in_order(2, 2, {(0, 0): 6, (1, 0): 1, (1, 1): 2}) == {(0, 0), (1, 1)}


def test_of_equally_many_pairs_the_nearest_is_taken() -> None:
    assert best_in_order(2, 1, {(0, 0): 20, (1, 0): 1}) == {(1, 0)}


def test_identifiers_of_one_scheme_are_compared_and_not_the_persons() -> None:
    assert not is_same_party(S, "S", S_TWO, "S")
    assert is_same_party(V, "V", V_PHONE, "V")
    assert is_same_party("name:R/1:Sam", "S", "name:R/2:Sammy", "S")
    assert not is_same_party("name:R/1:Sam", None, "name:R/2:Sam", None)


def test_a_stretch_longer_than_the_limit_is_cut_and_still_joined() -> None:
    count = STRETCH_RECORDS
    records = [record(n, 1, n * 60) for n in range(count)]
    records += [record(count + n, 2, n * 60 + 1) for n in range(count)]
    assert sorted(join(records).groups) == [[n, count + n] for n in range(count)]


times = st.lists(st.integers(0, 60), max_size=12)


@given(first=times, second=times, third=times)
def test_any_records_are_joined_at_most_once_and_never_within_an_exhibit(
    first: list[int], second: list[int], third: list[int]
) -> None:
    placed = [(place, at) for place, ats in enumerate((first, second, third)) for at in ats]
    records = [record(n, place, at) for n, (place, at) in enumerate(placed)]
    groups = join(records).groups
    members = [n for group in groups for n in group]
    assert len(members) == len(set(members))
    for group in groups:
        places = [placed[n][0] for n in group]
        assert len(places) == len(set(places)) > 1


@given(first=times, second=times)
def test_the_outcome_does_not_depend_on_the_order_of_the_records(
    first: list[int], second: list[int]
) -> None:
    placed = [(place, at) for place, ats in enumerate((first, second)) for at in ats]
    records = [record(n, place, at) for n, (place, at) in enumerate(placed)]
    assert join(records) == join(records[::-1])
