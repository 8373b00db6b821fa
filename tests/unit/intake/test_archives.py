"""Archives: unsafe paths, locks, bombs, nesting and damage are said, never silent."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from fourfold.evidence.errors import ExhibitUnreadableError
from fourfold.evidence.intake.archives import is_unsafe, members, open_member
from fourfold.evidence.model import limits


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "archive.zip"
    path.write_bytes(content)
    return path


def locked(name: bytes, content: bytes) -> bytes:
    """A ZIP whose one member has the flag of a password."""
    data = b"\0" * 12 + content
    crc = zlib.crc32(content)
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, 1, 0, 0, 33, crc, len(data), len(content), len(name), 0
    )
    entry = struct.pack(
        "<4s6H3I5H2I",
        b"PK\1\2",
        20,
        20,
        1,
        0,
        0,
        33,
        crc,
        len(data),
        len(content),
        len(name),
        0,
        0,
        0,
        0,
        0,
        0,
    )
    body = local + name + data
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(entry) + len(name), len(body), 0)
    return body + entry + name + end


def test_members_in_order_with_content(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"b.txt": b"bee", "a/a.txt": b"ay"}))
    found = members(path)
    assert [(m.name, m.size_bytes, m.reason) for m in found] == [
        ("b.txt", 3, ""),
        ("a/a.txt", 2, ""),
    ]
    with open_member(path, found[1].chain) as stream:
        assert stream.read() == b"ay"


def test_nested_archive_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"inner.zip": zipped({"x.json": b"{}"}), "y.txt": b"y"}))
    found = members(path)
    assert [m.name for m in found] == ["inner.zip!x.json", "y.txt"]
    with open_member(path, found[0].chain) as stream:
        assert stream.read() == b"{}"


def test_nesting_ends_at_the_limit(tmp_path: Path) -> None:
    content = zipped({"x": b"x"})
    for _ in range(limits.ARCHIVE_DEPTH + 1):
        content = zipped({"z.zip": content})
    assert [m.reason for m in members(written(tmp_path, content))] == ["too_large"]


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/../../x", "C:\\x", "..\\x", "\\\\host\\x"]
)
def test_unsafe_paths_are_not_opened(tmp_path: Path, name: str) -> None:
    assert is_unsafe(name)
    found = members(written(tmp_path, zipped({name: b"x", "fine.txt": b"y"})))
    assert [m.reason for m in found] == ["unsafe_path", ""]


def test_locked_member_says_so(tmp_path: Path) -> None:
    found = members(written(tmp_path, locked(b"secret.txt", b"secret")))
    assert [(m.name, m.reason) for m in found] == [("secret.txt", "encrypted")]


def test_bomb_is_refused(tmp_path: Path) -> None:
    found = members(
        written(tmp_path, zipped({"bomb": bytes(limits.ARCHIVE_RATIO_FLOOR + 1), "fine": b"y"}))
    )
    assert [m.reason for m in found] == ["too_large", ""]


def test_cut_off_archive_is_unreadable(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"a" * 5000})
    with pytest.raises(ExhibitUnreadableError, match="damaged or cut off"):
        members(written(tmp_path, content[: len(content) // 2]))


def test_equal_names_stay_distinct(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    assert [m.name for m in members(written(tmp_path, buffer.getvalue()))] == ["a.txt", "a.txt@2"]


def test_another_archive_at_the_same_path_is_read_anew(tmp_path: Path) -> None:
    """A case built twice in one process: the second must not see the first one's bytes."""
    for content in (b"the first", b"quite another"):
        path = written(tmp_path, zipped({"a.txt": content}))
        with open_member(path, members(path)[0].chain) as stream:
            assert stream.read() == content
