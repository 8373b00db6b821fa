"""Broken rows: each is one row set aside with its reason; its neighbours stay used."""

import pytest

from fourfold.evidence.readers import diary_json
from lib.outcomes import Outcome, outcomes
from lib.sources import source_of
from unit.hostile.samples import (
    CALL_HEADER,
    DIARY,
    DIARY_JSON,
    GPX,
    KML,
    META,
    RECORDS,
    SAMPLES,
    SMS,
    TELEGRAM,
    TIMELINE,
    WHATSAPP,
    call_data,
    call_row,
)

ROWS = [call_row(n, start=f"{20 + n}/07/2026,09:{n:02}:01") for n in range(1, 9)]
BLANK = "," * 35


def only(data: bytes) -> Outcome:
    return outcomes({"file": data})["file"]


def with_fourth(row: str, *more: str) -> bytes:
    return call_data(*ROWS[:3], row, *more, *ROWS[4:])


FOURTH = ROWS[3]
CALLS_BROKEN: dict[str, tuple[bytes, int, dict[str, int]]] = {
    "too few columns": (with_fourth("21/07/2026,09:53:01,x"), 7, {"malformed": 1}),
    "too many columns": (with_fourth(FOURTH + ",more"), 7, {"malformed": 1}),
    "a quote that stays open": (with_fourth(FOURTH.replace("INV", '"INV')), 7, {"malformed": 1}),
    "a quote inside a field": (with_fourth(FOURTH.replace("INV", 'I"NV')), 8, {}),
    "a quoted line break": (
        with_fourth(FOURTH.replace("INVENTED SITE", '"INVENTED\nSITE"')), 8, {},
    ),
    "NUL in a text": (with_fourth(FOURTH.replace("INV", "I\0NV")), 8, {}),
    "a row of NULs": (with_fourth("\0" * 50), 7, {"malformed": 1}),
    "letters for numbers": (with_fourth(FOURTH.replace(",19,", ",abc,")), 8, {}),
    "31 February": (with_fourth(call_row(4, start="31/02/2026,09:00:00")), 7, {"no_time": 1}),
    "25 o'clock": (with_fourth(call_row(4, start="21/07/2026,25:61:00")), 7, {"no_time": 1}),
    "the year 9999": (with_fourth(call_row(4, start="01/01/9999,09:00:00")), 7, {"no_time": 1}),
    "blank rows inside": (with_fourth(FOURTH, "", BLANK, "   "), 8, {}),
    "CR LF and LF mixed": (
        (CALL_HEADER + "\r\n" + "\r\n".join(ROWS[:4]) + "\n" + "\n".join(ROWS[4:])).encode(), 8, {},
    ),
    "no line end at the end": (call_data(*ROWS)[:-1], 8, {}),
    "cut in a row": (call_data(*ROWS)[:-100], 7, {"truncated": 1}),
    "a line of totals": (call_data(*ROWS, "Total,8"), 8, {"malformed": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", CALLS_BROKEN.values(), ids=CALLS_BROKEN.keys())
def test_call_data(case: tuple[bytes, int, dict[str, int]]) -> None:
    data, used, aside = case
    found = only(data)
    assert (found.state, found.used, found.merged, found.aside) == ("read", used, 0, aside)


def test_many_open_quotes_neither_hang_nor_swallow() -> None:
    found = only(call_data(*ROWS[:3], *['q"z,"'] * 3_000, *ROWS[4:]))
    assert (found.used, found.aside) == (7, {"malformed": 3_000})


DIARY_BROKEN: dict[str, tuple[bytes, dict[str, int]]] = {
    "a quote that stays open": (DIARY.replace(b"Told", b'"Told'), {"malformed": 1}),
    "open in the last row": (DIARY.replace(b"He rang the", b'"He rang the'), {"truncated": 1}),
    "a comma without quotes": (DIARY.replace(b"He rang the", b"He, rang the"), {"malformed": 1}),
    "too few columns": (DIARY.replace(b",A neighbour,,23/07/2026", b""), {"malformed": 1}),
    "31 February": (DIARY.replace(b"21/07/2026,about", b"31/02/2026,about"), {"no_time": 1}),
}


@pytest.mark.parametrize("case", DIARY_BROKEN.values(), ids=DIARY_BROKEN.keys())
def test_diary(case: tuple[bytes, dict[str, int]]) -> None:
    data, aside = case
    assert (only(data).used, only(data).aside) == (2, aside)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if b"{" in s.data[:9]], ids=lambda s: s.name)
def test_keys_that_stand_twice_lose_no_row(sample: tuple[str, bytes, int]) -> None:
    name, data, rows = sample
    twice = data[:-1] + b"," + data[1:]
    assert outcomes({name: twice})[name].rows == 2 * rows
    assert outcomes({name: twice[:-20]})[name].rows >= 2 * rows - 1


@pytest.mark.parametrize(
    "head",
    [
        b'{"locations":[{"latitudeE7":1},', b'{"messages":[{"date_unixtime":"1"},',
        b'{"messages":[{"sender_name":"a","timestamp_ms":1},', b'{"semanticSegments":[{},',
        b'{"timelineObjects":[{},', b'{"entries":[{"when":{},"what_happened":""},',
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "tail", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 99_999 + b"]" * 99_999]
)
def test_deep_nesting_is_one_row_set_aside(head: bytes, tail: bytes) -> None:
    found = only(head + tail)
    assert (found.state, found.rows) == ("read", 2)


@pytest.mark.parametrize("word", [b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b'"\\ud800"'])
def test_words_that_are_no_number_cost_their_row_at_most(word: bytes) -> None:
    files = {
        "records": RECORDS.replace(b"514556721", word),
        "meta": META.replace(b"1784624400001", word),
        "telegram": TELEGRAM.replace(b'"Call me"', word, 1),
        "timeline": TIMELINE.replace(b'"2026-07-21T01:00:00.000+01:00"', word, 1),
        "diary": DIARY_JSON.replace(b'"19:15"', word, 1),
    }
    expected = {"records": 4, "meta": 3, "telegram": 3, "timeline": 3, "diary": 3}
    for name, found in outcomes(files).items():
        assert (found.state, found.rows) == ("read", expected[name])
        assert found.used >= expected[name] - 1


def test_lone_surrogates_in_any_field_are_stored() -> None:
    data = TELEGRAM.replace(b'"Jorah"', b'"\\udc00=1+1"', 2).replace(b"Call me", b"\\ud800", 1)
    assert only(data).used == 3


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    ("data", "used"), [(SMS, 2), (GPX, 0), (KML, 0)], ids=["sms", "gpx", "kml"]
)
def test_entities_are_never_expanded(data: bytes, used: int) -> None:
    hostile = data.replace(b"?>", b"?>" + ENTITIES, 1).replace(b"Pick up 1", b"&b;&c;")
    found = only(hostile)
    assert (found.used, found.aside) == (used, {"malformed": 1})
    assert not any("root:" in str(event["text"]) for event in found.events)


