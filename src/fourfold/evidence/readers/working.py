"""Read many sources at once: row readers in worker processes, in the order of the folder.

Workers are forked before any database is opened, so that Python reads on one core while
the database reads packs on the other. Where there is no fork, reading is sequential.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.readers.staging import stage_rows

PARALLEL_BYTES = 2**19  # below this a worker costs more than it saves
WORKERS = 2


@dataclass
class Job:
    """One source with the reader that recognised it."""

    source: Source
    reader: Any
    report: SourceReport

    @property
    def is_bulk(self) -> bool:
        """Tell whether the reader stages in SQL (a format pack)."""
        return hasattr(self.reader, "stage")


_jobs: list[Job] = []  # inherited by forked workers, so that nothing needs pickling
_work = Path()


class Reading:
    """Row readers at work. Use as a context manager; `finish` returns their reports."""

    def __init__(self, jobs: list[Job], work: Path, progress: Callable[[str], None]) -> None:
        global _jobs, _work  # see _jobs
        _jobs, _work = [job for job in jobs if not job.is_bulk], work
        self._progress = progress
        self._pool: ProcessPoolExecutor | None = None
        self._futures: list[Future[SourceReport]] = []
        size = sum(job.source.size_bytes for job in _jobs)
        if size > PARALLEL_BYTES and "fork" in multiprocessing.get_all_start_methods():
            self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(min(WORKERS, len(_jobs)), mp_context=context)
        # The largest first: the last to start should be the quickest to end.
        order = sorted(range(len(_jobs)), key=lambda i: -_jobs[i].source.size_bytes)
        self._futures = [self._pool.submit(_read, index) for index in order]

    def finish(self) -> list[SourceReport]:
        """Wait for all row readers; return their reports in the order of the sources."""
        if self._pool is None:
            return [self._told(_read(index)) for index in range(len(_jobs))]
        reports = [self._told(future.result()) for future in self._futures]
        self._pool.shutdown()
        return sorted(reports, key=lambda report: report.ordinal)

    def _told(self, report: SourceReport) -> SourceReport:
        self._progress(f"{report.rows:,} rows by {report.reader}")
        return report


def _read(index: int) -> SourceReport:
    job = _jobs[index]
    return stage_rows(job.reader, job.source, job.report, _work)
