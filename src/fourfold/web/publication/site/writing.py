"""Write the public site into a folder: all at once or not at all, the same bytes each time."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fourfold.web.publication.site.catalogue import paths
from fourfold.web.publication.site.names import SITE_NAME
from fourfold.web.publication.site.rendering import render
from fourfold.web.publication.site.world import World

MANIFEST: Final = "manifest.json"
FORM: Final = "fourfold-public-site-1"


class SiteError(Exception):
    """The site cannot be written where it was asked for."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    pages: int
    files: int
    size_bytes: int
    manifest_sha256: str


def write(out: Path, *, record: Callable[[Written], None], address: str = "") -> Written:
    """Write every page, feed, table and file of what stands published.

    `record` is told what was written, before it bears its name.

    Raises:
        SiteError: the folder holds something that is not a site written earlier.
    """
    is_there = _check(out)
    draft = out.with_name(f"{out.name}.unfinished-{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        written = _fill(draft, address)
        record(written)
        if is_there:
            before = out.with_name(f"{out.name}.before-{os.getpid()}")
            out.rename(before)
            draft.rename(out)
            shutil.rmtree(before)
        else:
            draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return written


def _fill(draft: Path, address: str) -> Written:
    world, pages, size = World(), 0, 0
    held: dict[str, dict[str, str | int]] = {}
    for path in sorted(set(paths(world))):
        made = render(world, path, address)
        if made is None:
            continue
        target = draft / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.body)
        pages += made.is_page
        size += len(made.body)
        held[path] = {
            "sha256": hashlib.sha256(made.body).hexdigest(),
            "size_bytes": len(made.body),
        }
    told = {
        "form": FORM,
        "title": SITE_NAME,
        "data_as_of": world.as_of.isoformat() if world.as_of else None,
        "files": held,
    }
    body = (json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
    (draft / MANIFEST).write_bytes(body)
    return Written(pages, len(held) + 1, size + len(body), hashlib.sha256(body).hexdigest())


def _check(out: Path) -> bool:
    """Say whether an earlier site stands there; refuse anything else that is not empty."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise SiteError(f"{out} is not a folder. Name a new folder.")
    if not out.exists():
        return False
    found = {p.relative_to(out).as_posix() for p in out.rglob("*") if not p.is_dir()}
    if not found:
        return True
    try:
        told = json.loads((out / MANIFEST).read_bytes())
        is_ours = told["form"] == FORM
        known = set(told["files"]) | {MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        is_ours, known = False, set()
    if not is_ours:
        raise SiteError(f"{out} holds files that are not a site of ours. Name a new folder.")
    if strangers := sorted(found - known):
        raise SiteError(
            f"{out} holds {len(strangers)} files that the site did not write, such as"
            f" {strangers[0]}. Move them away, or name a new folder."
        )
    return True
