"""Every page of the demonstration, as every role: axe, narrow, large text, dark, forced colours.

All is looked at in one walk. A page that another role sees with the same tags and classes is not
loaded again. With FOURFOLD_SCREENSHOTS=folder the walk keeps a picture of every page, too; its
folder "readme" holds those of docs/images.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from fourfold.demo_case import write_case
from lib.chromium import chromium
from lib.workspace import Workspace, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(2400)]

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async rules => {
  const found = await axe.run(document, {
    runOnly: rules, resultTypes: ['violations'], elementRef: false, preload: false, iframes: false,
  });
  return found.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.html.slice(0, 200)}`));
}"""
HEAD = """() => ({
  title: document.title, lang: document.documentElement.lang,
  headings: [...document.querySelectorAll('h1')].map(h => h.textContent.trim()),
  ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
})"""
SIDEWAYS = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return '';
  const wide = [...document.querySelectorAll('main *, header *, footer *')].filter(
    e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.ff-table'));
  return `${over} px by ` + wide.slice(-2).map(e => e.outerHTML.slice(0, 120)).join(' | ');
}"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  if (e.closest('.govuk-visually-hidden, .ff-table, svg, [hidden], select, textarea')) return false;
  const style = getComputedStyle(e);
  if (style.clipPath !== 'none' || style.position === 'absolute') return false;
  const hides = o => o === 'hidden' || o === 'clip';
  return e.clientWidth > 1 && e.textContent.trim() && (
    (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1) ||
    (hides(style.overflowY) && !e.matches('.moj-timeline') && e.scrollHeight > e.clientHeight + 1));
}).map(e => e.outerHTML.slice(0, 160))"""
FLAT = """() => [...document.querySelectorAll(
    '.govuk-button, .govuk-tag, .govuk-input, .govuk-select, .govuk-textarea, .ff-alert, .ff-figure'
  )].filter(e => e.getClientRects().length && ['Top', 'Left', 'Bottom', 'Right'].every(
    side => parseFloat(getComputedStyle(e)[`border${side}Width`]) === 0
  )).map(e => e.outerHTML.slice(0, 120))"""
LARGE = "size => { document.documentElement.style.fontSize = size; }"
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
MOVING = "() => document.getAnimations().map(a => a.effect.target.outerHTML.slice(0, 120))"
TAGS_SEEN = re.compile(r"<(\w+)([^>]*)>")
ATTRIBUTES_SEEN = re.compile(r'\b(class|role|type|aria-current)="([^"]*)"')
CLEARED = """() => {
  const fields = form => form.querySelectorAll('input:not([type=hidden]), textarea, select').length;
  const forms = [...document.querySelectorAll('main form')].filter(f => f.method === 'post');
  const form = forms.sort((a, b) => fields(b) - fields(a))[0];
  form.querySelectorAll('input:not([type=hidden]), textarea, select').forEach(e => {
    if (e.type === 'checkbox' || e.type === 'radio') e.checked = false;
    else if (e.type !== 'submit' && e.type !== 'file') e.value = '';
  });
  form.querySelector('button:not([type=button])').click();
}"""
SENT_EMPTY = {  # forms whose empty answer is a page with errors and changes nothing
    "cases:act_withdraw", "cases:act_join", "cases:knowledge_new",
    "cases:person_new", "cases:identifier_new", "cases:attribution_new", "cases:place_new",
    "cases:crime_new", "cases:offence_include", "cases:assign", "cases:break_glass",
    "cases:case_close", "cases:occasion_dissolve", "cases:search",
    "exhibits:clock_new", "exhibits:clock_ask", "exhibits:clock_waive",
    "exhibits:authority_new", "exhibits:exhibit_move", "users:invite", "users:me",
    "users:make_api_token", "oversight:signal",
}  # fmt: skip
PREPARE = "import sys; sys.path.insert(0, {tests!r}); from lib import site_pages as pages\n"
README_SIZE = {"width": 1280, "height": 1000}
README_PICTURES = {
    ("investigator", "cases:acts"): "case-timeline.png",
    ("investigator", "cases:course"): "course-of-conduct.png",
    ("auditor", "oversight:signals"): "signals.png",
}
RUN_SECONDS = 240
MANY = 120
EXPECTED_OTHERWISE = ("refused", "not found", "spent", "sealed")


@dataclass
class Seen:
    """What was wrong on one page; empty lists and texts where nothing was."""

    role: str
    name: str
    path: str
    status: int = 0
    seconds: float = 0.0
    head: dict[str, Any] = field(default_factory=dict)
    axe: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    sideways: str = ""
    cut: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    flat: list[str] = field(default_factory=list)
    is_error: bool = True

    @property
    def where(self) -> str:
        """Name, role and address, for the failure."""
        return f"{self.name} as {self.role or 'a stranger'} ({self.path})"


class Walk:
    """One browser going from page to page."""

    def __init__(self, browser: Browser, workspace: Workspace, told: dict[str, Any]) -> None:
        self.browser, self.workspace, self.told = browser, workspace, told
        self.hosts = {urlsplit(workspace.url).netloc, urlsplit(workspace.files_url).netloc}
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}
        self.shapes: dict[str, set[str]] = {}
        self.names: set[str] = set()
        self.seen: list[Seen] = []
        self.asked: list[Seen] = []
        self.now = Seen("", "", "")
        self.pictures = os.environ.get("FOURFOLD_SCREENSHOTS", "")

    def go(self) -> None:
        """Look at every page once; ask for the rest."""
        if self.pictures:
            self.picture_for_the_readme()
        for stop in self.told["stops"]:
            self._stop(stop["role"], stop["name"], stop["path"])
        self._stop("unconfirmed", "step-up", "/users/new/")

    def _page(self, role: str) -> Page:
        if role in self.pages:
            return self.pages[role]
        context = self.browser.new_context(base_url=self.workspace.url, viewport=WIDE)
        keys = {**self.told["sessions"], "unconfirmed": self.told["unconfirmed"]}
        if role:
            cookie = {"name": "sessionid", "value": keys[role], "url": self.workspace.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self._complain(said.type, said.text, said.location))
        page.on("pageerror", lambda error: self.now.console.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        self.contexts[role], self.pages[role] = context, page
        return page

    def _complain(self, kind: str, text: str, at: Any) -> None:
        is_page = not str(at.get("url", "")).startswith(f"{self.workspace.url}/static/")
        is_status = "Failed to load resource" in text and is_page  # 400, 403, 404: the page itself
        if kind in ("error", "warning") and not is_status:
            self.now.console.append(text)

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc not in self.hosts:
            self.now.strangers.append(url)

    def _stop(self, role: str, name: str, path: str) -> None:
        page = self._page(role)
        if path in self.shapes and not self._is_new(role, name, path, page):
            return
        self.now = seen = Seen(role, name, path)
        began = time.perf_counter()
        answer = page.goto(path)
        seen.status = answer.status if answer else 0
        self.shapes.setdefault(path, set()).update(shape(answer.text() if answer else ""))
        self._look(page, seen)
        if name in SENT_EMPTY and name not in self.names:
            self._send_empty(page, seen)
        self.names.add(name)
        seen.seconds = time.perf_counter() - began

    def _is_new(self, role: str, name: str, path: str, page: Page) -> bool:
        """Whether a role sees tags on a page that were not looked at yet."""
        answer = page.request.get(path, max_redirects=3)
        text = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        self.asked.append(Seen(role, name, path, answer.status))
        return not shape(text) <= self.shapes[path]

    def _look(self, page: Page, seen: Seen) -> None:
        self.seen.append(seen)
        is_first = seen.name not in self.names and " " not in seen.name
        self._picture(page, seen, "wide")
        page.evaluate(AXE)
        seen.head = page.evaluate(HEAD)
        seen.axe = page.evaluate(RUN_AXE, TAGS)
        seen.is_error = bool(page.locator(".govuk-error-summary, .govuk-error-message").count())
        if is_first:
            page.emulate_media(color_scheme="dark")
            seen.axe += self._contrast(page, "dark")
            page.emulate_media(
                color_scheme="light", forced_colors="active", reduced_motion="reduce"
            )
            seen.moving = page.evaluate(MOVING)
            seen.flat = page.evaluate(FLAT)
            page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        page.set_viewport_size(NARROW)
        self._picture(page, seen, "narrow")
        seen.sideways = page.evaluate(SIDEWAYS)
        if is_first:
            page.evaluate(SETTLED)
            rules = ["target-size", "scrollable-region-focusable", "color-contrast"]
            seen.axe += [f"narrow {each}" for each in page.evaluate(RUN_AXE, rules)]
        page.evaluate(LARGE, "200%")
        seen.cut = page.evaluate(CUT)
        if over := page.evaluate(SIDEWAYS):
            seen.cut.append(f"sideways {over}")
        page.evaluate(LARGE, "")
        page.set_viewport_size(WIDE)

    def _contrast(self, page: Page, which: str) -> list[str]:
        return [f"{which} {each}" for each in page.evaluate(RUN_AXE, ["color-contrast"])]

    def _send_empty(self, page: Page, seen: Seen) -> None:
        self.now = errors = Seen(seen.role, f"errors of {seen.name}", seen.path)
        with page.expect_navigation():
            page.evaluate(CLEARED)
        errors.path = urlsplit(page.url).path
        errors.status = 200
        self._look(page, errors)

    def _picture(self, page: Page, seen: Seen, which: str) -> None:
        if not self.pictures:
            return
        name = re.sub(r"\W+", "-", f"{seen.name}-{seen.role}-{which}").strip("-")
        path = Path(self.pictures) / f"{name}.png"
        page.screenshot(path=path, full_page=True)

    def picture_for_the_readme(self) -> None:
        """Keep the pictures of docs/images, before the walk itself fills the ledger."""
        for (role, name), file in README_PICTURES.items():
            paths = [
                s["path"] for s in self.told["stops"] if (s["role"], s["name"]) == (role, name)
            ]
            page = self._page(role)
            page.set_viewport_size(README_SIZE)
            page.goto(paths[0])
            page.screenshot(path=Path(self.pictures) / "readme" / file)
            page.set_viewport_size(WIDE)


def shape(text: str) -> set[str]:
    """Return the tags of a page with their classes, roles and kinds."""
    return {
        tag + repr(sorted(ATTRIBUTES_SEEN.findall(more))) for tag, more in TAGS_SEEN.findall(text)
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The whole walk, once; the tests read what it found."""
    folder = tmp_path_factory.mktemp("every-page")
    with serving(folder / "home") as workspace:
        walk = Walk(browser, workspace, filled(workspace, folder / "case"))
        walk.go()
        yield walk