CUT = {
    "calls.csv": 1, "sms.xml": 1, "telegram.json": 1, "meta.json": 1, "Records.json": 1,
    "semantic.json": 1, "Timeline.json": 1, "track.gpx": 1, "places.kml": 1, "diary.json": 1,
}  # fmt: skip


def test_files_cut_in_the_middle_keep_the_rows_before_the_cut() -> None:
    cut = {s.name: s.data[: len(s.data) * 3 // 4] for s in SAMPLES if s.name in CUT}
    for name, found in outcomes(cut).items():
        assert (found.state, found.aside) == ("read", {"truncated": 1}), name
        assert found.used >= 1, name


def test_a_chat_with_an_impossible_date_keeps_the_other_rows() -> None:
    found = only(WHATSAPP.replace(b"22/07/2026", b"31/02/2026"))
    assert (found.used, found.aside) == (2, {"no_time": 1})


def test_json_that_breaks_in_the_middle_is_malformed_and_leaks_no_private_note() -> None:
    telegram = only(TELEGRAM.replace(b'"id": 2,', b'"id": 2 ],'))
    assert (telegram.used, telegram.aside) == (1, {"malformed": 1})
    private = DIARY_JSON.replace(b'"private_note": false', b'"private_note": true')
    mixed = DIARY_JSON.split(b"\n")[1] + b"\n" + private.split(b"\n")[2]
    broken = DIARY_JSON.split(b"\n")[0] + b"\n" + mixed.replace(b'"when": {', b'"when": {]') + b"]}"
    rows = list(diary_json.read(source_of(broken)))
    assert [row.verbatim for row in rows] == ["[private note: text withheld]"]
