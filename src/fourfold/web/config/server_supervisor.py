"""A small supervisor: starts processes, starts again what dies, stops all on one signal."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

STEP_SECONDS = 0.2
STOP_SECONDS = 15.0  # longer than an answering process takes to finish its requests
YOUNG_SECONDS = 5.0  # what dies younger than this did not start
YOUNG_DEATHS_MOST = 5
WAIT_MOST_SECONDS = 30.0


@dataclass
class Child:
    """One process that must live."""

    name: str
    words: Sequence[str]
    is_vital: bool = True
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    young_deaths: int = 0

    def has_ended(self) -> bool:
        """Return whether it ran and has died."""
        return self.process is not None and self.process.poll() is not None


@dataclass
class Supervisor:
    """Keeps children alive. `run` returns 0 when asked to stop, 1 when one cannot be started."""

    children: list[Child]
    descriptors: tuple[int, ...] = ()
    say: Callable[[str], None] = print
    clock: Callable[[], float] = time.monotonic
    young_seconds: float = YOUNG_SECONDS
    stop_seconds: float = STOP_SECONDS
    _stop: threading.Event = field(default_factory=threading.Event)
    _pipe: tuple[int, int] = (-1, -1)

    def __post_init__(self) -> None:
        self._pipe = os.pipe()  # its write end closes with this process, even by kill -9

    @property
    def parent_fd(self) -> int:
        """The end of the pipe that children watch."""
        return self._pipe[0]

    def ask_to_stop(self, *_: object) -> None:
        """End `run` soon; may be called from a signal handler or another thread."""
        self._stop.set()

    def run(self) -> int:
        """Keep the children alive until asked to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        try:
            while not self._stop.wait(STEP_SECONDS):
                pass_on = [child for child in self.children if self._has_failed(child)]
                if pass_on:
                    self.say(f"{pass_on[0].name} does not start; stopping. See the lines above.")
                    return 1
            return 0
        finally:
            self._end_all()

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            self._start(child)

    def _start(self, child: Child) -> None:
        child.started_at = self.clock()
        child.process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, *child.words],
            pass_fds=(*self.descriptors, self.parent_fd),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone
        )

    def _has_failed(self, child: Child) -> bool:
        """Start a dead child again; return whether it must be given up."""
        now = self.clock()
        if child.has_ended():
            self._note_death(child, now)
        if child.process is None and now >= child.start_again_at:
            if child.is_vital and child.young_deaths >= YOUNG_DEATHS_MOST:
                return True
            self._start(child)
        return False

    def _note_death(self, child: Child, now: float) -> None:
        code = child.process.returncode if child.process else 0
        young = now - child.started_at < self.young_seconds
        child.young_deaths = child.young_deaths + 1 if young else 0
        wait = min(2.0 ** (child.young_deaths - 1), WAIT_MOST_SECONDS) if young else 0.0
        child.process, child.start_again_at = None, now + wait
        self.say(f"{child.name} ended with code {code}; starting it again")

    def _end_all(self) -> None:
        living = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in living:
            process.terminate()
        end_at = self.clock() + self.stop_seconds
        for process in living:
            try:
                process.wait(max(0.0, end_at - self.clock()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for descriptor in self._pipe:
            os.close(descriptor)
