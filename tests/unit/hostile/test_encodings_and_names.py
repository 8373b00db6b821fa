"""Every format in every encoding and line end, and files with names that hurt."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.outcomes import outcomes, outcomes_of_folder
from unit.hostile.samples import CALLS, SAMPLES, SMS, TELEGRAM, TIMELINE, WHATSAPP

CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda data: data.decode().encode("utf-16-le"),
    "UTF-32": lambda data: data.decode().encode("utf-32"),
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "blank rows at the end": lambda data: data + b"\n\n  \n",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_format_is_read_in_every_encoding(change: Callable[[bytes], bytes]) -> None:
    found = outcomes({sample.name: change(sample.data) for sample in SAMPLES})
    assert {n: (o.state, o.used, o.rows) for n, o in found.items()} == {
        sample.name: ("read", sample.rows, sample.rows) for sample in SAMPLES
    }


def test_text_in_utf_16_says_so() -> None:
    found = outcomes({"t.json": TELEGRAM.decode().encode("utf-16")})["t.json"]
    assert found.warnings == ("the text is encoded as UTF-16",)


def test_windows_1252_is_read_with_a_warning() -> None:
    files = {
        "telegram.json": TELEGRAM.replace(b"Call me", b"Caf\xe9"),
        "Timeline.json": TIMELINE.replace(b"\xc2\xb0", b"\xb0"),
    }
    for name, found in outcomes(files).items():
        assert (found.used, found.aside) == (3, {}), name
        assert "read as Windows-1252" in found.warnings[0]
    assert outcomes(files)["telegram.json"].events[0]["text"] == "Café"


NAMES = (
    "new\nline.csv", "calls[1].csv", "cal*s?.csv", "it's {x}.csv", "-rf.csv", "=cmd|x.csv",
    "😀.csv", "a\\b.csv", "x.csv.gz", "\u202etxt.csv", "\x01.csv", "d" * 200 + "/" + "e" * 240,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_hurt_are_only_names(name: str) -> None:
    assert {n: o.used for n, o in outcomes({name: CALLS}).items()} == {name: 5}


def test_names_that_are_no_text_do_not_collide(tmp_path: Path) -> None:
    (tmp_path / "b%FF.txt").write_bytes(WHATSAPP)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt")).write_bytes(SMS)
    found = outcomes_of_folder(tmp_path)
    assert {name: outcome.used for name, outcome in found.items()} == {
        "b%FF.txt": 3,
        "b%FF.txt%": 3,
    }


def test_links_and_special_files_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sms.xml").write_bytes(SMS)
    (tmp_path / "folder").symlink_to("/etc")
    (tmp_path / "nowhere").symlink_to("/no/such/file")
    os.mkfifo(tmp_path / "pipe")
    found = outcomes_of_folder(tmp_path)
    assert found["sms.xml"].used == 3
    for name in ("folder", "nowhere", "pipe"):
        assert (found[name].state, found[name].rows) == ("unreadable", 0)
        assert "put the file itself into the folder" in found[name].note


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("chat.csv", WHATSAPP, 3), ("calls.xml", CALLS, 5), ("telegram.txt", TELEGRAM, 3),
        ("sms.json", SMS, 3), ("calls.xlsx", CALLS, 5), ("chat.zip", WHATSAPP, 3),
    ],
)  # fmt: skip
def test_the_name_never_decides_the_format(name: str, data: bytes, rows: int) -> None:
    assert outcomes({name: data})[name].used == rows


FOREIGN = {
    "a.7z": (b"7z\xbc\xaf\x27\x1c" + b"x" * 99, "unknown_format", "unpack it"),
    "a.db": (b"SQLite format 3\0" + b"x" * 99, "unknown_format", "export what it holds"),
    "a.pdf": (b"%PDF-1.7\n1 0 obj<</Encrypt 2 0 R>>", "encrypted", "ask for the password"),
    "a.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
        "ask for the password",
    ),
    "a.csv": (b"", "empty", "ask the producer"),
    "b.csv": (b"\0" * 5_000, "unreadable", "ask for the file again"),
    "c.csv": (CALLS.split(b"\n")[3] + b"\n", "no_rows", "ask for it again"),
    "d.txt": (b"hello", "unknown_format", "learn-pack"),
    "e.json": (b"[" * 2_000_000, "unknown_format", "learn-pack"),
}


def test_files_without_rows_say_what_to_do_next() -> None:
    found = outcomes({name: data for name, (data, _, _) in FOREIGN.items()})
    for name, (_, state, words) in FOREIGN.items():
        assert (found[name].state, found[name].rows) == (state, 0), name
        assert words in found[name].note, name


def test_case_toml_may_spell_a_file_otherwise() -> None:
    toml = '[case]\nreference = "T"\n' + "".join(
        f'[[exhibit]]\nfile = "{file}"\nref = "{ref}"\n'
        for file, ref in (("./sms.xml", "A/1"), ("Cafe\u0301.txt", "A/2"), ("gone.csv", "A/3"))
    )
    found = outcomes({"sms.xml": SMS, "Caf\u00e9.txt": WHATSAPP, "more.csv": CALLS}, toml)
    assert {name: outcome.state for name, outcome in found.items()} == {
        "sms.xml": "read", "Caf\u00e9.txt": "read", "more.csv": "read", "gone.csv": "missing",
    }  # fmt: skip
