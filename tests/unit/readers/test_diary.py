import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.model.row import Event
from fourfold.evidence.readers import diary_csv, diary_json
from fourfold.evidence.support.clock import micros, parse_iso
from fourfold.evidence.support.labelled import join_labelled, split_labelled
from lib.sources import Reading, source_of

HEADER = "Date,Time,What happened,Where,How,Who saw,Evidence kept,Written on\n"
SECRET = "Slept at the new place"


def at(text: str) -> int:
    return micros(parse_iso(text)[0])


def csv_reading(text: str | bytes, **facts: Any) -> Reading:
    source = source_of(text if isinstance(text, bytes) else text.encode(), person="V", **facts)
    assert diary_csv.recognises(source) and not diary_json.recognises(source)
    return Reading(diary_csv, source)


def entry(**more: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": "d1",
        "version": 1,
        "when": {"date": "2026-10-21", "time": "20 to 5"},
        "place": "Outside work",
        "what_happened": "Answered by mistake.",
        "means": "Phone call",
        "words_used": None,
        "witnesses": ["A", "B"],
        "private_note": False,
        "created_at": "2026-10-21T21:15:00+01:00",
    }
    return facts | more


def json_reading(content: Any, **facts: Any) -> Reading:
    data = content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
    source = source_of(data, person="V", **facts)
    assert diary_json.recognises(source) and not diary_csv.recognises(source)
    return Reading(diary_json, source)


def diary(*entries: Any, **more: Any) -> dict[str, Any]:
    return {"diary": "incident log", "time_zone": "Europe/London", **more, "entries": list(entries)}


def test_csv_whole_event() -> None:
    row = "15/09/2026,8pm,He rang | twice.,Outside work,Phone call,Ana,,15/09/2026\n"
    reading = csv_reading(HEADER + row)
    assert reading.rows[0].locator == "line=2"
    assert reading.rows[0].verbatim == row.strip()
    assert reading.events == [
        Event(
            kind="statement",
            channel="diary",
            started_at=at("2026-09-15T18:45:00Z"),
            ended_at=at("2026-09-15T19:15:00Z"),
            time_relation="within",
            time_text="15/09/2026 | 8pm",
            zone_used="Europe/London",
            time_basis="assumed",
            subject_id="person:V",
            from_id="person:V",
            text="He rang | twice.",
            decode_note="time rule: numeric_date + clock_exact | where: Outside work"
            " | how: Phone call | seen by: Ana | written on: 15/09/2026",
        )
    ]


def test_json_whole_event() -> None:
    reading = json_reading(diary(entry()))
    assert reading.rows[0].locator == "/entries/0"
    assert json.loads(reading.rows[0].verbatim) == entry()
    assert reading.events == [
        Event(
            kind="statement",
            channel="diary",
            started_at=at("2026-10-21T15:25:00Z"),
            ended_at=at("2026-10-21T15:55:00Z"),
            time_relation="within",
            time_text="2026-10-21 | 20 to 5",
            zone_used="Europe/London",
            time_basis="zone_of_source",
            subject_id="person:V",
            from_id="person:V",
            text="Answered by mistake.",
            decode_note="time rule: iso_date + clock_exact"
            " | time notes: morning or evening not said; the reading in waking hours"
            " 07:00-23:00 taken | where: Outside work | how: Phone call | seen by: A, B"
            " | written on: 2026-10-21T21:15:00+01:00",
        )
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Date,Time,What happened,Where,Witnesses",
        "When,What did he do,Where were you,Evidence",
        "Entry;Date;Time;Description of incident;Location;Reported to",
        "Date\tTime\tIncident\tWitness names\tPhotos or proof\tImpact on me",
        "My diary,,,\n,,,\nDate,What happened,How did it make you feel,Place",
    ],
)
def test_headings_in_several_spellings(header: str) -> None:
    assert diary_csv.recognises(source_of(f"{header}\n".encode()))


@pytest.mark.parametrize(
    "header",
    [
        "Event ID,Date,Time,Device,Event,Person Detected,Clip Length (s),Clip",
        "DVR date,DVR time in,DVR time out,Camera,What is seen",
        "Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note",
        "VRM,Date/Time,Camera,Error Radius,Make,Model",
        "Date,Time,Description,Amount",
        "",
    ],
)
def test_other_tables_are_not_a_diary(header: str) -> None:
    assert not diary_csv.recognises(source_of(f"{header}\n1,2,3,4,5,6,7,8\n".encode()))


