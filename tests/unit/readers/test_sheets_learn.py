"""Propose a pack from an example, and read the example with it."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets import learn
from fourfold.evidence.readers.sheets.reader import PackReader
from lib.packs import Staged, staged
from lib.sources import source_of

TABLE = (
    "Date;Time;Direction;Number;Duration;Row\n"
    "01/02/2026;09:00:00;OUT;07700 900002;00:01:20;1\n"
    "13/02/2026;10:00:00;IN;+447700900003;00:00:00;2\n"
)


def learnt(folder: Path, content: str, name: str = "Our calls.csv") -> learn.PackProposal:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return learn.propose(path)


def test_proposal_of_a_call_list_reads_it(tmp_path: Path) -> None:
    proposal = learnt(tmp_path, TABLE)
    source = source_of(tmp_path / "Our calls.csv", ref="X/1")
    reader = PackReader(proposal.pack)
    assert reader.recognises(source)
    reading = Staged(reader, source)
    assert [(e["kind"], e["direction"], e["lasted_s"]) for e in reading.events] == [
        ("call", "outgoing", 80.0),
        ("call", "incoming", 0.0),
    ]
    assert reading.events[0]["to_ids"] == ["tel:+447700900002"]
    assert reading.events[1]["from_id"] == "tel:+447700900003"
    assert reading.events[0]["time_text"] == "01/02/2026 09:00:00"
    assert reading.events[0]["decode_note"] is None  # 13/02 decides


def test_proposal_says_why_and_how_sure(tmp_path: Path) -> None:
    proposal = learnt(tmp_path, TABLE)
    by_column = {guess.column: guess for guess in proposal.guesses}
    assert by_column["Direction"].meaning == "direction"
    assert by_column["Direction"].confidence == "sure"
    assert "all values are in or out" in by_column["Direction"].reason
    assert any("order of day and month" in note for note in proposal.notes)
    assert any("zone of the exhibit" in note for note in proposal.notes)


def test_toml_of_a_proposal_keeps_reasons_as_comments(tmp_path: Path) -> None:
    text = learn.to_toml(learnt(tmp_path, TABLE))
    assert "# 'Direction' is read as direction (sure)" in text
    assert 'name = "our_calls"' in text


def test_columns_that_mean_nothing_known_are_named(tmp_path: Path) -> None:
    proposal = learnt(tmp_path, "time,lat,lon,satellites\n2026-07-01T10:00:00Z,51.5,-0.1,7\n")
    assert "not read: 'satellites'" in proposal.notes


def test_pair_of_coordinates_is_proposed_with_a_warning(tmp_path: Path) -> None:
    header = 'VRM,Date/Time,"GPS (Long, -Lat)"'
    row = 'AB00CDE,13/07/2026 08:25:48,"(-0.98, -51.45)"'
    proposal = learnt(tmp_path, f"{header}\n{row}\n")
    (event,) = staged(source_of(tmp_path / "Our calls.csv"), proposal.pack).events
    assert (event["lat"], event["lon"]) == (51.45, -0.98)
    assert any("which number of the pair" in note for note in proposal.notes)


def test_table_without_a_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="date or time"):
        learnt(tmp_path, "antenna_id,latitude,longitude\n1,42.36,-71.08\n")


@pytest.mark.parametrize("content", ["", "just some words\n", "a,b\n"])
def test_file_without_a_table_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(PackError, match="no table"):
        learnt(tmp_path, content)


def test_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"[Content_Types].xml" * 3)
    with pytest.raises(PackError, match="cannot be opened"):
        learn.propose(path)


DOORBELL = (
    "Event ID,Date,Time,Device,Event,Clip\n"
    "1,01/07/2026,12:00:07 AM,Front Door,Motion,a.mp4\n"
    "2,13/07/2026,12:11:08 PM,Side Gate,Ring,b.mp4\n"
    "3,14/07/2026,12:11:08 PM,Side Gate,Ring,c.mp4\n"
    "4,14/07/2026,12:11:09 PM,Side Gate,Motion,d.mp4\n"
)


@pytest.mark.parametrize(
    ("table", "kind", "why"),
    [
        (TABLE, "call", "a length ('Duration')"),
        (DOORBELL, "camera_read", "'Clip' says 'clip'"),
        ("Date,Device\n01/07/2026,Tag 1\n", "device_event", "column 'Device'"),
        ("Date,Number,Message\n01/07/2026,07700900001,hi\n", "message", "a text ('Message')"),
        ("Date,Sender\n01/07/2026,07700900001\n", "statement", "claims least"),
        ("Date,Note\n01/07/2026,he rang\n", "statement", "searched for acts"),
        ("Date,Charge\n01/07/2026,2.80\n", "statement", "claims least"),
        ("time,lat,lon\n2026-07-01T10:00:00Z,51.5,-0.1\n", "device_fix", "positions ('lat')"),
    ],
)
def test_kind_is_named_first_with_the_reason_and_has_to_be_confirmed(
    tmp_path: Path, table: str, kind: str, why: str
) -> None:
    proposal = learnt(tmp_path, table)
    assert proposal.data["kinds"]["always"]["kind"] == kind
    note = proposal.notes[0]
    assert note.startswith(f"KIND OF EVENT, to be confirmed by you: every row becomes {kind!r}")
    assert why in note
    assert note in learn.to_toml(proposal).splitlines()[1]


def test_kinds_by_column_are_named_and_values_without_a_kind_too(tmp_path: Path) -> None:
    rows = ["01/07/2026,07700900001,SMS\n"] * 19 + ["01/07/2026,07700900001,Fax\n"]
    first, second, *_ = learnt(tmp_path, "Date,Number,Type\n" + "".join(rows)).notes
    assert first.startswith("KIND OF EVENT")
    assert "'SMS' becomes 'message'" in first
    assert second == "values of 'Type' without a kind: 'Fax'"


def test_values_that_sound_like_kinds_and_are_not_understood_are_shown(tmp_path: Path) -> None:
    notes = learnt(tmp_path, DOORBELL).notes
    assert any("'Event' were not understood ('Motion', 'Ring')" in note for note in notes)


def test_camera_is_never_the_device_of_a_person(tmp_path: Path) -> None:
    pack = learnt(tmp_path, DOORBELL).pack
    events = staged(source_of(DOORBELL.encode(), ref="X/7"), pack).events
    assert {e["subject_id"] for e in events} == {"exhibit:X/7"}
    assert {e["via_id"] for e in events} == {"name:X/7:Front Door", "name:X/7:Side Gate"}


def test_devices_of_the_same_name_in_two_exhibits_stay_two(tmp_path: Path) -> None:
    table = b"time,lat,lon,device\n2026-07-01T10:00:00Z,51.5,-0.1,Tag 1\n"
    proposal = learnt(tmp_path, table.decode())
    one, other = (
        staged(source_of(table, ref=ref), proposal.pack).events[0]["subject_id"]
        for ref in ("X/1", "X/2")
    )
    assert (one, other) == ("name:X/1:Tag 1", "name:X/2:Tag 1")
    assert any("'device' is a device of its own exhibit alone" in n for n in proposal.notes)


def test_dates_with_dots_are_dates(tmp_path: Path) -> None:
    table = "DVR date,DVR time in,Camera,What is seen\n22.07.26,17:02:10,2,Person with dog\n"
    (event,) = staged(source_of(table.encode()), learnt(tmp_path, table).pack).events
    assert event["time_text"] == "22.07.26 17:02:10"
    assert event["started_at"] == 1_784_736_130_000_000
    assert event["text"] == "Person with dog"


def test_note_says_read_only_of_what_the_pack_reads(tmp_path: Path) -> None:
    proposal = learnt(tmp_path, "Date raw,Time UTC\n01/07/2026,2026-07-01T10:00:00Z\n")
    assert [g.column for g in proposal.guesses] == ["Time UTC"]
    assert "not read: 'Date raw'" in proposal.notes


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such file"):
        learn.propose(tmp_path / "nothing.csv")
    with pytest.raises(PackError, match="is a folder"):
        learn.propose(tmp_path)


FIELDS = st.sampled_from(
    ["22.07.26", "1.2.3", "Date", "time", "9" * 5000, "1784736130", "1784736130000", "1e9", "²",
     "٣٣٣٣٣٣٣٣٣", "\x7f", "\x00", '"', "'", "\n", "\U0001f600", "lat", "lon", "51.5", "device", "kind", "sms", "2026-07-01T10:00:00Z", ""]
)  # fmt: skip
TABLES = st.lists(st.lists(FIELDS, min_size=2, max_size=5).map(",".join), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | TABLES.map(lambda lines: "\n".join(lines).encode()))
def test_any_file_gives_a_pack_that_can_be_loaded_or_one_line(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any\x7f.csv"
        path.write_bytes(content)
        try:
            proposal = learn.propose(path)
        except PackError as error:
            assert "\n" not in str(error)
        else:
            assert proposal.pack.times.start.columns
