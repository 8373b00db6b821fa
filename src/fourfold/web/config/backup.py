"""Copy an instance while it serves: database, sealed files, packages, and what proves them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import fourfold
from fourfold.web.accountability import chain, context, heads, ledger
from fourfold.web.accountability.chain import Head
from fourfold.web.config import backup_database, instance
from fourfold.web.config.backup_manifest import (
    FORM,
    BackupError,
    Item,
    Manifest,
    copy,
    digest,
    files_in,
)
from fourfold.web.config.environment import KEY_FILE

KEYS = (KEY_FILE, heads.KEY_FILE)
UNFINISHED = ("incoming", "refused")  # named only until an upload ends: held before the snapshot


def make(out: Path, *, with_key: bool = False) -> Manifest:
    """Write a backup into a new folder; nothing half-made ever bears its name.

    Raises:
        BackupError: the folder stands already, or a part cannot be copied.
    """
    if out.exists():
        raise BackupError(f"{out} stands already; a backup is never written over")
    with context.running(channel="command"):
        ledger.record(ledger.Entry("backup.make", "", "", "", "instance", ""))
    draft = out.with_name(f"{out.name}.unfinished-{os.getpid()}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        manifest = _fill(draft, with_key)
        draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return manifest


def _fill(draft: Path, with_key: bool) -> Manifest:
    root = Path(settings.FILES_ROOT)
    signing_key = heads.signing_key(instance.home())  # made now where there is none yet
    with _held(root) as held:
        database = backup_database.snapshot(draft)
        _hold(root, held)
        items = [_item(database, database.name)]
        items += [
            copy(path, draft / "files" / path.relative_to(held), f"files/{_name(path, held)}")
            for path in files_in(held)
        ]
    items += [
        copy(path, draft / "files" / path.relative_to(root), f"files/{_name(path, root)}")
        for path in _finished(root)
    ]
    if with_key:
        home = instance.home()
        kept = [home / name for name in KEYS if (home / name).exists()]
        items += [copy(path, draft / "keys" / path.name, f"keys/{path.name}") for path in kept]
    manifest = Manifest(
        form=FORM,
        program=fourfold.__version__,
        made_at=chain.moment_text(timezone.now()),
        database=backup_database.kind(),
        has_keys=with_key,
        ledger=heads.sign(_head(database), signing_key),
        items=tuple(items),
    )
    manifest.write(draft)
    return manifest


def _item(path: Path, name: str) -> Item:
    with path.open("rb") as file:
        sha256, size_bytes = digest(file)
    return Item(name, sha256, size_bytes, 0o600)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _finished(root: Path) -> Iterator[Path]:
    """Yield what never changes: sealed originals and finished packages."""
    for pattern in ("sealed", "runs/*/package"):
        for folder in sorted(root.glob(pattern)):
            yield from files_in(folder)


@contextmanager
def _held(root: Path) -> Iterator[Path]:
    """Give unfinished uploads a second name, so that none vanishes while it is copied."""
    held = root / f".backup-{os.getpid()}"
    try:
        _hold(root, held)
        yield held
    finally:
        shutil.rmtree(held, ignore_errors=True)


def _hold(root: Path, held: Path) -> None:
    for name in UNFINISHED:
        (held / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in sorted((root / name).glob("*")):
            try:
                os.link(path, held / name / path.name)
            except (FileExistsError, FileNotFoundError):
                continue  # held already, or finished meanwhile: then it is sealed


def _head(database: Path) -> Head:
    """Return where the ledger inside a snapshot ends, after checking it."""
    result = chain.check(backup_database.ledger_of(database, backup_database.kind()))
    if result.fault:
        raise BackupError(f"the ledger does not verify: {result.reason}")
    return Head(
        seq=result.last_seq,
        hash=result.last_hash,
        at=chain.moment_text(timezone.now()),
        count=result.count,
    )
