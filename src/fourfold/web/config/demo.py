"""Serve the demonstration: make or keep the invented world, serve it, print who can be tried."""

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from fourfold.web.base.models import Instance
from fourfold.web.config import instance, server
from fourfold.web.demonstration import exhibits, links, seeding, trying
from fourfold.web.users.models import User


class NotADemonstrationError(Exception):
    """The instance holds a real database; the demonstration keeps away from it."""


@dataclass(frozen=True)
class Wanted:
    """How the demonstration is wanted."""

    case_folder: Path | None
    place: server.Place
    is_once: bool = False
    is_reset: bool = False


class Stopwatch:
    """Says how long each part took."""

    def __init__(self) -> None:
        self.last = time.perf_counter()

    def lap(self, what: str) -> None:
        """Say what was done since the last lap, and in how many seconds."""
        now = time.perf_counter()
        server.say(f"  {what}: {now - self.last:.1f} s")
        self.last = now


def run(wanted: Wanted) -> int:
    """Make the world where it is not there yet, serve it, print the table; return an exit code."""
    watch = Stopwatch()
    with instance.in_use():
        if wanted.is_reset:
            clear()
        instance.prepare()
        watch.lap("database prepared")
        _make(wanted, watch)
    connections.close_all()
    code: list[int] = []

    def ready(address: str) -> int | None:
        watch.lap("served")
        if wanted.is_once:
            code.append(_try_everybody(address))
        server.say(f"\n{links.table(address)}\n")
        server.say(f"Everybody at a glance: {address}/demonstration/")
        if not wanted.is_once:
            server.say(
                "Ctrl-C stops it. All but the marked public record is invented; in an emergency"
                " call 999."
            )
        return code[0] if code else None

    return server.serve(wanted.place, ready)


def _make(wanted: Wanted, watch: Stopwatch) -> None:
    if Instance.current().is_demonstration:
        return
    if User.objects.exists():
        raise NotADemonstrationError(
            f"{instance.home()} holds a real instance; set FOURFOLD_HOME to another folder"
        )
    seeding.seed()
    watch.lap("two forces with forty cases; 43 forces around three super-complaints; the record")
    if wanted.case_folder is None:
        return
    waiting = exhibits.take_in(wanted.case_folder)
    watch.lap(f"{waiting.exhibit_count} exhibits taken in")
    done = exhibits.run(waiting)
    watch.lap(f"engine run {done.state}, {done.finding_count} findings")


def _try_everybody(address: str) -> int:
    try:
        tried = trying.everybody(address)
    except (trying.TrialError, OSError) as error:
        sys.stderr.write(f"fourfold: {error}\n")
        return 1
    slowest = max(tried, key=lambda each: each.milliseconds)
    server.say(
        f"  {len(tried)} people signed in; slowest first page"
        f" {slowest.milliseconds:.0f} ms ({slowest.path})"
    )
    return 0


def clear() -> None:
    """Remove a demonstration, and nothing but a demonstration."""
    home = instance.home()
    if not instance.is_empty() and not Instance.current().is_demonstration:
        raise NotADemonstrationError(f"{home} does not hold a demonstration; it is left alone")
    connections.close_all()
    for path in home.iterdir():
        if path.name == instance.LOCK_FILE:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
