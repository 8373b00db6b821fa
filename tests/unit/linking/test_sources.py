"""Rule "sources": one happening stated by several exhibits."""

from typing import Any

import pytest

from fourfold.evidence.linking.islands import CALL_TOLERANCE_S, TEXT_TOLERANCE_S
from fourfold.evidence.model.case import Attribution
from lib.linking import S_TWO, V_PHONE, F, S, V, call, case_of, handset, leg, linked, shown, text


def names(a: str, b: str) -> tuple[Attribution, ...]:
    """Display names of two chat exports, attributed to S and V."""
    return tuple(
        Attribution(f"name:R/{x}:{name}", person, "accepted")
        for x in ("X1", "X2") for name, person in ((a, "S"), (b, "V"))
    )  # fmt: skip


def test_both_ends_of_a_call_are_one_occurrence() -> None:
    store = linked([
        call("X1", "10:00:00", lasted_s=60), call("X2", "10:00:01", lasted_s=60, subject=V),
    ])  # fmt: skip
    assert shown(store, "outcome", "rule", "time_spread_s", "exhibit_ids") == [
        ("answered", "sources", 1.0, ["X1", "X2"])
    ]


def test_calls_further_apart_than_the_tolerance_stay_two() -> None:
    late = f"10:00:{CALL_TOLERANCE_S + 2:02d}"
    store = linked([call("X1", "10:00:00"), call("X2", late, subject=V)])
    assert len(shown(store, "rule")) == 2


def test_calls_that_lasted_differently_are_not_joined() -> None:
    store = linked([
        call("X1", "10:00:00", lasted_s=60), call("X2", "10:00:00", lasted_s=10, subject=V),
    ])  # fmt: skip
    assert len(shown(store, "rule")) == 2


def test_the_callers_answered_is_voicemail_where_the_called_side_says_so() -> None:
    store = linked([
        call("X1", "10:00:00", ring_s=20, lasted_s=37),
        call("X2", "10:00:00", ring_s=20, subject=V),
        call("X2", "10:00:20", ring_s=0, lasted_s=37, **leg("voicemail", "short:222"), subject=V),
    ])  # fmt: skip
    assert shown(store, "outcome", "lasted_s", "rule") == [("voicemail", 37.0, "legs+sources")]


def test_a_call_the_handset_missed_is_not_answered_whatever_the_caller_shows() -> None:
    store = linked([
        call("X1", "10:00:00", lasted_s=37),
        handset(call("X2", "10:00:01", b=V_PHONE, subject=V_PHONE, outcome="missed")),
    ])  # fmt: skip
    [(outcome, note)] = shown(store, "outcome", "note")
    assert outcome == "no_answer"
    assert "does not show it answered" in note


def test_a_withheld_call_is_joined_with_the_caller_who_hid_the_number() -> None:
    store = linked([
        call("X1", "10:00:00", is_withheld=True),
        call("X2", "10:00:00", a="withheld", subject=V, is_withheld=True),
    ])  # fmt: skip
    assert shown(store, "from_id", "from_person", "is_withheld", "len(event_ids)") == [
        (S, "S", True, 2)
    ]


def test_a_withheld_call_is_not_joined_with_a_caller_who_showed_the_number() -> None:
    store = linked([
        call("X1", "10:00:00"), call("X2", "10:00:00", a="withheld", subject=V, is_withheld=True),
    ])  # fmt: skip
    assert [row for (row,) in shown(store, "from_person")] == ["S", None]


def test_two_numbers_of_one_person_are_not_one_call() -> None:
    store = linked([call("X1", "10:00:00"), call("X2", "10:00:00", a=S_TWO, subject=V)])
    assert sorted(shown(store, "from_id")) == [(S,), (S_TWO,)]


def test_a_handset_and_a_line_meet_in_the_person_they_are_attributed_to() -> None:
    store = linked([
        call("X1", "10:00:00", lasted_s=5),
        handset(call("X2", "10:00:01", b=V_PHONE, subject=V_PHONE, lasted_s=5)),
    ])  # fmt: skip
    assert shown(store, "to_ids", "to_person", "len(event_ids)") == [([V], "V", 2)]


def test_texts_with_different_words_are_not_joined() -> None:
    records = [
        handset(text("X1", "10:00:00", text="Where are you?")),
        handset(text("X2", "10:00:02", b=V_PHONE, subject=V_PHONE, text="Answer me")),
    ]
    assert len(shown(linked(records), "rule")) == 2


def test_texts_that_differ_in_quotes_and_spaces_only_are_joined() -> None:
    records = [
        handset(text("X1", "10:00:00", text="I\u2019m  outside")),
        handset(text("X2", "10:00:02", b=V_PHONE, subject=V_PHONE, text="I'm outside")),
    ]
    assert len(shown(linked(records), "rule")) == 1


def test_repeated_texts_pair_in_order_one_to_one() -> None:
    sent = ["10:00:00", "10:00:05", "10:00:10"]
    received = ["10:00:06", "10:00:07", "10:00:12"]
    records = [text("X1", at) for at in sent]
    records += [text("X2", at, subject=V, copy=at) for at in received]
    store = linked([r | ({"imsi": "1"}) for r in records])
    assert shown(store, "cast(started_at as varchar)", "len(event_ids)") == [
        (f"2026-07-01 {at}", 2) for at in sent
    ]


