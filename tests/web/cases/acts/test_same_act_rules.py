"""Which acts are shown as a pair, and why."""

from datetime import UTC, datetime, timedelta

from fourfold.web.cases.rules.same_act import Told, pairs

AT = datetime(2026, 5, 3, 21, 10, tzinfo=UTC)


def told(key: int, minutes: int = 0, **more: object) -> Told:
    facts: dict[str, object] = {
        "from_at": AT + timedelta(minutes=minutes),
        "precision": "exact",
        "means": "call",
        "sources": frozenset({f"source {key}"}),
        "traces": frozenset(),
    }
    return Told(key=key, **{**facts, **more})  # type: ignore[arg-type]


def test_same_means_within_the_tolerance_from_different_sources() -> None:
    (pair,) = pairs([told(2), told(1, minutes=3)])
    assert (pair.first, pair.second, pair.reasons) == (
        1,
        2,
        ("Same means (phone call), 3 minutes apart, from different sources.",),
    )


def test_beyond_the_tolerance_they_are_no_pair() -> None:
    assert pairs([told(1), told(2, minutes=6)]) == []


def test_two_acts_of_one_source_are_no_pair() -> None:
    """Two calls within five minutes of one phone bill are two calls."""
    same = frozenset({"bill"})
    assert pairs([told(1, sources=same), told(2, sources=same)]) == []


def test_different_or_unknown_means_are_no_pair() -> None:
    unknown = {"means": "not_known"}
    assert pairs([told(1), told(2, means="text")]) == []
    assert pairs([told(1, **unknown), told(2, **unknown)]) == []


def test_a_time_known_only_by_day_is_no_ground() -> None:
    assert pairs([told(1, precision="day"), told(2, precision="day")]) == []


def test_the_same_rows_make_a_pair_whatever_the_time() -> None:
    rows = frozenset({"row 7"})
    (pair,) = pairs([told(1, traces=rows), told(2, minutes=90, traces=rows)])
    assert pair.reasons == ("Both lead to the same rows of an exhibit.",)


def test_what_a_person_called_two_acts_is_not_shown_again() -> None:
    assert pairs([told(1), told(2, distinct=frozenset({1}))]) == []
