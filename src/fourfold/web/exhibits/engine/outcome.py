"""How a run ends, in one transaction each: the row, what it proposes, and the ledger."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.evidence import pipeline
from fourfold.web.accountability import context
from fourfold.web.exhibits.engine import folder, queue
from fourfold.web.exhibits.engine.proposing import Proposed, propose
from fourfold.web.exhibits.engine.records import candidates_of
from fourfold.web.exhibits.models import EngineRun, RunProgress
from fourfold.web.users import access

State = EngineRun.State
ROWS = ("rows_read", "rows_used", "rows_merged", "rows_set_aside")
WORDS_MOST, DETAIL_MOST = 500, 300


@dataclass(frozen=True)
class Fault:
    """Why a run failed: a code for the ledger, and one line for the person who started it."""

    code: str
    words: str


LOST = Fault(
    "worker-lost",
    "The program that did the work stopped three times. Tell your administrator; then run again.",
)
CRASHED = Fault(
    "crashed",
    "The engine stopped three times without saying why. Tell your administrator; then run again.",
)


def note(run: EngineRun, steps: list[tuple[str, str]]) -> None:
    """Keep steps of a run for whoever follows it."""
    RunProgress.objects.bulk_create(
        [RunProgress(run=run, station=s[:20], detail=d[:DETAIL_MOST]) for s, d in steps]
    )


def finish(run: EngineRun, package: Path) -> bool:
    """Show a complete package and what it proposes; return whether the run was still ours."""
    record = pipeline.record_of(package)
    counts = {name: sum(int(x[name] or 0) for x in record["exhibits"]) for name in ROWS}
    findings = len(pipeline.findings_of(package))
    candidates = candidates_of(package)
    folder.publish(run, package)
    with context.running(channel="job"), transaction.atomic():
        is_ours = queue.mine(run).update(
            state=State.FINISHED,
            ended_at=timezone.now(),
            tables_sha256=record["tables_sha256"],
            finding_count=findings,
            **counts,
        )
        if not is_ours:
            return False
        proposed = propose(run, candidates)
        note(run, [("finished", "")])
        _record(run, "run.finish", {"findings": findings, **counts, **_proposal_counts(proposed)})
    return True


def _proposal_counts(proposed: Proposed) -> dict[str, int]:
    return {"proposals_new": proposed.new, "proposals_known": proposed.known}


def fail(run: EngineRun, fault: Fault) -> None:
    """Say why a run failed."""
    with context.running(channel="job"), transaction.atomic():
        is_ours = queue.mine(run).update(
            state=State.FAILED,
            ended_at=timezone.now(),
            error_code=fault.code[:50],
            error_words=fault.words[:WORDS_MOST],
        )
        if is_ours:
            note(run, [("failed", "")])
            _record(run, "run.fail", {"code": fault.code, "attempt": run.attempts})


def cancelled(run: EngineRun) -> None:
    """Write that a run has stopped; who asked for it, the ledger knows already."""
    with transaction.atomic():
        if queue.mine(run).update(state=State.CANCELLED, ended_at=timezone.now()):
            note(run, [("cancelled", "")])


def take_back(run: EngineRun) -> None:
    """Decide about a run whose worker is dead: stop it, give it up, or queue it again."""
    if run.is_cancel_asked:
        cancelled(run)
    elif run.attempts >= queue.ATTEMPTS_MOST:
        fail(run, LOST)
    else:
        queue.give_back(run, is_counted=True)


def _record(run: EngineRun, act: str, detail: dict[str, Any]) -> None:
    access.record_act(run.started_by, act, run, detail=detail)
