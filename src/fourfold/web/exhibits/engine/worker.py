"""The worker: takes waiting runs one by one, and lets the engine work in a child process."""

import json
import logging
import os
import queue as queues
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.db import close_old_connections, connection

import fourfold
from fourfold.web.exhibits.engine import folder, outcome, queue
from fourfold.web.exhibits.engine.outcome import CRASHED, Fault
from fourfold.web.exhibits.models import EngineRun
from fourfold.web.exhibits.storage import SealBrokenError

POLL_SECONDS: Final = 1.0
STEP_SECONDS: Final = 0.1
LOOK_SECONDS: Final = 0.5  # how soon a cancelled run stops
BEAT_SECONDS: Final = 5.0
ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "TZ", "HOME")  # no secret, no database
log = logging.getLogger(__name__)


def run_worker(*, once: bool = False, stop: threading.Event | None = None) -> int:
    """Do what waits, until told to stop; return how many runs were taken.

    Args:
        once: return when nothing waits any more.
        stop: set it to stop. Without it the process stops on SIGTERM and SIGINT.
    """
    stop = stop or _stop_on_signals()
    worker, taken = queue.new_worker_name(), 0
    while not stop.is_set():
        if not connection.in_atomic_block:  # a test holds a transaction around everything
            close_old_connections()
        for orphan in queue.orphans(worker):
            outcome.take_back(orphan)
        run = queue.claim(worker)
        if run is not None:
            taken += 1
            attend(run, stop)
        elif once:
            break
        else:
            stop.wait(POLL_SECONDS)
    return taken


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    return stop


def attend(run: EngineRun, stop: threading.Event) -> None:
    """Carry one run to its end, or give it back when told to stop."""
    log.info("run %s: attempt %s", run.ref, run.attempts)
    job = Job(run)
    try:
        is_over = not job.start()
        while not is_over and not stop.is_set():
            is_over = job.step(STEP_SECONDS)
        if not is_over:
            queue.give_back(run, is_counted=False)
    finally:
        job.end()


class Job:
    """One attempt: its folder, its child process, and what the child says."""

    def __init__(self, run: EngineRun) -> None:
        self.run = run
        self.home = folder.attempt_of(run)
        self.said: queues.Queue[dict[str, Any] | None] = queues.Queue()
        self.child: subprocess.Popen[str] | None = None
        self.verdict: dict[str, Any] = {}
        self.beat_at = self.look_at = 0.0

    def start(self) -> bool:
        """Write the case folder and start the engine; return whether there is anything to do."""
        try:
            folder.clear(self.run)
            written = folder.write_case(self.run.case, self.home / "case")
        except (SealBrokenError, folder.OutsideError, OSError) as error:
            outcome.fail(self.run, _fault_of(error))
            return False
        queue.mine(self.run).update(
            case_file_sha256=written.case_file_sha256, exhibit_count=written.exhibit_count
        )
        outcome.note(self.run, [("start", f"attempt {self.run.attempts}")])
        self.child = _start_engine(written.folder, self.home)
        threading.Thread(target=self._listen, args=[self.child], daemon=True).start()
        return True

    def _listen(self, child: subprocess.Popen[str]) -> None:
        if child.stdout is not None:
            with child.stdout as stream:
                for line in stream:
                    if line.endswith("\n"):  # else it died in the middle of the line
                        self.said.put(json.loads(line))
        self.said.put(None)

    def step(self, wait_seconds: float) -> bool:
        """Pass progress on, say that we live, notice the end; return whether it is over."""
        has_ended = self._pass_on(wait_seconds)
        now = time.monotonic()
        if now >= self.look_at and self._is_cancelled(now):
            self.end()
            outcome.cancelled(self.run)
            return True
        if now >= self.beat_at:
            self.beat_at = now + BEAT_SECONDS
            if not queue.beat(self.run):
                return True  # it is another worker's by now
        if has_ended:
            self._conclude()
        return has_ended

    def _is_cancelled(self, now: float) -> bool:
        self.look_at = now + LOOK_SECONDS
        return queue.mine(self.run).filter(is_cancel_asked=True).exists()

    def _pass_on(self, wait_seconds: float) -> bool:
        """Keep the steps that were told; return whether the child has said its last."""
        steps, has_ended = [], False
        try:
            line = self.said.get(timeout=wait_seconds)
            while True:
                if line is None:
                    has_ended = True
                elif "station" in line:
                    steps.append((str(line["station"]), str(line["detail"])))
                else:
                    self.verdict = line
                line = self.said.get_nowait()
        except queues.Empty:
            pass
        outcome.note(self.run, steps)
        return has_ended

    def _conclude(self) -> None:
        """Decide by what the child said last, or by its silence."""
        if self.child is not None:
            self.child.wait()
        if self.verdict.get("finished"):
            outcome.finish(self.run, self.home / folder.PACKAGE)
        elif "error" in self.verdict:
            code = _code(str(self.verdict["error"]))
            outcome.fail(self.run, Fault(code, str(self.verdict["words"])))
        elif self.run.attempts >= queue.ATTEMPTS_MOST:
            outcome.fail(self.run, CRASHED)
        else:
            log.warning("run %s: the engine stopped without a word; trying again", self.run.ref)
            queue.give_back(self.run, is_counted=True)

    def end(self) -> None:
        """End the child and everything it started; remove the folder of the attempt."""
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
            if self.child.stdin:
                self.child.stdin.close()
        shutil.rmtree(self.home, ignore_errors=True)  # what is left, the next attempt clears


def _start_engine(case_folder: Path, home: Path) -> subprocess.Popen[str]:
    """Start the engine. -P and the root folder: no file of a case is ever taken for a module."""
    temporary = home / "tmp"
    temporary.mkdir(mode=folder.FOLDER_MODE)
    known = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    source = Path(fourfold.__file__).parents[1]
    module = "fourfold.web.exhibits.engine.child"
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", module, str(case_folder), str(home / folder.PACKAGE)],
        cwd="/",
        env={**known, "PYTHONPATH": str(source), "TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback would hold evidence
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def _fault_of(error: Exception) -> Fault:
    if isinstance(error, SealBrokenError):
        return Fault(
            "seal-broken",
            "A sealed original is missing or has changed. Nothing was run. "
            "Tell your administrator today.",
        )
    if isinstance(error, OSError):
        why = (error.strerror or "no reason given").lower()
        return Fault(
            "folder-not-written",
            f"The folder for this run could not be written ({why}). Tell your administrator.",
        )
    return Fault("path-outside", "The path of an exhibit leads out of the case folder.")


def _code(name: str) -> str:
    """Return the name of an error as a code: CaseFileError is case-file."""
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")
    return words.removesuffix("-error")
