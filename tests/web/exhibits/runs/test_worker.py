"""Runs: queued, worked, cancelled, failed, killed and taken up again."""

import os
import signal
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions.runs import RunNotStartedError, cancel_run, start_run
from fourfold.web.exhibits.engine import case_facts, folder, queue
from fourfold.web.exhibits.engine.worker import Job, run_worker
from fourfold.web.exhibits.models import EngineRun, Exhibit, Proposal, RunProgress
from fourfold.web.users.models import User
from lib.runs import Put

State = EngineRun.State


def claimed(run: EngineRun) -> EngineRun:
    taken = queue.claim(queue.new_worker_name())
    assert taken == run
    return taken


def acts(run: EngineRun) -> list[tuple[str, str]]:
    entries = LedgerEntry.objects.filter(subject_ref=run.ref).order_by("seq")
    return [(entry.act, entry.channel) for entry in entries]


def test_a_run_leads_to_a_package_and_proposals(tiny: Case, investigator: User) -> None:
    run = start_run(actor=investigator, case=tiny)

    assert run_worker(once=True, stop=threading.Event()) == 1

    run.refresh_from_db()
    assert (run.state, run.rows_read, run.rows_used, run.exhibit_count) == ("finished", 2, 2, 1)
    assert (folder.package_of(run.ref) / "workbook.html").is_file()
    assert [path.name for path in folder.home_of(run.ref).iterdir()] == ["package"]
    assert acts(run) == [("run.start", "command"), ("run.finish", "job")]
    words = Proposal.objects.get(quoted_words="Pick up.").words
    assert "07700 900123 (said to be of S, which is disputed)" in words
    stations = RunProgress.objects.filter(run=run).values_list("station", flat=True)
    assert list(dict.fromkeys(stations)) == [
        "start", "take in", "read", "analyse", "render", "finished",
    ]  # fmt: skip


def test_only_one_run_of_a_case_is_under_way(tiny: Case, investigator: User) -> None:
    start_run(actor=investigator, case=tiny)

    with pytest.raises(RunNotStartedError):
        start_run(actor=investigator, case=tiny)


def test_a_case_without_exhibits_has_nothing_to_run(case: Case, investigator: User) -> None:
    with pytest.raises(RunNotStartedError):
        start_run(actor=investigator, case=case)


def test_a_waiting_run_is_cancelled_at_once(tiny: Case, investigator: User) -> None:
    run = cancel_run(actor=investigator, run=start_run(actor=investigator, case=tiny))

    assert run.state == State.CANCELLED
    assert run_worker(once=True, stop=threading.Event()) == 0


def test_a_running_run_is_cancelled_and_its_child_dies(tiny: Case, investigator: User) -> None:
    run = claimed(start_run(actor=investigator, case=tiny))
    job = Job(run)
    job.start()
    cancel_run(actor=investigator, run=run)

    while not job.step(0.05):
        pass

    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert job.child is not None
    assert job.child.returncode == -signal.SIGKILL
    assert not list(folder.home_of(run.ref).iterdir())


def test_a_killed_child_is_tried_again(tiny: Case, investigator: User) -> None:
    run = claimed(start_run(actor=investigator, case=tiny))
    job = Job(run)
    job.start()
    assert job.child is not None
    os.kill(job.child.pid, signal.SIGKILL)
    while not job.step(0.05):
        pass
    job.end()
    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.QUEUED, 1)

    run_worker(once=True, stop=threading.Event())

    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.FINISHED, 2)


def test_a_child_killed_three_times_fails_the_run(tiny: Case, investigator: User) -> None:
    run = start_run(actor=investigator, case=tiny)
    EngineRun.objects.filter(pk=run.pk).update(attempts=2)
    job = Job(claimed(run))
    job.start()
    assert job.child is not None
    os.kill(job.child.pid, signal.SIGKILL)
    while not job.step(0.05):
        pass
    job.end()

    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "crashed")
    assert acts(run)[-1] == ("run.fail", "job")


def test_a_run_whose_worker_is_silent_is_taken_back(tiny: Case, investigator: User) -> None:
    run = claimed(start_run(actor=investigator, case=tiny))
    long_ago = timezone.now() - timedelta(seconds=queue.LEASE_SECONDS + 1)
    EngineRun.objects.filter(pk=run.pk).update(worker="elsewhere/1/ab", alive_at=long_ago)

    run_worker(once=True, stop=threading.Event())

    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.FINISHED, 2)


def test_a_worker_that_lost_its_run_can_write_nothing(tiny: Case, investigator: User) -> None:
    run = claimed(start_run(actor=investigator, case=tiny))
    job = Job(run)
    job.start()
    EngineRun.objects.filter(pk=run.pk).update(worker="elsewhere/1/ab")

    while not job.step(0.05):
        pass
    job.end()

    run.refresh_from_db()
    assert (run.state, run.worker) == (State.RUNNING, "elsewhere/1/ab")


def test_a_stopped_worker_gives_its_run_back(tiny: Case, investigator: User) -> None:
    run = start_run(actor=investigator, case=tiny)
    stop = threading.Event()
    stop_soon(stop)

    run_worker(stop=stop)

    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.QUEUED, 0)


def stop_soon(stop: threading.Event) -> None:
    """Let the first wait for progress end with the order to stop."""
    threading.Timer(0.05, stop.set).start()


def test_a_broken_seal_fails_the_run(tiny: Case, investigator: User) -> None:
    exhibit = Exhibit.objects.get(case=tiny, path="exhibits/sms-backup.xml")
    storage.sealed(exhibit.sha256).write_bytes(b"other")
    run = start_run(actor=investigator, case=tiny)

    run_worker(once=True, stop=threading.Event())

    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "seal-broken")


def test_a_folder_that_cannot_be_written_fails_the_run(
    tiny: Case, put: Put, investigator: User
) -> None:
    put("exhibits/a", b"a file")
    put("exhibits/a/b", b"and a folder of the same name")
    run = start_run(actor=investigator, case=tiny)

    run_worker(once=True, stop=threading.Event())

    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "folder-not-written")


@pytest.mark.parametrize(
    ("path", "is_case_file"),
    [("case.toml", True), ("teasel/case.toml", True), ("exhibits/case.toml", False),
     ("a/b/case.toml", False), ("exhibits/a.csv", False)],
)  # fmt: skip
def test_a_case_file_stands_at_the_root(path: str, is_case_file: bool) -> None:
    assert case_facts.is_case_file(path) == is_case_file


def test_an_error_of_the_input_is_one_line_without_paths(
    tiny: Case, investigator: User, files: Path
) -> None:
    Exhibit.objects.filter(case=tiny).update(time_zone="Moon/Base")
    run = start_run(actor=investigator, case=tiny)

    run_worker(once=True, stop=threading.Event())

    run.refresh_from_db()
    assert run.error_code == "case-file"
    assert run.error_words.startswith("case.toml, line ")
    assert str(files) not in run.error_words


def test_the_same_facts_are_the_same_bytes(tiny: Case, put: Put) -> None:
    first = folder.write_case(tiny, folder.home_of("RUN-1") / "a")
    second = folder.write_case(tiny, folder.home_of("RUN-1") / "b")

    assert first.case_file_sha256 == second.case_file_sha256
