"""The demo case: fictional, repeatable, of the size asked, with the faults it promises."""

import csv
import hashlib
import io
import json
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fourfold.demo_case import movement, world, write_case
from fourfold.demo_case.faulty_files import PASSWORD, UNSAFE_NAME


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "case"
    write_case(folder, truth=True)
    return folder


def truth_of(folder: Path) -> Any:
    return json.loads((folder.parent / "truth.json").read_text(encoding="utf-8"))


def exhibit(folder: Path, name: str) -> Path:
    return folder / "exhibits" / name


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def call_rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = exhibit(folder, f"cd/{name}").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text.split("\n\n", 1)[1])))


def on_day(rows: list[dict[str, str]], day: str) -> list[dict[str, str]]:
    return [row for row in rows if row["Start Date"] == day]


def test_same_seed_gives_the_same_bytes_and_another_seed_others(case: Path, tmp_path: Path) -> None:
    write_case(tmp_path / "again" / "case")
    write_case(tmp_path / "other" / "case", seed=2)
    assert bytes_of(tmp_path / "again" / "case") == bytes_of(case)
    assert bytes_of(tmp_path / "other" / "case") != bytes_of(case)


def test_truth_is_written_only_when_asked(tmp_path: Path) -> None:
    write_case(tmp_path / "case")
    assert not (tmp_path / "truth.json").exists()


def test_every_named_exhibit_exists_and_refs_are_unique(case: Path) -> None:
    facts = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    files = {e["file"] for e in facts["exhibit"]}
    assert all((case / name).is_file() for name in files)
    assert len({e["ref"] for e in facts["exhibit"]}) == len(facts["exhibit"])
    present = {str(p.relative_to(case)) for p in (case / "exhibits").rglob("*") if p.is_file()}
    assert present - files == {
        "exhibits/received_again/blob.dat",
        "exhibits/received_again/copy_of_call_data.csv",
    }


def test_every_person_and_authority_named_is_defined(case: Path) -> None:
    facts = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    people = {p["key"] for p in facts["person"]}
    authorities = {a["ref"] for a in facts["authority"]}
    assert {a["person"] for a in facts["attribution"]} <= people
    assert {e["person"] for e in facts["exhibit"] if "person" in e} <= people
    assert {e["authority"] for e in facts["exhibit"] if "authority" in e} <= authorities


def test_only_numbers_plates_and_handsets_that_cannot_exist(case: Path) -> None:
    texts = [p.read_text(encoding="utf-8", errors="ignore") for p in case.rglob("*") if p.is_file()]
    numbers = re.findall(r"(?<![\d.:])(?:\+?44|0044|0|1410)(7\d{9})(?!\d)", "\n".join(texts))
    assert len(numbers) > 500
    assert all(number.startswith("7700900") for number in numbers)
    rows = call_rows(case, "447700900381_CallData.csv")
    assert all(row["IMEI"].startswith("00") for row in rows)
    assert all(row["IMSI"].startswith("23499") for row in rows)
    cells = {row["Start Cell ID or MAC Address"] for row in rows} - {""}
    assert all(cell.startswith("234-99-") for cell in cells)
    assert world.PLATE[2:4] == "00"


def test_returns_have_36_columns_and_as_many_rows_as_truth_says(case: Path) -> None:
    for planted in truth_of(case)["exhibits"]:
        if "/cd/" in planted["file"]:
            rows = call_rows(case, planted["file"].rsplit("/", 1)[1])
            assert len(rows) == planted["rows_in"]
            assert all(len(row) == 36 and None not in row for row in rows)


