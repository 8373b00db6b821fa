"""The command line: exit codes, JSON, errors of one line, quick help."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fourfold.cli.main import main
from fourfold.cli.printing import printable
from lib.folders import small_case


def test_build_trace_and_verify_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = small_case(tmp_path / "case"), tmp_path / "package"
    assert main(["build", str(case), "--out", str(out), "--json", "--only", "tables_xlsx"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["rows_read"], summary["rows_used"], summary["rows_set_aside"]) == (4, 3, 1)
    assert main(["trace", str(out), "R2.1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["locator"] == "sms[1]"
    assert main(["verify", str(out), "--rerun", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verified"] is True


def test_what_could_not_be_read_is_said_loudly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path / "case", **{"mystery.bin": b"\x00\x01"})
    assert main(["build", str(case), "--out", str(tmp_path / "p"), "--only", "tables_xlsx"]) == 0
    said = capsys.readouterr().out
    assert "! NOT READ  X/2  exhibits/mystery.bin: no reader or format pack recognises it" in said
    assert "'fourfold learn-pack FILE'" in said
    assert "4 rows read = 3 used + 0 merged + 1 set aside" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["build", "nowhere"], 4),
        (["trace", "nowhere", "F1"], 7),
        (["verify", "nowhere"], 6),
        (["demo-case", "."], 2),
        (["learn-pack", "nowhere.csv"], 8),
        (["learn-pack", "."], 8),
        (["learn-pack", "pyproject.toml"], 8),
    ],
)
def test_errors_are_one_line_with_their_exit_code(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    error = capsys.readouterr().err
    assert error.startswith("fourfold: ")
    assert error.count("\n") == 1


def test_learnt_pack_is_written_into_a_new_folder_and_never_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "calls.csv", tmp_path / "packs" / "our_calls.toml"
    table.write_text("Date,Number,Duration\n01/07/2026 10:00:00,07700900001,5\n")
    words = ["learn-pack", str(table), "--out", str(out)]
    assert main(words) == 0
    written = out.read_text(encoding="utf-8")
    assert 'name = "calls"' in written
    assert main(words) == 2
    assert main([*words[:-1], str(table / "x.toml")]) == 2
    assert capsys.readouterr().err.count("\n") == 2
    assert out.read_text(encoding="utf-8") == written


def test_bad_case_file_has_its_own_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = small_case(tmp_path / "case")
    (case / "case.toml").write_text('[case]\nreference = "a"\n[[person]]\nkey = "S"\n')
    assert main(["build", str(case), "--out", str(tmp_path / "p")]) == 3
    assert "case.toml, line 3: [person] role: missing" in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom fourfold.cli.main import parser\nparser().format_help()\n"
        "print([m for m in ('duckdb', 'msgspec', 'jinja2', 'typst', 'pyproj') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_evidence_cannot_control_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\nd") == "a\\u001b[2Jb\\u202ec\nd"
