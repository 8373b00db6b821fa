import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.web.exhibits.rules import limits, paths
from fourfold.web.exhibits.rules.refusals import REFUSALS


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "path-empty"),
        ("   ", "path-empty"),
        ("../secrets.txt", "path-leaves-folder"),
        ("a/../../b", "path-leaves-folder"),
        ("./a", "path-leaves-folder"),
        ("/etc/passwd", "path-absolute"),
        ("\\\\server\\share", "path-absolute"),
        ("C:/Windows/x", "path-absolute"),
        ("c:x", "path-absolute"),
        ("a\\..\\b", "path-backslash"),
        ("a//b", "path-empty-part"),
        ("a/", "path-empty-part"),
        ("a/.../b", "path-empty-part"),
        ("a\x00b", "path-hidden-characters"),
        ("a\nb", "path-hidden-characters"),
        ("\ud800", "path-hidden-characters"),
        ("invoice\u202egpj.exe", "path-hidden-characters"),
        ("a" * 256, "name-long"),
        ("é" * 128, "name-long"),
        ("CON", "name-reserved"),
        ("x/nul.txt", "name-reserved"),
        ("Lpt1 .csv", "name-reserved"),
        ("/".join("a" * 21), "path-deep"),
        ("a/" * 10 + "b" * 900, "path-long"),
    ],
)
def test_hostile_names_are_refused_with_their_reason(path: str, code: str) -> None:
    assert paths.refusal_of(path) == code
    assert REFUSALS[code].words


@pytest.mark.parametrize(
    "path",
    [
        "calls.csv",
        "exhibits/cd/447700900123_CallData.csv",
        "WhatsApp Chat - Corin 🚫.txt",
        "Screenshot 2026-10-02 at 12:01:15.png",
        "👩‍👧/ノート.json",
        "..hidden",
        "console.log",
        "/".join("a" * 20),
    ],
)
def test_names_as_evidence_has_them_are_taken_as_they_are(path: str) -> None:
    assert paths.refusal_of(path) == ""


@given(st.text(max_size=60) | st.text(alphabet="./\\:aC \x00", max_size=20))
def test_no_accepted_path_escapes_its_folder(path: str) -> None:
    if paths.refusal_of(path):
        return
    parts = path.split("/")
    assert not path.startswith("/")
    assert not {"", ".", ".."} & set(parts)
    assert all(len(part.encode()) <= limits.NAME_BYTES for part in parts)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Calls.CSV", "calls.csv"), ("caf\u00e9", "cafe\u0301"), ("a./b ", "a/b"), ("ß", "SS")],
)
def test_names_that_some_systems_cannot_keep_apart_are_one(one: str, other: str) -> None:
    assert paths.folded(one) == paths.folded(other)


@given(st.text())
def test_a_refused_name_is_kept_in_letters_that_can_be_shown(path: str) -> None:
    shown = paths.printable(path)
    assert len(shown) <= limits.PATH_CHARACTERS + 1
    assert shown.isprintable() or not any(c in shown for c in "\x00\n\r\u202e")


@pytest.mark.parametrize(
    ("folder", "joined"), [("", "a"), ("x", "x/a"), (" x/ ", "x/a"), ("..", "../a")]
)
def test_a_folder_given_for_files_stands_before_their_names(folder: str, joined: str) -> None:
    assert paths.joined(folder, "a") == joined
