import io
import json
import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.evidence.model.finding import Value
from fourfold.evidence.renderers import limit_texts, report_pdf, report_tables, table_sheets
from fourfold.evidence.renderers.report_findings import number
from fourfold.evidence.renderers.report_times import period_words
from lib.packages import EXPORTED, FORMULA, finding, package_with
from lib.thorough import examples

ZONE = "Europe/London"
FORBIDDEN = re.compile(
    r"\b(was at|was with|met|followed|near|nearby|proximity|proven|home|consistent with)\b",
    re.IGNORECASE,
)


def report(package: Any, path: Path) -> pypdf.PdfReader:
    report_pdf.render(package, path)
    return pypdf.PdfReader(path)


def empty_package() -> Any:
    return package_with(exported={}, findings=[], exhibits=[], ledger=[])


def text_of(package: Any, path: Path) -> str:
    """The words of the report, with all white space as one blank."""
    pages = report(package, path).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def test_report_is_tagged_titled_and_in_english(tmp_path: Path) -> None:
    pdf = report(package_with(), tmp_path / "r.pdf")
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Report of records: URN/2026/0004 OP MARLSTONE"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert len(pdf.outline) > 0


def test_same_package_same_bytes_and_no_time_of_making(tmp_path: Path) -> None:
    package, first, second = package_with(), tmp_path / "1.pdf", tmp_path / "2.pdf"
    pdf = report(package, first)
    time.sleep(1.01)
    report_pdf.render(package, second)
    assert first.read_bytes() == second.read_bytes()
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date is None


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        '#import "@preview/x:0.1.0": *',
        "*bold* _it_ $x^2$ `code` <label> @ref // comment",
        '"; #{ while true {} } "',
        "= Heading",
        "\\u{0} \\ ] [ } {",
        FORMULA,
    ],
)
def test_evidence_is_printed_and_never_run(tmp_path: Path, hostile: str) -> None:
    package = package_with(findings=[finding(statement=hostile, title=hostile)])
    assert text_of(package, tmp_path / "r.pdf").count(re.sub(r"\s+", " ", hostile)) >= 2


NO_TOFU = settings(
    max_examples=examples(5, 50),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@NO_TOFU
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_can_be_laid_out(tmp_path: Path, text: str) -> None:
    package = package_with(exported={}, findings=[finding(statement=text, title=text)])
    assert len(report(package, tmp_path / "r.pdf").pages) >= 1


def test_every_value_is_printed_with_its_code(tmp_path: Path) -> None:
    text = text_of(package_with(), tmp_path / "r.pdf")
    for words in (
        "F1 Contact from S to V",
        "F1.1",
        "contacts: 2",
        "F1.2",
        "0.5",
        "(contacts; F1.3)",
    ):
        assert words in text
    assert "The records show 2 contacts from a number attributed to S." in text
    assert "Numbers may be withheld." in text


def test_every_table_has_its_limits_and_source(tmp_path: Path) -> None:
    text = text_of(package_with(), tmp_path / "r.pdf")
    for table in limit_texts.BY_TABLE:
        assert limit_texts.of(table) in text, table
    for table in (
        "chronology",
        "coincidences",
        "diary_checks",
        "device_changes",
        "gaps",
        "exhibits",
    ):
        assert f"of table {table}." in text


def test_parts_of_the_report_show_their_entries(tmp_path: Path) -> None:
    text = text_of(package_with(), tmp_path / "r.pdf")
    for words in (
        "in the hour of a clock change",
        "Entry 1: supported",
        "Private entry: its words stand in the exhibit.",
        "missed call, number withheld",
        "same imei new imsi",
        "a SIM was lent, a second user",
        "call data of the number",
        "tel:+447700900795",
        "e3b0" * 16,
        "a draft, a top-up",
        "Occurrences are counted, not records.",
    ):
        assert words in text, words


def test_private_words_of_a_diary_stay_out(tmp_path: Path) -> None:
    secret = "my own words"
    exported = {"diary_checks": EXPORTED["diary_checks"].replace("$formula", f"'{secret}'")}
    assert secret not in text_of(package_with(exported=exported), tmp_path / "r.pdf")
    exported["diary_checks"] = exported["diary_checks"].replace(
        "true as is_private", "false as is_private"
    )
    assert secret in text_of(package_with(exported=exported), tmp_path / "r.pdf")


def test_class_c_is_named_but_not_printed(tmp_path: Path) -> None:
    secret = "neighbouring sites statement"
    exported = {"coincidences": EXPORTED["coincidences"].replace("'A' as class", "'C' as class")}
    found = [finding(), finding(finding_id="F2", statement=secret, evidence_class="C")]
    text = text_of(package_with(exported=exported, findings=found), tmp_path / "r.pdf")
    assert secret not in text
    assert "Not printed here: F2." in text
    assert "1 entry of class C is for investigation only" in text


def test_records_weighed_beyond_those_printed_are_counted() -> None:
    weighed = json.dumps([{"label": f"call {n}", "helps": False} for n in range(14)])
    many = EXPORTED["diary_checks"].replace("$candidates", f"'{weighed}'")
    facts = report_pdf.report_facts(package_with(exported={"diary_checks": many}))["diary"]
    (entry,) = facts["rows"]
    assert len(entry["candidates"]) == report_tables.CANDIDATES
    assert entry["more"].startswith("2 more records were weighed: data/diary_checks.csv")


def test_a_table_too_long_for_a_sheet_is_named_as_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sheet Gaps of tables.xlsx" in report_pdf.report_facts(package_with())["gaps"]["source"]
    monkeypatch.setattr(table_sheets, "ENTRIES", 0)
    assert "data/gaps.csv" in report_pdf.report_facts(package_with())["gaps"]["source"]


def test_long_chronology_shows_the_first_entries_of_each_occasion(tmp_path: Path) -> None:
    many = EXPORTED["chronology"].replace("range(1, 4)", "range(1, 1001)")
    many = many.replace("1 as occasion_no", "(n - 1) // 10 as occasion_no")
    package = package_with(exported={"chronology": many})
    facts = report_pdf.report_facts(package)["chronology"]
    printed = [e["code"] for day in facts["entries"] for e in day["entries"]]
    assert len(printed) == 300
    assert printed[:5] == ["O1", "O2", "O3", "O11", "O12"]
    assert sum(int(day["entries"]) for day in facts["days"]) == 1_000
    assert (
        "300 of 1,000 entries: of each of the 100 proposed occasions the first 3" in facts["rule"]
    )
    assert facts["rule"].split(":")[0] in text_of(package, tmp_path / "r.pdf")


def test_long_chronology_without_occasions_shows_its_start() -> None:
    many = EXPORTED["chronology"].replace("range(1, 4)", "range(1, 501)")
    many = many.replace("1 as occasion_no", "null::integer as occasion_no")
    facts = report_pdf.report_facts(package_with(exported={"chronology": many}))["chronology"]
    assert facts["rule"].startswith("The first 300 of 500 entries")


def test_empty_package_says_so_in_every_part(tmp_path: Path) -> None:
    text = text_of(empty_package(), tmp_path / "r.pdf")
    assert "No finding was made" in text
    assert "No diary is among the exhibits" in text
    assert "No gap was found" in text
    assert "The case folder holds no file." in text


def test_words_of_the_report_claim_nothing(tmp_path: Path) -> None:
    full = text_of(package_with(), tmp_path / "1.pdf")
    bare = text_of(empty_package(), tmp_path / "2.pdf")
    assert FORBIDDEN.findall(full) == []
    assert FORBIDDEN.findall(bare) == []


def test_text_too_large_for_a_row_is_cut(tmp_path: Path) -> None:
    exported = {
        "gaps": EXPORTED["gaps"].replace("'call data of the number'", f"'{'long ' * 9_000}'")
    }
    text = text_of(package_with(exported=exported), tmp_path / "r.pdf")
    assert "more characters)" in text
    assert text.count("long") < 200


def test_rare_neighbours_fall_back_to_plain_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("fourfold.evidence.renderers.printable._NOT_COVERED", re.compile("[\0]"))
    package = package_with(exported={}, findings=[finding(statement="\U0001f382 cake")])
    assert "⟦birthday cake⟧ cake" in text_of(package, tmp_path / "r.pdf")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1734, "1,734"), (0.3196721311, "0.3197"), (58007.41, "58,007.41"), (2.0, "2"),
        (None, "none"), (True, "yes"), ("data_but_nothing", "data but nothing"), (0.0, "0"),
        ("2026-10-12T12:31:23Z", "2026-10-12T12:31:23Z"), (1e-9, "1e-09"), (0, "0"),
    ],
)  # fmt: skip
def test_numbers_are_printed_without_invented_digits(value: Any, printed: str) -> None:
    assert number(value) == printed


