"""`backup` and `restore`."""

import argparse
import sys
from pathlib import Path
from typing import Final

from fourfold.web.accountability.commands import Verb, load_django

DONE: Final = 0
DOES_NOT_VERIFY: Final = 6


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, help="a folder that does not exist yet")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="also the secret key and the ledger's signing key: keep such a backup as a key",
    )


def _backup(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import backup
    from fourfold.web.config.backup_manifest import BackupError

    try:
        manifest = backup.make(arguments.out, with_key=arguments.with_key)
    except (BackupError, OSError) as error:
        return _sorry(error)
    size = sum(item.size_bytes for item in manifest.items)
    sys.stdout.write(
        f"{arguments.out}: {len(manifest.items)} files, {size:,} bytes, ledger to entry"
        f" {manifest.ledger['seq']}, public key {manifest.ledger['public_key']}\n"
        "It is not encrypted: encrypt it before it leaves this machine.\n"
    )
    return DONE


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="a backup")
    parser.add_argument("--replace", action="store_true", help="move what stands here aside")
    parser.add_argument("--check-only", action="store_true", help="verify it; change nothing")
    parser.add_argument("--public-key", default="", help="the key that must have signed its head")


def _restore(arguments: argparse.Namespace) -> int:
    load_django()
    from fourfold.web.config import backup_restore, instance
    from fourfold.web.config.backup_manifest import BackupError

    source, key = arguments.source, arguments.public_key
    try:
        if arguments.check_only:
            manifest = backup_restore.verify(source, public_key=key)
        else:
            manifest = backup_restore.restore(source, replace=arguments.replace, public_key=key)
    except (BackupError, instance.InUseError, OSError) as error:
        return _sorry(error)
    said = "is whole" if arguments.check_only else "is in place"
    sys.stdout.write(
        f"the backup of {manifest.made_at} {said}: {len(manifest.items)} files, the ledger"
        f" verifies to entry {manifest.ledger['seq']}\n"
    )
    return DONE


def _sorry(error: Exception) -> int:
    sys.stderr.write(f"fourfold: {error}\n")
    return DOES_NOT_VERIFY


VERBS: Final = {
    "backup": Verb(
        "copy database, files and packages into a folder, with a manifest; may run while serving",
        "fourfold backup /backups/2026-11-21",
        _backup_arguments,
        _backup,
    ),
    "restore": Verb(
        "check a backup, then put it in place; what stands here is moved aside",
        "fourfold restore /backups/2026-11-21",
        _restore_arguments,
        _restore,
    ),
}
