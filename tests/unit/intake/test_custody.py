"""Taking in: originals untouched, copies sealed, every file an exhibit."""

import hashlib
from pathlib import Path

import pytest

from fourfold.evidence.errors import CaseFolderError
from fourfold.evidence.intake.case_file import load_case
from fourfold.evidence.intake.custody import Intake, take_in


def intake_of(folder: Path, out: Path) -> Intake:
    out.mkdir()
    return take_in(load_case(folder), out, lambda name: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    (case / "exhibits" / "b").mkdir(parents=True)
    (case / "exhibits" / "a.txt").write_bytes(b"one")
    (case / "exhibits" / "b" / "copy.txt").write_bytes(b"one")
    (case / "exhibits" / "empty.csv").write_bytes(b"")
    (case / "exhibits" / "wrong.csv").write_bytes(b"two")
    (case / "notes.txt").write_bytes(b"mine")
    (case / "case.toml").write_text(
        '[case]\nreference="URN/1"\n[[exhibit]]\nfile="exhibits/wrong.csv"\nref="ABC/1"\nsha256="'
        + "0" * 64
        + '"\n[[exhibit]]\nfile="exhibits/gone.csv"\n'
    )
    return case


def test_every_file_is_an_exhibit_in_path_order(folder: Path, tmp_path: Path) -> None:
    found = intake_of(folder, tmp_path / "out")
    assert [(e.exhibit_id, e.ref, e.exhibit_file, e.state) for e in found.exhibits] == [
        ("X1", "X/1", "exhibits/a.txt", "read"),
        ("X2", "X/2", "exhibits/b/copy.txt", "duplicate_file"),
        ("X3", "X/3", "exhibits/empty.csv", "empty"),
        ("X4", "X/4", "exhibits/gone.csv", "missing"),
        ("X5", "ABC/1", "exhibits/wrong.csv", "hash_mismatch"),
    ]
    assert found.exhibits[1].copy_of == "X1"
    assert found.exhibits[1].sealed_path.read_bytes() == b"one"  # the originals can be built again
    assert found.notes == ("notes.txt: outside exhibits/ and not in case.toml, so not taken in",)


def test_originals_are_not_changed_and_copies_are_sealed(folder: Path, tmp_path: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}
    found = intake_of(folder, tmp_path / "out")
    assert before == {
        p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    }
    sealed = found.exhibits[0].sealed_path
    assert hashlib.sha256(sealed.read_bytes()).hexdigest() == found.exhibits[0].sha256
    assert sealed.stat().st_mode & 0o222 == 0


def test_case_file_in_a_sub_folder_is_pointed_out(folder: Path, tmp_path: Path) -> None:
    found = intake_of(folder.parent, tmp_path.parent / f"{tmp_path.name}-out")
    assert found.notes == ("case has a case.toml that was not used; to use it, build case",)


def test_links_are_not_followed(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (case / "link.txt").symlink_to(tmp_path / "secret.txt")
    (case / "loop").symlink_to(tmp_path)
    found = intake_of(case, tmp_path / "out")
    assert [(e.exhibit_file, e.state) for e in found.exhibits] == [
        ("link.txt", "unreadable"),
        ("loop", "unreadable"),
    ]
    assert not list((tmp_path / "out").rglob("*"))


def test_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    with pytest.raises(CaseFolderError, match="put the files as received into it"):
        intake_of(tmp_path / "case", tmp_path / "out")


def test_a_stray_copy_never_takes_the_place_of_the_exhibit_named(tmp_path: Path) -> None:
    """Though its path comes first: person and authority are known of the one named."""
    case = tmp_path / "case"
    (case / "exhibits").mkdir(parents=True)
    for name in ("a (1).csv", "a.csv", "b.csv"):
        (case / "exhibits" / name).write_bytes(b"one")
    (case / "case.toml").write_text(
        '[case]\nreference="URN/1"\n[[exhibit]]\nfile="exhibits/b.csv"\nref="ABC/1"\n'
        '[[exhibit]]\nfile="exhibits/a.csv"\nref="ABC/2"\n'
    )
    found = intake_of(case, tmp_path / "out").exhibits
    assert [(e.exhibit_id, e.exhibit_file, e.state, e.copy_of) for e in found] == [
        ("X1", "exhibits/a (1).csv", "duplicate_file", "X3"),
        ("X2", "exhibits/a.csv", "duplicate_file", "X3"),
        ("X3", "exhibits/b.csv", "read", None),
    ]