def filled(workspace: Workspace, case_folder: Path) -> dict[str, Any]:
    """Seed the served instance, wait for its run; return the pages there are."""
    prepare = PREPARE.format(tests=str(Path(__file__).resolve().parents[1]))
    write_case(case_folder)
    workspace.python(f"{prepare}pages.make({str(case_folder)!r})\npages.wait({RUN_SECONDS})")
    told: dict[str, Any] = json.loads(workspace.python(f"{prepare}print(pages.told())"))
    return told


def found(walk: Walk, name: str) -> list[tuple[str, Any]]:
    """Return where something was found, and what."""
    return [(seen.where, getattr(seen, name)) for seen in walk.seen if getattr(seen, name)]


def test_every_page_answers(walk: Walk) -> None:
    """403, 404 and 410 are pages of their own here; a 400 is a form with errors."""
    wrong = [
        (seen.where, seen.status)
        for seen in (*walk.seen, *walk.asked)
        if seen.status not in (200, 400) and not seen.name.startswith(EXPECTED_OTHERWISE)
    ]
    assert wrong == []


def test_axe_finds_nothing(walk: Walk) -> None:
    assert found(walk, "axe") == []


def test_no_page_complains(walk: Walk) -> None:
    assert found(walk, "console") == []


def test_no_page_asks_another_host(walk: Walk) -> None:
    assert found(walk, "strangers") == []


