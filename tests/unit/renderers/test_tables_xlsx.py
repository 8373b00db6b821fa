import time
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from fourfold.evidence.renderers import table_sheets, tables_xlsx
from fourfold.evidence.renderers.zip_bytes import with_member
from lib.packages import EXPORTED, FORMULA, finding, package_with

SHEETS = [
    "Overview", "Chronology", "Contacts summary", "Coincidences", "Contradictions", "Diary check",
    "Devices", "Gaps", "Third parties", "Attributions", "Findings", "Exhibits", "Ledger summary",
    "Set aside", "Method",
]  # fmt: skip


def written(package: Any, path: Path) -> Any:
    tables_xlsx.render(package, path)
    return openpyxl.load_workbook(path)


def table(book: Any, sheet: str) -> list[dict[str, Any]]:
    """The entries of a sheet by heading; the banner stands in row 1, the headings in row 2."""
    rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_table_has_its_sheet_with_frozen_headings(tmp_path: Path) -> None:
    book = written(package_with(), tmp_path / "t.xlsx")
    assert book.sheetnames == SHEETS
    assert {sheet.freeze_panes for sheet in book} == {"A3"}
    assert all(sheet["A2"].font.bold for sheet in book)


def test_times_stand_in_utc_and_in_local_time(tmp_path: Path) -> None:
    entries = table(written(package_with(), tmp_path / "t.xlsx"), "Coincidences")
    assert entries[0]["Start (UTC)"] == datetime(2026, 7, 2, 10, 0)
    assert entries[0]["Start (Europe/London)"] == datetime(2026, 7, 2, 11, 0)
    assert entries[0]["Chance rate"] == 0.02
    assert entries[0]["Rows"] == "R1.1 R1.2"


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=A1}", "http://a.example"]
)
def test_no_cell_becomes_a_formula_or_a_link(tmp_path: Path, start: str) -> None:
    exhibit = {"exhibit_id": "X1", "exhibit_file": start, "ref": start, "state": "read"}
    package = package_with(exhibits=[exhibit], findings=[finding(statement=start)])
    book = written(package, tmp_path / "t.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert unescape(table(book, "Exhibits")[0]["File"]) == start
    assert unescape(table(book, "Findings")[0]["Statement"]) == start
    assert table(book, "Chronology")[0]["Words"] == FORMULA


SHARED_FOLDER = [HealthCheck.function_scoped_fixture]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=5, deadline=None, suppress_health_check=SHARED_FOLDER)
@given(texts=st.lists(TEXT, min_size=30, max_size=60))
def test_any_text_comes_back_intact(tmp_path: Path, texts: list[str]) -> None:
    findings = [finding(statement=text, values=[], series={}) for text in texts]
    book = written(package_with(exported={}, findings=findings), tmp_path / "t.xlsx")
    got = [unescape(entry["Statement"] or "") for entry in table(book, "Findings")]
    assert got == texts


def test_same_package_same_bytes_and_no_time_of_making(tmp_path: Path) -> None:
    package, first, second = package_with(), tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    tables_xlsx.render(package, first)
    time.sleep(1.01)  # the library states the time of making to the second
    tables_xlsx.render(package, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert b"created" not in archive.read("docProps/core.xml")
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_empty_package_says_what_is_missing(tmp_path: Path) -> None:
    package = package_with(exported={}, findings=[], exhibits=[], ledger=[])
    book = written(package, tmp_path / "t.xlsx")
    assert book.sheetnames == SHEETS
    assert book["Diary check"]["A3"].value.startswith("No entries. No diary is among the exhibits")
    assert book["Findings"]["A3"].value == "No entries. No finding was made."
    assert book["Set aside"]["A3"].value == "No entries. No row was set aside."


def test_long_text_is_cut_with_a_note_in_utf16_units(tmp_path: Path) -> None:
    whole, long = "\U0001f382" * 16_383, "\U0001f382" * 16_384
    assert tables_xlsx.fitted(whole) == whole
    cut = tables_xlsx.fitted(long)
    assert cut.endswith(tables_xlsx.CUT_MARK)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    package = package_with(findings=[finding(statement=long)])
    assert table(written(package, tmp_path / "t.xlsx"), "Findings")[0]["Statement"] == cut


def test_more_entries_than_a_sheet_holds_are_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_sheets, "ENTRIES", 2)
    book = written(package_with(), tmp_path / "t.xlsx")
    assert len(table(book, "Chronology")) == 2
    assert (
        "3 entries of table chronology. This sheet holds the first 2; data/chronology.csv holds all."
        in book["Chronology"]["A1"].value
    )
    assert len(table(book, "Findings")) == 2
    assert "This sheet holds the first 2 of 4 lines." in book["Findings"]["A1"].value


def test_every_value_of_a_finding_stands_with_its_code_and_rows(tmp_path: Path) -> None:
    entries = table(written(package_with(), tmp_path / "t.xlsx"), "Findings")
    assert [e["Trace code"] for e in entries] == ["F1", "F1.1", "F1.2", "F1.3"]
    assert entries[1]["Leads to rows by"] == "contacts where from_party = S"
    assert entries[2]["Is"] == 0.5
    assert entries[3]["Value"] == "per day: 2026-07-01"


def test_rows_of_the_ledger_balance_in_the_overview(tmp_path: Path) -> None:
    facts = {
        e["What"]: e["Is"] for e in table(written(package_with(), tmp_path / "t.xlsx"), "Overview")
    }
    assert (
        facts["Rows read"]
        == facts["Rows used"] + facts["Rows merged"] + facts["Rows set aside"]
        == 3
    )


def test_missing_columns_are_left_out(tmp_path: Path) -> None:
    package = package_with(exported={"gaps": "select 1 as gap_no, 'S' as person"})
    assert table(written(package, tmp_path / "t.xlsx"), "Gaps") == [{"Gap": 1, "Person": "S"}]


@pytest.mark.slow
def test_a_hundred_thousand_entries_take_seconds(tmp_path: Path) -> None:
    many = EXPORTED["chronology"].replace("range(1, 4)", "range(1, 100001)")
    package = package_with(
        exported={"chronology": many.replace("interval 1 hour", "interval 1 minute")}
    )
    before = time.perf_counter()
    tables_xlsx.render(package, tmp_path / "t.xlsx")
    assert time.perf_counter() - before < 8  # 1.9 s on a quiet two-core machine


def test_with_member_refuses_what_is_no_archive() -> None:
    with pytest.raises(ValueError, match="not a ZIP file"):
        with_member(b"no archive", "a", b"")
