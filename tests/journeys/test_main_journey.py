"""From a report to a course of conduct, in a real browser, on the database of this test run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.chromium import chromium
from lib.shared import shared
from lib.workspace import Workspace, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

WORLD = """
from fourfold.web.users.models import *
force = Force.objects.create(name="Teasel Constabulary", contact="01632 960101")
team = Team.objects.create(force=force, name="Stalking team")
make = lambda role, name: User.objects.create_user(
    email=f"{role}@example.org", name=name, role=role, force=force, team=team)
print(make(Role.INVESTIGATOR, "Ash Larch").ref)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with serving(tmp_path_factory.mktemp("journey") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def investigator(workspace: Workspace) -> str:
    return workspace.python(WORLD)


PHONE = "07700 900981"
RUN_SECONDS = 120


def take_report(page: Page, words: str) -> None:
    """Take a report; the page that follows shows what matches."""
    page.goto("/reports/new/")
    page.get_by_label("What happened, in the victim's own words").fill(words)
    unwanted = page.get_by_role("group", name="Is the contact or attention unwanted?")
    unwanted.get_by_label("Yes", exact=True).check()
    page.get_by_label("Number, name or address").first.fill(PHONE)
    page.get_by_role("button", name="Save and look for earlier reports").click()
    expect(page.get_by_role("heading", name="Earlier reports and cases")).to_be_visible()


def open_case(page: Page) -> str:
    """Open a case from the report at hand; return its reference."""
    page.get_by_role("button", name="Open a new case").click()
    page.get_by_role("button", name="Open the case").click()
    found = re.search(r"/cases/(C-[0-9A-Z]{10})/", page.url)
    assert found, page.url
    return found.group(1)


def join(page: Page, case_ref: str) -> None:
    """Join the report at hand to the case that matches."""
    expect(page.get_by_text("Same phone number", exact=False).first).to_be_visible()
    page.get_by_role("button", name=f"Join to case {case_ref}").click()
    page.get_by_role("button", name="Join the report").click()


def run_engine(page: Page, case_ref: str) -> None:
    """Start a run and wait for its findings."""
    page.goto(f"/cases/{case_ref}/runs/")
    page.get_by_role("button", name="Start a run over").click()
    link = page.get_by_role("button", name="Read the findings")
    expect(link).to_be_visible(timeout=RUN_SECONDS * 1000)


def confirm_occasions(page: Page, case_ref: str) -> None:
    """Let the rule propose occasions, and confirm those of the page."""
    page.goto(f"/cases/{case_ref}/occasions/")
    page.get_by_role("button", name=re.compile("[Pp]ropose")).click()
    page.get_by_text("Choose all proposed on this page").click()
    page.get_by_role("button", name="Confirm the chosen occasions").click()
    page.get_by_role("button", name=re.compile(r"^Confirm \d+ occasions?$")).click()
    expect(page.get_by_text(re.compile(r"occasions? (is|are) confirmed\."))).to_be_visible()


def read_course(page: Page, case_ref: str) -> int:
    """Return how many confirmed occasions the course of conduct counts."""
    page.goto(f"/cases/{case_ref}/course/")
    words = page.locator(".ff-course__say").inner_text()
    found = re.search(r"([\d,]+)\s+confirmed occasions", words)
    assert found, words
    return int(found.group(1).replace(",", ""))


@pytest.mark.reality
def test_from_a_report_to_a_course_of_conduct(
    browser: Browser, workspace: Workspace, investigator: str
) -> None:
    evidence = shared("case-typical") / "case"
    context = workspace.signed_in(browser, investigator)
    page = context.new_page()
    page.set_default_timeout(10_000)
    take_report(page, "He rang me eleven times last night.")
    case_ref = open_case(page)
    take_report(page, "He was outside my work again.")
    join(page, case_ref)
    page.goto(f"/cases/{case_ref}/reports/")
    expect(page.get_by_role("link", name=re.compile("R-"))).to_have_count(2)

    page.goto(f"/cases/{case_ref}/exhibits/upload/")
    page.locator("[data-whole-folder]").set_input_files(evidence)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".ff-uploads__row--done")).to_have_count(
        sum(path.is_file() for path in evidence.rglob("*")), timeout=60_000
    )

    page.goto(f"/cases/{case_ref}/runs/")
    page.get_by_role("link", name="Look at the facts in").click()
    page.get_by_role("button", name="Take over what is chosen").click()
    run_engine(page, case_ref)
    page.get_by_role("button", name="Read the findings").click()
    page.locator("a[href*='/findings/F']").first.click()
    page.locator("a[href*='/trace/']").first.click()
    expect(page.get_by_text("Rows behind")).to_be_visible()

    page.goto(f"/cases/{case_ref}/proposals/")
    page.get_by_role("button", name=re.compile("^Accept all")).first.click()
    page.get_by_role("button", name=re.compile("^Accept .* proposals?$")).click()
    confirm_occasions(page, case_ref)
    assert read_course(page, case_ref) >= 2
    context.close()


def test_the_same_without_javascript(
    browser: Browser, workspace: Workspace, investigator: str, tmp_path: Path
) -> None:
    diary = tmp_path / "diary.csv"
    diary.write_text(
        "date,time,what happened\n2026-09-01,21:00,He rang me\n2026-09-03,22:15,He rang me again\n"
    )
    context = workspace.signed_in(browser, investigator, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    take_report(page, "Two calls this week.")
    case_ref = open_case(page)

    page.goto(f"/cases/{case_ref}/exhibits/upload/")
    page.locator("input[type=file][data-files]").set_input_files(diary)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("1 file taken in and sealed.")).to_be_visible()

    page.goto(f"/cases/{case_ref}/runs/")
    page.get_by_role("button", name="Start a run over").click()
    for _ in range(RUN_SECONDS):
        if page.get_by_role("button", name="Read the findings").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    page.get_by_role("button", name="Read the findings").click()
    expect(page.get_by_role("heading", name="Findings")).to_be_visible()

    for day in ("1", "3"):
        page.goto(f"/cases/{case_ref}/acts/new/")
        page.get_by_label("What happened, in the victim’s own words").fill("He rang me.")
        page.locator("#id_on-day").fill(day)
        page.locator("#id_on-month").fill("9")
        page.locator("#id_on-year").fill("2026")
        page.get_by_role("button", name=re.compile("^Save")).first.click()
    confirm_occasions(page, case_ref)
    assert read_course(page, case_ref) == 2
    context.close()
