"""Ask a ClamAV daemon whether it knows a file as harmful (INSTREAM over a socket)."""

import logging
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

ADDRESS_VARIABLE: Final = "FOURFOLD_CLAMAV"
CHUNK_BYTES: Final = 2**17
TIMEOUT_SECONDS: Final = 120
ANSWER_BYTES: Final = 4096
CLEAN, INFECTED, NOT_SCANNED = "clean", "infected", "not_scanned"


@dataclass(frozen=True)
class Address:
    """Where the daemon listens: a unix socket's path, or host and port."""

    path: str = ""
    host: str = ""
    port: int = 0


def address(text: str) -> Address:
    """Read an address: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.

    Raises:
        ValueError: it is neither.
    """
    kind, _, rest = text.partition(":")
    host, _, port = rest.rpartition(":")
    if kind == "unix" and rest.startswith("/"):
        return Address(path=rest)
    if kind == "tcp" and host and port.isdigit():
        return Address(host=host.strip("[]"), port=int(port))
    raise ValueError(f"{ADDRESS_VARIABLE} must be unix:/path or tcp:host:port")


def scan(path: Path) -> str:
    """Return clean, infected, or not_scanned where no daemon is set, reachable or able."""
    text = os.environ.get(ADDRESS_VARIABLE, "")
    if not text:
        return NOT_SCANNED
    try:
        return _verdict(_ask(address(text), path))
    except OSError:  # unreachable, too slow, or hung up: the page says that it was not scanned
        log.warning("the virus scanner did not answer")
    except ValueError:
        log.error("%s is no address of a virus scanner: nothing is scanned", ADDRESS_VARIABLE)
    return NOT_SCANNED


def _verdict(answer: str) -> str:
    if answer.endswith(" FOUND"):
        return INFECTED
    return CLEAN if answer.endswith(": OK") else NOT_SCANNED


def _ask(where: Address, path: Path) -> str:
    with closing(_connect(where)) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            for chunk in _chunks(path):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
        except ConnectionError:
            pass  # it says why it hung up (the file is larger than it takes) before it does
        return _answer(line)


def _connect(where: Address) -> socket.socket:
    if not where.path:
        return socket.create_connection((where.host, where.port), TIMEOUT_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(TIMEOUT_SECONDS)
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < ANSWER_BYTES and (more := line.recv(1024)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()