def test_periods_name_local_time_and_utc() -> None:
    start, end = datetime(2026, 7, 2, 22, 30), datetime(2026, 7, 2, 23, 30)
    assert period_words(start, end, ZONE) == (
        "Thu 2 Jul 2026 23:30:00 to Fri 3 Jul 2026 00:30:00 (22:30:00 to 23:30:00 UTC)"
    )
    winter = datetime(2026, 12, 1), datetime(2026, 12, 9)
    assert period_words(*winter, ZONE) == "Tue 1 Dec 2026 to Tue 8 Dec 2026, whole days"


def test_small_counts_become_bars_with_words_for_readers(tmp_path: Path) -> None:
    hours = [Value(f"{h:02}:00", h, "contacts", code=f"F1.{h + 3}") for h in range(24)]
    package = package_with(findings=[finding(series={"by_hour": hours})])
    assert "by hour, contacts (F1.3 to F1.26)" in text_of(package, tmp_path / "r.pdf")
    alternatives = [
        node.get("/Alt") for node in _nodes(pypdf.PdfReader(tmp_path / "r.pdf")) if "/Alt" in node
    ]
    assert any("23:00: 23" in str(words) for words in alternatives)


def _nodes(pdf: pypdf.PdfReader) -> list[Any]:
    objects = (pdf.get_object(n) for n in range(1, len(pdf.xref[0]) + len(pdf.xref_objStm)))
    return [node for node in objects if isinstance(node, pypdf.generic.DictionaryObject)]


@pytest.mark.slow
def test_twelve_thousand_entries_take_about_a_second(tmp_path: Path) -> None:
    many = EXPORTED["chronology"].replace("range(1, 4)", "range(1, 12001)")
    package = package_with(exported={**EXPORTED, "chronology": many})
    before = time.perf_counter()
    report_pdf.render(package, tmp_path / "r.pdf")
    assert time.perf_counter() - before < 5  # 0.5 s on a quiet two-core machine


def test_everything_is_embedded(tmp_path: Path) -> None:
    data = io.BytesIO()
    report_pdf.render(package_with(), tmp_path / "r.pdf")
    data.write((tmp_path / "r.pdf").read_bytes())
    fonts = [
        font
        for page in pypdf.PdfReader(data).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert names
    assert all("+" in name for name in names), "a subset prefix marks an embedded font"


def test_section_caps_are_on_the_safe_side_of_a_page() -> None:
    assert report_tables.capped({"a": ["x" * 5_000]})["a"][0].endswith("more characters)")
