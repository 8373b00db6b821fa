"""Action plans taken in from tables: every cell is placed, or listed with the reason."""

import io
import zipfile
from pathlib import Path

import pytest

from fourfold.web.recommendations.rules.imports import (
    dates,
    limits,
    placing,
    proposing,
    reading,
    values,
)
from fourfold.web.recommendations.rules.imports.cells import Reading
from fourfold.web.recommendations.rules.imports.limits import TableRefusedError
from fourfold.web.recommendations.rules.plan_schema import PlanLine, PlanUpdate

LAYOUTS = Path(__file__).parent / "layouts"
KNOWN = frozenset({"7", "7.1", "7.2", "10", "12", "16", "17", "18"})
FILES = ("big-table.html", "table-each.html", "headings.html", "odd-headers.csv",
         "merged-titles.xlsx")  # fmt: skip


def read(name: str) -> Reading:
    return reading.read((LAYOUTS / name).read_bytes())


def placed(found: Reading, statuses: dict[str, str] | None = None) -> placing.Placing:
    targets = {each.key: each.target for each in proposing.propose(found.records)}
    return placing.place(found, placing.Choices(targets, statuses or {}), KNOWN)


def lines(found: placing.Placing) -> dict[str, PlanLine]:
    return {line.code: line for line in found.lines}


