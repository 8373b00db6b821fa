"""Delimited text to records: physical lines, quotes, cut files, encodings; two ways, one table."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.model import limits
from fourfold.evidence.readers.sheets import quotes, sheet, tokens
from fourfold.evidence.readers.sheets.layout import Layout
from fourfold.evidence.readers.sheets.pack import parse
from fourfold.evidence.readers.sheets.survey import survey
from fourfold.evidence.readers.sheets.tokens import Text
from fourfold.evidence.readers.sheets.used import _numbered
from lib.packs import Staged, shared_store, staged
from lib.sources import source_of

NOTES = parse(
    """
name = "notes"
version = "1"
title = "Notes"
text = ["what"]
[fingerprint]
headers = ["when", "what", "who"]
[times]
start = { column = "when" }
order = "iso"
[kinds.always]
kind = "statement"
[subject]
column = "who"
scheme = "name"
""",
    "notes",
)
HEADER = "when,what,who\n"
LAYOUT = Layout(("when", "what", "who"), 1, {"when": 0, "what": 1, "who": 2}, {}, ",")
Table = list[tuple[Any, ...]]


def read(content: str | bytes) -> Staged:
    data = content if isinstance(content, bytes) else content.encode()
    return staged(source_of(data), NOTES)


def rows(reading: Staged) -> list[tuple[str, str, str | None]]:
    return [(r["locator"], r["state"], r["reason"]) for r in reading.rows]


def test_blank_lines_and_blank_records_count_as_lines_but_not_as_rows() -> None:
    reading = read(HEADER + "\n2026-07-01 10:00:00,a,S\n ,  ,\n,,\n\n2026-07-01 11:00:00,b,S\n")
    assert rows(reading) == [("line=3", "used", None), ("line=7", "used", None)]


def test_quoted_line_break_does_not_split_a_record_and_lines_stay_physical() -> None:
    reading = read(HEADER + '2026-07-01 10:00:00,"one\ntwo",S\n2026-07-01 11:00:00,b,S\n')
    assert rows(reading) == [("line=2", "used", None), ("line=4", "used", None)]
    assert reading.events[0]["text"] == "one\ntwo"
    assert reading.rows[0]["verbatim"] == '2026-07-01 10:00:00,"one\ntwo",S'


@pytest.mark.parametrize("quote", ["", '"'])
def test_short_long_and_torn_rows_are_set_aside(quote: str) -> None:
    good = f"2026-07-01 10:00:00,{quote}a{quote},S"
    reading = read(f"{HEADER}{good}\n2026,a\n2026,a,b,c\n{good},,\n2026-07-0")
    assert rows(reading) == [
        ("line=2", "used", None),
        ("line=3", "set_aside", "malformed"),
        ("line=4", "set_aside", "malformed"),
        ("line=5", "used", None),
        ("line=6", "set_aside", "truncated"),
    ]


def test_short_last_row_with_a_line_end_is_malformed_not_truncated() -> None:
    assert rows(read(HEADER + "2026,a\n")) == [("line=2", "set_aside", "malformed")]


def test_file_cut_inside_a_quoted_text_yields_one_truncated_row() -> None:
    reading = read(HEADER + '2026-07-01 10:00:00,a,S\n2026-07-01 11:00:00,"cut\nof')
    assert rows(reading) == [("line=2", "used", None), ("line=3", "set_aside", "truncated")]


def test_unterminated_quote_does_not_swallow_the_rows_that_follow() -> None:
    good = "2026-07-01 10:00:00,a,S\n"
    reading = read(HEADER + '2026-07-01 09:00:00,"never closed,S\n' + good * 3)
    assert rows(reading)[0] == ("line=2", "set_aside", "malformed")
    assert [state for _, state, _ in rows(reading)[1:]] == ["used"] * 3


def test_unterminated_quote_that_meets_a_later_quote_does_not_swallow_rows() -> None:
    good = "2026-07-01 10:00:00,a,S\n"
    reading = read(f'{HEADER}2026-07-01 09:00:00,"open,S\n{good}2026-07-01 11:00:00,"b",S\n{good}')
    assert [(r["locator"], r["state"]) for r in reading.rows] == [
        ("line=2", "set_aside"),
        ("line=3", "used"),
        ("line=4", "used"),
        ("line=5", "used"),
    ]


def test_unterminated_quote_in_a_long_file_is_given_up_after_the_limit() -> None:
    good = "2026-07-01 10:00:00,a,S\n" * (quotes.RECORD_LINES + 50)
    reading = read(HEADER + '2026-07-01 09:00:00,"open,S\n' + good)
    assert reading.set_aside == {"line=2": "malformed"}
    assert reading.count("used") == quotes.RECORD_LINES + 50


@pytest.mark.parametrize(
    ("encoding", "warning"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_encodings_are_told_apart_and_recorded(
    encoding: str, warning: str | None, quote: str
) -> None:
    text = f"{HEADER}2026-07-01 10:00:00,{quote}Zoë – £40{quote},S\n"
    reading = read(text.encode(encoding))
    assert reading.events[0]["text"] == "Zoë – £40"
    assert any(warning in w for w in reading.warnings) if warning else reading.warnings == []


def test_bytes_without_a_character_are_counted() -> None:
    reading = read(HEADER.encode() + b"2026-07-01 10:00:00,\x81\x8d caf\xe9,S\n")
    assert reading.events[0]["text"] == "\ufffd\ufffd café"
    assert any("2 bytes have no character" in w for w in reading.warnings)


def test_nul_and_separator_bytes_stay_in_the_text() -> None:
    reading = read(HEADER + "2026-07-01 10:00:00,a\0b\x1fc,S\n")
    assert reading.events[0]["text"] == "a\0b\x1fc"


@pytest.mark.parametrize("quote", ["", '"'])
def test_megabyte_field_is_read_and_its_verbatim_cut_with_a_note(quote: str) -> None:
    text = "x" * 3_000_000
    reading = read(f"{HEADER}2026-07-01 10:00:00,{quote}{text}{quote},S\n2026-07-01 11:00:00,b,S\n")
    assert reading.count("used") == 2
    assert len(reading.rows[0]["verbatim"]) == limits.VERBATIM_CHARS
    assert "is cut here" in reading.rows[0]["note"]
    assert len(reading.events[0]["text"]) == limits.TEXT_CHARS


def test_field_beyond_the_limit_is_set_aside_as_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIELD_CHARS", 1_000)
    reading = read(f'{HEADER}2026-07-01 10:00:00,"{"x" * 1_500}",S\n2026-07-01 11:00:00,b,S\n')
    assert rows(reading) == [("line=2", "set_aside", "too_large"), ("line=3", "used", None)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_give_the_same_rows(line_end: str) -> None:
    text = HEADER + "2026-07-01 10:00:00,a,S\n\n2026-07-01 11:00:00,b,S\n"
    reading = read(text.replace("\n", line_end))
    assert rows(reading) == [("line=2", "used", None), ("line=4", "used", None)]
    assert reading.rows[0]["verbatim"] == "2026-07-01 10:00:00,a,S"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiter_is_found_by_the_header(delimiter: str) -> None:
    reading = read((HEADER + "2026-07-01 10:00:00,a,S\n").replace(",", delimiter))
    assert [e["text"] for e in reading.events] == ["a"]


def both_ways(content: bytes) -> tuple[Table, Table]:
    """The same plain file, by SQL and by the csv module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content)
        text = Text(path, LAYOUT, survey(path))
        assert text.survey.is_plain
        store = shared_store()
        fast = sheet.Sheet(
            LAYOUT, tokens.query_of_plain(text, Path(folder)), False, text.survey.torn_line
        )
        store.step("sheet_cut", f"select *, len(fields) as width from ({fast.records})")
        table = store.rows(
            "select n, locator, verbatim, case when flaw = '' then fields else [] end, flaw, note"
            f" from ({_numbered(fast, store)}) order by n"
        )
        slow = [
            (r.n, r.locator, r.verbatim, r.fields, r.flaw, r.note) for r in quotes.records(text)
        ]
        return [tuple(row) for row in table], slow


