"""Rules "legs" and "parts": several records of one happening in one exhibit."""

from fourfold.evidence.linking.legs import LEG_S, PART_S
from lib.linking import S, V, call, handset, leg, linked, shown, text

SENT_ON = "tel:+447700900005"


def test_a_ring_leg_and_a_voicemail_leg_are_one_call() -> None:
    store = linked([
        call("X1", "10:00:00", subject=V, ring_s=20),
        call("X1", "10:00:20", subject=V, ring_s=0, lasted_s=37, **leg("voicemail", "short:222")),
    ])  # fmt: skip
    assert shown(store, "outcome", "lasted_s", "len(event_ids)", "rule") == [
        ("voicemail", 37.0, 2, "legs")
    ]


def test_a_blocked_call_whose_legs_start_together_is_one_call() -> None:
    store = linked([
        call("X1", "10:00:00", subject=V, ring_s=0, outcome="busy"),
        call("X1", "10:00:00", subject=V, ring_s=0, lasted_s=10, copy="b")
        | leg("voicemail", "short:222"),
    ])  # fmt: skip
    assert shown(store, "outcome", "lasted_s") == [("voicemail", 10.0)]


def test_a_call_sent_on_to_another_number_is_forwarded() -> None:
    store = linked([
        call("X1", "10:00:00", a=V, b=S, subject=S, ring_s=14),
        call("X1", "10:00:14", a=V, b=S, subject=S, ring_s=0, lasted_s=96)
        | leg("forwarded", SENT_ON),
    ])  # fmt: skip
    assert shown(store, "outcome", "lasted_s", "via_id") == [("forwarded", 96.0, SENT_ON)]


def test_part_records_of_a_long_call_are_summed() -> None:
    store = linked([
        call("X1", "10:00:00", ring_s=8, lasted_s=1800),
        call("X1", "10:30:08", ring_s=0, lasted_s=1800),
        call("X1", "11:00:08", ring_s=0, lasted_s=912),
    ])  # fmt: skip
    assert shown(store, "lasted_s", "len(row_ids)", "cast(ended_at as varchar)") == [
        (4512.0, 3, "2026-07-01 11:15:20")
    ]


def test_a_call_rung_again_at_once_stays_two_calls() -> None:
    store = linked([call("X1", "10:00:00", ring_s=10), call("X1", "10:00:10", ring_s=9)])
    assert len(shown(store, "outcome")) == 2


def test_an_answered_call_and_a_later_one_with_a_gap_stay_two_calls() -> None:
    late = f"10:00:{30 + LEG_S + 1}"
    store = linked([
        call("X1", "10:00:00", ring_s=0, lasted_s=30),
        call("X1", late, ring_s=0, lasted_s=30),
    ])  # fmt: skip
    assert len(shown(store, "outcome")) == 2


def test_parts_of_one_text_are_one_message() -> None:
    store = linked([text("X1", f"10:00:0{n * PART_S}") for n in range(3)])
    assert shown(store, "len(event_ids)", "rule") == [(3, "parts")]


def test_texts_five_seconds_apart_are_never_joined() -> None:
    store = linked([text("X1", "10:00:00"), text("X1", "10:00:05")])
    assert shown(store, "rule") == [("single",), ("single",)]


def test_a_handsets_own_texts_are_never_parts() -> None:
    store = linked([
        handset(text("X1", "10:00:00", text="one")), handset(text("X1", "10:00:01", text="two")),
    ])  # fmt: skip
    assert len(shown(store, "rule")) == 2


def test_received_texts_in_one_second_stay_two_where_the_sender_shows_two() -> None:
    store = linked([
        text("X1", "10:00:00"), text("X1", "10:00:05"),
        text("X2", "10:00:06", subject=V), text("X2", "10:00:07", subject=V),
    ])  # fmt: skip
    assert shown(store, "cast(started_at as varchar)", "len(event_ids)", "rule") == [
        ("2026-07-01 10:00:00", 2, "sources"), ("2026-07-01 10:00:05", 2, "sources"),
    ]  # fmt: skip
