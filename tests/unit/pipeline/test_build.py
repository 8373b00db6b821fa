"""The whole way: what a package holds, and what no fault may leave behind."""

import shutil
from pathlib import Path

import pytest

from fourfold.evidence import pipeline
from fourfold.evidence.errors import CaseFileError, LedgerImbalanceError, UsageError
from fourfold.evidence.store import stamping
from fourfold.evidence.store.package import open_data
from lib.folders import packaged, small_case


def states(package: Path) -> dict[str, str]:
    return dict(open_data(package).rows("select exhibit_file, state from exhibits"))


def test_rows_are_used_merged_or_set_aside(tmp_path: Path) -> None:
    package = packaged(small_case(tmp_path / "case"), tmp_path / "out")
    found = open_data(package).rows("select code, locator, state, reason from ledger order by code")
    assert found == [
        ("R1.1", "line=2", "used", None),
        ("R2.1", "sms[1]", "used", None),
        ("R2.2", "sms[2]", "used", None),
        ("R2.3", "sms[3]", "set_aside", "not_an_event"),
    ]


def test_nothing_in_the_case_folder_is_changed(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    for path in (case, *case.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in case.rglob("*") if p.is_file()}
    packaged(case, tmp_path / "out")
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in case.rglob("*") if p.is_file()}
    assert before == after


def test_files_nobody_can_read_are_said_and_others_unaffected(tmp_path: Path) -> None:
    case = small_case(
        tmp_path / "case",
        **{
            "a.bin": b"\x00\x01\x02",
            "empty.json": b"",
            "torn.zip": b"PK\x03\x04torn",
            "copy.xml": (b""),
        },
    )
    (case / "exhibits" / "copy.xml").write_bytes((case / "exhibits" / "sms.xml").read_bytes())
    package = packaged(case, tmp_path / "out")
    assert states(package) == {
        "exhibits/a.bin": "unknown_format",
        "exhibits/copy.xml": "duplicate_file",
        "exhibits/diary.csv": "read",
        "exhibits/empty.json": "empty",
        "exhibits/sms.xml": "read",
        "exhibits/torn.zip": "unreadable",
    }


def test_bad_case_file_writes_nothing(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    (case / "case.toml").write_text("[case]\n")
    with pytest.raises(CaseFileError):
        packaged(case, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["case"]


def test_lost_row_stops_the_run_and_leaves_no_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = stamping._fill_ledger

    def lossy(store: object) -> None:
        fill(store)  # type: ignore[arg-type]
        store.run("delete from ledger where code = 'R2.2'")  # type: ignore[attr-defined]

    monkeypatch.setattr(stamping, "_fill_ledger", lossy)
    with pytest.raises(LedgerImbalanceError, match="rows staged and rows in the ledger differ"):
        packaged(small_case(tmp_path / "case"), tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["case"]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("delete from all_rows where n = 2", "events staged and events kept differ"),
        (
            "insert into all_rows select * from all_rows where n = 1 and s = 1",
            "two rows share an id|events",
        ),
        ("delete from all_events where n = 1", "a used row bears no event"),
        ("update all_rows set state = 'forgotten' where n = 1", "a row has no fate"),
        ("update all_rows set state = 'merged' where n = 1", "a merged row repeats nothing"),
    ],
)
def test_any_tampering_between_stations_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, fault: str
) -> None:
    load = stamping.add_refused

    def tampered(store: object, reports: object) -> None:
        load(store, reports)  # type: ignore[arg-type]
        store.run(statement)  # type: ignore[attr-defined]

    monkeypatch.setattr(stamping, "add_refused", tampered)
    with pytest.raises(LedgerImbalanceError, match=fault):
        packaged(small_case(tmp_path / "case"), tmp_path / "out")