def page(body: str) -> Reading:
    return reading.read(f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize("name", FILES)
def test_fields_that_forces_publish_layout_is_placed(name: str) -> None:
    found = read(name)
    result = placed(found)
    assert result.placed_count + len(result.left) == found.cell_count()
    assert result.placed_count >= 0.95 * found.cell_count()
    assert all(each.reason and each.text and each.place for each in result.left)


def test_spans_reach_into_the_lines_they_cover() -> None:
    assert lines(placed(read("big-table.html")))["7.2"].executive_lead == "ACC (Crime)"
    assert (
        lines(placed(read("merged-titles.xlsx")))["7.2"].executive_lead == "Deputy Chief Constable"
    )


def test_a_day_in_the_heading_dates_the_updates_below_it() -> None:
    line = lines(placed(read("big-table.html")))["7.1"]
    assert line.updates == (PlanUpdate("2025-03-27", "Use of the search is audited each month."),)


def test_a_table_in_a_cell_is_read_as_dated_updates() -> None:
    updates = lines(placed(read("table-each.html")))["7"].updates
    assert [each.on for each in updates] == ["2025-01-14", "2025-03-27"]
    assert updates[1].text == "Design has begun."


def test_month_stays_words_and_no_day_is_made_of_it() -> None:
    line = lines(placed(read("big-table.html")))["7"]
    assert (line.due_on, line.no_date_reason) == ("", "Due date as written: “March 2026”")


def test_no_date_possible_keeps_its_words() -> None:
    line = lines(placed(read("big-table.html")))["12"]
    assert line.status == "no_date_possible"
    assert "shared with other forces" in line.no_date_reason


def test_words_that_name_no_status_wait_for_a_person() -> None:
    found = read("headings.html")
    words = "Expected to be complete by summer"
    assert [left.text for left in placed(found).left if left.label == "Status"] == [words]
    line = lines(placed(found, {words: "in_progress"}))["12"]
    assert line.status == "in_progress" and words in line.plan


def test_scripts_and_menus_are_not_read() -> None:
    for name in FILES[:2]:
        result = placed(read(name))
        said = repr(result)
        assert "99" not in said and "About us" not in said and "tracker" not in said


def test_a_line_that_is_not_asked_of_the_organisation_is_listed() -> None:
    found = page("<h2>Recommendation 3</h2><p>Owner: Head of Crime</p>")
    result = placed(found)
    assert not result.lines
    assert {each.reason for each in result.left} == {
        "Recommendation 3 is not one that you answer to here."
    }


def test_a_second_status_of_a_line_is_listed_not_taken() -> None:
    rows = "rec no,status,owner\n7,Complete,A\n7,Ongoing,A\n"
    result = placed(reading.read(rows.encode()))
    assert lines(result)["7"].status == "complete"
    assert [each.text for each in result.left] == ["Ongoing"]


def test_headings_that_say_nothing_are_told_by_their_cells() -> None:
    rows = "a,b,c,d\n" + "\n".join(
        f"{number},Head of Crime {number},Complete,{number}/03/2025" for number in (7, 10, 12)
    )
    found = reading.read(rows.encode())
    targets = {each.label: each.target for each in proposing.propose(found.records)}
    assert list(targets.values()) == ["number", "owner", "status", "due_on"]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("27/03/2025", "2025-03-27"), ("27.3.2025", "2025-03-27"), ("27-03-25", None),
        ("27/03/25", "2025-03-27"), ("Thursday 27th of March 2025", "2025-03-27"),
        ("27 Mar 2025", "2025-03-27"), ("March 27, 2025", "2025-03-27"),
        ("2025-03-27", "2025-03-27"), ("2025-03-27 00:00:00", "2025-03-27"),
        ("March 2025", None), ("Q2 2025", None), ("31/02/2025", None), ("2025", None),
        ("by 27 March 2025", None), ("7.1", None), ("27 Marble 2025", None),
    ],
)  # fmt: skip
def test_days_as_plans_spell_them(text: str, on: str | None) -> None:
    found = dates.day_of(text)
    assert (found.isoformat() if found else None) == on


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("7", "7", ""), ("7.1", "7.1", ""), ("Recommendation 7(2): Stop-gap", "7.2", "Stop-gap"),
        ("Rec. 10", "10", ""), ("R7.2", "7.2", ""), ("Recommendation 7, part 7.1", "7.1", ""),
        ("Recommendation No. 12 – Risk", "12", "Risk"),
    ],
)  # fmt: skip
def test_numbers_of_recommendations(text: str, code: str, rest: str) -> None:
    found = values.number_of(text)
    assert found is not None and (found.code, found.rest) == (code, rest)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Action complete", "complete"), ("ongoing", "in_progress"), ("Not complete", None),
        ("no delivery date can be given", "no_date_possible"), ("Partially complete", "in_progress"),
        ("Green", None), ("Blue – closed", "complete"), ("To be completed by May", None),
        ("A delivery date could not be given", "no_date_possible"), ("incomplete", None),
    ],
)  # fmt: skip
def test_statuses_in_free_words(text: str, value: str | None) -> None:
    meant = values.status_of(text)
    assert (meant.value if meant else None) == value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    rows = [["Rec no", "Owner", "Status"], ["7", "Chief Officer’s lead", "Complete"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert lines(placed(reading.read(content)))["7"].owner == "Chief Officer’s lead"


def _zip(names: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return held.getvalue()


HOSTILE = {
    "empty": b"  \n",
    "large": b"a" * (limits.FILE_BYTES + 1),
    "zip bomb": _zip({"xl/sheet.xml": b"0" * (60 * 1024 * 1024)}),
    "entity bomb": _zip({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
    "no workbook": _zip({"a.txt": b"x"}),
    "broken zip": b"PK\x03\x04rubbish",
    "old excel": b"\xd0\xcf\x11\xe0rest",
    "pdf": b"%PDF-1.7",
    "picture": b"\x89PNG\x00\x00",
    "foreign json": b'{"a": 1}',
    "deep json": b"{" + b'"a":{' * 5000,
    "own json without number": b'{"schema": "fourfold-action-plan-1", "lines": [{}]}',
    "long cell": b"rec no,owner,status\n7," + b"x" * (limits.CELL_CHARS + 1) + b",done\n",
    "many rows": b"rec no,owner\n" * (limits.ROWS + 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(TableRefusedError, match=r"\.$"):
        reading.read(HOSTILE[name])


def test_deep_and_wide_pages_end() -> None:
    deep = b"<html><body>" + b"<div>" * 400 + b"x"
    wide = b"<table><tr>" + b"<td colspan=9999>7</td>" * 3 + b"</tr></table>"
    tall = b"<table>" + b"<tr><td rowspan=9999>Owner</td><td>x</td></tr>" * 30 + b"</table>"
    for content in (deep, wide, tall):
        try:
            reading.read(b"<html>" + content)
        except TableRefusedError:
            continue


def test_formulas_stay_text() -> None:
    line = lines(placed(read("odd-headers.csv")))["12"]
    assert line.initial_response.startswith("=HYPERLINK")
