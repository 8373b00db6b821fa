"""A whole instance of its own, for tests that kill processes."""

import hashlib

from django.core.management import call_command
from django.utils import timezone

from fourfold.web.cases.models import Assignment, Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions.runs import start_run
from fourfold.web.exhibits.models import EngineRun, Exhibit
from fourfold.web.users.models import Force, Role, Team, User
from lib.runs import TINY


def a_queued_run() -> EngineRun:
    """Make the database of this instance, a case of one exhibit, and a waiting run."""
    call_command("migrate", interactive=False, verbosity=0)
    force = Force.objects.create(name="Teasel Constabulary")
    team = Team.objects.create(force=force, name="North")
    user = User.objects.create_user(
        email="i@example.org", name="Ines Marlpit", role=Role.INVESTIGATOR, force=force, team=team
    )
    now = timezone.now()
    case = Case.objects.create(
        force=force, team=team, operation_name="Op Teasel", opened_by=user, opened_at=now
    )
    Assignment.objects.create(case=case, user=user, assigned_by=user, from_at=now)
    sha256 = hashlib.sha256(TINY).hexdigest()
    sealed = storage.sealed(sha256)
    sealed.parent.mkdir(parents=True)
    sealed.write_bytes(TINY)
    Exhibit.objects.create(
        case=case, path="exhibits/sms-backup.xml", sha256=sha256, size_bytes=len(TINY),
        taken_in_by=user, taken_in_at=now,
    )  # fmt: skip
    return start_run(actor=user, case=case)