def test_json_and_xml_files_hold_the_rows_that_truth_says(case: Path) -> None:
    rows = {e["ref"]: e["rows_in"] for e in truth_of(case)["exhibits"]}
    timeline = json.loads(exhibit(case, "victim/Timeline.json").read_text(encoding="utf-8-sig"))
    assert len(timeline["semanticSegments"]) + len(timeline["rawSignals"]) == rows["DEF/6"]
    takeout = zipfile.ZipFile(exhibit(case, "suspect/takeout-001.zip"))
    found = [json.loads(takeout.read(n)) for n in takeout.namelist() if n.endswith(".json")]
    assert sum(len(next(iter(f.values()))) for f in found) == rows["GHI/1"]
    for ref, name, tag in (
        ("DEF/1", "victim/sms-backup.xml", "<sms "),
        ("DEF/2", "victim/calls-backup.xml", "<call "),
        ("GHI/3", "suspect/drives.kml", "<gx:coord>"),
        ("DEF/7", "victim/activities.gpx", "<trkpt "),
    ):
        count = exhibit(case, name).read_text(encoding="utf-8").count(tag)
        assert count == rows[ref] - {"GHI/3": 2, "DEF/7": 1}.get(ref, 0), ref


def test_ledger_of_truth_balances(case: Path) -> None:
    truth = truth_of(case)
    for e in truth["exhibits"]:
        assert e["rows_used"] + e["rows_merged"] + e["rows_set_aside"] == e["rows_in"]
        assert sum(e["set_aside"].values()) == e["rows_set_aside"]
    assert truth["rows"] == sum(e["rows_in"] for e in truth["exhibits"])


@pytest.mark.parametrize("rows", [6_000, 31_000])
def test_stated_size_is_reached_exactly(tmp_path: Path, rows: int) -> None:
    write_case(tmp_path / "case", scale=rows, truth=True)
    assert truth_of(tmp_path / "case")["rows"] == rows


def test_unknown_scale_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="number of rows"):
        write_case(tmp_path / "case", scale="huge")
    with pytest.raises(ValueError, match="number of rows"):
        write_case(tmp_path / "case", scale=0)


def test_withheld_call_is_blank_on_her_side_and_prefixed_on_his(case: Path) -> None:
    hers = call_rows(case, "447700900381_CallData.csv")
    his = call_rows(case, "447700900117_CallData.csv")
    blank = [r for r in hers if r["CDR Type"] == "Voice" and not r["Calling Number"]]
    hidden = [r for r in his if r["Called Number"].startswith("1410")]
    assert ("21/09/2026", "13:05:00") in {(r["Start Date"], r["Start Time (local)"]) for r in blank}
    assert ("21/09/2026", "13:05:00") in {
        (r["Start Date"], r["Start Time (local)"]) for r in hidden
    }


def test_legs_and_parts_stand_as_several_rows(case: Path) -> None:
    his = call_rows(case, "447700900117_CallData.csv")
    long_call = [
        r for r in his if r["Start Date"] == "06/07/2026" and r["Start Time (local)"] >= "21"
    ]
    lasted = [r["Call Duration (HH:mm:ss)"] for r in long_call if r["Called Number"][-3:] == "381"]
    assert lasted[:3] == ["00:30:00", "00:30:00", "00:15:12"]
    onward = [r for r in his if r["Forwarding Number"].endswith("7700900422")]
    assert {r["Start Time (local)"] for r in onward} == {"18:02:21"}
    hers = call_rows(case, "447700900381_CallData.csv")
    assert "222" in {r["Forwarding Number"] for r in hers}
    parts = [r for r in his if r["Start Date"] == "15/08/2026" and r["CDR Type"] == "SMS-MO"]
    times = [r["Start Time (local)"] for r in parts]
    assert {"08:31:02", "08:31:03", "08:31:04"} <= set(times)


def test_new_sim_stands_in_the_known_handset_and_then_in_another(case: Path) -> None:
    known = {(r["IMSI"], r["IMEI"]) for r in call_rows(case, "447700900117_CallData.csv")}
    new = {(r["IMSI"], r["IMEI"]) for r in call_rows(case, "447700900264_CallData.csv")}
    assert known == {(world.IMSI[world.S1], world.IMEI_A)}
    assert new == {(world.IMSI[world.S2], world.IMEI_A), (world.IMSI[world.S2], world.IMEI_B)}


