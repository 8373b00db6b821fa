"""The supervisor: starts again what dies, gives up what never starts, ends with its children."""

import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from fourfold.web.config.server_supervisor import YOUNG_DEATHS_MOST, Child, Supervisor

LIVES = ("-c", "import time; time.sleep(60)")
DIES = ("-c", "raise SystemExit(3)")


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def soon(supervisor: Supervisor, is_done: Callable[[], bool]) -> None:
    """Stop the supervisor as soon as something is the case (or after a while, when it is not)."""

    def wait() -> None:
        end_at = time.monotonic() + 20
        while not is_done() and time.monotonic() < end_at:
            threading.Event().wait(0.01)
        supervisor.ask_to_stop()

    threading.Thread(target=wait, daemon=True).start()


def test_a_child_that_is_killed_is_started_again() -> None:
    said: list[str] = []
    child = Child("answering process", LIVES)
    supervisor = Supervisor([child], say=said.append, young_seconds=0.0)
    supervisor.start()
    first = child.process
    assert first is not None
    first.kill()
    soon(supervisor, lambda: child.process not in (None, first))
    assert supervisor.run() == 0
    assert said == ["answering process ended with code -9; starting it again"]


def test_all_children_end_with_it() -> None:
    children = [Child(name, LIVES) for name in ("one", "two")]
    supervisor = Supervisor(children, say=lambda _: None)
    supervisor.start()
    supervisor.ask_to_stop()
    assert supervisor.run() == 0
    assert [c.process.returncode for c in children if c.process] == [-signal.SIGTERM] * 2


def test_what_never_starts_ends_the_whole() -> None:
    said: list[str] = []
    moment = iter(range(0, 100_000, 10))  # time passes quickly here: no wait between the tries
    supervisor = Supervisor(
        [Child("answering process", DIES)],
        say=said.append,
        clock=lambda: float(next(moment)),
        young_seconds=1e9,
    )
    supervisor.start()
    assert supervisor.run() == 1
    assert len(said) == YOUNG_DEATHS_MOST + 1
    assert said[-1].startswith("answering process does not start")
