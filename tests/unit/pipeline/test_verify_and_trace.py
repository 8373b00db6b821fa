"""A package that was touched does not verify; a code leads to the row and its text."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fourfold.evidence import pipeline
from fourfold.evidence.errors import TraceError, VerificationError
from fourfold.evidence.store import package as packages
from fourfold.evidence.store.engine import quoted
from lib.folders import packaged, small_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    return packaged(small_case(folder / "case"), folder / "out")


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "package"))


def rewrite(package: Path, table: str, query: str) -> None:
    """Replace a table's file and put its new hash on record, as a careful forger would."""
    engine = packages.open_data(package)
    path = package / "data" / f"{table}.parquet"
    new = path.with_suffix(".new")
    engine.run(f"copy ({query}) to {quoted(str(new))} (format parquet)")
    engine.close()
    path.unlink()
    new.rename(path)
    record = packages.read_run(package)
    record["files"] = packages.hashes(package)
    packages.write_run(package, record)


def test_untouched_package_verifies(package: Path) -> None:
    assert pipeline.verify(package)["rows"] == 4


@pytest.mark.parametrize(
    ("touch", "fault"),
    [
        (lambda p: (p / "data" / "ledger.csv").write_text("x"), "data/ledger.csv: its SHA-256"),
        (lambda p: (p / "data" / "gaps.parquet").unlink(), "data/gaps.parquet: missing"),
        (lambda p: (p / "more.txt").write_text("x"), "more.txt: not part of the package"),
    ],
)
def test_touched_file_is_named(package: Path, touch: Callable[[Path], object], fault: str) -> None:
    touch(package)
    with pytest.raises(VerificationError, match=fault):
        pipeline.verify(package)


def test_altered_original_is_named(package: Path) -> None:
    original = package / "originals" / "exhibits" / "sms.xml"
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"Pick up", b"Pick me"))
    with pytest.raises(VerificationError, match=r"originals/exhibits/sms\.xml: its SHA-256"):
        pipeline.verify(package)


@pytest.mark.parametrize(
    ("table", "query", "fault"),
    [
        ("ledger", "select * from ledger where code <> 'R2.2'", "counts differ from its ledger"),
        (
            "ledger",
            "select * from ledger union all select * from ledger where code = 'R2.2'",
            "a row stands twice",
        ),
        (
            "ledger",
            "select * replace (case when code = 'R2.2' then 'set_aside' else state end as state) from ledger",
            "counts differ from its ledger",
        ),
        ("rows", "select * from rows limit 3", "has no text in rows"),
        (
            "events",
            "select * from events where started_at > '2025-09-10 18:13:00'",
            "names an event that is not there",
        ),
        ("occurrences", "select * from occurrences limit 1", "belongs to no occurrence"),
        (
            "exhibits",
            "select * replace (rows_used + 1 as rows_used) from exhibits",
            "counts differ from its ledger",
        ),
    ],
)
def test_forged_tables_with_fresh_hashes_are_caught(
    package: Path, table: str, query: str, fault: str
) -> None:
    rewrite(package, table, query)
    with pytest.raises(VerificationError, match=fault):
        pipeline.verify(package)


def test_altered_text_with_fresh_hashes_is_caught_by_the_rerun(package: Path) -> None:
    rewrite(
        package,
        "rows",
        "select row_id, replace(verbatim, 'Pick up', 'Pick me') as verbatim from rows",
    )
    pipeline.verify(package)
    with pytest.raises(VerificationError, match=r"other tables: data/rows\.parquet"):
        pipeline.verify(package, package / "originals")


def test_row_code_leads_to_file_hash_place_and_text(package: Path) -> None:
    found = pipeline.trace(package, "R2.1")
    (row,) = found.rows
    assert (row["ref"], row["exhibit_file"], row["locator"]) == (
        "DEF/1",
        "exhibits/sms.xml",
        "sms[1]",
    )
    assert 'body="Pick up"' in row["verbatim"]
    assert row["original_intact"]
    assert pipeline.trace(package, row["row_id"]).rows == found.rows
    assert pipeline.trace(package, row["event_ids"][0]).rows == found.rows


def test_every_value_of_every_finding_leads_somewhere(package: Path) -> None:
    from fourfold.evidence.store.trace import values_of

    engine = packages.open_data(package)
    known = {row[0] for row in engine.rows("select row_id from ledger")}
    codes = [v.code for f in packages.read_findings(package) for v in values_of(f)]
    assert len(codes) > 5
    assert len(codes) == len(set(codes))
    for code in codes:
        found = pipeline.trace(package, code, limit=3)
        assert {row["row_id"] for row in found.rows} <= known


@pytest.mark.parametrize(
    "code", ["F999", "F1.999", "R9.9", "O99999", "nonsense", "0" * 16, "F0", "F1' or 1=1"]
)
def test_unknown_code_says_so(package: Path, code: str) -> None:
    with pytest.raises(TraceError, match="leads nowhere"):
        pipeline.trace(package, code)
