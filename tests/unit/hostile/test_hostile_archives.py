"""Archives: what is wrong with one member is said, and the others are read."""

import io
import zipfile

import pytest

from lib.outcomes import Outcome, outcomes
from unit.hostile.samples import CALLS, SMS, WHATSAPP, call_data, call_row


def zipped(
    *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def read_of(data: bytes) -> Outcome:
    return outcomes({"a.zip": data})["a.zip"]


def link() -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    return info, b"/etc/passwd"


UNSAFE = zipped(("../e.xml", SMS), ("/abs.xml", SMS), ("C:\\w.xml", SMS), link(), ("ok.xml", SMS))


def test_unsafe_members_are_rows_set_aside() -> None:
    assert (read_of(UNSAFE).used, read_of(UNSAFE).aside) == (3, {"unsafe_path": 4})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_equal_name_are_all_read() -> None:
    found = read_of(zipped(("a.xml", SMS), ("a.xml", SMS), ("a.xml@2", SMS), ("a.xml!x", SMS)))
    assert (found.used, found.aside) == (12, {})


def test_a_wrong_checksum_costs_only_its_member() -> None:
    rows = call_data(*(call_row(n) for n in range(3_000)))
    data = bytearray(zipped(("a.xml", SMS), ("late.csv", rows), ("b.csv", CALLS)))
    data[data.find(b"INVENTED", 400_000)] = 65
    found = read_of(bytes(data))
    assert (found.used, found.aside) == (8, {"unreadable": 1})
    assert "late.csv: its bytes are damaged (BadZipFile); ask for the archive again" in found.note


def test_a_member_damaged_late_keeps_the_rows_before() -> None:
    line = b"21/07/2026, 09:%02d - Jorah: Are you there %d\n"
    chat = b"".join(line % (n // 100, n) for n in range(6_000))
    data = bytearray(zipped(("chat.txt", chat), method=zipfile.ZIP_DEFLATED))
    data[len(data) // 2 : len(data) // 2 + 8] = b"\xff" * 8
    found = read_of(bytes(data))
    assert found.used + sum(found.aside.values()) == found.rows
    assert found.state == "unreadable" or found.aside == {"unreadable": 1}


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (zipped(), "empty"),
        (zipped(("folder/", b"")), "empty"),
        (zipped(("a.xml", SMS))[:300], "unreadable"),
        (zipped(("é.xml", SMS)).replace("é".encode(), b"\xff\xfe"), "unreadable"),
        (zipped(("../a.xml", SMS)), "unreadable"),
    ],
)
def test_archives_that_give_nothing_have_a_state(data: bytes, state: str) -> None:
    assert (read_of(data).state, read_of(data).rows) == (state, 0)
    assert read_of(data).note


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_damage_in_rare_compressions_is_damage(method: int) -> None:
    data = bytearray(zipped(("a.xml", SMS), method=method))
    data[60:90] = b"\x99" * 30
    assert read_of(bytes(data)).state == "unreadable"


def test_bombs_and_nests_are_refused_and_named() -> None:
    nest = SMS
    for depth in range(5):
        nest = zipped((f"level{depth}.zip" if depth else "a.xml", nest))
    bomb = zipped(("zeros", b"0" * (60 << 20)), method=zipfile.ZIP_DEFLATED)
    members = (("nest.zip", nest), ("bomb.zip", bomb), ("chat.txt", WHATSAPP))
    found = read_of(zipped(*members))
    assert (found.used, found.aside) == (3, {"too_large": 2})
    assert "unpack it and add it by itself" in found.note
