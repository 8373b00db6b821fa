"""The engine in a process of its own: progress as JSON lines on its standard output.

It knows no database and no Django. It ends when its parent does, by whatever death: the parent
holds the other end of its standard input. What goes wrong is told by name, never with evidence.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from fourfold.evidence import pipeline
from fourfold.evidence.errors import FourfoldError

NICENESS = 5
OUT_OF_MEMORY_SCORE = "500"  # where memory ends, this process goes first, not the server


def main(folder: str, out: str) -> int:
    """Build a package; return 0, or 1 where an error of the input was told."""
    say = _Voice()
    _be_modest()
    try:
        run = pipeline.build(Path(folder), Path(out), pipeline.Options(progress=say.step))
        run.tables.close()
    except FourfoldError as error:
        say.line({"error": type(error).__name__, "words": str(error).replace(f"{folder}/", "")})
        return 1
    except MemoryError:
        say.line({"error": "MemoryError", "words": "The run needs more memory than there is."})
        return 1
    say.line({"finished": True})
    return 0


class _Voice:
    """Writes lines for the parent, counting the steps of each station."""

    def __init__(self) -> None:
        self.stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)  # a stray print of a library is no line of ours
        self.lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.totals = pipeline.steps()

    def step(self, station: str, detail: str) -> None:
        """Tell one step; stations whose steps are known in number say which this one is."""
        with self.lock:
            self.counts[station] += 1
            total = self.totals.get(station)
            place = f"{self.counts[station]} of {total}: " if total else ""
            self._write({"station": station, "detail": place + detail})

    def line(self, said: dict[str, Any]) -> None:
        """Tell something else."""
        with self.lock:
            self._write(said)

    def _write(self, said: dict[str, Any]) -> None:
        self.stream.write(json.dumps(said) + "\n")
        self.stream.flush()


def _be_modest() -> None:
    os.nice(NICENESS)
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text(OUT_OF_MEMORY_SCORE, encoding="ascii")


def _end_with_parent() -> None:
    def wait() -> None:
        os.read(0, 1)  # ends when the parent does; half a package is removed by the next attempt
        os.killpg(0, signal.SIGKILL)  # its own group, with the processes that read files

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    _end_with_parent()
    sys.exit(main(sys.argv[1], sys.argv[2]))