def test_both_half_past_ones_of_the_october_night_are_there(case: Path) -> None:
    rows = call_rows(case, "447700900264_CallData.csv")
    night = [r for r in rows if r["Start Date"] == "25/10/2026"]
    assert [r["Start Time (local)"] for r in night][:2] == ["01:30:00", "01:30:00"]


def test_handset_clock_is_seven_minutes_slow(case: Path) -> None:
    backup = exhibit(case, "victim/sms-backup.xml").read_text(encoding="utf-8")
    received = re.findall(r'date="(\d+)" type="1".*?date_sent="(\d+)"', backup)
    behind = {(int(sent) - int(at)) // 1000 for at, sent in received}
    assert behind <= {417, 418}
    assert received


def test_rows_outside_the_authority_are_there_and_counted(case: Path) -> None:
    rows = call_rows(case, "447700900117_CallData.csv")
    outside = [r for r in rows if r["Start Date"] in {"30/10/2026", "31/10/2026"}]
    planted = next(e for e in truth_of(case)["exhibits"] if e["ref"] == "ABC/1")
    assert planted["set_aside"] == {"outside_authority": len(outside)}
    assert len(outside) >= 3


def test_faulty_files_are_what_they_claim(case: Path) -> None:
    assert exhibit(case, "suspect/empty.csv").read_bytes() == b""
    cut = exhibit(case, "victim/run_cut_off.gpx").read_text(encoding="utf-8")
    assert cut.count("<trkpt") == 40
    assert "</gpx>" not in cut
    assert UNSAFE_NAME in zipfile.ZipFile(exhibit(case, "victim/walks.zip")).namelist()
    original = exhibit(case, "cd/447700900381_CallData.csv").read_bytes()
    assert exhibit(case, "received_again/copy_of_call_data.csv").read_bytes() == original


def test_locked_archive_opens_with_its_password_only(case: Path) -> None:
    locked = zipfile.ZipFile(exhibit(case, "suspect/locked.zip"))
    with pytest.raises(RuntimeError, match="password required"):
        locked.read("notes/plan.txt")
    assert locked.read("notes/plan.txt", pwd=PASSWORD).startswith(b"Nothing real stands here.")


def test_texts_that_attack_viewers_are_planted(tmp_path: Path) -> None:
    write_case(tmp_path / "case", scale="typical")
    backup = exhibit(tmp_path / "case", "victim/sms-backup.xml").read_text(encoding="utf-8")
    assert "=cmd|" in backup
    assert "&lt;script&gt;" in backup
    assert "&#55357;&#56468;" in backup


def test_encounters_bring_both_within_fifty_metres() -> None:
    found = movement.encounters()
    assert [e.kind for e in found] == [
        "wait_at_work", "wait_at_work", "loiter", "same_shop_by_chance", "loiter_after_order",
    ]  # fmt: skip
    for encounter in found:
        for at in range(encounter.first, encounter.last, 60):
            (x1, y1), (x2, y2) = (movement.place_of(p, at) for p in ("S", "V"))
            assert (x1 - x2) ** 2 + (y1 - y2) ** 2 <= 50**2


def test_diary_outcomes_cover_every_kind(case: Path) -> None:
    diary = truth_of(case)["diary"]
    assert {entry["outcome"] for entry in diary} == {
        "supported", "partly", "no_data", "data_but_nothing", "contradicted",
    }  # fmt: skip


def test_no_contact_stands_in_the_hours_that_the_diary_gets_wrong(tmp_path: Path) -> None:
    write_case(tmp_path / "case", scale="typical")
    hers = call_rows(tmp_path / "case", "447700900381_CallData.csv")
    for day, first, last in (("16/08/2026", "18:30", "21:00"), ("19/08/2026", "09:00", "16:00")):
        from_him = [
            r["Start Time (local)"]
            for r in on_day(hers, day)
            if r["Calling Number"][-3:] in {"", "117"} and first <= r["Start Time (local)"] < last
        ]
        assert from_him == []


def test_generator_does_not_import_the_engine() -> None:
    folder = Path(world.__file__).parent
    for module in folder.glob("*.py"):
        assert "fourfold.evidence" not in module.read_text(encoding="utf-8"), module.name
