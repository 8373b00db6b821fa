"""Backup, wipe, restore, compare: run by test_backup.py in a process with an instance of its own.

drill.py FOLDER: prints one JSON object of what was found.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "fourfold.web.config.settings"
FOLDER = Path(sys.argv[1])
os.environ["FOURFOLD_HOME"] = str(FOLDER / "instance")

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.serializers import serialize  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from fourfold.web.accountability.models import LedgerEntry  # noqa: E402
from fourfold.web.cases.models import Assignment, Case  # noqa: E402
from fourfold.web.config import backup, backup_restore, instance, newcomers  # noqa: E402
from fourfold.web.config.backup_manifest import BackupError, files_in  # noqa: E402
from fourfold.web.exhibits.actions import uploads  # noqa: E402
from fourfold.web.users.models import User  # noqa: E402

BYTES = b"an exhibit\n" * 50


def fill() -> None:
    newcomers.add(
        newcomers.Newcomer(
            "Teasel Constabulary", "A. Example", "a@example.org", "investigator", "N"
        )
    )
    actor = User.objects.get()
    case = Case.objects.create(
        force=actor.force, team=actor.team, operation_name="Op Teasel", opened_by=actor,
        opened_at=timezone.now(),
    )  # fmt: skip
    Assignment.objects.create(case=case, user=actor, assigned_by=actor, from_at=timezone.now())
    offer = uploads.Offer(path="notes.txt", size_bytes=len(BYTES))
    uploads.take_in(actor=actor, case=case, offer=offer, chunks=[BYTES])
    part = uploads.start(
        actor=actor,
        case=case,
        offer=uploads.Offer(path="half.bin", size_bytes=100, sha256="0" * 64),
    )
    uploads.add_part(actor=actor, upload=part, offset=0, chunks=[b"half of it"])


def everything(but_ledger_after: int) -> dict[str, str]:
    """Return all rows of all tables, and all files, as texts to compare."""
    found = {}
    for model in apps.get_models():
        rows = model._default_manager.order_by("pk")
        if model is LedgerEntry:
            rows = rows.filter(seq__lte=but_ledger_after)
        if model._meta.label != "contenttypes.ContentType":
            found[model._meta.label] = serialize("json", rows)
    for path in files_in(Path(settings.FILES_ROOT)):
        found[path.name] = path.read_bytes().hex()
    return found


def refusal(**options: Any) -> str:
    try:
        backup_restore.restore(FOLDER / "backup", **options)
    except BackupError as error:
        return str(error)
    return ""


def wipe() -> None:
    connections.close_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(FOLDER / "instance")


def main() -> dict[str, Any]:
    instance.prepare()
    fill()
    manifest = backup.make(FOLDER / "backup", with_key=True)
    seq = manifest.ledger["seq"]
    before = everything(seq)
    said_not_empty = refusal()
    wipe()
    backup_restore.restore(FOLDER / "backup", public_key=manifest.ledger["public_key"])
    after = everything(seq)
    return {
        "said_not_empty": said_not_empty,
        "different": sorted(name for name in before if before[name] != after.get(name)),
        "kinds": len(before),
        "ledger_grew_by": LedgerEntry.objects.count() - seq,
        "replaced": refusal(replace=True),
        "rows_of_the_ledger": seq,
    }


print(json.dumps(main()))
