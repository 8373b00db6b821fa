"""Let people work in a served workspace: reads and writes as they come, timed by kind.

    FOURFOLD_HOME=/tmp/big python benchmarks/load.py --serve --seconds 300 --check

The instance is one that seed_workspace.py filled (a demonstration: people sign in by link, as they
do there). Each of the users is an investigator with cases of their own, and asks for the next
page as soon as the last has come (`--pause` gives them time to read). `--check` ends with 1 where
a page failed or the limits of issue 3 were missed: p95 of 300 ms for reads, 600 ms for writes.
"""

import argparse
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.web.config.settings")

import django

django.setup()

from django.db import connections

from fourfold.web.cases.models import Assignment, Case
from fourfold.web.demonstration import links, selectors
from fourfold.web.demonstration.trying import Visitor
from fourfold.web.users.models import Role

LIMIT_MS = {"read": 300.0, "write": 600.0}
CASES_EACH = 40
OCCASION = re.compile(r'name="occasion" value="(O-\w+)"[^>]*data-state="proposed"')
WORDS = ("bridge", "harbour", "tyres", "drone window", "+44 7700 900123", "Op Lantern", "library")


class Form(HTMLParser):
    """The fields of the form with the most of them, as a browser would send them untouched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._open = False
        self._choice = ""
        self.feed(text)

    def fields(self) -> list[tuple[str, str]]:
        best = max(self.forms, key=len, default={})
        return [(name, value) for name, values in best.items() for value in values]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(defaultdict(list))
            self._open = True
        if not self._open:
            return
        name, value = given.get("name", ""), given.get("value", "")
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1][name].append(value or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self.forms[-1][name].append("")
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and "selected" in given:
            self.forms[-1][self._choice].append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        if tag == "select":
            self._choice = ""


@dataclass
class Timings:
    """What was measured, by kind."""

    taken: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    first: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, name: str, milliseconds: float, fault: str) -> None:
        with self.lock:
            self.taken[kind, name].append(milliseconds)
            if fault:
                self.errors[name] += 1
                self.first.setdefault(name, fault)


class Worker(threading.Thread):
    """One person at work."""

    def __init__(self, address: str, part: selectors.Part, timings: Timings, number: int) -> None:
        super().__init__(daemon=True)
        self.rng = Random(number)
        self.visitor = Visitor(address)
        self.timings = timings
        self.path = urlsplit(links.link(address, part)).path
        self.cases = list(
            Assignment.objects.filter(user=part.user, case__state=Case.State.OPEN, to_at=None)
            .values_list("case__ref", flat=True)[:CASES_EACH]
        )  # fmt: skip
        self.until = 0.0
        self.pause = 0.0

    def run(self) -> None:
        _, page = self.visitor.open(self.path)
        self.visitor.open(self.visitor.press(self.path, page))
        steps = [step for step, weight in self.steps() for _ in range(weight)]
        while time.perf_counter() < self.until:
            self.rng.choice(steps)(f"/cases/{self.rng.choice(self.cases)}/")
            if self.pause:
                time.sleep(self.rng.expovariate(1 / self.pause))

    def steps(self) -> list[tuple[Callable[[str], object], int]]:
        page = self.rng.randrange
        return [
            (lambda _: self.read("case list", "/cases/"), 4),
            (
                lambda _: self.read(
                    "case list, filtered", f"/cases/?state=open&page={1 + page(3)}"
                ),
                4,
            ),
            (lambda _: self.read("case list, mine", "/cases/?mine=on&sort=opened"), 2),
            (lambda case: self.read("case", case), 8),
            (lambda case: self.read("acts", case + "acts/"), 6),
            (lambda case: self.read("course", case + "course/"), 3),
            (lambda case: self.read("people", case + "people/"), 4),
            (lambda case: self.read("crimes", case + "crimes/"), 2),
            (lambda case: self.read("exhibits", case + "exhibits/"), 2),
            (lambda _: self.read("reports", "/reports/"), 4),
            (lambda _: self.read("expiring", "/expiring/"), 1),
            (lambda _: self.read("notices", "/notices/"), 1),
            (self.search, 5),
            (self.take_report, 2),
            (self.add_act, 3),
            (self.confirm_occasion, 2),
        ]

    def ask(
        self, kind: str, name: str, path: str, form: list[tuple[str, str]] | None = None,
        wanted: int = 200,
    ) -> str:  # fmt: skip
        began = time.perf_counter()
        try:
            method = "GET" if form is None else "POST"
            status, text = self.visitor.ask(method, path, form)
            fault = "" if status == wanted else f"{path} answered {status}"
        except (OSError, http.client.HTTPException) as error:
            self.visitor.connection.close()
            text, fault = "", f"{path}: {error!r}"
        self.timings.add(kind, name, (time.perf_counter() - began) * 1_000, fault)
        return text if not fault else ""

    def read(self, name: str, path: str) -> str:
        return self.ask("read", name, path)

    def send(
        self, kind: str, name: str, path: str, page: str, said: dict[str, str], wanted: int = 302
    ) -> str:
        fields = [(key, value) for key, value in Form(page).fields() if key not in said]
        return self.ask(kind, name, path, [*fields, *said.items()], wanted)

    def search(self, _: str) -> None:
        if page := self.read("search form", "/search/"):
            self.send("read", "search", "/search/", page, {"words": self.rng.choice(WORDS)}, 200)

    def take_report(self, _: str) -> None:
        if page := self.read("report form", "/reports/new/"):
            words = f"It was the {self.rng.randrange(10_000)}th time by the bridge."
            self.send("write", "take report", "/reports/new/", page, {"victim_words": words})

    def add_act(self, case: str) -> None:
        path = case + "acts/new/"
        if page := self.read("act form", path):
            words = f"He stood there for {self.rng.randrange(500)} minutes."
            self.send("write", "add act", path, page, {"victim_words": words})

    def confirm_occasion(self, case: str) -> None:
        page = self.read("occasions", case + "occasions/")
        found = OCCASION.findall(page)
        if not found:
            return
        said = {"occasion": self.rng.choice(found)}
        path = case + "occasions/confirm/"
        if page := self.send("read", "occasions to confirm", path, page, said, 200):
            self.send("write", "confirm occasion", path, page, {**said, "sure": "yes"})


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(timings: Timings, seconds: float, *, is_checked: bool) -> int:
    """Print the table; return 1 where it is checked and something is over its limit."""
    print(f"{'':<24}{'count':>7}{'errors':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    whole: dict[str, list[float]] = defaultdict(list)
    for (kind, name), values in sorted(timings.taken.items()):
        whole[kind] += values
        line(f"{kind}: {name}", values, timings.errors.get(name, 0))
    code = 1 if timings.errors else 0
    for kind, values in whole.items():
        line(f"all {kind}s", values, 0)
        if percentile(values, 0.95) > LIMIT_MS[kind]:
            print(f"! p95 of {kind}s is over {LIMIT_MS[kind]:.0f} ms")
            code = 1
    count = sum(map(len, whole.values()))
    print(f"{count:,} requests in {seconds:.0f} s: {count / seconds:.1f} a second")
    for name, fault in timings.first.items():
        print(f"! {name}: {fault}")
    return code if is_checked else 0


def line(name: str, values: list[float], errors: int) -> None:
    parts = "".join(f"{percentile(values, share):>9.0f}" for share in (0.5, 0.95, 0.99))
    print(f"{name:<24.24}{len(values):>7,}{errors:>8}{parts}")


def people(count: int) -> list[selectors.Part]:
    """Return investigators of different teams."""
    busy = set(
        Assignment.objects.filter(case__state=Case.State.OPEN, to_at=None)
        .filter(user__role=Role.INVESTIGATOR)
        .values_list("user", flat=True)
    )
    found = [part for part in selectors.parts() if part.user.pk in busy]
    step = max(1, len(found) // count)
    return found[::step][:count]


def work(address: str, arguments: argparse.Namespace) -> int:
    timings = Timings()
    workers = [
        Worker(address, part, timings, number)
        for number, part in enumerate(people(arguments.users))
    ]
    connections.close_all()
    began = time.perf_counter()
    for worker in workers:
        worker.until, worker.pause = began + arguments.seconds, arguments.pause
        worker.start()
    for worker in workers:
        worker.join()
    return report(timings, time.perf_counter() - began, is_checked=arguments.check)


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a living process and its children (Linux; else 0)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(int(child)) for child in children)


def served(arguments: argparse.Namespace) -> int:
    """Serve the instance for the time of the load; say what it cost the server's processor."""
    words = [sys.executable, "-m", "fourfold.web", "serve", "--port", str(arguments.port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            for said in process.stdout or ():
                if found := re.search(r"answers at (\S+)", said):
                    before = cpu_seconds(process.pid)
                    code = work(found[1], arguments)
                    print(f"CPU of the server: {cpu_seconds(process.pid) - before:.1f} s")
                    return code
            return 1
        finally:
            process.send_signal(signal.SIGTERM)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--serve", action="store_true", help="serve the instance meanwhile")
    parser.add_argument("--port", type=int, default=8600, help="with --serve")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds between pages")
    parser.add_argument("--check", action="store_true", help="exit 1 over the limits")
    arguments = parser.parse_args()
    return served(arguments) if arguments.serve else work(arguments.address, arguments)


if __name__ == "__main__":
    sys.exit(main())
