"""The workspace's components in a browser: light, dark, narrow, keyboard, no script."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Route, expect

from lib.chromium import chromium
from web.base.pages_lib.showcase import ERRORS, MIDDLEWARE, URLS

pytestmark = pytest.mark.browser

ORIGIN = "https://testserver"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
VIEWS = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module", autouse=True)
def showcase_urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=URLS, MIDDLEWARE=MIDDLEWARE, STATICFILES_DIRS=[]):
        yield


def answer(route: Route) -> None:
    """Answer from the program itself, with its headers: there is no server and no socket."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        found = finders.find(parts.path.removeprefix("/static/"))
        if found is None:
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(str(found))[0] or "text/plain"
        route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
        return
    response = Client().get(f"{parts.path}?{parts.query}")
    route.fulfill(
        status=response.status_code, headers=dict(response.items()), body=response.content
    )


class Visit:
    """A page, with everything it complained about."""

    def __init__(self, browser: Browser, path: str, **context: object) -> None:
        self.complaints: list[str] = []
        self.context = browser.new_context(**context)  # type: ignore[arg-type]
        self.context.route("**/*", answer)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(ORIGIN + path)


@pytest.fixture(scope="module", params=[*VIEWS])
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = Visit(browser, "/showcase/", **VIEWS[request.param])
    visit.page.locator("body.js-enabled").wait_for()
    yield visit
    visit.context.close()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"][:4]]) for each in found]


def test_nothing_is_refused_or_broken(visit: Visit) -> None:
    assert visit.complaints == []


def test_axe_finds_nothing(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(visit.page) == []


def test_page_never_scrolls_sideways(visit: Visit) -> None:
    width = visit.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0


@pytest.mark.parametrize("name", [*ERRORS])
def test_axe_finds_nothing_on_an_error_page(browser: Browser, name: str) -> None:
    visit = Visit(browser, f"/error/{name}/", **VIEWS["dark"])
    found = violations(visit.page)
    visit.context.close()
    assert (found, visit.complaints) == ([], [])


def test_question_opens_below_its_choice_only(browser: Browser) -> None:
    visit = Visit(browser, "/showcase/", viewport=WIDE)
    question = visit.page.locator("#conditional-id_fear")
    expect(question).to_be_visible()
    visit.page.locator("#id_fear-2").check()
    expect(question).to_be_hidden()
    visit.context.close()


def test_run_is_followed(browser: Browser) -> None:
    visit = Visit(browser, "/run/", viewport=WIDE)
    station = visit.page.locator('[data-station="read"]')
    expect(station.get_by_text("12 of 40 files")).to_be_visible()
    assert station.locator("progress").evaluate("bar => bar.position") == 0.3
    expect(visit.page.locator('[data-station="take_in"]')).to_contain_text("Done")
    expect(visit.page.locator('[data-station="render"]')).to_contain_text("Stopped")
    expect(visit.page.locator(".ff-progress__message")).to_have_text("Reading")
    visit.context.close()


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Visit]:
    """The page in a browser without JavaScript."""
    visit = Visit(browser, "/showcase/", viewport=NARROW, java_script_enabled=False)
    yield visit
    visit.context.close()


def test_conditional_question_stands_open_without_javascript(bare: Visit) -> None:
    expect(bare.page.locator("#id_fear + label")).to_be_visible()
    expect(bare.page.locator("#conditional-id_fear textarea")).to_be_visible()


def test_navigation_stands_open_without_javascript(bare: Visit) -> None:
    expect(bare.page.get_by_role("link", name="Expiring evidence")).to_be_visible()


def test_first_tab_offers_the_way_past_the_header(browser: Browser) -> None:
    visit = Visit(browser, "/error/not_found/", viewport=WIDE)
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#main-content")).to_be_focused()
    visit.context.close()
