"""Give the first invented case the exhibits of the engine's demonstration case, and run it."""

from collections.abc import Iterator
from pathlib import Path

from fourfold.web.accountability import context
from fourfold.web.cases.models import Assignment, Case
from fourfold.web.demonstration import story
from fourfold.web.exhibits.actions import runs, uploads
from fourfold.web.exhibits.actions.facts import take_over
from fourfold.web.exhibits.engine.offers import NEW, offers_of
from fourfold.web.exhibits.engine.worker import run_worker
from fourfold.web.exhibits.models import EngineRun, Exhibit
from fourfold.web.users.models import Role, User

CHUNK_BYTES = 1024 * 1024
CASE_FILE = "case.toml"


def take_in(folder: Path) -> EngineRun:
    """Take in every file of a case folder by the real actions, and queue a run of the engine."""
    case = Case.objects.get(operation_name=story.MAIN)
    actor = _officer(case)
    with context.running(channel="command"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                offer = uploads.Offer(
                    path=path.relative_to(folder).as_posix(), size_bytes=path.stat().st_size
                )
                uploads.take_in(actor=actor, case=case, offer=offer, chunks=_chunks(path))
        _take_over(actor, case)
        return runs.start_run(actor=actor, case=case)


def _take_over(actor: User, case: Case) -> None:
    """Take what the case file says (who is who, which number is whose) into the record."""
    file = Exhibit.objects.get(case=case, path=CASE_FILE)
    offered = offers_of(case, file).offers
    chosen = {offer.key for offer in offered if offer.state == NEW}
    take_over(actor=actor, case=case, exhibit=file, chosen=chosen)


def run(waiting: EngineRun) -> EngineRun:
    """Let a worker do what waits; return the run as it ended."""
    run_worker(once=True)
    waiting.refresh_from_db()
    return waiting


def _officer(case: Case) -> User:
    carrying = Assignment.objects.filter(case=case, user__role=Role.INVESTIGATOR)
    return carrying.select_related("user__force").order_by("id")[0].user


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
