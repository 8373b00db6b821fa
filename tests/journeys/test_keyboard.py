"""From the sign-in page to a course of conduct with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.chromium import chromium
from lib.workspace import Workspace, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

WORLD = """
from fourfold.web.base.models import Instance
from fourfold.web.users.models import *
Instance.objects.update_or_create(pk=1, defaults={"is_demonstration": True, "name": "Trial"})
force = Force.objects.create(name="Teasel Constabulary", contact="01632 960101")
team = Team.objects.create(force=force, name="Stalking team")
User.objects.create_user(
    email="larch@example.org", name="DC Ash Larch", role=Role.INVESTIGATOR, force=force, team=team)
"""
STOPS_MOST = 140
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const labels = [...(e.labels || [])].map(l => l.textContent);
  const group = e.closest('fieldset')?.querySelector('legend')?.textContent || '';
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const label = e.type === 'radio' || e.type === 'checkbox' ? e.labels[0] : null;
  const mark = label ? getComputedStyle(label, '::before') : style;
  return {
    tag: e.tagName, kind: e.type || '', name: e.name || '', value: e.value || '',
    words: (labels.join(' ') || e.getAttribute('aria-label') || e.textContent).trim().replace(/\\s+/g, ' '),
    group: group.trim(), seen: box.width > 0 && box.height > 0,
    look: [mark.outlineStyle, mark.outlineWidth, mark.outlineColor, mark.boxShadow,
           mark.backgroundColor, mark.borderTopWidth].join(';'),
  };
}"""
AT_REST = """() => {
  const e = document.activeElement;
  e.blur();
  const label = e.type === 'radio' || e.type === 'checkbox' ? e.labels[0] : null;
  const mark = label ? getComputedStyle(label, '::before') : getComputedStyle(e);
  const look = [mark.outlineStyle, mark.outlineWidth, mark.outlineColor, mark.boxShadow,
                mark.backgroundColor, mark.borderTopWidth].join(';');
  e.focus();
  return look;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with serving(tmp_path_factory.mktemp("keyboard") / "home") as running:
        running.python(WORLD)
        yield running


class Keys:
    """A person with a keyboard and no mouse; notes where nothing shows the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def here(self) -> dict[str, str]:
        """Return what has the focus."""
        return dict(self.page.evaluate(HERE) or {})

    def tab_to(self, words: str, group: str = "", key: str = "Tab") -> dict[str, str]:
        """Press a key until something with these words has the focus; check each stop."""
        passed = []
        for _ in range(STOPS_MOST):
            self.page.keyboard.press(key)
            here = self.here()
            if not here:
                continue
            self._check(here)
            passed.append(here["words"][:40])
            if re.search(words, here["words"]) and group in here["group"]:
                return here
        raise AssertionError(f"{words} is not reached by {key} on {self.page.url}: {passed}")

    def _check(self, here: dict[str, str]) -> None:
        if not here["seen"] or here["look"] == self.page.evaluate(AT_REST):
            self.unseen.append(f"{here['tag']} {here['words'][:60]} on {self.page.url}")

    def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, label: str, text: str, group: str = "") -> None:
        """Go to a field and type."""
        self.tab_to(label, group)
        self.page.keyboard.type(text)

    def open(self, words: str, wanted: str, key: str = "Enter") -> None:
        """Go to a link or button, use it, and wait for the page that follows."""
        self.tab_to(words)
        with self.page.expect_navigation(url=re.compile(wanted)):
            self.page.keyboard.press(key)


@pytest.fixture(scope="module")
def keys(browser: Browser, workspace: Workspace) -> Iterator[Keys]:
    context = browser.new_context(base_url=workspace.url)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield Keys(page)
    context.close()


def choose(keys: Keys, group: str, answer: str) -> None:
    """Go to a group of radio buttons and move with the arrows to an answer."""
    at = keys.tab_to("", group)
    for _ in range(8):
        if at["words"] == answer:
            keys.press("Space")
            return
        keys.press("ArrowDown")
        at = keys.here()
    raise AssertionError(f"{answer} is not among the answers of {group}")


def sign_in(keys: Keys) -> None:
    """From the sign-in page to the list of cases, by the link of the demonstration."""
    keys.page.goto("/account/sign-in/")
    keys.open("Choose a role", r"/demonstration/")
    keys.open("Sign in as DC Ash Larch", r"/cases/$")


def take_report(keys: Keys) -> None:
    """Take a report and land on what matches it."""
    keys.open("^Reports$", r"/reports/$")
    keys.open("^Take a report$", r"/reports/new/$")
    keys.write("What happened, in the victim's own words", "He rang eleven times.")
    choose(keys, "Unwanted", "Yes")
    keys.write("Number, name or address", "07700 900981")
    keys.open("Save and look for earlier reports", r"/match/$")


def open_case(keys: Keys) -> None:
    """Open a case from the report at hand."""
    keys.open("^Open a new case$", r"/open-case/")
    keys.open("^Open the case$", r"/cases/C-\w+/$", key="Space")


def add_act(keys: Keys, day: str) -> None:
    """Add an act of a day."""
    keys.open("^Acts$", r"/acts/$")
    keys.open("^Add an act", r"/acts/new/$")
    keys.write("What happened, in the victim’s own words", "He rang me.")
    for box, text in (("^Day$", day), ("^Month$", "9"), ("^Year$", "2026")):
        keys.write(box, text)
    keys.open("^Save the act$", r"/acts/")


def confirm_occasions(keys: Keys) -> None:
    """Let the rule propose occasions, and confirm them all."""
    keys.open("^Occasions$", r"/occasions/$")
    keys.open("[Pp]ropose", r"/occasions/$")
    keys.tab_to("Choose all proposed on this page")
    keys.press("Enter")
    keys.open("^Confirm the chosen occasions$", r"/occasions/confirm/$")
    keys.open(r"^Confirm \d+ occasions?$", r"/occasions/$", key="Space")


def test_first_tab_leads_past_the_header(keys: Keys) -> None:
    keys.page.goto("/account/sign-in/")
    keys.press("Tab")
    expect(keys.page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    keys.press("Enter")
    expect(keys.page.locator("#main-content")).to_be_focused()


def test_from_sign_in_to_a_course_of_conduct(keys: Keys) -> None:
    sign_in(keys)
    take_report(keys)
    open_case(keys)
    add_act(keys, "1")
    add_act(keys, "3")
    confirm_occasions(keys)
    keys.open("^Course$", r"/course/$")
    expect(keys.page.locator(".ff-course__say")).to_contain_text("2 confirmed occasions")


def test_the_focus_was_seen_at_every_stop(keys: Keys) -> None:
    assert sorted(set(keys.unseen)) == []


def test_no_page_holds_the_focus(keys: Keys) -> None:
    """Shift and Tab lead back out of the largest form, to the very first link."""
    keys.page.goto("/reports/new/")
    keys.tab_to("^Cancel$")
    keys.tab_to("Skip to main content", key="Shift+Tab")
