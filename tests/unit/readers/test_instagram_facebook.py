import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.row import Event
from fourfold.evidence.readers import instagram_facebook, telegram
from lib.sources import Reading, source_of

ZOE = "Zoë".encode().decode("latin-1")
PART = "your_instagram_activity/messages/inbox/zoe_1/message_1.json"


def classic(*messages: Any, title: str = ZOE) -> dict[str, Any]:
    people = [{"name": ZOE}, {"name": "Isolde Castlequay"}]
    return {"participants": people, "messages": list(messages), "title": title}


def message(sender: str = ZOE, at: Any = 1789293433779, **more: Any) -> dict[str, Any]:
    return {"sender_name": sender, "timestamp_ms": at, "content": "Answer"} | more


def sealed(*messages: Any) -> dict[str, Any]:
    people = ["Jorah Orrelby", "Łucja Żółć"]
    return {"participants": people, "threadName": "Łucja Żółć_7", "messages": list(messages)}


def reading(content: Any, part: str = PART, siblings: tuple[str, ...] = ()) -> Reading:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    source = source_of(data, part=part, ref="DEF/5", person="V")
    source = dataclasses.replace(source, siblings=siblings)
    assert instagram_facebook.recognises(source)
    assert not telegram.recognises(source)
    return Reading(instagram_facebook, source)


def test_instagram_message_whole_event() -> None:
    text = "caf\u00e9 \U0001f382".encode().decode("latin-1")
    assert reading(classic(message(content=text))).events[0] == Event(
        kind="message",
        channel="instagram",
        direction="incoming",
        outcome="received",
        started_at=1789293433779000,
        time_precision_s=0.001,
        time_text="1789293433779",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id="person:V",
        from_id="name:DEF/5:Zoë",
        to_ids=["person:V"],
        text="café \U0001f382",
        decode_note="exporting side shown as 'Isolde Castlequay'; "
        "letters repaired: the export wrote UTF-8 as Latin-1",
    )


def test_unsent_sealed_message_whole_event() -> None:
    unsent = {"isUnsent": True, "senderName": "Łucja Żółć", "text": "", "timestamp": 1785671163000}
    assert reading(sealed(unsent), part="").events[0] == Event(
        kind="message",
        channel="facebook",
        direction="incoming",
        outcome="received",
        started_at=1785671163000000,
        time_precision_s=0.001,
        time_text="1785671163000",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id="person:V",
        from_id="name:facebook:Łucja Żółć",
        to_ids=["person:V"],
        text="",
        state="deleted",
        decode_note="exporting side shown as 'Jorah Orrelby'; unsent by its sender",
    )


@pytest.mark.parametrize(
    ("part", "siblings", "channel"),
    [
        (PART, (), "instagram"),
        ("your_facebook_activity/messages/inbox/z/message_1.json", (), "facebook"),
        ("messages/inbox/z/message_1.json", (PART,), "instagram"),
        ("message_1.json", (), "instagram_or_facebook"),
    ],
)
def test_service_stands_only_in_paths(part: str, siblings: tuple[str, ...], channel: str) -> None:
    event = reading(classic(message()), part, siblings).events[0]
    assert event.channel == channel
    is_told = instagram_facebook.UNDECIDED_NOTE in (event.decode_note or "")
    assert is_told == (channel == "instagram_or_facebook")


def test_service_from_media_paths() -> None:
    photo = {"uri": "your_instagram_activity/messages/inbox/z/photos/1.jpg"}
    as_meta_writes = json.dumps(classic(message(photos=[photo]))).replace("/", "\\/").encode()
    event = reading(as_meta_writes, part="message_1.json").events[0]
    assert event.channel == "instagram"


def test_group_does_not_tell_the_exporting_side() -> None:
    group = classic(message())
    group["participants"].append({"name": "Third"})
    event = reading(group).events[0]
    assert (event.direction, event.outcome) == (None, None)
    assert event.to_ids == ["name:DEF/5:Isolde Castlequay", "name:DEF/5:Third"]


def test_outgoing_share_call_and_join_line() -> None:
    rows = [
        message("Isolde Castlequay", share={"link": "https://www.instagram.example/p/abc/"}),
        message(call_duration=0),
        message(type="Subscribe"),
    ]
    result = reading(classic(*rows))
    assert result.set_aside == {"system_line": 1}
    share, call = result.events
    assert (share.from_id, share.to_ids) == ("person:V", ["name:DEF/5:Zoë"])
    assert share.text == "Answer\nhttps://www.instagram.example/p/abc/"
    assert (call.kind, call.outcome, call.lasted_s) == ("call", "missed", 0.0)


def test_repetition_merges_only_with_a_fine_time() -> None:
    fine, coarse = message(), message(at=1789293433000)
    result = reading(classic(fine, fine, coarse, coarse))
    assert result.counts == {"rows": 4, "used": 3, "merged": 1, "set_aside": 0}


@pytest.mark.parametrize("at", [None, "soon", True, 0, -1, 10**18, 1.5])
def test_unreadable_time_is_set_aside(at: Any) -> None:
    assert reading(classic(message(at=at))).set_aside == {"no_time": 1}


def test_genuine_letters_are_left_alone() -> None:
    assert instagram_facebook.repaired("Zoë") == ("Zoë", False)
    assert instagram_facebook.repaired("Ł") == ("Ł", False)


GOOD = json.dumps(classic(message(), message(at=1789293433780)), indent=2).encode()


@given(st.integers(0, len(GOOD) - 1))
def test_any_truncation_keeps_whole_rows_and_one_torn(cut: int) -> None:
    source = source_of(GOOD[:cut])
    if instagram_facebook.recognises(source):
        result = Reading(instagram_facebook, source)
        assert result.set_aside == {"truncated": 1}
        assert len(result.events) == len(result.rows) - 1


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_never_raise(content: bytes, is_inside: bool) -> None:
    content = (
        b'{"thread_path": "", "participants": [], "messages": [' + content if is_inside else content
    )
    source = source_of(content)
    if instagram_facebook.recognises(source):
        result = Reading(instagram_facebook, source)
        assert len(result.rows) == sum(result.counts.values()) - len(result.rows)