def test_no_page_scrolls_sideways_on_a_narrow_screen(walk: Walk) -> None:
    assert found(walk, "sideways") == []


def test_nothing_is_cut_when_text_is_twice_as_large(walk: Walk) -> None:
    assert found(walk, "cut") == []


def test_nothing_moves_for_whoever_asked_for_less_motion(walk: Walk) -> None:
    assert found(walk, "moving") == []


def test_edges_stay_when_colours_are_forced(walk: Walk) -> None:
    assert found(walk, "flat") == []


def test_every_page_has_a_title_a_language_and_one_heading(walk: Walk) -> None:
    wrong = [
        (seen.where, seen.head)
        for seen in walk.seen
        if not seen.head["title"].endswith("Fourfold")
        or seen.head["lang"] != "en-GB"
        or len(seen.head["headings"]) != 1
        or not seen.head["headings"][0]
        or seen.head["ids"]
    ]
    assert wrong == []


def test_forms_sent_empty_say_what_is_wrong(walk: Walk) -> None:
    silent = [
        seen.where for seen in walk.seen if seen.name.startswith("errors of") and not seen.is_error
    ]
    assert silent == []
    assert {f"errors of {name}" for name in SENT_EMPTY} <= {seen.name for seen in walk.seen}


def test_the_walk_was_whole(walk: Walk) -> None:
    """Guard of the tests above: everybody was signed in, on many pages."""
    assert {seen.role for seen in walk.seen} >= {"", "investigator", "auditor", "administrator"}
    assert len(walk.seen) > MANY
    away = [seen.where for seen in walk.seen if seen.role and seen.path.startswith("/account/s")]
    assert away == []
