"""Put a backup in place: everything is checked before anything is touched."""

import json
import shutil
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fourfold.web.accountability import chain, context, heads, ledger, verification
from fourfold.web.accountability.chain import Head, HeadError
from fourfold.web.config import backup_database, backup_manifest, instance
from fourfold.web.config.backup import KEYS
from fourfold.web.config.backup_manifest import BackupError, Manifest


def verify(source: Path, *, public_key: str = "") -> Manifest:
    """Check a backup as it lies there: every file, and the ledger inside its database.

    Args:
        source: the folder of the backup.
        public_key: the key that must have signed the head in the manifest.

    Raises:
        BackupError: it is not whole, was changed, or its ledger does not verify.
    """
    manifest = backup_manifest.read(source)
    backup_manifest.check(source, manifest)
    head = _head(manifest, public_key)
    database = source / backup_database.FILES[manifest.database]
    result = chain.check(backup_database.ledger_of(database, manifest.database), head)
    if result.fault:
        raise BackupError(f"the ledger in the backup does not verify: {result.reason}")
    return manifest


def _head(manifest: Manifest, public_key: str) -> Head:
    try:
        return heads.read(json.dumps(manifest.ledger), public_key)
    except HeadError as error:
        raise BackupError(f"the head of the ledger in the manifest: {error}") from None


def restore(source: Path, *, replace: bool = False, public_key: str = "") -> Manifest:
    """Put a backup in the place of this instance; what stood here is moved aside, not erased.

    Raises:
        BackupError: the backup is not whole, is of the other database, or the instance is not
            empty and `replace` was not asked for.
    """
    manifest = verify(source, public_key=public_key)
    if manifest.database != backup_database.kind():
        raise BackupError(
            f"the backup is of {manifest.database}, this instance uses {backup_database.kind()}"
        )
    with instance.in_use():
        if not replace and not instance.is_empty():
            raise BackupError("this instance is not empty; --replace moves what is here aside")
        draft = _copy_files(source, manifest)
        aside = _aside()
        backup_database.put_back(source / backup_database.FILES[manifest.database], aside)
        _swap_files(draft, aside)
        _put_keys(source, manifest, aside)
        if not any(aside.iterdir()):
            aside.rmdir()
        instance.prepare()
        _check_again(manifest)
    return manifest


def _copy_files(source: Path, manifest: Manifest) -> Path:
    """Copy the files beside their place, each compared once more."""
    draft = instance.home() / "files.restoring"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    for item in manifest.items:
        if item.path.startswith("files/"):
            target = draft / item.path.removeprefix("files/")
            copied = backup_manifest.copy(source / item.path, target, item.path)
            target.chmod(item.mode)
            if copied.sha256 != item.sha256:
                raise BackupError(f"{item.path} changed while it was copied; nothing was replaced")
    return draft


def _aside() -> Path:
    folder = instance.home() / f"replaced-{timezone.now():%Y%m%dT%H%M%S%f}"
    folder.mkdir(mode=0o700)
    return folder


def _swap_files(draft: Path, aside: Path) -> None:
    root = Path(settings.FILES_ROOT)
    if root.exists():
        root.rename(aside / "files")
    draft.rename(root)


def _put_keys(source: Path, manifest: Manifest, aside: Path) -> None:
    if not manifest.has_keys:
        return
    for name in KEYS:
        place, kept = instance.home() / name, source / "keys" / name
        if not kept.exists():
            continue
        if place.exists():
            place.rename(aside / name)
        shutil.copyfile(kept, place)
        place.chmod(0o600)


def _check_again(manifest: Manifest) -> None:
    """Record the restoring, and check that the ledger continues the head of the backup."""
    with context.running(channel="command"):
        ledger.record(
            ledger.Entry(
                "backup.restore", "", "", "", "instance", "",
                detail={"from_seq": manifest.ledger["seq"], "files": len(manifest.items)},
            )
        )  # fmt: skip
    result = verification.verify(head=_head(manifest, ""))
    if result.fault:
        raise BackupError(f"after restoring, the ledger does not verify: {result.reason}")
