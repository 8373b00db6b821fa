import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.row import Event, SetAside
from fourfold.evidence.readers import sms_backup
from lib.sources import Reading, source_of

DEVICE = "imei:001001956984428"
HEAD = "<?xml version='1.0' encoding='UTF-8' ?>\n<!--SMS Backup & Restore <sms />-->\n"


def attributes(facts: dict[str, str]) -> str:
    return " ".join(f'{key}="{value}"' for key, value in facts.items())


def sms(date: str = "1782895561581", type_: str = "1", body: str = "Hello", **more: str) -> str:
    facts = {"address": "07700900370", "date": date, "type": type_, "body": body, **more}
    return f"  <sms {attributes(facts)} />\n"


def call(type_: str, **more: str) -> str:
    facts = {"number": "+447700900981", "duration": "0", "date": "1782917141011", "type": type_}
    facts |= {"presentation": "1"} | more
    return f"  <call {attributes(facts)} />\n"


def smses(*rows: str) -> bytes:
    return f'{HEAD}<smses count="{len(rows)}">\n{"".join(rows)}</smses>\n'.encode()


def calls(*rows: str) -> bytes:
    return f'{HEAD}<calls count="{len(rows)}">\n{"".join(rows)}</calls>\n'.encode()


def reading(content: bytes) -> Reading:
    source = source_of(content, device=DEVICE)
    assert sms_backup.recognises(source)
    return Reading(sms_backup, source)


def test_received_text_whole_event() -> None:
    event = reading(smses(sms(date_sent="1782895981000"))).events[0]
    assert event == Event(
        kind="message",
        channel="sms",
        direction="incoming",
        outcome="received",
        started_at=1782895561581000,
        time_precision_s=0.001,
        time_text="1782895561581",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id=DEVICE,
        from_id="tel:+447700900370",
        to_ids=[DEVICE],
        text="Hello",
        decode_note="date_sent=1782895981000 (2026-07-01T08:53:01Z), the sending side's clock",
    )


def test_withheld_missed_call_whole_event() -> None:
    event = reading(calls(call("3", number="", presentation="2"))).events[0]
    assert event == Event(
        kind="call",
        channel="cellular",
        direction="incoming",
        outcome="missed",
        lasted_s=0.0,
        started_at=1782917141011000,
        time_precision_s=0.001,
        time_text="1782917141011",
        zone_used="UTC",
        time_basis="stated_utc",
        subject_id=DEVICE,
        from_id="withheld",
        to_ids=[DEVICE],
        is_withheld=True,
        decode_note="presentation 2: restricted",
    )


def test_mms_takes_sender_text_and_media_from_its_parts() -> None:
    mms = (
        '<mms date="1786551250000" msg_box="1" address="+447700900981~+447700900282" sub="null"'
        ' date_sent="1786551667"><parts><part ct="application/smil" text="null" />'
        '<part ct="text/plain" text="This you?" />'
        '<part ct="image/jpeg" cl="IMG.jpg" text="null" data="/9j/4AAQ" /></parts>'
        '<addrs><addr address="+447700900282" type="137" />'
        '<addr address="+447700900281" type="151" /></addrs></mms>'
    )
    event = reading(smses(mms)).events[0]
    assert (event.channel, event.text, event.media_ref) == ("mms", "This you?", "IMG.jpg")
    assert event.from_id == "tel:+447700900282"
    assert event.to_ids == [DEVICE, "tel:+447700900981"]
    assert "2026-08-12T16:21:07Z" in (event.decode_note or "")


@pytest.mark.parametrize(
    ("type_", "duration", "direction", "outcome"),
    [
        ("1", "30", "incoming", "answered"),
        ("2", "30", "outgoing", "answered"),
        ("2", "0", "outgoing", "no_answer"),
        ("4", "9", "incoming", "voicemail"),
        ("5", "0", "incoming", "refused"),
        ("6", "0", "incoming", "refused"),
    ],
)
def test_call_types(type_: str, duration: str, direction: str, outcome: str) -> None:
    event = reading(calls(call(type_, duration=duration))).events[0]
    assert (event.direction, event.outcome) == (direction, outcome)


