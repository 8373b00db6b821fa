from pathlib import Path

import pytest

from fourfold.web.exhibits import storage

UPLOAD = "UP-0123456789"
HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def write(content: bytes, ref: str = UPLOAD) -> None:
    with storage.held(ref, is_writing=True) as descriptor:
        storage.write_at(descriptor, 0, [content], limit_bytes=100)


def test_a_sealed_original_lies_under_its_hash_and_cannot_be_written(files: Path) -> None:
    write(b"hello")
    storage.seal(UPLOAD, HELLO)

    there = files / "sealed" / HELLO[:2] / HELLO
    assert there.read_bytes() == b"hello"
    assert there.stat().st_mode & 0o777 == 0o400


def test_the_same_bytes_are_kept_once(files: Path) -> None:
    write(b"hello")
    storage.seal(UPLOAD, HELLO)
    first = storage.sealed(HELLO).stat().st_ino
    write(b"hello", "UP-9876543210")
    storage.seal("UP-9876543210", HELLO)

    assert storage.sealed(HELLO).stat().st_ino == first
    assert list(storage.names_sealed()) == [HELLO]


def test_what_is_sealed_is_never_overwritten(files: Path) -> None:
    storage.sealed(HELLO).parent.mkdir(parents=True)
    storage.sealed(HELLO).write_bytes(b"damaged")
    write(b"hello")

    with pytest.raises(storage.SealBrokenError, match="has changed"):
        storage.seal(UPLOAD, HELLO)
    assert storage.sealed(HELLO).read_bytes() == b"damaged"


@pytest.mark.parametrize("bytes_there", [b"hellO", None])
def test_a_changed_or_missing_original_is_noticed_at_every_reading(
    files: Path, tmp_path: Path, bytes_there: bytes | None
) -> None:
    if bytes_there is not None:
        storage.sealed(HELLO).parent.mkdir(parents=True)
        storage.sealed(HELLO).write_bytes(bytes_there)

    with pytest.raises(storage.SealBrokenError):
        storage.verified(HELLO)
    with pytest.raises(storage.SealBrokenError):
        storage.copy_out(HELLO, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_copy_for_a_run_has_the_bytes_of_the_original(tmp_path: Path) -> None:
    write(b"hello")
    storage.seal(UPLOAD, HELLO)

    storage.copy_out(HELLO, tmp_path / "copy")

    assert (tmp_path / "copy").read_bytes() == b"hello"
    assert storage.verified(HELLO) == storage.sealed(HELLO)


def test_an_upload_is_held_by_one_at_a_time() -> None:
    write(b"")
    with (
        storage.held(UPLOAD, is_writing=True),
        pytest.raises(storage.BusyError),
        storage.held(UPLOAD, is_writing=True),
    ):
        pass


def test_a_part_may_not_be_larger_than_its_limit() -> None:
    with (
        storage.held(UPLOAD, is_writing=True) as descriptor,
        pytest.raises(storage.TooManyBytesError),
    ):
        storage.write_at(descriptor, 0, [b"abc", b"d"], limit_bytes=3)


@pytest.mark.parametrize("name", ["../x", "", "UP-..........", "UP-012345678", "up-0123456789"])
def test_no_name_leads_out_of_the_folder_of_uploads(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        storage.incoming(name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", HELLO.upper(), HELLO + "\n"])
def test_no_name_leads_out_of_the_folder_of_originals(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        storage.sealed(name)
