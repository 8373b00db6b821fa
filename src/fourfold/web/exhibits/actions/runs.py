"""Start a run, and cancel one. What a worker does to it stands in engine/outcome.py."""

from django.db import transaction
from django.utils import timezone

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.engine.case_facts import is_case_file
from fourfold.web.exhibits.models import EngineRun, Exhibit
from fourfold.web.users import access
from fourfold.web.users.models import User

State = EngineRun.State
UNDER_WAY = (State.QUEUED, State.RUNNING)


class RunNotStartedError(Exception):
    """A run cannot be started now; the message says why and what to do."""


def start_run(*, actor: User, case: Case) -> EngineRun:
    """Queue a run over the exhibits of a case as they stand.

    Raises:
        RunNotStartedError: there is nothing to read, or a run is under way.
    """
    decision = access.require(actor, "run.start", case)
    with transaction.atomic():
        paths = Exhibit.objects.filter(case=case).values_list("path", flat=True)
        exhibits = sum(not is_case_file(path) for path in paths)
        if not exhibits:
            raise RunNotStartedError("There is no exhibit to read yet. Upload one first.")
        Case.objects.select_for_update().get(pk=case.pk)  # two people press at the same moment
        if EngineRun.objects.filter(case=case, state__in=UNDER_WAY).exists():
            raise RunNotStartedError("A run of this case is under way. Wait for it, or cancel it.")
        run = EngineRun.objects.create(
            case=case, started_by=actor, queued_at=timezone.now(), exhibit_count=exhibits
        )
        access.record_act(actor, "run.start", run, decision=decision, detail={"exhibits": exhibits})
    return run


def cancel_run(*, actor: User, run: EngineRun) -> EngineRun:
    """Cancel a run: a waiting one at once, a running one within a second."""
    decision = access.require(actor, "run.cancel", run)
    with transaction.atomic():
        run = (
            EngineRun.objects.select_for_update(of=("self",)).select_related("case").get(pk=run.pk)
        )
        if run.state not in UNDER_WAY or run.is_cancel_asked:
            return run
        was_running = run.state == State.RUNNING
        run.is_cancel_asked = True
        if not was_running:
            run.state, run.ended_at = State.CANCELLED, timezone.now()
        run.save(update_fields=["is_cancel_asked", "state", "ended_at"])
        access.record_act(
            actor, "run.cancel", run, decision=decision, detail={"was_running": was_running}
        )
    return run


def release_package(*, actor: User, run: EngineRun, file: str) -> None:
    """Record that a file of a package leaves this system with somebody: a disclosure."""
    decision = access.require(actor, "package.download", run)
    with transaction.atomic():
        access.record_act(actor, "package.download", run, decision=decision, detail={"file": file})
