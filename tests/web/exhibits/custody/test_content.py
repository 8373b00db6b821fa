import pytest

from fourfold.web.exhibits.rules import content


@pytest.mark.parametrize(
    ("head", "looks_like"),
    [
        (b"", ""),
        (b"at,to\n2026-10-02,07700 900123\n", "text/plain"),
        ("Corin 🚫".encode()[:-2], "text/plain"),
        (b"PK\x03\x04" + b"\0" * 40, "application/zip"),
        (b"%PDF-1.7\n1 0 obj", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png"),
        (b"MZ" + b"\0" * 60, "application/vnd.microsoft.portable-executable"),
        (b"SQLite format 3\0" + b"\0" * 60, "application/vnd.sqlite3"),
        (b"\x01\x02\x03\xff\xfe\xfd\x00\x99", ""),
    ],
)
def test_first_bytes_say_what_a_file_looks_like(head: bytes, looks_like: str) -> None:
    assert content.media_type(head) == looks_like
