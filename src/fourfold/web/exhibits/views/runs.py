"""Runs: the list, one run, start, cancel, and its progress as it happens."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits.actions.runs import (
    UNDER_WAY,
    RunNotStartedError,
    cancel_run,
    start_run,
)
from fourfold.web.exhibits.models import EngineRun, Proposal, RunProgress
from fourfold.web.exhibits.rules.progress import MESSAGES, OVER, Station, changes, stations_of
from fourfold.web.exhibits.selectors import runs as selectors
from fourfold.web.exhibits.selectors.controls import controls
from fourfold.web.users.access import actor_of, needs, see

TAB: Final = "runs"
POLL_SECONDS: Final = 0.5
COMMENT_SECONDS: Final = 15.0  # keeps the line open, and asks again whether it may be open
LONGEST_SECONDS: Final = 30 * 60  # the page asks again by itself
WAITS_LONG_SECONDS: Final = 20


@require_GET
@needs("run.list", case_by_ref)
def runs(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List the runs of a case, and offer to start one."""
    actor = actor_of(request)
    found = selectors.runs_of(case)
    exhibits, case_files = selectors.exhibits_and_case_files(case)
    return render(
        request,
        "exhibits/runs/runs.html",
        {
            "case": case,
            "tab": TAB,
            "runs": found,
            "under_way": next((run for run in found if run.state in UNDER_WAY), None),
            "latest": next((run for run in found if run.state == EngineRun.State.FINISHED), None),
            "may_start": see(actor, "run.start", case),
            "exhibit_count": len(exhibits),
            "case_files": case_files,
            "orders": selectors.orders_for(case),
        },
    )


@require_POST
@needs("run.start", case_by_ref)
def start(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Start a run and show it."""
    try:
        run = start_run(actor=actor_of(request), case=case)
    except RunNotStartedError as error:
        messages.error(request, str(error))
        return redirect("exhibits:runs", case_ref=case.ref)
    return redirect("exhibits:run", case_ref=case.ref, run_ref=run.ref)


@require_GET
@needs("run.open", selectors.run_by_ref)
def run(request: HttpRequest, run: EngineRun, **_: str) -> HttpResponse:
    """Show one run: how far it is, or what it found."""
    is_finished = run.state == EngineRun.State.FINISHED
    steps = [] if is_finished else selectors.steps_of(run)
    may = controls(actor_of(request), run, "run.cancel", "package.download", "workbook.open")
    page: dict[str, Any] = {
        "case": run.case,
        "tab": TAB,
        "run": run,
        "is_over": run.state in OVER,
        "stations": stations_of(run, steps),
        "message": message_of(run),
        "waits_long": _waits_long(run),
        "may_cancel": may["run.cancel"],
        "may_download": may["package.download"],
        "may_open_workbook": may["workbook.open"],
    }
    if is_finished:
        page |= _found(run)
    return render(request, "exhibits/runs/run.html", page)


def _found(run: EngineRun) -> dict[str, Any]:
    earlier, later = selectors.neighbours(run)
    return {
        "ledger": selectors.ledger_of(run),
        "earlier": earlier,
        "later": later,
        "differences": selectors.differences(run, earlier) if earlier else [],
        "is_same": bool(earlier and earlier.tables_sha256 == run.tables_sha256),
        "to_decide": Proposal.objects.filter(case=run.case, state=Proposal.State.OPEN).count(),
    }


def _waits_long(run: EngineRun) -> bool:
    waited = (timezone.now() - run.queued_at).total_seconds()
    return run.state == EngineRun.State.QUEUED and waited > WAITS_LONG_SECONDS


def message_of(run: EngineRun) -> str:
    """Return one line on how far a run is."""
    if run.is_cancel_asked and run.state not in OVER:
        return "Being cancelled."
    tries = f" This is attempt {run.attempts}." if run.attempts > 1 else ""
    return MESSAGES[EngineRun.State(run.state)] + (tries if run.state not in OVER else "")


@require_POST
@needs("run.cancel", selectors.run_by_ref)
def cancel(request: HttpRequest, run: EngineRun, **_: str) -> HttpResponse:
    """Cancel a run and show it."""
    cancel_run(actor=actor_of(request), run=run)
    return redirect("exhibits:run", case_ref=run.case.ref, run_ref=run.ref)


@require_GET
@needs("run.open", selectors.run_by_ref)
def live(request: HttpRequest, run: EngineRun, **_: str) -> HttpResponseBase:
    """Tell a page how a run goes on, until it ends (server-sent events).

    The look was recorded when the line was opened; polling records nothing more.
    """
    last = request.headers.get("Last-Event-ID", "")
    response = StreamingHttpResponse(
        events(run.pk, request, int(last) if last.isdecimal() else 0),
        content_type="text/event-stream; charset=utf-8",
    )
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def events(
    run_pk: int, request: HttpRequest, after: int, poll_seconds: float = POLL_SECONDS
) -> AsyncIterator[bytes]:
    """Yield what changes on the page, beginning after the last event that it has seen."""
    actor = actor_of(request)
    last, steps, shown = 0, list[tuple[str, str]](), list[Station]()
    told = ""
    for turn in range(int(LONGEST_SECONDS / poll_seconds)):
        run = await EngineRun.objects.select_related("case").aget(pk=run_pk)
        new = RunProgress.objects.filter(run=run_pk, pk__gt=last).order_by("pk")
        async for step in new:
            last = step.pk
            steps.append((step.station, step.detail))
            if step.pk <= after:
                shown = stations_of(run, steps)
        now, message = stations_of(run, steps), message_of(run)
        for event in changes(shown, now):
            yield _event(last, event)
        if message != told:
            yield _event(last, {"message": message})
        shown, told = now, message
        if run.state in OVER:
            yield _event(last, {"finished": True, "message": message})
            return
        if turn % int(COMMENT_SECONDS / poll_seconds) == 0:
            if not await _may_still(actor, run):
                return
            yield b": still here\n\n"
        await asyncio.sleep(poll_seconds)


async def _may_still(actor: Any, run: EngineRun) -> bool:
    from asgiref.sync import sync_to_async

    return bool(await sync_to_async(see)(actor, "run.open", run))


def _event(last: int, data: dict[str, Any]) -> bytes:
    return f"id: {last}\ndata: {json.dumps(data)}\n\n".encode()
