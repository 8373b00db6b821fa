"""A copy of the ledger and its head: written, signed, and checked without Django."""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from fourfold.web.accountability import chain, commands, exports, heads
from fourfold.web.accountability.chain import Head
from fourfold.web.accountability.models import TABLE, LedgerEntry
from lib.ledgers import fill, without_guards

MANUAL = Path(__file__).parents[3] / "docs" / "ledger.md"
NO_KEY = b"no key at all"


@pytest.fixture
def copy(on_sqlite: str, home: Path, tmp_path: Path) -> Path:
    """Five entries in a file, with the signed head beside it."""
    fill(on_sqlite, 5)
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"".join(exports.lines(using=on_sqlite)))
    head_of(path).write_text(exports.head_text(exports.signed_head(using=on_sqlite)))
    return path


def head_of(path: Path) -> Path:
    return path.with_name(path.name + ".head.json")


def edit_line(path: Path, number: int, old: bytes, new: bytes) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    path.write_bytes(b"".join(lines))


def test_a_whole_copy_verifies(copy: Path) -> None:
    code, line = commands.verify_ledger(copy, str(head_of(copy)))
    assert (code, line[:63]) == (
        0,
        "the ledger is intact and continues the head at entry 5: 5 entri",
    )


def test_a_copy_without_a_head_says_what_it_cannot_show(copy: Path) -> None:
    code, line = commands.verify_ledger(copy)
    assert code == 0
    assert line.endswith("No head was given: a cut end would not show")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"investigator", b"supervisor", "entry 3 was changed after it was written"),
        (b'"seq":3', b'"seq":7', "entries 3 to 6 are missing before entry 7"),
        (b'"seq":3', b'"seq":3.0', "entry 3 cannot be read as an entry"),
        (b'"seq":3', b'"seq":true', "entry 3 cannot be read as an entry"),
        (b'"seq":3', b'"seq":3,"seq":3', "entry 3 cannot be read as an entry"),
        (b'"seq":3', b'"seq":3,"note":"x"', "entry 3 cannot be read as an entry"),
        (b'"rule":"",', b"", "entry 3 cannot be read as an entry"),
        (b'{"number":2}', b'{"number":NaN}', "entry 3 cannot be read as an entry"),
        (b'{"number":2}', b"[" * 50_000, "entry 3 cannot be read as an entry"),
        (b'"purpose":""', b'"purpose":"\\ud800"', "entry 3 cannot be read as an entry"),
        (b'"purpose":""', b'"purpose":"' + b"x" * 70_000 + b'"', "entry 3 cannot be read as"),
        (b"\n", b"\n\n", "entry 4 cannot be read as an entry"),
    ],
)
def test_a_changed_copy_is_found(copy: Path, old: bytes, new: bytes, reason: str) -> None:
    edit_line(copy, 2, old, new)
    code, line = commands.verify_ledger(copy)
    assert code == 6
    assert reason in line


def test_lines_in_another_order_are_found(copy: Path) -> None:
    lines = copy.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join([*lines[:2], lines[3], lines[2], lines[4]]))
    assert "entry 3 is missing before entry 4" in commands.verify_ledger(copy)[1]
    copy.write_bytes(b"".join([*lines[:3], lines[1]]))
    assert "entry 2 stands where entry 4 belongs" in commands.verify_ledger(copy)[1]


def test_a_cut_copy_is_found_by_its_head(copy: Path) -> None:
    copy.write_bytes(b"".join(copy.read_bytes().splitlines(keepends=True)[:3]))
    code, line = commands.verify_ledger(copy, str(head_of(copy)))
    assert (code, "ends at entry 3, but the head names entry 5" in line) == (6, True)


def test_a_copy_from_the_middle_links_to_the_head_before_it(copy: Path) -> None:
    lines = copy.read_bytes().splitlines(keepends=True)
    second_hash = json.loads(lines[1])["hash"]
    copy.write_bytes(b"".join(lines[2:]))
    assert commands.verify_ledger(copy, first_seq=3)[0] == 0
    assert commands.verify_ledger(copy, f"2:{second_hash}", first_seq=3)[0] == 0
    assert "does not continue" in commands.verify_ledger(copy, f"2:{'a' * 64}", first_seq=3)[1]
    assert "lies before" in commands.verify_ledger(copy, f"1:{'a' * 64}", first_seq=3)[1]
    assert "are missing" in commands.verify_ledger(copy)[1]


def test_a_head_noted_on_paper_will_do(copy: Path) -> None:
    head = json.loads(head_of(copy).read_text())
    assert commands.verify_ledger(copy, f"5:{head['hash']}")[0] == 0
    assert "rewritten" in commands.verify_ledger(copy, f"5:{'0' * 64}")[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("seq", 4), ("hash", "a" * 64), ("count", 4), ("at", ""), ("public_key", "a" * 64),
     ("public_key", "short"), ("signature", "zz"), ("signature", None), ("seq", True)],
)  # fmt: skip
def test_a_changed_head_is_refused(copy: Path, name: str, value: object) -> None:
    content = json.loads(head_of(copy).read_text())
    with pytest.raises(heads.HeadError):
        heads.read(json.dumps({**content, name: value}))


