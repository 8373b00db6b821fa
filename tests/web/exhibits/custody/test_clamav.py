"""The virus scanner's client against a scanner that speaks INSTREAM over a socket pair."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.clients import clamav
from fourfold.web.exhibits.models import Exhibit, Upload


class FakeScanner:
    """Takes one file, remembers it, answers what it is told to."""

    def __init__(self, answer: bytes) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.answer, self.received = answer, b""
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        with self.ours as line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", said.read(4))[0]:
                self.received += said.read(size)
            line.sendall(self.answer)


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], FakeScanner]]:
    started: list[FakeScanner] = []

    def start(answer: bytes) -> FakeScanner:
        fake = FakeScanner(answer)
        started.append(fake)
        monkeypatch.setenv("FOURFOLD_CLAMAV", "unix:/run/clamav/clamd.ctl")
        monkeypatch.setattr(clamav, "_connect", lambda _where: fake.theirs)
        return fake

    yield start
    for fake in started:
        fake.theirs.close()
        fake.thread.join(5)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Eicar-Signature FOUND\0", "infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "not_scanned"),
        (b"", "not_scanned"),
    ],
)
def test_the_whole_file_is_sent_and_the_answer_understood(
    scanner: Callable[[bytes], FakeScanner], tmp_path: Path, answer: bytes, state: str
) -> None:
    fake = scanner(answer)
    file = tmp_path / "file"
    file.write_bytes(b"x" * (clamav.CHUNK_BYTES + 1))
    assert clamav.scan(file) == state
    assert fake.received == file.read_bytes()


def test_an_infected_file_is_refused_and_kept_apart(
    scanner: Callable[[bytes], FakeScanner], take_in: Callable[..., Exhibit]
) -> None:
    scanner(b"stream: Eicar-Signature FOUND\0")
    with pytest.raises(uploads.UploadRefusedError, match="infected"):
        take_in("virus.bin", b"bad")
    upload = Upload.objects.get()
    assert storage.refused(upload.ref).read_bytes() == b"bad"
    assert list(storage.names_sealed()) == []


def test_a_clean_file_says_so(
    scanner: Callable[[bytes], FakeScanner], take_in: Callable[..., Exhibit]
) -> None:
    scanner(b"stream: OK\0")
    assert take_in().scan_state == "clean"


def test_an_unreachable_scanner_does_not_stop_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, take_in: Callable[..., Exhibit]
) -> None:
    def refuse(_where: clamav.Address) -> socket.socket:
        raise ConnectionRefusedError

    monkeypatch.setenv("FOURFOLD_CLAMAV", "tcp:127.0.0.1:3310")
    monkeypatch.setattr(clamav, "_connect", refuse)
    assert take_in().scan_state == "not_scanned"


def test_a_wrong_address_does_not_stop_the_file(
    monkeypatch: pytest.MonkeyPatch, take_in: Callable[..., Exhibit]
) -> None:
    monkeypatch.setenv("FOURFOLD_CLAMAV", "localhost")
    assert take_in().scan_state == "not_scanned"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("unix:/run/x.ctl", clamav.Address(path="/run/x.ctl")),
        ("tcp:127.0.0.1:3310", clamav.Address(host="127.0.0.1", port=3310)),
        ("tcp:[::1]:3310", clamav.Address(host="::1", port=3310)),
    ],
)
def test_addresses(text: str, where: clamav.Address) -> None:
    assert clamav.address(text) == where


@pytest.mark.parametrize("text", ["", "unix:x", "tcp:3310", "tcp:h:p", "http://x"])
def test_an_address_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="FOURFOLD_CLAMAV"):
        clamav.address(text)
