"""A worker process that dies by kill -9: its engine dies with it, the next worker finishes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from lib import prepared

SOURCE: Final = Path(__file__).parents[4] / "src"
TESTS: Final = Path(__file__).parents[3]

# Waits until the engine has told its first step, prints its process id, and lets go of nothing.
FIRST: Final = """
import threading
from lib.instances import a_queued_run
from fourfold.web.exhibits.engine import queue
from fourfold.web.exhibits.engine.worker import Job

a_queued_run()
job = Job(queue.claim(queue.new_worker_name()))
job.start()
while not job.run.progress.filter(station="take in").exists():
    job.step(0.01)
print(job.child.pid, flush=True)
threading.Event().wait()
"""
SECOND: Final = """
import threading
from fourfold.web.exhibits.engine.worker import run_worker
from fourfold.web.exhibits.models import EngineRun

run_worker(once=True, stop=threading.Event())
run = EngineRun.objects.get()
print(run.state, run.attempts, run.rows_used)
"""
START: Final = "import django; django.setup()\n"


def begin(script: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START + script],
        env={
            **os.environ,
            "FOURFOLD_HOME": str(home),
            "FOURFOLD_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
            "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def is_alive(pid: int) -> bool:
    """Return whether a process works; one that is dead and not yet buried does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_killed_worker_leaves_no_engine_and_its_run_is_finished(tmp_path: Path) -> None:
    prepared.into(tmp_path)
    first = begin(FIRST, tmp_path)
    assert first.stdout is not None
    engine = int(first.stdout.readline())
    first.send_signal(signal.SIGKILL)
    first.communicate()

    deadline = time.monotonic() + 10
    while is_alive(engine) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_alive(engine)

    second = begin(SECOND, tmp_path)
    told, _ = second.communicate(timeout=60)
    assert told.split() == ["finished", "2", "2"]