def test_surrogate_references_joined_and_lone_one_replaced() -> None:
    event = reading(smses(sms(body="a &#55356;&#57218; b &#55356; c &#1; d &#10; &amp;"))).events[0]
    assert event.text == "a \U0001f382 b \ufffd c \ufffd d \n &"
    assert "joined" in (event.decode_note or "")
    assert "replaced" in (event.decode_note or "")


def test_raw_control_characters_do_not_cost_the_row() -> None:
    assert reading(smses(sms(body="a\x00b\x1fc"))).events[0].text == "a\ufffdb\ufffdc"


def test_draft_is_set_aside_and_doubled_text_merged() -> None:
    result = reading(smses(sms(), sms(), sms(type_="3", date="1782895561999")))
    assert result.counts == {"rows": 3, "used": 1, "merged": 1, "set_aside": 1}
    assert result.set_aside == {"not_an_event": 1}
    assert [r.locator for r in result.rows] == ["sms[1]", "sms[2]", "sms[3]"]


def test_one_broken_element_costs_one_row() -> None:
    result = reading(smses(sms(), '<sms body="a" body="b" />\n', sms(date="1782895561582")))
    assert result.counts == {"rows": 3, "used": 2, "merged": 0, "set_aside": 1}
    assert result.set_aside == {"malformed": 1}


def test_entities_and_declarations_are_never_expanded() -> None:
    bomb = (
        '<!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    content = f'{bomb}<smses count="2">{sms(body="&b;&f;")}{sms()}</smses>'.encode()
    result = reading(content)
    assert result.set_aside == {"malformed": 1}
    assert [e.text for e in result.events] == ["Hello"]


@pytest.mark.parametrize("date", ["", "null", "-5", "17e9", "99999999999999", "٣٤"])
def test_unreadable_date_is_set_aside(date: str) -> None:
    assert reading(smses(sms(date=date))).set_aside == {"no_time": 1}


def test_literal_null_is_nothing() -> None:
    event = reading(smses(sms(date_sent="null", address="null"))).events[0]
    assert (event.decode_note, event.from_id) == (None, None)


def test_element_larger_than_a_chunk_and_rows_across_chunks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sms_backup, "CHUNK_CHARS", 1_500)
    rows = [
        sms(date=str(1782895561000 + n), body="x" * (9_000 if n == 7 else n)) for n in range(90)
    ]
    result = reading(smses(*rows))
    assert result.counts == {"rows": 90, "used": 90, "merged": 0, "set_aside": 0}
    assert [r.verbatim for r in result.rows] == [row.strip() for row in rows]


def test_utf16_and_empty_backup() -> None:
    text = smses(sms(body="Zoë")).decode().replace("UTF-8", "UTF-16")
    assert reading(text.encode("utf-16")).events[0].text == "Zoë"
    assert reading(b'<?xml version="1.0"?><smses count="0" />').rows == []


def test_an_open_comment_is_torn_and_not_searched_over_and_over() -> None:
    result = reading(b"<smses>" + sms().encode() + b"<!--" * 500_000)
    assert result.counts == {"rows": 2, "used": 1, "merged": 0, "set_aside": 1}
    assert result.set_aside == {"truncated": 1}


def test_prolog_of_many_comments_is_read_in_one_way() -> None:
    assert not sms_backup.recognises(source_of(b"<!---->" * 9_000 + b"x"))
    assert sms_backup.recognises(source_of(b"<!---->" * 9_000 + b"<smses>"))


GOOD = smses(sms(), sms(type_="3"), sms(date="1782895561777", body="&#55356;&#57218; > it's"))


@given(st.integers(0, len(GOOD) - 1))
def test_any_truncation_balances(cut: int) -> None:
    source = source_of(GOOD[:cut])
    if not sms_backup.recognises(source):
        return
    result = Reading(sms_backup, source)
    whole = GOOD[:cut].count(b" />\n  <sms") + GOOD[:cut].count(b" />\n</")
    is_closed = b"</smses>" in GOOD[:cut]
    assert sum(not isinstance(m, SetAside) for m in result.meanings) <= 2
    assert result.set_aside.get("truncated", 0) == (0 if is_closed else 1)
    assert len(result.rows) >= whole


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_never_raise(content: bytes, is_inside: bool) -> None:
    content = b"<smses><sms " + content if is_inside else content
    source = source_of(content)
    if sms_backup.recognises(source):
        assert sum(Reading(sms_backup, source).counts.values()) >= 0
