"""case.toml: every fault names line, table and key; nothing else is fatal."""

from pathlib import Path

import pytest

from fourfold.evidence.errors import CaseFileError, CaseFolderError
from fourfold.evidence.intake.case_file import load_case

GOOD = """\
[case]
reference = "URN/1"

[[person]]
key = "S"
role = "suspect"

[[person]]
key = "V"
role = "victim"

[[authority]]
ref = "CD/1"

[[exhibit]]
file = "exhibits/a.csv"
authority = "CD/1"
person = "V"
"""


def folder_with(tmp_path: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "case.toml").write_bytes(data)
    return tmp_path


def test_good_case_is_read(tmp_path: Path) -> None:
    case = load_case(folder_with(tmp_path, GOOD))
    assert (case.reference, case.suspects, case.victims) == ("URN/1", ("S",), ("V",))
    assert case.exhibits[0].authority == ("CD/1",)
    assert case.notes == ()


def test_bare_folder_is_a_case(tmp_path: Path) -> None:
    case = load_case(tmp_path)
    assert (case.has_case_file, case.display_zone, case.people) == (False, "Europe/London", ())


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseFolderError, match="not a folder"):
        load_case(tmp_path / "nowhere")


def test_wall_clock_is_read_in_the_display_zone(tmp_path: Path) -> None:
    text = GOOD + '\n[[knowledge]]\nperson = "S"\nat = 2026-07-10T19:12:33\n'
    case = load_case(folder_with(tmp_path, text))
    assert case.told_to_stop_at("S").isoformat() == "2026-07-10T18:12:33+00:00"


def test_unknown_key_is_reported_not_fatal(tmp_path: Path) -> None:
    case = load_case(
        folder_with(tmp_path, GOOD.replace('role = "victim"', 'role = "victim"\nshoe_size = 4'))
    )
    assert case.notes == ("case.toml, line 11: [person] shoe_size: unknown key, not used",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('reference = "URN/1"', "", r"\[case\] reference: missing; expected text in quotes"),
        (
            'role = "suspect"',
            'role = "boss"',
            r"line 6: \[person\] role: expected one of suspect, victim, third_party",
        ),
        ('key = "V"', 'key = "S"', r"line 9: \[person\] key: 'S' stands twice"),
        (
            'authority = "CD/1"',
            'authority = "CD/9"',
            r"line 17: \[exhibit\] authority: no \[\[authority\]\] has the ref 'CD/9'",
        ),
        (
            'person = "V"',
            'person = "X"',
            r"line 18: \[exhibit\] person: no \[\[person\]\] has the key 'X'",
        ),
        (
            'file = "exhibits/a.csv"',
            'file = "../a.csv"',
            r"line 16: \[exhibit\] file: expected a path inside the case folder",
        ),
        ('person = "V"', "person = 4", r"line 18: \[exhibit\] person: expected text in quotes"),
        (
            'person = "V"',
            'time_zone = "Mars/Crater"',
            r"line 18: \[exhibit\] time_zone: 'Mars/Crater' is not a time zone",
        ),
    ],
)
def test_fault_names_line_and_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(CaseFileError, match=message):
        load_case(folder_with(tmp_path, GOOD.replace(old, new, 1)))


def test_term_says_what_its_shape_needs(tmp_path: Path) -> None:
    order = """
[[order]]
key = "O1"
kind = "spo"
defendant = "S"
protected = ["V"]
served_at = 2026-10-02T15:40:00+01:00
  [[order.term]]
  key = "T1"
  kind = "exclusion_area"
  text = "Not to enter."
  shape = "circle"
  lat = 51.0
  lon = -1.0
"""
    with pytest.raises(
        CaseFileError, match=r"\[order.term\] radius_m: missing; a term of shape 'circle' needs it"
    ):
        load_case(folder_with(tmp_path, GOOD + order))


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"[case",
        b'[case]\nreference = "a"\n[[person]]\nkey="S"\nrole="suspect"\n[person]\n',
        b"case = 3",
    ],
)
def test_broken_toml_is_one_line(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(CaseFileError) as caught:
        load_case(folder_with(tmp_path, text))
    assert "case.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("07700900281", 'write "tel:+447700900281"'),
        ("tel:07700 900281", 'write "tel:+447700900281"'),
        ("vrm:ab12 cde", 'write "vrm:AB12CDE"'),
        ("Jo", "write scheme:value"),
    ],
)
def test_identifier_that_matches_nothing_is_reported(
    tmp_path: Path, written: str, hint: str
) -> None:
    text = f'\n[[attribution]]\nidentifier = "{written}"\nperson = "S"\nstrength = "accepted"\n'
    case = load_case(folder_with(tmp_path, GOOD + text))
    assert len(case.notes) == 1
    assert hint in case.notes[0]


@pytest.mark.parametrize("written", ["tel:+447700900281", "name:DEF/3:Jo 🚫", "newscheme:x y"])
def test_good_identifiers_are_not_reported(tmp_path: Path, written: str) -> None:
    text = f'\n[[attribution]]\nidentifier = "{written}"\nperson = "S"\nstrength = "accepted"\n'
    assert load_case(folder_with(tmp_path, GOOD + text)).notes == ()


def test_a_package_is_not_a_case_folder(tmp_path: Path) -> None:
    (tmp_path / "originals").mkdir()
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(CaseFolderError, match="is a package; its exhibits are in"):
        load_case(tmp_path)
