"""The case folder of one attempt: sealed originals under their paths, and case.toml."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from fourfold.web.cases.models import Case
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.engine.case_facts import exhibits_of, facts_of
from fourfold.web.exhibits.engine.case_file import NAME, to_toml
from fourfold.web.exhibits.engine.orders import orders_of
from fourfold.web.exhibits.models import EngineRun

PACKAGE = "package"
FOLDER_MODE = 0o700


class OutsideError(ValueError):
    """A path of an exhibit leads out of the case folder."""


@dataclass(frozen=True)
class Written:
    """What was written for the engine."""

    folder: Path
    case_file_sha256: str
    exhibit_count: int


def home_of(run_ref: str) -> Path:
    """Return the folder of a run."""
    return Path(settings.FILES_ROOT) / "runs" / run_ref


def package_of(run_ref: str) -> Path:
    """Return where the finished package of a run lies."""
    return home_of(run_ref) / PACKAGE


def attempt_of(run: EngineRun) -> Path:
    """Return the folder of this attempt; nothing in it is shown to anybody."""
    return home_of(run.ref) / f"attempt-{run.attempts}"


def clear(run: EngineRun) -> None:
    """Remove what any attempt left behind. A finished package stays."""
    home = home_of(run.ref)
    home.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    for left in home.iterdir():
        if left.name != PACKAGE:
            shutil.rmtree(left)


def write_case(case: Case, folder: Path) -> Written:
    """Write the case folder: case.toml, and each original after its hash was checked again.

    Raises:
        SealBrokenError: a sealed original is missing or changed.
        OutsideError: a path leads out of the folder.
    """
    folder.mkdir(parents=True, mode=FOLDER_MODE)
    text = to_toml(facts_of(case), orders_of(case).toml).encode()
    (folder / NAME).write_bytes(text)
    exhibits = exhibits_of(case)
    for exhibit in exhibits:
        _place(exhibit.sha256, folder, exhibit.path)
    return Written(folder, hashlib.sha256(text).hexdigest(), len(exhibits))


def _place(sha256: str, folder: Path, path: str) -> None:
    """Link an original into the folder: the engine opens it for reading only, and copies it."""
    target = folder / PurePosixPath(path)
    if ".." in PurePosixPath(path).parts or not target.is_relative_to(folder):
        raise OutsideError("a path leads out of the case folder")
    target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    os.link(storage.verified(sha256), target)


def publish(run: EngineRun, package: Path) -> None:
    """Put a complete package where it is shown, in one step."""
    target = package_of(run.ref)
    if target.exists():  # of an attempt that died after this step and before the row said so
        shutil.rmtree(target)
    package.rename(target)
