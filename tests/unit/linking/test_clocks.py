"""Clock offsets between sources, and the hour that happens twice in October."""

from datetime import timedelta
from typing import Any

from fourfold.evidence.linking.clocks import LEAST_PAIRS
from lib.linking import V_PHONE, V, call, case_of, handset, linked, moment, shown, text


def slow(hours: range, slow_s: int) -> list[dict[str, Any]]:
    """Calls in a provider's record and in a handset whose clock is slow."""
    records = []
    for hour in hours:
        at = moment(f"{hour:02d}:{hour:02d}:00")
        records.append(call("X1", at.isoformat(), lasted_s=hour + 1))
        seen = at - timedelta(seconds=slow_s)
        there = call("X2", seen.isoformat(), b=V_PHONE, subject=V_PHONE, lasted_s=hour + 1)
        records.append(handset(there))
    return records


def test_a_slow_handset_is_found_and_its_calls_are_joined() -> None:
    store = linked(slow(range(8), 420))
    assert [n for (n,) in shown(store, "len(event_ids)")] == [2] * 8
    assert store.rows("select exhibit_b, offset_s, pairs, used_s from clock_offsets") == [
        ("R/X2", -420.0, 8, -420.0)
    ]


def test_the_occurrence_takes_the_providers_time_and_events_stay_as_they_are() -> None:
    store = linked(slow(range(8), 420))
    assert shown(store, "cast(started_at as varchar)")[0] == ("2026-07-01 00:00:00",)
    [(first,)] = store.rows("select min(started_at) from events")
    assert first == moment("2026-06-30T23:53:00")


def test_a_call_of_the_handset_alone_is_corrected_and_noted() -> None:
    alone = handset(call("X2", "21:53:00", b=V_PHONE, subject=V_PHONE))
    store = linked([*slow(range(8), 420), alone])
    at, note = shown(store, "cast(started_at as varchar)", "note")[-1]
    assert at == "2026-07-01 22:00:00"
    assert note == "time corrected by 420.0 s for the clock of its source"


def test_a_source_read_in_the_wrong_zone_is_an_hour_off_and_joined() -> None:
    store = linked(slow(range(8), -3600))
    assert store.rows("select offset_s, used_s from clock_offsets") == [(3600.0, 3600.0)]
    assert {n for (n,) in shown(store, "len(event_ids)")} == {2}


def test_too_few_pairs_make_no_offset() -> None:
    store = linked(slow(range(LEAST_PAIRS - 1), 420))
    assert {n for (n,) in shown(store, "len(event_ids)")} == {1}


def test_delivery_time_of_texts_is_no_clock_offset() -> None:
    records = []
    for minute in range(10, 30):
        records.append(text("X1", f"10:{minute}:00"))
        records.append(text("X2", f"10:{minute}:06", subject=V))
    store = linked(records)
    assert len(shown(store, "rule")) == 20
    assert store.rows("select offset_s, used_s from clock_offsets") == [(6.0, 0.0)]


def test_the_second_reading_of_the_october_hour_is_taken_where_utc_agrees() -> None:
    wall = call("X1", "2026-10-25T00:41:50", is_clock_change_hour=True, lasted_s=9)
    utc = call("X2", "2026-10-25T01:41:51", b=V_PHONE, subject=V_PHONE, lasted_s=9)
    store = linked([wall, handset(utc)])
    [(at, flag, events, note, hour)] = shown(
        store, "cast(started_at as varchar)", "is_clock_change_hour", "len(event_ids)", "note",
        "local_hour",
    )  # fmt: skip
    assert (at, flag, events, hour) == ("2026-10-25 01:41:50", False, 2, 1)
    assert "second reading" in note


def test_the_october_hour_stays_flagged_where_no_source_states_utc() -> None:
    wall = call("X1", "2026-10-25T00:41:50", is_clock_change_hour=True)
    store = linked([wall, call("X2", "2026-10-25T00:41:50", subject=V, is_clock_change_hour=True)])
    assert shown(store, "is_clock_change_hour", "len(event_ids)") == [(True, 2)]


def test_local_day_and_hour_are_those_of_the_display_zone() -> None:
    store = linked([call("X1", "23:30:00")], case_of(display_zone="Europe/London"))
    assert shown(store, "local_day", "local_hour") == [("2026-07-02", 0)]


def test_a_clock_half_a_day_and_more_off_is_found() -> None:
    store = linked(slow(range(8), 13 * 3600))
    assert store.rows("select offset_s, used_s from clock_offsets") == [(-46800.0, -46800.0)]


def test_a_difference_of_a_few_among_many_calls_is_no_clock() -> None:
    """Forty calls of each exhibit that have nothing to do with one another, six by chance."""
    records = []
    for n in range(40):
        at = moment("00:00:00") + timedelta(minutes=13 * n, seconds=7 * n * n % 600)
        records.append(call("X1", at.isoformat()))
        apart_s = 900 if n < 6 else 100 + 97 * n
        there = (at + timedelta(seconds=apart_s)).isoformat()
        records.append(handset(call("X2", there, b=V_PHONE, subject=V_PHONE)))
    store = linked(records)
    assert store.rows("select used_s from clock_offsets where used_s <> 0") == []


def test_texts_in_the_wrong_zone_are_off_by_the_hour_not_by_their_delivery() -> None:
    records = []
    for n in range(8):
        at = moment(f"{n:02d}:00:00")
        records.append(text("X1", at.isoformat(), text=f"Text {n}"))
        there = (at - timedelta(seconds=3597)).isoformat()
        records.append(text("X2", there, text=f"Text {n}", subject=V))
    store = linked(records)
    assert store.rows("select offset_s, used_s from clock_offsets") == [(-3597.0, -3600.0)]
