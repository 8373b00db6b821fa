import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.row import Event
from fourfold.evidence.readers import telegram
from lib.sources import Reading, source_of

HIS = "user99421625966"


def message(n: int = 1, **more: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": n,
        "type": "message",
        "date": "2026-10-25T01:20:00",
        "date_unixtime": "1792891200",
        "from": None,
        "from_id": HIS,
        "text": "awake?",
    }
    return facts | more


def chat(*messages: Any, type_: str = "personal_chat") -> dict[str, Any]:
    return {"name": "Zoë", "type": type_, "id": 99421625966, "messages": list(messages)}


def reading(content: Any, **facts: Any) -> Reading:
    data = content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
    source = source_of(data, person="V", **facts)
    assert telegram.recognises(source)
    return Reading(telegram, source)


def test_incoming_message_whole_event() -> None:
    text = [{"type": "bold", "text": "awake"}, " now?"]
    assert reading(chat(message(text=text))).events[0] == Event(
        kind="message",
        channel="telegram",
        direction="incoming",
        outcome="received",
        started_at=1792891200000000,
        time_precision_s=1.0,
        time_text="1792891200",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id="person:V",
        from_id=f"telegram:{HIS}",
        to_ids=["person:V"],
        text="awake now?",
    )


def test_missed_call_whole_event() -> None:
    service = message(type="service", action="phone_call", discard_reason="missed", text="")
    service["actor_id"] = service.pop("from_id")
    assert reading(chat(service)).events[0] == Event(
        kind="call",
        channel="telegram",
        direction="incoming",
        outcome="missed",
        started_at=1792891200000000,
        time_precision_s=1.0,
        time_text="1792891200",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id="person:V",
        from_id=f"telegram:{HIS}",
        to_ids=["person:V"],
    )


def test_outgoing_side_is_the_exhibits_owner() -> None:
    event = reading(chat(message(from_id="user7"))).events[0]
    assert (event.direction, event.from_id) == ("outgoing", "person:V")
    assert event.to_ids == [f"telegram:{HIS}"]
    assert event.decode_note == "exported account user7"


def test_service_line_is_set_aside_and_repetition_merged() -> None:
    joined = message(3, type="service", action="joined_telegram")
    result = reading(chat(message(1), message(1), message(2), joined))
    assert result.counts == {"rows": 4, "used": 2, "merged": 1, "set_aside": 1}
    assert result.set_aside == {"system_line": 1}


def test_whole_account_points_into_each_chat() -> None:
    account = {
        "about": "Here is the data you requested. Telegram",
        "personal_information": {"user_id": 7},
        "chats": {"list": [chat(message(1)), chat(message(2), type_="private_group")]},
        "left_chats": {"list": [chat(message(3))]},
    }
    result = reading(account)
    assert [r.locator for r in result.rows] == [
        "/chats/list/0/messages/0",
        "/chats/list/1/messages/0",
        "/left_chats/list/0/messages/0",
    ]
    assert result.events[1].direction is None
    assert result.events[1].to_ids == ["telegram:chat99421625966"]


def test_edited_and_forwarded_are_noted() -> None:
    more = {"edited": "2026-10-25T01:30:00", "forwarded_from": "A", "reply_to_message_id": 5}
    event = reading(chat(message(**more))).events[0]
    assert event.state == "edited"
    assert event.decode_note == "forwarded from 'A'; reply to message 5; edited 2026-10-25T01:30:00"


def test_shared_location_says_it_was_received() -> None:
    place = {"latitude": 51.38, "longitude": -2.36}
    event = reading(chat(message(location_information=place))).events[0]
    assert (event.place_kind, event.lat, event.position_basis) == ("received", 51.38, "supplied")


def test_old_export_without_unixtime_reads_the_wall_clock() -> None:
    old = message()
    del old["date_unixtime"]
    event = reading(chat(old), time_zone="Europe/London").events[0]
    assert event.started_at == 1792887600000000  # the first reading of the repeated hour
    assert event.is_clock_change_hour
    assert event.time_basis == "zone_of_source"


@pytest.mark.parametrize("broken", [5, "x", None, [], {"type": "message", "date_unixtime": "soon"}])
def test_rows_of_a_wrong_shape_are_kept(broken: Any) -> None:
    result = reading(chat(message(), broken))
    assert result.counts == {"rows": 2, "used": 1, "merged": 0, "set_aside": 1}


def test_lone_surrogate_costs_no_row() -> None:
    data = json.dumps(chat(message(text="a"), message(2, text="XX"))).replace("XX", "b\\ud83d")
    assert [e.text for e in reading(data.encode()).events] == ["a", "b\ufffd"]


def test_deep_nesting_is_one_malformed_row() -> None:
    deep = json.dumps(chat(message(), {"deep": "HERE"})).replace(
        '"HERE"', "[" * 9_000 + "]" * 9_000
    )
    result = reading(deep.encode())
    assert result.set_aside == {"malformed": 1}
    assert len(result.events) == 1


GOOD = json.dumps(
    chat(message(1), message(2, text=[{"text": 'q"\\'}]), message(3)), indent=1
).encode()


@given(st.integers(0, len(GOOD) - 1))
def test_any_truncation_keeps_whole_rows_and_one_torn(cut: int) -> None:
    source = source_of(GOOD[:cut])
    if telegram.recognises(source):
        result = Reading(telegram, source)
        assert result.set_aside == {"truncated": 1}
        assert len(result.events) == len(result.rows) - 1
        assert len({r.locator for r in result.rows}) == len(result.rows)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_never_raise(content: bytes, is_inside: bool) -> None:
    content = b'{"type": "personal_chat", "messages": [' + content if is_inside else content
    source = source_of(content)
    if telegram.recognises(source):
        result = Reading(telegram, source)
        assert len(result.rows) == sum(result.counts.values()) - len(result.rows)