def test_csv_rows_of_several_lines_keep_their_first_line_and_blank_ones_are_none() -> None:
    text = (
        HEADER
        + '15/09/2026,8pm,"First\nsecond ""x"" line",,,,,\n\n,,,,,,,\n16/09/2026,,Rang,,,,,\n'
    )
    reading = csv_reading(text.replace("\n", "\r\n"))
    assert [row.locator for row in reading.rows] == ["line=2", "line=6"]
    assert [event.text for event in reading.events] == ['First\r\nsecond "x" line', "Rang"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_encodings(encoding: str) -> None:
    reading = csv_reading((HEADER + "15/09/2026,8pm,Café – he rang,,,,,\n").encode(encoding))
    assert reading.events[0].text == "Café – he rang"


def test_csv_cut_off_inside_quotes_loses_no_row() -> None:
    reading = csv_reading(HEADER + '15/09/2026,8pm,Rang,,,,,\n16/09/2026,9pm,"He said\nthat')
    assert reading.counts == {"rows": 2, "used": 1, "merged": 0, "set_aside": 1}
    assert reading.set_aside == {"truncated": 1}
    assert reading.rows[1].verbatim == '16/09/2026,9pm,"He said\nthat'


def test_entry_without_readable_time_is_set_aside() -> None:
    reading = csv_reading(HEADER + "around Easter,tea time,Rang,,,,,\n,,Rang,,,,,\n")
    assert reading.set_aside == {"no_time": 2}


def test_order_of_day_and_month_is_decided_by_the_file() -> None:
    decided = csv_reading(HEADER + "05/09/2026,,a,,,,,\n09/15/2026,,b,,,,,\n")
    assert decided.events[0].started_at == at("2026-05-08T23:00:00Z")
    assert "other way round" not in (decided.events[0].decode_note or "")
    open_ = csv_reading(HEADER + "05/09/2026,,a,,,,,\n")
    assert open_.events[0].started_at == at("2026-09-04T23:00:00Z")
    assert "other way round" in (open_.events[0].decode_note or "")


def test_private_json_entry_leaves_no_word_behind() -> None:
    reading = json_reading(diary(entry(what_happened=SECRET, place="x", private_note=True)))
    assert reading.rows[0].verbatim == "[private note: text withheld]"
    assert (reading.events[0].text, reading.events[0].time_text) == (None, "2026-10-21 | 20 to 5")
    assert split_labelled(reading.events[0].decode_note)["kept"] == "private note"
    assert SECRET not in repr(reading.rows) + repr(reading.events)
    assert "where" not in split_labelled(reading.events[0].decode_note)


def test_private_csv_entry_leaves_no_word_behind() -> None:
    text = f"Private,{HEADER}yes,15/09/2026,8pm,{SECRET},,,,,\nno,16/09/2026,8pm,Rang,,,,,\n"
    reading = csv_reading(text)
    assert reading.rows[0].verbatim == "[private note: text withheld]"
    assert SECRET not in repr(reading.rows) + repr(reading.events)
    assert [event.text for event in reading.events] == [None, "Rang"]


@pytest.mark.parametrize("flag", ['"private_note": true, ', ""])
def test_torn_json_entry_that_may_be_private_is_withheld(flag: str) -> None:
    data = (
        json.dumps(diary(entry())).encode()[:-2]
        + f', {{"when": {{}}, {flag}"what_happened": "{SECRET}'.encode()
    )
    reading = json_reading(data)
    assert reading.set_aside == {"truncated": 1}
    assert reading.rows[-1].verbatim == "[private note: text withheld]"
    assert SECRET not in repr(reading.rows)


def test_edited_json_entry_says_so() -> None:
    assert json_reading(diary(entry(version=3))).events[0].state == "edited"


def test_zone_of_the_file_wins_and_a_contradiction_is_noted() -> None:
    reading = json_reading(diary(entry(), time_zone="Europe/Paris"), time_zone="Europe/London")
    assert reading.events[0].zone_used == "Europe/Paris"
    assert reading.events[0].started_at == at("2026-10-21T14:25:00Z")
    assert "case.toml says Europe/London" in (reading.events[0].decode_note or "")


@pytest.mark.parametrize("broken", [1, None, "x", [], {"when": 7, "what_happened": {"a": [1]}}])
def test_json_entries_of_another_shape_are_kept(broken: Any) -> None:
    reading = json_reading(diary(entry(), broken))
    assert reading.counts["rows"] == 2
    assert reading.counts["set_aside"] == 1


def test_json_when_as_plain_text() -> None:
    reading = json_reading(diary(entry(when="21 October 2026 about 8pm")))
    assert reading.events[0].started_at == at("2026-10-21T18:30:00Z")


@given(st.dictionaries(st.sampled_from(["a", "where", "how"]), st.text(max_size=20)))
def test_labelled_texts_come_back(texts: dict[str, str]) -> None:
    back = split_labelled(join_labelled(dict(texts)))
    assert back == {k: " ".join(v.replace("|", "/").split()) for k, v in texts.items() if v.split()}


@given(st.text(max_size=200), st.integers(0, 400))
def test_any_table_balances(body: str, cut: int) -> None:
    data = (HEADER + "15/09/2026,8pm,Rang,,,,,\n" + body).encode("utf-8", "replace")
    source = source_of(data[: len(HEADER) + cut])
    if diary_csv.recognises(source):
        counts = Reading(diary_csv, source).counts
        assert counts["rows"] == counts["used"] + counts["set_aside"]


@given(st.integers(0, 700))
def test_a_json_diary_cut_anywhere_keeps_the_rows_before(cut: int) -> None:
    first, second = json.dumps(entry()), json.dumps(entry(id="d2"))
    whole = json.dumps(diary(entry(), entry(id="d2")))
    ends = [whole.index(text) + len(text) for text in (first, second)]
    source = source_of(whole[:cut].encode())
    if diary_json.recognises(source):
        reading = Reading(diary_json, source)
        assert len(reading.events) == sum(end <= cut for end in ends)
        assert reading.set_aside.total() == (0 if cut >= len(whole) else 1)