def test_what_fits_two_partners_equally_well_is_left_open_and_marked() -> None:
    store = linked([
        call("X1", "10:00:00", is_withheld=True),
        call("X1", "10:00:00", is_withheld=True, a=S_TWO),
        call("X2", "10:00:00", a="withheld", subject=V, is_withheld=True),
    ])  # fmt: skip
    assert [len(e) for (e,) in shown(store, "event_ids")] == [1, 1, 1]
    assert sum(is_open for (is_open,) in shown(store, "is_ambiguous")) >= 2


def test_a_chat_known_to_the_minute_is_joined_with_one_known_to_the_second() -> None:
    stated = names("Sam", "Vee")
    records: list[dict[str, Any]] = []
    for exhibit, seconds, width in (("X1", "00", 60.0), ("X2", "47", 1.0)):
        a, b = f"name:R/{exhibit}:Sam", f"name:R/{exhibit}:Vee"
        message = text(exhibit, f"10:00:{seconds}", a=a, b=b, channel="whatsapp", text="hello")
        records.append(handset(message, time_precision_s=width, time_basis="assumed"))
    store = linked(records, case_of(*stated))
    assert shown(store, "cast(started_at as varchar)", "from_person", "len(event_ids)") == [
        ("2026-07-01 10:00:47", "S", 2)
    ]


def test_records_of_one_exhibit_are_never_joined_by_sources() -> None:
    store = linked([
        call("X1", "10:00:00"), call("X1", "10:00:03", copy="b"),
        call("X2", "10:00:04", subject=V),
    ])  # fmt: skip
    assert [len(e) for (e,) in shown(store, "event_ids")] == [1, 2]


def test_a_third_party_is_no_party_of_the_call() -> None:
    store = linked([call("X1", "10:00:00"), call("X2", "10:00:00", a=F, subject=V)])
    assert len(shown(store, "rule")) == 2


@pytest.mark.parametrize(
    ("delay_s", "occurrences"), [(TEXT_TOLERANCE_S, 1), (TEXT_TOLERANCE_S + 1, 2)]
)
def test_a_text_is_joined_up_to_the_delivery_time(delay_s: int, occurrences: int) -> None:
    store = linked([text("X1", "10:00:00"), text("X2", f"10:00:{delay_s}", subject=V)])
    assert len(shown(store, "rule")) == occurrences


def test_nobody_attributed_still_joins_by_number() -> None:
    bare = case_of(Attribution("tel:+447700900009", "X", "accepted"), people=())
    store = linked([call("X1", "10:00:00"), call("X2", "10:00:00", subject=V)], bare)
    assert shown(store, "from_id", "from_person", "len(event_ids)") == [(S, None, 2)]


def test_occurrences_are_numbered_in_time_order_and_keep_every_row() -> None:
    store = linked(
        [text("X1", "12:00:00"), call("X1", "09:00:00"), text("X2", "12:00:02", subject=V)]
    )
    assert [(o, len(r)) for o, r in shown(store, "occurrence_id", "row_ids")] == [
        ("O1", 1),
        ("O2", 2),
    ]


def test_no_contacts_make_no_occurrences() -> None:
    fix = call("X1", "10:00:00") | {"kind": "device_fix", "channel": None}
    assert shown(linked([fix]), "occurrence_id") == []


@pytest.mark.parametrize("turn", [1, 7, 23])
def test_the_order_of_the_records_changes_nothing(turn: int) -> None:
    sent = [text("X1", f"10:{m:02d}:{s:02d}") for m in range(0, 30, 3) for s in (0, 5)]
    got = [text("X2", f"10:{m:02d}:{s:02d}", subject=V) for m in range(0, 30, 3) for s in (6, 7)]
    rung = [call("X1", f"11:{m:02d}:00", is_withheld=True) for m in range(20)]
    seen = [
        call("X2", f"11:{m:02d}:01", a="withheld", subject=V, is_withheld=True) for m in range(20)
    ]
    records = [*sent, *got, *rung, *seen]
    columns = ("occurrence_id", "event_ids", "row_ids", "rule", "from_id", "note")
    turned = records[turn:] + records[:turn]
    assert shown(linked(turned[::-1]), *columns) == shown(linked(records), *columns)


@pytest.mark.parametrize("copies", [("a", "b"), ("b", "a")])
def test_messages_of_one_minute_keep_the_order_of_their_file(copies: tuple[str, str]) -> None:
    """Whatever their ids: an export without seconds is paired in the order it was written."""
    first, second = copies
    coarse: dict[str, Any] = {"channel": "whatsapp", "time_precision_s": 60.0, "imsi": None}
    fine: dict[str, Any] = {"channel": "whatsapp", "time_precision_s": 1.0, "imsi": None}
    store = linked([
        text("X1", "10:00:00", copy=first, text="One", subject=V, **coarse),
        text("X1", "10:00:00", copy=second, text="Two", subject=V, **coarse),
        text("X2", "10:00:12", text="One", **fine),
        text("X2", "10:00:51", text="Two", **fine),
    ])  # fmt: skip
    assert shown(store, "text", "len(event_ids)") == [("One", 2), ("Two", 2)]
