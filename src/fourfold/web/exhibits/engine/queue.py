"""The queue of runs, kept in their own rows (docs/adr/0009-the-queue-is-the-run.md).

Every change names worker and attempt: a worker that lost its run can no longer write to it.
"""

import os
import secrets
import socket
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fourfold.web.exhibits.models import EngineRun

LEASE_SECONDS: Final = 30  # silent for longer: the worker is taken for dead
ATTEMPTS_MOST: Final = 3
RUNNING, QUEUED = EngineRun.State.RUNNING, EngineRun.State.QUEUED


def new_worker_name() -> str:
    """Return a name that says where a worker runs; no two workers have the same."""
    return f"{socket.gethostname()[:60]}/{os.getpid()}/{secrets.token_hex(4)}"


def claim(worker: str) -> EngineRun | None:
    """Take the oldest waiting run, or nothing."""
    if not EngineRun.objects.filter(state=QUEUED).exists():
        return None  # without a write lock: this is asked every second
    with transaction.atomic():
        run = (
            EngineRun.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=QUEUED)
            .select_related("case", "started_by__force")
            .order_by("id")
            .first()
        )
        if run is None:
            return None
        now = timezone.now()
        run.state, run.worker, run.attempts = RUNNING, worker, run.attempts + 1
        run.alive_at, run.started_at = now, run.started_at or now
        run.save(update_fields=["state", "worker", "attempts", "alive_at", "started_at"])
    return run


def mine(run: EngineRun) -> QuerySet[EngineRun]:
    """Return the row of a run so long as it is this worker's, at this attempt."""
    return EngineRun.objects.filter(
        pk=run.pk, state=RUNNING, worker=run.worker, attempts=run.attempts
    )


def beat(run: EngineRun) -> bool:
    """Say that the worker lives; return whether the run is still its own."""
    return mine(run).update(alive_at=timezone.now()) == 1


def give_back(run: EngineRun, *, is_counted: bool) -> None:
    """Put a run back into the queue; a worker that is told to stop does not count as a try."""
    mine(run).update(
        state=QUEUED, worker="", alive_at=None, attempts=run.attempts - (not is_counted)
    )


def orphans(worker: str) -> list[EngineRun]:
    """Return the running runs whose worker is dead."""
    silent_since = timezone.now() - timedelta(seconds=LEASE_SECONDS)
    host = worker.split("/", maxsplit=1)[0]
    running = (
        EngineRun.objects.filter(state=RUNNING)
        .filter(Q(alive_at__lt=silent_since) | Q(alive_at=None) | Q(worker__startswith=f"{host}/"))
        .select_related("case", "started_by__force")
        .order_by("id")
    )
    return [
        run
        for run in running
        if run.alive_at is None or run.alive_at < silent_since or _is_dead_here(run.worker, worker)
    ]


def _is_dead_here(other: str, worker: str) -> bool:
    """Return whether another worker of this machine has died: its process is gone, or is us."""
    _, pid, _ = other.rsplit("/", 2)
    if other == worker:
        return False
    if int(pid) == os.getpid():
        return worker.rsplit("/", 2)[1] == pid  # the number came round again, in a container
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
