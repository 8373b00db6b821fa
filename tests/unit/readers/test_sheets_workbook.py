"""Workbooks read by the same packs as delimited text."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.readers.sheets import learn
from fourfold.evidence.readers.sheets.catalogue import shipped_packs
from fourfold.evidence.readers.sheets.reader import PackReader
from fourfold.evidence.readers.sheets.workbook import cell_text
from lib.packs import Staged, staged
from lib.sources import source_of

UK = next(pack for pack in shipped_packs() if pack.name == "uk_call_data")


def workbook(path: Path, sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    book.save(path)
    return path


def sample_rows() -> list[list[str]]:
    return [line.split(",") for line in UK.sample.splitlines()]


def test_workbook_gives_the_events_of_the_same_csv(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"Cover": [["URN", "1"]], "Calls": sample_rows()})
    from_csv = Staged(PackReader(UK), source_of(UK.sample.encode()))
    from_xlsx = staged(source_of(path))
    ignored = {"n"}
    assert [{k: v for k, v in e.items() if k not in ignored} for e in from_xlsx.events] == [
        {k: v for k, v in e.items() if k not in ignored} for e in from_csv.events
    ]
    assert from_xlsx.rows[0]["locator"] == "Calls!8"
    assert from_xlsx.rows[0]["verbatim"].startswith("01/07/2026\t09:00:00\t")
    assert "sheet 'Calls' was read; not read: Cover" in from_xlsx.warnings


def test_dates_numbers_and_blank_rows_of_cells_are_read(tmp_path: Path) -> None:
    rows = [
        ["interaction", "direction", "correspondent_id", "datetime", "call_duration", "antenna_id"],
        ["call", "in", "A", dt.datetime(2026, 7, 1, 10, 30), 137, 13084],
        [],
        ["text", "out", "B", dt.datetime(2026, 12, 1, 10, 30, 5), None, 13085.0],
    ]
    reading = staged(source_of(workbook(tmp_path / "x.xlsx", {"Sheet": rows})))
    assert [(r["locator"], r["state"]) for r in reading.rows] == [
        ("Sheet!2", "used"),
        ("Sheet!4", "used"),
    ]
    assert [e["cell_id"] for e in reading.events] == ["13084", "13085"]
    assert [e["time_text"] for e in reading.events] == [
        "2026-07-01 10:30:00",
        "2026-12-01 10:30:05",
    ]
    assert reading.events[0]["lasted_s"] == 137.0


def test_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx", {"Cover": [["URN"]], "Raw": sample_rows()}, hidden=("Raw",)
    )
    assert not PackReader(UK).recognises(source_of(path))


def test_archive_that_is_no_workbook_is_not_recognised() -> None:
    assert not PackReader(UK).recognises(source_of(b"PK\x03\x04 [Content_Types].xml xl/ nothing"))


def test_workbook_without_the_sheet_is_unreadable(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"Cover": [["URN", "1"]]})
    with pytest.raises(ExhibitUnreadableError, match="header"):
        Staged(PackReader(UK), source_of(path))


def test_learnt_pack_reads_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["Export", None, None],
        ["When", "Latitude", "Longitude"],
        [dt.datetime(2026, 7, 1, 10, 30), 51.5, -0.125],
    ]
    path = workbook(tmp_path / "fixes.xlsx", {"Fixes": rows})
    (event,) = staged(source_of(path), learn.propose(path).pack).events
    assert (event["kind"], event["lat"], event["lon"]) == ("device_fix", 51.5, -0.125)
    assert event["started_at"] == 1_782_898_200_000_000


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (447700900123.0, "447700900123"),
        (51.5, "51.5"),
        (True, "TRUE"),
        ("", ""),
        (dt.date(2026, 7, 1), "2026-07-01"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=26, seconds=5), "26:00:05"),
        (dt.datetime(2026, 7, 1, 9, 5, 1), "2026-07-01 09:05:01"),
    ],
)
def test_cells_become_the_text_they_stand_for(cell: Any, text: str) -> None:
    assert cell_text(cell) == text
