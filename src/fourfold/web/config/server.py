"""Serve the workspace: one socket, some processes that answer on it, one that runs jobs."""

import http.client
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from fourfold.web.config import instance, server_process
from fourfold.web.config.server_supervisor import Child, Supervisor

PORTS_TRIED = 20
READY_SECONDS = 60.0
BACKLOG = 512
NOT_READY = 1


class PortError(OSError):
    """No port is free."""


@dataclass(frozen=True)
class Place:
    """Where to listen, and with how many processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket at the first free port from `port` on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, candidate))
            opened.listen(BACKLOG)
        except OSError:
            opened.close()
            continue
        return opened
    raise PortError(f"no free port at {host} from {port} on; choose another with --port")


def supervisor_for(listening: socket.socket, processes: int) -> Supervisor:
    """Return a supervisor of answering processes and, where there is one, the jobs' worker."""
    descriptor = listening.fileno()
    supervisor = Supervisor([], (descriptor,), say)
    parent = ("--parent-fd", str(supervisor.parent_fd))
    module = ("-m", "fourfold.web")
    supervisor.children += [
        Child(f"answering process {number}", (*module, "answer", "--fd", str(descriptor), *parent))
        for number in range(1, processes + 1)
    ]
    if server_process.has_worker():
        supervisor.children.append(Child("worker", (*module, "worker", *parent), is_vital=False))
    return supervisor


def address_of(listening: socket.socket) -> str:
    """Return the address a browser takes: by the staff host's name, which is the one allowed."""
    port = listening.getsockname()[1]
    if settings.INSTANCE.is_https:
        return f"https://{settings.STAFF_HOST}"
    return f"http://{settings.STAFF_HOST}:{port}"


def wait_until_ready(listening: socket.socket, seconds: float = READY_SECONDS) -> bool:
    """Return whether a process answers on the socket in time."""
    host, port = listening.getsockname()[:2]
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    end_at = time.monotonic() + seconds
    while time.monotonic() < end_at:
        connection = http.client.HTTPConnection(target, port, timeout=end_at - time.monotonic())
        try:
            connection.request("GET", "/healthz", headers={"Host": settings.STAFF_HOST})
            return connection.getresponse().status < 500
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def serve(place: Place, when_ready: Callable[[str], int | None] | None = None) -> int:
    """Serve until stopped.

    Args:
        place: where to listen.
        when_ready: called with the address once it answers; a number ends the serving with it.
    """
    with instance.in_use(), listen(place.host, place.port) as listening:
        supervisor = supervisor_for(listening, place.processes)
        supervisor.start()
        result: list[int] = []

        def announce() -> None:
            if not wait_until_ready(listening):
                say("no process answers; stopping. See the lines above.")
                result.append(NOT_READY)
                supervisor.ask_to_stop()
                return
            address = address_of(listening)
            if when_ready is None:
                say(f"Fourfold answers at {address} (Ctrl-C stops it)")
                return
            code = when_ready(address)
            if code is not None:
                result.append(code)
                supervisor.ask_to_stop()

        threading.Thread(target=announce, daemon=True).start()
        code = supervisor.run()
    return result[0] if result and code == 0 else code
