"""The workbook in a browser: an investigator, a lawyer and an expert look for the rows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from fourfold.evidence.intake.case_file import load_case
from fourfold.evidence.model.finding import Finding, Value
from fourfold.evidence.model.selection import to_sql
from fourfold.evidence.renderers import workbook
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.store.package import data_tables, read_findings
from fourfold.evidence.support.hashing import row_id
from lib.cases import package_of
from lib.chromium import chromium
from lib.demo_package import HOSTILE, DemoPackage, demo_package
from lib.shared import shared

pytestmark = pytest.mark.browser

PAGES = (
    "overview", "chronology", "contact", "map", "coincidences", "diary", "devices", "gaps",
    "third-parties", "exhibits", "findings", "case", "method",
)  # fmt: skip
INNER_SCHEMES = ("file:", "data:", "blob:")
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def package() -> DemoPackage:
    return demo_package()


@pytest.fixture(scope="module")
def file(package: DemoPackage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / workbook.FILE
    workbook.render(package, path)
    return path


class Visit:
    """A page opened from the disk, with everything it asked for and complained about."""

    def __init__(self, browser: Browser, file: Path, **context: object) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**{"viewport": WIDE, **context})  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.goto(file.as_uri())
        self.page.locator("html[data-complete]").wait_for()

    def go(self, name: str) -> Locator:
        """Open a page of the workbook by its address."""
        self.page.evaluate("name => { location.hash = name; }", name)
        section = self.page.locator(f"#page-{name}")
        expect(section).to_be_visible()
        return section

    @property
    def raw(self) -> Locator:
        """The texts of the rows in the drawer."""
        return self.page.locator("#drawer .verbatim")

    def close_drawer(self) -> None:
        self.page.locator("#drawer-close").click()


@pytest.fixture
def visit(browser: Browser, file: Path) -> Iterator[Visit]:
    visit = Visit(browser, file)
    yield visit
    visit.context.close()


def test_every_page_opens_without_complaint_and_without_a_request(visit: Visit) -> None:
    for name in PAGES:
        section = visit.go(name)
        expect(section).to_have_attribute("data-built", "true")
        assert len(section.inner_text()) > 100, name
    assert visit.complaints == []
    assert {url.split("/")[0] for url in visit.requests} <= set(INNER_SCHEMES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, file: Path, scheme: str) -> None:
    visit = Visit(browser, file, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for name in (*PAGES, "drawer"):
        if name == "drawer":
            visit.go("exhibits").locator("td .lead").first.click()
            visit.raw.first.wait_for()
        else:
            visit.go(name)
        for violation in Axe().run(visit.page).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.append((name, violation["id"], nodes))
    visit.context.close()
    assert found == []


def test_dot_on_the_map_leads_to_the_text_of_its_row(visit: Visit) -> None:
    canvas = visit.go("map").locator("canvas.map")
    canvas.focus()
    visit.page.keyboard.press("n")  # centres the first record
    box = canvas.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(visit.raw.first).to_be_visible()
    text = visit.raw.first.inner_text()
    assert re.match(r"0,01/09/2026|\{\"timestamp\":\"2026-09-01T07:11", text)


def test_bar_leads_to_the_text_of_its_rows(visit: Visit) -> None:
    bar = visit.go("contact").locator("g.bar").first
    label = bar.get_attribute("aria-label")
    bar.locator("rect").last.click()
    expect(visit.page.locator("#drawer-title")).to_have_text(str(label).split(": ")[0])
    expect(visit.raw.first).to_contain_text("01/09/2026")


def test_hour_of_the_rhythm_strip_leads_to_its_rows(visit: Visit) -> None:
    visit.go("contact").locator("rect.heat").first.click()
    expect(visit.raw).to_have_count(1)
    expect(visit.raw).to_have_text('0,01/09/2026 07:00:00,call,""')


def test_number_in_a_table_leads_to_rows_with_address_and_hash(visit: Visit) -> None:
    section = visit.go("exhibits")
    section.get_by_role("button", name="5: ABC/1, rows set aside").click()
    expect(visit.raw).to_have_count(5)
    card = visit.page.locator("#drawer .row-card").first
    for words in ("ABC/1", "exhibits/calls.csv", "a" * 64, "line=122", "R1.121"):
        expect(card).to_contain_text(words)
    expect(card).to_contain_text(row_id("a" * 64, "line=122"))


def test_row_shows_the_id_of_its_event(visit: Visit, package: DemoPackage) -> None:
    visit.go("contact").locator("rect.heat").first.click()
    ((event_id,),) = package.tables.rows(
        "select event_ids[1] from contacts order by started_at limit 1"
    )
    expect(visit.page.locator("#drawer .row-card")).to_contain_text(event_id)


@pytest.mark.parametrize("code", ["F1.1", "F1.2", "F1.3", "F2.1"])
def test_value_of_a_finding_opens_as_many_rows_as_the_store_selects(
    visit: Visit, package: DemoPackage, code: str
) -> None:
    value = next(v for f in package.findings for v in f.values if v.code == code)
    line = visit.go("findings").locator("tr", has_text=code)
    line.get_by_role("button").click()
    count = visit.page.locator("#drawer .drawer-count")
    expect(count).to_be_visible()
    expected = len(codes_behind(package.tables, value))
    assert count.inner_text().startswith(f"{expected} source row")


# Opens the functions of the page to the test: same code, without the policy that forbids it.
OPENED = "globalThis.workbook = { rowsOfAnswer, column, meta: () => META };"
ANSWERS = """async () => {
  const { rowsOfAnswer, column, meta } = globalThis.workbook;
  const codes = await column("ledger", "code");
  const found = {};
  for (const finding of meta().findings) {
    const values = [...finding.values, ...Object.values(finding.series).flat()];
    for (const answer of [{ ...finding, code: finding.finding_id }, ...values]) {
      found[answer.code] = (await rowsOfAnswer(answer)).map((row) => codes[row]);
    }
  }
  return found;
}"""


def answers_of(browser: Browser, file: Path, tmp_path: Path) -> dict[str, list[str]]:
    """Codes of the rows that the page finds behind every finding and value."""
    page = re.sub(r"<meta http-equiv[^>]*>", "", file.read_text("utf-8"))
    opened = tmp_path / "opened.html"
    opened.write_text(page.replace("start().catch", f"{OPENED} start().catch"), "utf-8")
    visit = Visit(browser, opened)
    found: dict[str, list[str]] = visit.page.evaluate(ANSWERS)
    visit.context.close()
    return {code: sorted(rows) for code, rows in found.items()}


def codes_behind(tables: Any, answer: Finding | Value) -> list[str]:
    """The same from the store, through SQL."""
    ids = answer.row_ids
    if not ids and answer.where is not None:
        condition, parameters = to_sql(answer.where)
        own = "[row_id]" if answer.where.table == "ledger" else "row_ids"
        query = f"select distinct unnest({own}) from {answer.where.table} where {condition}"
        ids = [row[0] for row in tables.rows(query, parameters)]
    found = tables.rows(
        "select code from ledger where row_id in (select unnest(cast(? as varchar[])))", [ids or []]
    )
    return sorted(row[0] for row in found)


@pytest.mark.reality
@pytest.mark.parametrize("name", ["case-small", "case-typical"])
def test_every_value_of_a_case_opens_the_rows_that_the_store_selects(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    package = reopened(name)
    workbook.render(package, tmp_path / workbook.FILE)
    found = answers_of(browser, tmp_path / workbook.FILE, tmp_path)
    checked = 0
    for finding in package.findings:
        values = [*finding.values, *(v for series in finding.series.values() for v in series)]
        answers = [(finding.finding_id, finding), *((v.code, v) for v in values)]
        for code, answer in answers:
            assert found[code] == codes_behind(package.tables, answer), code
            checked += 1
    assert checked > 100


def reopened(name: str) -> DemoPackage:
    """The package of a shared case with its tables loaded, as the pipeline hands it on."""
    folder = package_of(name)
    store = CaseStore()
    for table in data_tables(folder):
        path = folder / "data" / f"{table}.parquet"
        store.run(f"create or replace table {table} as select * from read_parquet('{path}')")
    return DemoPackage(load_case(shared(name, "case")), store, read_findings(folder))


@pytest.mark.parametrize(
    ("code", "rows", "words"),
    [
        ("F2.1", 2, "Set aside"),
        ("f1", 108, "Contact from S to V"),
        ("O1", 1, "Occurrence O1"),
        ("C1", 1, "Coincidence C1"),
        ("R1.121", 1, "Row R1.121"),
    ],
)
def test_trace_code_of_a_printed_page_opens_its_rows(
    visit: Visit, code: str, rows: int, words: str
) -> None:
    visit.page.locator("#trace-code").fill(code)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#drawer-title")).to_contain_text(words)
    expect(visit.page.locator("#drawer .drawer-count")).to_contain_text(f"{rows} source row")


def test_unknown_trace_code_is_answered_in_words(visit: Visit) -> None:
    visit.page.locator("#trace-code").fill("R9.9")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#trace-answer")).to_contain_text("No R9.9 in this workbook")
    expect(visit.page.locator("#drawer")).to_be_hidden()


def test_filters_and_search_narrow_the_chronology(visit: Visit) -> None:
    section = visit.go("chronology")
    status = section.get_by_role("status")
    expect(status).to_have_text("160 entries of 160")
    section.get_by_label("Kind").select_option("call")
    expect(status).to_have_text("40 entries of 160")
    section.get_by_label("From day").fill("2026-09-10")
    section.get_by_label("To day").fill("2026-09-10")
    narrowed = int(status.inner_text().split()[0])
    assert 0 < narrowed < 5
    section.get_by_role("button", name="Clear filters").click()
    section.get_by_label("Search words").fill("only want to talk")
    expect(status).to_have_text(re.compile(r"^1\d entries of 160"))
    section.get_by_label("Search words").fill("no such words anywhere")
    expect(status).to_have_text("0 entries of 160")
    expect(section).to_contain_text("No entry fits these filters.")


def test_chronology_holds_only_the_entries_in_view(visit: Visit) -> None:
    section = visit.go("chronology")
    assert 0 < section.locator(".virtual-row").count() < 40
    section.locator(".virtual").focus()
    visit.page.keyboard.press("End")
    expect(section.locator("[aria-posinset='160']")).to_be_visible()
    visit.page.keyboard.press("Enter")
    expect(visit.raw.first).to_be_visible()


def search(section: Locator, words: str) -> None:
    section.get_by_label("Search words").fill(words)
    expect(section.get_by_role("status")).not_to_have_text("160 entries of 160")


def test_hostile_texts_stay_texts(visit: Visit) -> None:
    section = visit.go("chronology")
    for text in HOSTILE:
        search(section, re.sub(r"[\u202a-\u202e]", " ", text))
        row = section.locator(".virtual-row").first
        expect(row).to_be_visible()
        row.click()
        visit.raw.first.wait_for()
        visit.close_drawer()
    assert visit.page.locator("img, iframe, [onerror]").count() == 0
    assert visit.page.locator("main script").count() == 0
    assert visit.complaints == []


def test_marks_that_cannot_be_seen_are_written_out(visit: Visit) -> None:
    section = visit.go("chronology")
    search(section, "read me backwards")
    section.locator(".virtual-row").first.click()
    expect(visit.page.locator("#drawer .mark").first).to_have_text("U+202E")
    assert visit.page.locator("#drawer .verbatim bdi[dir=auto]").count() > 0


def test_keyboard_alone_reaches_a_row_and_comes_back(visit: Visit) -> None:
    press = visit.page.keyboard.press
    press("Tab")
    expect(visit.page.get_by_role("link", name="Skip to the page")).to_be_focused()
    visit.page.get_by_role("link", name="Contact", exact=False).first.focus()
    press("Enter")
    expect(visit.page.locator("#title-contact")).to_be_focused()
    visit.page.locator("#page-contact g.bar[tabindex='0']").first.focus()
    press("ArrowRight")
    focused = visit.page.locator("g.bar:focus")
    label = focused.get_attribute("aria-label")
    press("Enter")
    expect(visit.raw.first).to_be_visible()
    press("Escape")
    expect(visit.page.locator("#drawer")).to_be_hidden()
    expect(visit.page.locator("g.bar:focus")).to_have_attribute("aria-label", str(label))


def test_map_answers_to_the_keyboard_and_has_a_table(visit: Visit) -> None:
    section = visit.go("map")
    section.locator("canvas.map").focus()
    visit.page.keyboard.press("n")
    expect(visit.page.locator("#live")).to_contain_text("2026")
    visit.page.keyboard.press("Enter")
    expect(visit.raw.first).to_be_visible()
    visit.page.keyboard.press("Escape")
    section.get_by_text("Show the records of this view as a table").click()
    expect(section.locator("table tbody tr")).to_have_count(46)
    section.get_by_label("Time window").select_option(label="1 day")
    assert section.locator("table tbody tr").count() < 10


def test_copy_button_answers(visit: Visit) -> None:
    visit.go("contact").locator("rect.heat").first.click()
    button = visit.page.locator("#drawer .row-actions button").first
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_have_text("Copy reference and text")


def test_time_window_plays_and_stops(visit: Visit) -> None:
    section = visit.go("map")
    label = section.locator(".time-label")
    section.get_by_label("Time window").select_option(label="1 day")
    before = label.inner_text()
    section.get_by_role("button", name="Play").click()
    expect(label).not_to_have_text(before)
    section.get_by_role("button", name="Pause").click()
    expect(section.get_by_role("button", name="Play")).to_be_visible()


def test_sensitive_place_is_marked_and_the_copy_says_so(visit: Visit) -> None:
    expect(visit.page.locator("#working-copy")).to_contain_text("never in a served copy")
    line = visit.go("case").locator("tr", has_text="Present address of V")
    expect(line).to_contain_text("sensitive: never in a served copy")


def test_file_not_read_is_named_loudly(visit: Visit) -> None:
    warning = visit.go("overview").locator(".warning")
    expect(warning).to_contain_text("1 file of the case folder was not read.")
    expect(warning).to_contain_text("locked.zip")


def test_empty_pages_say_why(visit: Visit) -> None:
    for name in ("diary", "devices", "third-parties"):
        expect(visit.go(name).locator(".empty").first).to_be_visible()


def test_narrow_screen_needs_no_sideways_scrolling(browser: Browser, file: Path) -> None:
    visit = Visit(browser, file, viewport={"width": 320, "height": 800})
    widths = {}
    for name in PAGES:
        visit.go(name)
        widths[name] = visit.page.evaluate("document.documentElement.scrollWidth")
    visit.context.close()
    assert widths == dict.fromkeys(PAGES, 320)


def test_print_shows_every_page(visit: Visit) -> None:
    visit.page.emulate_media(media="print")
    for name in PAGES:
        expect(visit.page.locator(f"#page-{name}")).to_be_visible()
    expect(visit.page.locator("#page-chronology .print-only table tbody tr")).to_have_count(160)
    expect(visit.page.locator(".virtual")).to_be_hidden()


def test_theme_button_turns_the_colours(visit: Visit) -> None:
    def ground() -> str:
        return str(
            visit.page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
        )

    before = ground()
    visit.page.get_by_role("button", name="Dark colours").click()
    assert ground() != before
    visit.page.get_by_role("button", name="Light colours").click()
    assert ground() == before
