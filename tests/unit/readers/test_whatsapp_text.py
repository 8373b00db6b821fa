"""WhatsApp text exports: styles, dates, continuation lines, hostile bytes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.model.row import Event, SetAside
from fourfold.evidence.readers import whatsapp_text
from fourfold.evidence.support import clock
from lib.sources import Reading, source_of

ANDROID = """\
13/07/2026, 09:00 - Messages and calls are end-to-end encrypted. Tap to learn more.
13/07/2026, 09:01 - Ada Larkhill: Please stop
writing to me.

14/07/2026, 18:30 - Bo Thornquay: No
14/07/2026, 18:30 - Bo Thornquay: No
14/07/2026, 18:31 - Bo Thornquay changed their phone number. Tap to message.
15/07/2026, 08:02 - Bo Thornquay: Missed voice call
"""


def reading(text: str | bytes, **facts: str) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return Reading(whatsapp_text, source_of(content, name="chat.txt", **facts))


def only(text: str, **facts: str) -> Event:
    events = reading(text, **facts).events
    assert len(events) == 1
    return events[0]


def wall(event: Event) -> str:
    return str(clock.to_wall_clock(event.started_at or 0, "Europe/London"))


def test_an_android_export_balances_and_gives_whole_events():
    result = reading(ANDROID, person="V")
    assert result.counts == {"rows": 6, "used": 4, "merged": 0, "set_aside": 2}
    assert result.set_aside == {"system_line": 2}
    assert [row.locator for row in result.rows] == [
        "line=1", "line=2", "line=5", "line=6", "line=7", "line=8",
    ]  # fmt: skip
    assert result.rows[1].verbatim == (
        "13/07/2026, 09:01 - Ada Larkhill: Please stop\nwriting to me.\n"
    )
    assert result.events[0] == Event(
        kind="message",
        channel="whatsapp",
        started_at=clock.micros(datetime(2026, 7, 13, 8, 1)),
        time_precision_s=60,
        time_text="13/07/2026, 09:01",
        zone_used="Europe/London",
        time_basis="assumed",
        subject_id="person:V",
        from_id="name:X/1:Ada Larkhill",
        to_ids=["name:X/1:Bo Thornquay"],
        text="Please stop\nwriting to me.",
    )
    assert result.events[3] == Event(
        kind="message",
        channel="whatsapp",
        outcome="missed",
        started_at=clock.micros(datetime(2026, 7, 15, 7, 2)),
        time_precision_s=60,
        time_text="15/07/2026, 08:02",
        zone_used="Europe/London",
        time_basis="assumed",
        subject_id="person:V",
        from_id="name:X/1:Bo Thornquay",
        to_ids=["name:X/1:Ada Larkhill"],
        decode_note="the service prints: Missed voice call",
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("28/07/2026, 21:06 - A: x", "2026-07-28 21:06:00"),
        ("7/28/26, 9:06\u202fPM - A: x", "2026-07-28 21:06:00"),
        ("28/07/2026, 9:06 p.\u00a0m. - A: x", "2026-07-28 21:06:00"),
        ("28.07.26, 21:06 - A: x", "2026-07-28 21:06:00"),
        ("28.7.2026 klo 21.06 - A: x", "2026-07-28 21:06:00"),
        ("28/07/2026 à 21:06 - A: x", "2026-07-28 21:06:00"),
        ("28.07.26 г., 21:06 - A: x", "2026-07-28 21:06:00"),
        ("2026-07-28 21:06 - A: x", "2026-07-28 21:06:00"),
        ("2026/07/28 下午9:06 - A: x", "2026-07-28 21:06:00"),
        ("2026. 7. 28. 오후 9:06 - A: x", "2026-07-28 21:06:00"),
        ("26. 7. 28. 오후 9:06 - A: x", "2026-07-28 21:06:00"),
        ("[2026. 7. 28. 오전 12:06:05] A: x", "2026-07-28 00:06:05"),
        ("[28/07/2026, 21:06:05] A: x", "2026-07-28 21:06:05"),
        ("\u200e[28/07/2026, 21:06:05] A: \u200ex", "2026-07-28 21:06:05"),
        ("[28.07.26, 21:06:05] A: x", "2026-07-28 21:06:05"),
        ("[28/7/2569 BE, 21:06:05] A: x", "2026-07-28 21:06:05"),
        ("28/7/69 21:06 - A: x", "2026-07-28 21:06:00"),
        ("[٢٨\u200f/٧\u200f/٢٠٢٦، ٩:٠٦:٠٥\u00a0م] A: x", "2026-07-28 21:06:05"),
        ("[2026-07-28 21 h 06 min 05 s] A : x", "2026-07-28 21:06:05"),
        ("28/07/26 21:06:05: A: x", "2026-07-28 21:06:05"),
    ],
)
def test_a_header_of_any_locale_gives_the_same_instant(line: str, expected: str):
    event = only(line + "\n")
    assert (wall(event), event.from_id, event.text) == (expected, "name:X/1:A", "x")
    assert event.decode_note is None
    assert whatsapp_text.recognises(source_of(line.encode()))


def test_day_and_month_that_cannot_be_told_apart_are_flagged_on_every_event():
    result = reading("03/04/2026, 10:00 - A: x\n03/05/2026, 10:00 - B: y\n")
    assert [wall(e)[:10] for e in result.events] == ["2026-04-03", "2026-05-03"]
    assert {e.decode_note for e in result.events} == {
        "day and month cannot be told apart in this file; read day first"
    }


def test_time_order_tells_day_from_month():
    result = reading(
        "01/09/2026, 10:00 - A: x\n01/10/2026, 10:00 - B: y\n02/01/2026, 9:00 - A: z\n"
    )
    assert [wall(e)[:10] for e in result.events] == ["2026-01-09", "2026-01-10", "2026-02-01"]
    assert {e.decode_note for e in result.events} == {None}


def test_the_day_of_receipt_tells_day_from_month():
    text = "03/11/2026, 10:00 - A: x\n04/11/2026, 10:00 - B: y\n"
    result = reading(text, received_at="2026-06-01T09:00:00+01:00")
    assert [wall(e)[:10] for e in result.events] == ["2026-03-11", "2026-04-11"]
    assert {e.decode_note for e in result.events} == {None}


def test_a_span_that_decides_is_said_so():
    text = "".join(f"0{day}/05/2026, 10:00 - A: x\n" for day in range(1, 8))
    result = reading(text)
    assert wall(result.events[-1])[:10] == "2026-05-07"
    assert {e.decode_note for e in result.events} == {
        "order of day and month decided only by the span of the whole file"
    }


def test_the_same_reading_both_ways_needs_no_note():
    assert only("05/05/2026, 10:00 - A: x\n").decode_note is None


def test_unknown_words_for_the_half_of_the_day_are_told_by_time_order():
    text = "28/07/2026, 9:00 qq - A: x\n28/07/2026, 8:00 ww - B: y\n29/07/2026, 7:00 qq - A: z\n"
    assert [wall(e)[11:16] for e in reading(text).events] == ["09:00", "20:00", "07:00"]


def test_unknown_words_for_the_half_of_the_day_are_flagged_where_nothing_tells():
    assert "hours read as printed" in (only("28/07/2026, 9:00 qq - A: x\n").decode_note or "")


def test_a_pasted_line_without_a_name_that_breaks_the_order_is_part_of_the_message():
    text = ANDROID.replace("writing to me.", "writing\n01/02/2026, 10:00 - looks like a header")
    result = reading(text)
    assert len(result.rows) == 6
    assert result.events[0].text == "Please stop\nwriting\n01/02/2026, 10:00 - looks like a header"
    assert "line 4 looks like the start of a message" in (result.events[0].decode_note or "")


def test_a_pasted_line_in_another_style_is_part_of_the_message():
    text = ANDROID.replace("writing to me.", "[13/07/2026, 09:01:30] Cy: pasted")
    result = reading(text)
    assert len(result.rows) == 6
    assert result.events[0].text == "Please stop\n[13/07/2026, 09:01:30] Cy: pasted"
    assert result.events[0].to_ids == ["name:X/1:Bo Thornquay"]


def test_a_message_delivered_late_stays_a_row():
    late = "14/07/2026, 18:31 - Bo Thornquay: x\n10/07/2026, 03:00 - Bo Thornquay: late\n"
    result = reading(ANDROID + late)
    assert wall(result.events[-1]) == "2026-07-10 03:00:00"


def test_a_notice_with_a_colon_inside_quotes_has_no_sender():
    result = reading(ANDROID + '15/07/2026, 09:00 - Bo changed the subject from "A: b" to "c"\n')
    assert result.set_aside == {"system_line": 3}


def test_in_a_group_a_message_goes_to_all_others():
    result = reading(ANDROID + "16/07/2026, 09:00 - +44 7700 900123: hi\n")
    assert result.events[0].to_ids == ["tel:+447700900123", "name:X/1:Bo Thornquay"]
    assert result.events[-1].from_id == "tel:+447700900123"


def test_on_ios_the_only_speaker_speaks_to_the_name_over_the_notice():
    text = (
        "[28/07/2026, 21:00:00] Bo: \u200eMessages and calls are end-to-end encrypted.\n"
        "[28/07/2026, 21:06:05] Ada: hello\n"
    )
    result = reading(text)
    assert result.set_aside == {"system_line": 1}
    assert result.events[0].to_ids == ["name:X/1:Bo"]


@pytest.mark.parametrize(
    ("body", "text", "media_ref", "state"),
    [
        ("<Media omitted>", None, "Media omitted", "intact"),
        ("<Medien ausgeschlossen>", None, "Medien ausgeschlossen", "intact"),
        ("<Media omitted>\nA caption", "A caption", "Media omitted", "intact"),
        ("\u200eIMG-1.jpg (file attached)\nA caption", "A caption", "IMG-1.jpg", "intact"),
        ("\u200e<attached: 00035-PHOTO.jpg>", None, "00035-PHOTO.jpg", "intact"),
        (
            "Doc • \u200e2 pages \u200edocument omitted",
            "Doc • 2 pages",
            "document omitted",
            "intact",
        ),
        ("This message was deleted", None, None, "deleted"),
        ("\u200eSe eliminó este mensaje.", None, None, "deleted"),
        ("Off now <This message was edited>", "Off now", None, "edited"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", None, "intact"),
        ("look at plan.pdf (final)", "look at plan.pdf (final)", None, "intact"),
        ("My plan.pdf (file attached)", None, "My plan.pdf", "intact"),
        ("<This message was edited>", "<This message was edited>", None, "intact"),
        ("missed call from mum", "missed call from mum", None, "intact"),
        ("\u05d0\u202eabc\u202c", "\u05d0\u202eabc\u202c", None, "intact"),
    ],
)
def test_words_of_the_service_are_told_from_words_of_a_person(
    body: str, text: str | None, media_ref: str | None, state: str
):
    event = only(f"28/07/2026, 21:06 - A: {body}\n")
    assert (event.text, event.media_ref, event.state) == (text, media_ref, state)


def test_the_hour_that_happens_twice_is_flagged():
    result = reading("25/10/2026, 00:30 - A: x\n25/10/2026, 01:30 - A: y\n")
    assert [e.is_clock_change_hour for e in result.events] == [False, True]


def test_a_stated_zone_is_used():
    event = only("28/07/2026, 21:06 - A: x\n", time_zone="America/New_York")
    assert clock.iso_utc(event.started_at or 0) == "2026-07-29T01:06:00Z"
    assert (event.zone_used, event.time_basis) == ("America/New_York", "zone_of_source")


def test_a_calendar_that_is_not_known_is_set_aside_not_guessed():
    result = reading("1405/05/06, 21:06 - A: x\n")
    assert result.set_aside == {"no_time": 1}


def test_a_cut_last_message_is_a_row():
    result = reading(ANDROID[:-12])
    assert result.counts["rows"] == 6
    assert "may be cut off" in (result.events[-1].decode_note or "")


def test_a_torn_header_at_the_end_is_a_row_of_its_own():
    result = reading(ANDROID + "16/07/2026, 09")
    assert result.set_aside == {"system_line": 2, "truncated": 1}
    assert result.rows[-1].verbatim == "16/07/2026, 09"


def test_text_before_the_first_message_is_a_row():
    result = reading("tail of a lost message\n" + ANDROID)
    assert isinstance(result.meanings[0], SetAside)
    assert result.counts == {"rows": 7, "used": 4, "merged": 0, "set_aside": 3}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_give_the_same_rows(encoding: str):
    text = ANDROID.replace("No\n", "Née à 5 £\n")
    source = source_of(text.encode(encoding))
    assert whatsapp_text.recognises(source)
    assert [e.text for e in Reading(whatsapp_text, source).events][1] == "Née à 5 £"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(end: str):
    rows = reading(ANDROID.replace("\n", end)).rows
    assert [row.locator for row in rows] == [row.locator for row in reading(ANDROID).rows]


def test_zero_bytes_and_broken_bytes_lose_no_row():
    content = ANDROID.replace("No", "Née").encode().replace(b"Please", b"Pl\x00\xffease")
    result = reading(content)
    assert result.counts["rows"] == 6
    assert result.events[0].text == "Pl\x00\ufffdease stop\nwriting to me."
    assert result.events[0].decode_note == "some bytes of the text cannot be read"


def test_a_huge_line_is_cut_and_said_so():
    result = reading(ANDROID.replace("Please", "x" * 3_000_000))
    assert result.counts["rows"] == 6
    assert len(result.events[0].text or "") <= 65_536
    assert "cut here" in (result.events[0].decode_note or "")
    assert result.events[1].text == "No"


def test_a_message_of_very_many_lines_is_cut_and_said_so():
    many = "more\n" * 100_000
    result = reading(ANDROID.replace("writing to me.\n", many))
    assert result.counts["rows"] == 6
    assert len(result.rows[1].verbatim) <= 65_536
    assert "cut here" in (result.events[0].decode_note or "")
    assert result.events[1].text == "No"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"Date,Time,Name\n01/07/2026,09:00,x\n",
        b"[2019-12-24, 12:23] Jane Doe: a Signal export\n",
        b"Dear diary\n01/07/2026, 09:00 - he rang: again\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    ],
)
def test_other_content_is_not_recognised(content: bytes):
    assert not whatsapp_text.recognises(source_of(content))


SEPARATORS = st.sampled_from(["/", ".", "-", ". "])
NAMES = st.sampled_from(["Ada", "Bo-Bo Thorn", "Dr. Cy 🤓", "Łucja", "علي"])
BODIES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Nd", "Zl", "Zp", "Cf"], exclude_characters="<>"),
    min_size=1,
    max_size=40,
).map(lambda text: "x " + text.strip())


@st.composite
def styles(draw: st.DrawFn) -> str:
    """A strftime-like header style, {} standing for name and text."""
    separator = draw(SEPARATORS)
    order = draw(st.sampled_from(["dmY", "mdY", "Ymd", "dmy", "mdy"]))
    date = separator.join(f"%{field}" for field in order)
    time = draw(st.sampled_from(["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S\u202f%p"]))
    comma = draw(st.sampled_from([", ", " ", "\u200e, "]))
    frame = draw(st.sampled_from(["[{}] ", "\u200e[{}] ", "{} - "]))
    return frame.format(date + comma + time)


@given(
    style=styles(),
    start=st.datetimes(datetime(2015, 1, 13), datetime(2035, 1, 1)),
    gaps=st.lists(st.integers(0, 5_000_000), min_size=3, max_size=20),
    said=st.lists(st.tuples(NAMES, BODIES), min_size=3, max_size=20),
)
@settings(deadline=None, max_examples=150)
def test_any_style_round_trips(
    style: str, start: datetime, gaps: list[int], said: list[tuple[str, str]]
):
    moments = [datetime(start.year, 3, 13, 7, 30)]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(seconds=gap))
    moments = [m.replace(second=m.second if "%S" in style else 0) for m in moments]
    pairs = list(zip(moments, said, strict=False))
    lines = [f"{m.strftime(style)}{name}: {body}" for m, (name, body) in pairs]
    result = reading("\n".join(lines) + "\n")
    assert [
        str(clock.to_wall_clock(e.started_at or 0, "Europe/London")) for e in result.events
    ] == [
        str(clock.to_wall_clock(clock.from_wall_clock(m, "Europe/London").at, "Europe/London"))
        for m, _ in pairs
    ]
    assert [(e.from_id, e.text) for e in result.events] == [
        (f"name:X/1:{name}", body) for _, (name, body) in pairs
    ]


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
@settings(deadline=None, max_examples=300)
def test_any_bytes_balance(content: bytes):
    result = reading(content)
    assert result.counts["rows"] == result.counts["used"] + result.counts["set_aside"]


@given(st.lists(st.sampled_from([*ANDROID.splitlines(), "[1/2/26, 10:00:01] A: b", "", "x: y"])))
@settings(deadline=None, max_examples=200)
def test_any_mixture_of_lines_keeps_every_line(lines: list[str]):
    result = reading("".join(f"{line}\n" for line in lines))
    if result.rows:
        assert "\n".join(row.verbatim for row in result.rows).split("\n") == lines