CELLS = st.text(st.sampled_from("aé, \t1;\u00a0\ufeff'\\.:"), max_size=6)
LINES = st.lists(st.lists(CELLS, max_size=5).map(",".join), max_size=8)


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(["utf-8", "cp1252"]))
def test_both_ways_give_identical_tables(
    lines: list[str], line_end: str, is_whole: bool, encoding: str
) -> None:
    text = line_end.join([HEADER.strip(), *lines]) + (line_end if is_whole else "")
    content = text.encode(encoding, errors="replace")
    if "\n" not in text:
        content += line_end.encode()
    fast, slow = both_ways(content)
    assert fast == slow


def test_survey_calls_no_file_plain_that_the_fast_way_would_misread(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for content in (
        b'a,"b"\n',
        b"a\0\n",
        b"a\x1fb\n",
        b"a\rb\n",
        b"a\nb\r\n",
        "é\n".encode("utf-16"),
    ):
        path.write_bytes(content)
        assert not survey(path).is_plain, content
    path.write_bytes(b"a,b\r\nc,d\r\n")
    assert survey(path).is_plain
    assert survey(path).line_end == "\r\n"


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("ab,\"\n\r;'\0\t 2026-07:1"), max_size=120))
def test_any_text_balances(text: str) -> None:
    """Whatever stands below the header: every row has one fate, and used rows bear an event."""
    reading = read(HEADER + text)
    assert [row["n"] for row in reading.rows] == list(range(1, len(reading.rows) + 1))
    assert len({row["locator"] for row in reading.rows}) == len(reading.rows)
    assert reading.count("used") == len({event["n"] for event in reading.events})
    assert reading.count("used") + reading.count("set_aside") == len(reading.rows)
    assert all((row["state"] == "set_aside") == (row["reason"] is not None) for row in reading.rows)


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from('ab,"\n2;'), max_size=80))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    """Whatever is not blank below the header stands in the verbatim text of some row."""
    reading = read(HEADER + text)
    kept = "".join(row["verbatim"] for row in reading.rows)
    for character in "ab2":
        assert kept.count(character) == text.count(character)