def test_a_head_of_another_key_is_refused(copy: Path) -> None:
    code, line = commands.verify_ledger(copy, str(head_of(copy)), public_key="ab" * 32)
    assert (code, "signed by another key" in line) == (2, True)


def test_the_key_is_made_once_and_is_its_owners_only(home: Path) -> None:
    first = heads.public_text(heads.signing_key(home))
    assert heads.public_text(heads.signing_key(home)) == first
    assert (home / heads.KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == [heads.KEY_FILE]


@pytest.mark.parametrize("content", ["", "[]", "{}", "5", "[" * 20_000], ids=repr)
def test_what_is_no_head_is_refused(content: str) -> None:
    with pytest.raises(heads.HeadError, match="not the head"):
        heads.read(content)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    code, line = commands.verify_ledger(tmp_path / "none.jsonl")
    assert (code, line.count("\n")) == (2, 0)


def test_a_copy_is_checked_without_django(copy: Path) -> None:
    program = (
        "import sys; from fourfold.web.accountability import commands;"
        f"code, line = commands.verify_ledger(__import__('pathlib').Path({str(copy)!r}), {str(head_of(copy))!r});"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": "src"}, check=False)
    assert done.returncode == 0


def test_the_ten_lines_of_the_manual_work(copy: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert len(program.strip().splitlines()) <= 12

    def run() -> str:
        command = [sys.executable, "-I", "-c", program, str(copy)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    last_hash = json.loads(head_of(copy).read_text())["hash"]
    assert run() == f"5 entries, last hash {last_hash}\n"
    edit_line(copy, 2, b"investigator", b"supervisor")
    assert run() == "entry 3 is wrong\n"


def test_head_of_an_empty_ledger(on_sqlite: str) -> None:
    head = exports.head(using=on_sqlite)
    assert (head.seq, head.hash, head.count) == (0, chain.FIRST_PREVIOUS_HASH, 0)
    assert chain.check([], head).is_intact
    assert not chain.check([], Head(1, "a" * 64)).is_intact


def run_verb(name: str, *words: str) -> int:
    parser = argparse.ArgumentParser()
    commands.VERBS[name].add_arguments(parser)
    return commands.VERBS[name].run(parser.parse_args(words))


@pytest.mark.django_db
def test_export_and_check_by_command(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill("default", 3)
    out, head = str(tmp_path / "a.jsonl"), str(tmp_path / "a.jsonl.head.json")
    assert run_verb("export-ledger", "--out", out) == 0
    assert run_verb("verify-ledger", "--file", out, "--head", head) == 0
    assert run_verb("verify-ledger", "--head", head) == 0
    assert LedgerEntry.objects.last().act == "ledger.export"
    assert LedgerEntry.objects.count() == 4
    assert "public key" in capsys.readouterr().out
    assert run_verb("export-ledger", "--out", out) == 2
    assert LedgerEntry.objects.count() == 4


@pytest.mark.django_db
def test_head_by_command(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_verb("ledger-head") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["seq"], LedgerEntry.objects.get().act) == (1, "ledger.head")
    out = tmp_path / "head.json"
    assert run_verb("ledger-head", "--out", str(out)) == 0
    assert run_verb("ledger-head", "--out", str(out)) == 2
    assert heads.read(out.read_text(), printed["public_key"]).seq == 2


@pytest.mark.django_db
def test_the_live_check_misses_the_guards(home: Path) -> None:
    fill("default", 1)
    assert commands.verify_ledger()[0] == 0
    with without_guards(connections["default"]):
        code, line = commands.verify_ledger()
    assert code == 6
    assert "ledger_in_order" in line


@pytest.mark.django_db
def test_the_live_check_needs_a_ledger(home: Path) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO gone")
    code, line = commands.verify_ledger()
    assert (code, "no readable ledger" in line) == (2, True)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["export-ledger", "ledger-head"])
def test_an_export_that_fails_is_one_line_and_leaves_no_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    home.mkdir()
    (home / heads.KEY_FILE).write_bytes(NO_KEY)
    out = tmp_path / "out"
    assert run_verb(verb, "--out", str(out)) == 2
    assert (capsys.readouterr().err.count("\n"), out.exists()) == (1, False)


@pytest.mark.django_db
def test_the_live_check_refuses_a_head_of_another_instance(home: Path, tmp_path: Path) -> None:
    fill("default", 1)
    other = heads.sign(exports.head(), heads.signing_key(tmp_path / "other"))
    heads.signing_key(home)
    path = tmp_path / "other.json"
    path.write_text(exports.head_text(other))
    code, line = commands.verify_ledger(head=str(path))
    assert (code, "another key" in line) == (2, True)