def test_rows_outside_the_authority_are_set_aside(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    text = (
        (case / "case.toml")
        .read_text()
        .replace('ref = "DEF/1"', 'ref = "DEF/1"\nauthority = "N/1"')
    )
    text += '\n[[authority]]\nref = "N/1"\nfrom = 2025-09-10T18:13:00Z\n'
    (case / "case.toml").write_text(text)
    package = packaged(case, tmp_path / "out")
    found = open_data(package).rows(
        "select locator, reason from ledger where state = 'set_aside' order by 1"
    )
    assert found == [("sms[1]", "outside_authority"), ("sms[3]", "not_an_event")]


def test_archive_member_that_was_not_opened_has_its_line(tmp_path: Path) -> None:
    from unit.intake.test_archives import zipped

    case = small_case(tmp_path / "case")
    sms = (case / "exhibits" / "sms.xml").read_bytes()
    (case / "exhibits" / "sms.xml").unlink()
    (case / "exhibits" / "backup.zip").write_bytes(zipped({"../evil.xml": sms, "sms.xml": sms}))
    package = packaged(case, tmp_path / "out")
    rows = open_data(package).rows(
        "select locator, state, reason from ledger where exhibit_file = 'exhibits/backup.zip'"
    )
    assert rows[0] == ("../evil.xml", "set_aside", "unsafe_path")
    assert [row[0] for row in rows[1:]] == ["sms.xml#sms[1]", "sms.xml#sms[2]", "sms.xml#sms[3]"]
    assert not list(tmp_path.rglob("evil.xml"))


def test_rerun_is_byte_identical(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    package = packaged(case, tmp_path / "out")
    result = pipeline.verify(package, case)
    assert result["identical_tables"] > 10
    assert pipeline.verify(package, package / "originals")["rows"] == 4


def test_originals_build_again_with_copies_and_files_left_alone(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    (case / "exhibits" / "zz.xml").write_bytes((case / "exhibits" / "sms.xml").read_bytes())
    (case / "my notes.txt").write_text("not evidence")
    package = packaged(case, tmp_path / "out")
    assert pipeline.verify(package, package / "originals")["identical_tables"] > 10


def test_packs_of_the_caller_travel_with_the_package(tmp_path: Path) -> None:
    shipped = Path(pipeline.__file__).parent / "readers" / "packs" / "bandicoot_records.toml"
    pack = shipped.read_text(encoding="utf-8").replace("bandicoot_records", "our_records")
    pack = pack.replace('"antenna_id"', '"mast"').replace("antenna_id", "mast")
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "our_records.toml").write_text(pack, encoding="utf-8")
    table = (
        "interaction,direction,correspondent_id,datetime,call_duration,mast\n"
        "call,in,07700900111,2026-07-01 10:00:00,30,A\n"
    )
    case = small_case(tmp_path / "case", **{"calls.csv": table.encode()})
    options = pipeline.Options(render=(), packs=tmp_path / "packs")
    run = pipeline.build(case, tmp_path / "out", options)
    assert "format pack our_records.toml of the caller was used" in run.notes
    assert (tmp_path / "out" / "packs" / "our_records.toml").is_file()
    shutil.rmtree(tmp_path / "packs")
    assert pipeline.verify(tmp_path / "out", case)["identical_tables"] > 10


def test_stations_singly_give_the_same_tables(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    whole = packaged(case, tmp_path / "whole")
    steps = tmp_path / "steps"
    options = pipeline.Options(render=())
    pipeline.take_in_folder(case, steps, options)
    pipeline.read_package(steps, options)
    pipeline.analyse_package(steps, options)
    (steps / "data" / "contacts.parquet").unlink()
    pipeline.analyse_package(steps, options)  # again, over its own results
    pipeline.render_package(steps, options)
    from fourfold.evidence.store.verify import compare

    assert compare(whole, steps) > 10
    pipeline.verify(steps)


def test_a_run_that_dies_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "number_findings", die)
    with pytest.raises(KeyboardInterrupt):
        packaged(small_case(tmp_path / "case"), tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["case"]


def test_other_peoples_folder_is_never_replaced(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        packaged(case, tmp_path / "out")
    with pytest.raises(UsageError, match="inside the case folder"):
        packaged(case, case / "out")
    assert (tmp_path / "out" / "thesis.doc").read_text() == "mine"


def test_an_older_package_is_replaced_whole(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    out = packaged(case, tmp_path / "out")
    (out / "left.over").write_text("x")
    packaged(case, tmp_path / "out")
    assert not (out / "left.over").exists()
    pipeline.verify(out)
