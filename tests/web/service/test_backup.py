"""The drill on both databases: back up, wipe, restore, everything equal; and what is refused."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fourfold.web.accountability.ledger import Entry, record
from fourfold.web.config import backup_manifest, backup_restore
from fourfold.web.config.backup_database import FILES
from fourfold.web.config.backup_manifest import BackupError
from lib import prepared
from lib.workspace import own_database

DRILL = Path(__file__).with_name("drill.py")
SOURCE = Path(__file__).resolve().parents[3] / "src"


def run(folder: Path, database: str) -> dict[str, Any]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("FOURFOLD_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, str(DRILL), str(folder)],
        env={**plain, "PYTHONPATH": str(SOURCE), "FOURFOLD_DATABASE": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def sqlite_drill(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("sqlite")
    prepared.into(folder / "instance")
    return folder, run(folder, "")


@pytest.fixture(scope="module")
def drill(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The drill on the database of this test run."""
    database = own_database()
    if database:
        return run(tmp_path_factory.mktemp("postgresql"), database)
    return request.getfixturevalue("sqlite_drill")[1]


def test_everything_is_as_it_was(drill: dict[str, Any]) -> None:
    assert drill["different"] == []
    assert drill["kinds"] > 30


def test_the_restoring_is_the_next_entry_of_the_ledger(drill: dict[str, Any]) -> None:
    assert drill["ledger_grew_by"] == 1
    assert drill["rows_of_the_ledger"] >= 5


def test_what_is_here_is_moved_aside_only_when_asked(drill: dict[str, Any]) -> None:
    assert "--replace" in drill["said_not_empty"]
    assert drill["replaced"] == ""


@pytest.fixture
def backup_folder(sqlite_drill: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A backup to damage."""
    return Path(shutil.copytree(sqlite_drill[0] / "backup", tmp_path / "backup"))


def test_a_whole_backup_is_found_whole(backup_folder: Path) -> None:
    assert backup_restore.verify(backup_folder).database == "sqlite"


def test_keys_are_kept_only_when_asked_for(backup_folder: Path) -> None:
    manifest = backup_manifest.read(backup_folder)
    kept = {item.path for item in manifest.items if item.path.startswith("keys/")}
    assert manifest.has_keys
    assert kept == {"keys/secret_key", "keys/ledger_signing_key.pem"}


def _one_sealed(folder: Path) -> Path:
    return next(path for path in (folder / "files" / "sealed").rglob("*") if path.is_file())


def _change(folder: Path) -> None:
    path = _one_sealed(folder)
    path.chmod(0o600)
    path.write_bytes(b"another exhibit")


def _remove(folder: Path) -> None:
    _one_sealed(folder).unlink()


def _add(folder: Path) -> None:
    (folder / "files" / "more").write_bytes(b"")


def _lead_out(folder: Path) -> None:
    path = folder / backup_manifest.FILE
    path.write_text(path.read_text().replace('"files/sealed', '"../files/sealed'))


def _claim_another_head(folder: Path) -> None:
    path = folder / backup_manifest.FILE
    content = json.loads(path.read_text())
    content["ledger"]["seq"] += 1
    path.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_change, "is not the file that was backed up"),
        (_remove, "missing"),
        (_add, "not in the manifest"),
        (_lead_out, "outside the backup"),
        (_claim_another_head, "head"),
    ],
)
def test_a_damaged_backup_is_refused(backup_folder: Path, damage: Any, says: str) -> None:
    damage(backup_folder)
    with pytest.raises(BackupError, match=says):
        backup_restore.verify(backup_folder)


def test_a_ledger_changed_with_its_manifest_is_refused(backup_folder: Path) -> None:
    """Whoever changes the database and writes a fitting manifest still breaks the chain."""
    import sqlite3
    from contextlib import closing
    from dataclasses import replace

    database = backup_folder / FILES["sqlite"]
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("DROP TRIGGER ledger_no_update")
        opened.execute("UPDATE accountability_ledgerentry SET actor_ref = 'U-0000000000'")
        opened.commit()
    manifest = backup_manifest.read(backup_folder)
    with database.open("rb") as file:
        sha256, size_bytes = backup_manifest.digest(file)
    items = tuple(
        replace(item, sha256=sha256, size_bytes=size_bytes) if item.path == database.name else item
        for item in manifest.items
    )
    replace(manifest, items=items).write(backup_folder)
    with pytest.raises(BackupError, match="does not verify: entry 1 was changed"):
        backup_restore.verify(backup_folder)


def test_a_backup_is_never_written_over(tmp_path: Path, db: None) -> None:
    from fourfold.web.config import backup

    record(Entry("instance.prepare", "", "", "", "instance", ""))
    with pytest.raises(BackupError, match="stands already"):
        backup.make(tmp_path)
