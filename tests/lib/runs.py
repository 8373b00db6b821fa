"""What tests of runs share: tiny exhibits, and runs finished with a package built before."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.test.utils import CaptureQueriesContext

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions.runs import start_run
from fourfold.web.exhibits.engine import folder as run_folder
from fourfold.web.exhibits.engine import outcome, queue
from fourfold.web.exhibits.models import EngineRun, Exhibit
from fourfold.web.users.models import User

Put = Callable[..., Exhibit]
KEEPING_SESSION = r"SAVEPOINT|pg_advisory_xact_lock|django_session|usersessions_"
TINY = b"""<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
<sms protocol="0" address="+447700900123" date="1783000000000" type="1" body="Pick up." read="1" />
<sms protocol="0" address="+447700900123" date="1783000600000" type="1" body="I can wait." read="1" />
</smses>
"""
TINY_CASE = b"""[case]
reference = "R"
[[person]]
key = "S"
role = "suspect"
[[person]]
key = "V"
role = "victim"
[[attribution]]
identifier = "tel:+447700900123"
person = "S"
basis = "Subscriber record"
strength = "disputed"
[[exhibit]]
file = "exhibits/sms-backup.xml"
ref = "DEF/1"
person = "V"
"""


@dataclass(frozen=True)
class Demo:
    """The demonstration case's folder, and its package."""

    folder: Path
    package: Path


def finished_run(package: Path, case: Case, put: Put, actor: User) -> EngineRun:
    """Finish a run with a package that was built before."""
    if not Exhibit.objects.filter(case=case).exists():
        put("exhibits/sms-backup.xml", TINY)
    started = start_run(actor=actor, case=case)
    run = queue.claim(queue.new_worker_name())
    assert run is not None
    assert run == started
    home = run_folder.attempt_of(run)
    home.mkdir(parents=True)
    shutil.copytree(package, home / "package", copy_function=link)
    assert outcome.finish(run, home / "package")
    shutil.rmtree(home)
    run.refresh_from_db()
    return run


def link(source: str, target: str) -> None:
    """Link instead of copying: nobody writes to a package."""
    Path(target).hardlink_to(source)


def own_queries(asked: CaptureQueriesContext) -> list[str]:
    """Return the statements of a page; keeping session and turn is not the page's."""
    return [q["sql"] for q in asked if not re.search(KEEPING_SESSION, q["sql"])]
