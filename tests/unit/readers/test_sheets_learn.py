"""Propose a pack from an example, and read the example with it."""

from pathlib import Path

import pytest

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
