"""Inside the station "read": from exhibits to jobs, and format packs at work.

It stands between the pipeline and the stations because it needs two of them: intake opens
exhibits and archives, readers recognise and read what is in them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fourfold.evidence.errors import ExhibitUnreadableError, UnknownFormatError
from fourfold.evidence.intake import foreign, sources
from fourfold.evidence.model import limits, reasons
from fourfold.evidence.model.exhibit import Exhibit, Source
from fourfold.evidence.model.work import SourceReport
from fourfold.evidence.readers import catalogue
from fourfold.evidence.readers.staging import NO_ROWS_NOTE, told
from fourfold.evidence.readers.working import Job


def recognise(
    exhibits: tuple[Exhibit, ...], display_zone: str, packs: tuple[Any, ...]
) -> tuple[list[Job], list[SourceReport]]:
    """Return what can be read, and reports for what cannot; both in the order of the folder."""
    jobs: list[Job] = []
    unread: list[SourceReport] = []
    for exhibit in (e for e in exhibits if e.state == "read"):
        try:
            found = sources.sources_of(exhibit, display_zone)
        except ExhibitUnreadableError as error:
            report = SourceReport(
                len(jobs) + len(unread), exhibit.exhibit_id, "", exhibit.size_bytes
            )
            report.state, report.note = error.reason, str(error)
            unread.append(report)
            continue
        for source, member in found:
            report = SourceReport(
                len(jobs) + len(unread), exhibit.exhibit_id, source.part, source.size_bytes
            )
            if member and member.reason:
                report.state, report.note = member.reason, member.note
                unread.append(report)
            elif job := _job(source, packs, report):
                jobs.append(job)
            else:
                unread.append(report)
    return jobs, unread


def refused_parts(reports: list[SourceReport]) -> list[SourceReport]:
    """Members that could not be read, of archives that could otherwise be read: a row each."""
    open_archives = {report.exhibit_id for report in reports if report.state == "read"}
    return [
        report
        for report in reports
        if report.part
        and report.rows == 0
        and report.exhibit_id in open_archives
        and report.state in reasons.ROW_REASONS
    ]


def _job(source: Source, packs: tuple[Any, ...], report: SourceReport) -> Job | None:
    if source.size_bytes == 0:
        report.state, report.note = reasons.EMPTY, "it holds no bytes"
        return None
    if source.size_bytes > limits.EXHIBIT_BYTES:
        report.state, report.note = reasons.TOO_LARGE, "it is larger than the limit"
        return None
    try:
        reader = catalogue.recognise(source, packs)
    except UnknownFormatError as error:
        unknown = foreign.Foreign(reasons.UNKNOWN_FORMAT, str(error))
        report.state, report.note = foreign.known_as(source.head) or unknown
        return None
    report.reader, report.reader_version = reader.NAME, reader.VERSION
    return Job(source, reader, report)


def read_packs(store: Any, jobs: list[Job], work: Path, progress: Callable[[str], None]) -> None:
    """Let format packs stage their sources in the store, one after the other."""
    from fourfold.evidence.store import stamping

    for job in jobs:
        stamping.open_source(store)
        try:
            found = job.reader.stage(job.source, store, work)
            job.report.warnings = told([*job.source.warnings, *found])
        except ExhibitUnreadableError as error:
            job.report.state, job.report.note = error.reason, str(error)
        stamping.close_source(store, job.report)
        if job.report.state == "read" and job.report.rows == 0:
            job.report.state = reasons.NO_ROWS
            job.report.note = NO_ROWS_NOTE
        progress(f"{job.report.rows:,} rows by {job.report.reader}")
