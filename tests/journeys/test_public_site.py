"""The public site in a browser: every kind of page from a disk, without a server, and the way out.

With FOURFOLD_SCREENSHOTS=folder it keeps pictures: wide, narrow, dark, and one of paper.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from fourfold.web.publication.site.catalogue import ROUTES
from fourfold.web.publication.site.names import SAFE_PLACE
from lib.chromium import chromium
from lib.workspace import own_database

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false, preload: false});
  return found.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.html.slice(0, 200)}`));
}"""
SIDEWAYS = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return '';
  const inside = '.ff-table, .ps-matrix, .ps-sql, .ff-chart';
  const wide = [...document.querySelectorAll('body *')].filter(
    e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(inside));
  return `${over} px by ` + wide.slice(-2).map(e => e.outerHTML.slice(0, 120)).join(' | ');
}"""
TESTS = Path(__file__).resolve().parents[1]
FILL = """
import django; django.setup()
from fourfold.web.users.models import Force, Role, User
from lib import published_world
force = Force.objects.create(name="Invented Inspectorate", contact="01632 960100")
published_world.make(User.objects.create_user(
    email="o@example.org", name="O.", role=Role.COMPLAINTS_OFFICER, force=force))
"""
BEFORE = "https://before.example.org/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the published world, written by the command itself."""
    folder = tmp_path_factory.mktemp("public")
    environment = {
        **os.environ,
        "FOURFOLD_HOME": str(folder / "home"),
        "FOURFOLD_DATABASE": own_database(),
        "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
        "PYTHONPATH": f"{TESTS.parent / 'src'}:{TESTS}",
    }
    out = folder / "a folder with spaces"
    for words in (
        ["-m", "fourfold.web", "prepare"],
        ["-c", FILL],
        ["-m", "fourfold.web", "publish", str(out)],
    ):
        done = subprocess.run(
            [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def browser(site: Path) -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def kinds(site: Path) -> list[str]:
    """One page of every kind, and one of every filter."""
    told = json.loads((site / "manifest.json").read_text("utf-8"))
    found: dict[str, str] = {}
    for path in sorted(p for p in told["files"] if p.endswith(".html")):
        route = ROUTES.find(path)
        assert route
        found.setdefault(route[0].pattern, path)
    return [*found.values(), "matrix/SC-FICTION001/only/status-not-answered.html",
            "practices/P-TWO.html", "recommendations/REC-4.html"]  # fmt: skip


class NoStore(SimpleHTTPRequestHandler):
    """Serves the folder as the live site does: nothing is stored."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module", params=["disk", "served"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Where the site is: on a disk, or served."""
    if request.param == "disk":
        yield site.as_uri() + "/"
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(NoStore, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


def test_every_kind_of_page_passes_axe_from_a_disk(
    browser: Browser, site: Path, kinds: list[str]
) -> None:
    """Light, dark and narrow; nothing is asked of any host."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    wrong = []
    for path in kinds:
        page.goto(f"{site.as_uri()}/{path}")
        page.evaluate(AXE)
        wrong += [(path, x) for x in page.evaluate(RUN_AXE, TAGS)]
        page.emulate_media(color_scheme="dark")
        wrong += [(path, f"dark {x}") for x in page.evaluate(RUN_AXE, ["color-contrast"])]
        picture(page, path, "dark")
        page.emulate_media(color_scheme="light")
        picture(page, path, "wide")
        page.set_viewport_size({"width": 320, "height": 800})
        rules = ["target-size", "scrollable-region-focusable", "color-contrast"]
        wrong += [(path, f"narrow {x}") for x in page.evaluate(RUN_AXE, rules)]
        wrong += [(path, f"sideways {x}") for x in [page.evaluate(SIDEWAYS)] if x]
        picture(page, path, "narrow")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    page.close()


def picture(page: Page, path: str, which: str) -> None:
    """Keep a picture where a folder is named for them."""
    if folder := os.environ.get("FOURFOLD_SCREENSHOTS", ""):
        name = path.replace("/", "_").removesuffix(".html")
        page.screenshot(path=Path(folder) / f"public-{name}-{which}.png", full_page=True)


def test_everything_can_be_read_without_javascript(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    page.get_by_role("link", name="Patterns not seen: who answered").click()
    page.get_by_text("Show only some").click()
    page.get_by_role("link", name="Not answered", exact=True).click()
    page.locator("a.ps-cell").click()
    page.get_by_role("heading", name="Teasel Constabulary").wait_for()
    page.get_by_role("link", name="Help now").first.click()
    page.get_by_text("JavaScript is off:").wait_for()
    assert page.get_by_role("link", name="Leave this site now").get_attribute("href") == SAFE_PLACE
    assert page.get_by_text("Not checked for more than 180 days.").last.is_visible()
    context.close()


def context_of(browser: Browser) -> BrowserContext:
    """Return a browser in which the safe place and a place before stand for real ones."""
    context = browser.new_context()

    def answer(route: Route) -> None:
        where = "the weather" if route.request.url == SAFE_PLACE else "a page before"
        route.fulfill(body=f"<title>{where}</title><p>{where}</p>", content_type="text/html")

    context.route(f"{SAFE_PLACE}*", answer)
    context.route(f"{BEFORE}**", answer)
    return context


def settled(page: Page) -> str:
    """Return where the browser is once it moves no more."""
    for _ in range(3):
        page.wait_for_timeout(250)
        page.wait_for_load_state("load")
    return page.url


def nothing_is_left(page: Page, address: str) -> None:
    """Back and Forward never show a page of the site."""
    assert settled(page) == SAFE_PLACE
    for step in ("back", "back", "forward", "forward", "forward", "back"):
        page.evaluate(f"void setTimeout(() => history.{step}())")
        where = settled(page)
        assert not where.startswith(address), step
        assert where in (SAFE_PLACE, BEFORE, "about:blank")


@pytest.mark.parametrize("how", ["button", "Escape", "Shift"])
def test_leaving_the_help_page_leaves_no_way_back(browser: Browser, address: str, how: str) -> None:
    context = context_of(browser)
    page = context.new_page()
    page.goto(BEFORE)
    page.goto(f"{address}help-now.html")
    page.get_by_role("link", name="What to keep").click()
    page.get_by_role("link", name="What this can and cannot do").click()
    page.get_by_role("link", name="Back to help now").click()
    assert page.evaluate("history.length") <= 3
    leave(page, how)
    nothing_is_left(page, address)
    context.close()


def leave(page: Page, how: str) -> None:
    """Leave the site in one of its ways."""
    page.wait_for_load_state("load")
    if how == "button":
        page.get_by_role("link", name="Leave this site now").click()
    else:
        for _ in range(3):
            page.keyboard.press(how)


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_leaving_after_reading_other_pages_leaves_no_way_back(
    browser: Browser, address: str, how: str
) -> None:
    context = context_of(browser)
    page = context.new_page()
    page.goto(BEFORE)
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Who answered", exact=True).click()
    page.get_by_role("link", name="Patterns not seen").click()
    page.get_by_role("link", name="Help now").first.click()
    page.wait_for_url("**/help-now.html")
    leave(page, how)
    nothing_is_left(page, address)
    context.close()


def test_coming_again_on_purpose_shows_the_site(browser: Browser, address: str) -> None:
    context = context_of(browser)
    page = context.new_page()
    page.goto(f"{address}help-now.html")
    leave(page, "button")
    assert settled(page) == SAFE_PLACE
    page.goto(f"{address}help-now.html")
    assert settled(page) == f"{address}help-now.html"
    assert page.get_by_role("heading", name="Help now").is_visible()
    assert not page.get_by_text("JavaScript is off:").is_visible()
    context.close()


def test_two_presses_and_other_keys_do_not_leave(browser: Browser, address: str) -> None:
    context = context_of(browser)
    page = context.new_page()
    page.goto(f"{address}help-now.html")
    for key in ("Escape", "Escape", "Shift", "Escape", "a", "Escape"):
        page.keyboard.press(key)
    assert settled(page) == f"{address}help-now.html"
    context.close()


def test_ordinary_pages_keep_their_way_back(browser: Browser, address: str) -> None:
    context = context_of(browser)
    page = context.new_page()
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Open data", exact=True).first.click()
    page.wait_for_url("**/open-data.html")
    page.go_back()
    assert page.url == f"{address}index.html"
    context.close()


def test_a_check_grows_old_by_the_clock_of_the_reader(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2027-03-30T12:00:00Z")
    page.goto(f"{site.as_uri()}/help-now.html")
    warnings = page.get_by_text("Not checked for more than 180 days.")
    assert [w.is_visible() for w in warnings.all()] == [False, True]
    page.clock.set_fixed_time("2027-03-31T12:00:00Z")
    page.reload()
    assert [w.is_visible() for w in warnings.all()] == [True, True]
    context.close()
