"""The written site: the same each time, the same live, whole, closed, and nothing but published."""

import csv
import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit
from xml.etree import ElementTree

import msgspec
import pytest

from fourfold.web.publication.content import CLASSES
from fourfold.web.publication.site.names import SITE_NAME
from lib.public_site import TAKEN_DOWN, Made

RESOURCES = {("script", "src"), ("link", "href"), ("img", "src"), ("use", "href"), ("iframe", "src"),
             ("source", "srcset"), ("video", "src"), ("object", "data"), ("form", "action")}  # fmt: skip
OUR_TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"')
INLINE = re.compile(r"<style|\sstyle=\"|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", re.I)
NO_WAY_HERE = {"404.html"}  # the server shows it by itself
pytestmark = pytest.mark.django_db


class Parsed(HTMLParser):
    """The tags, links and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(found["href"])
        self.resources += [value for name, value in found.items() if (tag, name) in RESOURCES]
        self.ids += [found["id"]] if "id" in found else []
        self.headings += [tag] if tag == "h1" else []


@pytest.fixture(scope="module")
def parsed(made: Made) -> dict[str, Parsed]:
    return {path: Parsed(text) for path, text in made.pages()}


def target(path: str, link: str) -> tuple[str, str]:
    """Return the file and the fragment that a link of a page leads to."""
    parts = urlsplit(link)
    return normpath(join(dirname(path), parts.path)) if parts.path else path, parts.fragment


def test_the_site_is_whole(made: Made) -> None:
    """Guard of the tests below: every kind of page is there."""
    pages = dict(made.pages())
    tops = {path.split("/")[0] for path in pages}
    assert len(pages) >= 55
    assert tops >= {"reports", "surveys", "recommendations", "matrix", "organisations", "plans",
                    "measures", "progress-reports", "practices", "super-complaints",
                    "help-now.html", "open-data.html"}  # fmt: skip


def test_the_same_database_gives_the_same_bytes(made: Made) -> None:
    manifest = (made.folder / "manifest.json").read_bytes()
    assert manifest == (made.again / "manifest.json").read_bytes()
    for path, facts in json.loads(manifest)["files"].items():
        for folder in (made.folder, made.again):
            assert sha256((folder / path).read_bytes()).hexdigest() == facts["sha256"]


def test_the_manifest_names_every_file_and_no_moment(made: Made) -> None:
    told = json.loads((made.folder / "manifest.json").read_text())
    found = {p.relative_to(made.folder).as_posix() for p in made.folder.rglob("*") if p.is_file()}
    assert set(told["files"]) | {"manifest.json"} == found
    assert set(told) == {"form", "title", "data_as_of", "files"}


def test_live_and_static_are_equal_byte_for_byte(made: Made) -> None:
    wrong = [
        path
        for path, (status, body, _) in made.live.items()
        if path != "manifest.json" and (status, body) != (200, (made.folder / path).read_bytes())
    ]
    assert wrong == []


def test_no_live_page_asks_the_database_often(made: Made) -> None:
    assert max(made.counted.values()) <= 15
    assert made.counted["matrix/SC-FICTION001.html"] <= 10


def test_live_answers_set_no_cookie_and_are_not_stored(made: Made) -> None:
    for path, (_, _, headers) in made.live.items():
        assert not headers["cookies"], path
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_published_files_are_never_opened_in_place(made: Made) -> None:
    files = {path: h for path, (_, _, h) in made.live.items() if path.startswith("files/")}
    assert len(files) == 3
    for headers in files.values():
        assert headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in headers["Content-Security-Policy"]


def test_every_link_leads_somewhere(made: Made, parsed: dict[str, Parsed]) -> None:
    broken = []
    for path, page in parsed.items():
        for link in [*page.links, *page.resources]:
            if urlsplit(link).scheme or link.startswith("#s-"):
                continue
            file, fragment = target(path, link)
            if not (made.folder / file).is_file() or (
                fragment and file.endswith(".html") and fragment not in parsed[file].ids
            ):
                broken.append((path, link))
    assert broken == []


def test_every_page_can_be_reached_from_the_front(parsed: dict[str, Parsed]) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        found = {target(path, x)[0] for x in parsed[path].links if not urlsplit(x).scheme}
        new = {each for each in found if each.endswith(".html")} - seen
        seen |= new
        waiting += new
    assert set(parsed) - seen == NO_WAY_HERE


def test_no_page_loads_anything_from_elsewhere(parsed: dict[str, Parsed]) -> None:
    strange = [(p, x) for p, page in parsed.items() for x in page.resources
               if urlsplit(x).scheme or x.startswith("//")]  # fmt: skip
    assert strange == []


def test_links_elsewhere_are_of_the_web(parsed: dict[str, Parsed]) -> None:
    schemes = {urlsplit(x).scheme for page in parsed.values() for x in page.links}
    assert schemes <= {"", "https", "tel", "sms"}


def test_stylesheets_ask_nobody(made: Made) -> None:
    for path in (made.folder / "assets").glob("*.css"):
        text = path.read_text("utf-8")
        assert not re.search(r"@import|url\(\s*['\"]?(?!data:)", text), path.name


def test_every_page_has_one_heading_and_no_id_twice(parsed: dict[str, Parsed]) -> None:
    wrong = [p for p, page in parsed.items()
             if page.headings != ["h1"] or len(page.ids) != len(set(page.ids))]  # fmt: skip
    assert wrong == []


def test_text_stays_text(made: Made) -> None:
    held = 0
    for path, text in made.pages():
        assert "<script src=//evil" not in text, path
        assert not INLINE.search(text), path
        assert not {*"\u202e\u202c\u2066\x00"} & set(text), path
        held += "&lt;script src=//evil" in text
    assert held >= 4


def test_nothing_that_was_taken_down_is_anywhere(made: Made) -> None:
    assert [path for path, text in made.texts() if TAKEN_DOWN in text] == []


def test_writing_reads_published_things_and_nothing_else(made: Made) -> None:
    """The wall: no table of a draft is asked, whatever is on the pages."""
    asked = {table for sql in made.queries for table in OUR_TABLES.findall(sql)}
    allowed = {"publication_current", "publication_published", "publication_publicfile"}
    assert asked - {"accountability_ledgerentry"} == allowed


def test_feeds_can_be_read_and_their_links_followed(made: Made) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feeds = sorted((made.folder / "feeds").glob("*.atom"))
    assert len(feeds) == 3
    for path in feeds:
        root = ElementTree.fromstring(path.read_bytes())
        entries = root.findall(f"{atom}entry")
        ids = [e.findtext(f"{atom}id") for e in entries]
        assert entries and len(ids) == len(set(ids))
        for link in root.iter(f"{atom}link"):
            assert (made.folder / "feeds" / link.attrib["href"]).resolve().is_file()


@pytest.mark.parametrize("kind", CLASSES)
def test_open_data_gives_back_what_was_published(made: Made, kind: str) -> None:
    held = json.loads((made.folder / f"data/{kind}.json").read_text("utf-8"))
    schema = json.loads((made.folder / f"data/{kind}.schema.json").read_text("utf-8"))
    rows = msgspec.convert(held["items"], list[CLASSES[kind]], strict=True)  # type: ignore[misc]
    with (made.folder / f"data/{kind}.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(rows) == len(table) >= 1
    assert set(schema["required"]) == set(held) == set(schema["properties"])
    named = schema["$defs"][CLASSES[kind].__name__]
    assert set(table[0]) == set(held["items"][0]) == set(named["properties"])
    assert not [c for row in table for c in row.values() if c.startswith(("=", "+", "-", "@"))]


def test_the_index_of_the_data_counts_rightly(made: Made) -> None:
    index = json.loads((made.folder / "data/index.json").read_text("utf-8"))
    for table in index["tables"]:
        held = json.loads((made.folder / "data" / table["json"]).read_text("utf-8"))
        assert table["count"] == len(held["items"])


def words_of(folder: Path, path: str) -> str:
    """Return the text of a page without its tags."""
    plain = re.sub(r"<[^>]+>", " ", (folder / path).read_text("utf-8"))
    return re.sub(r"\s+", " ", plain)


def test_what_is_not_known_is_said_so(made: Made) -> None:
    assert "The text was not found." in words_of(made.folder, "recommendations/REC-4.html")
    assert "on a day that was not seen" in words_of(
        made.folder, "super-complaints/SC-FICTION001.html"
    )
    assert "Not measurable , because no record of training" in words_of(
        made.folder, "measures/training_coverage.html"
    )
    figures = words_of(made.folder, "measures/patterns_seen_in_time.html")
    assert "Withheld : fewer than ten records" in figures
    assert "It was asked. No answer of it is published here." in words_of(
        made.folder, "matrix/SC-FICTION001/ORG-BURDOCK.html"
    )


def test_a_service_not_checked_for_long_warns(made: Made) -> None:
    page = (made.folder / "help-now.html").read_text("utf-8")
    fresh, stale = page.split("Invented Stalking Helpline")[1].split("Invented Night Line")
    assert "Last checked on 1 October 2026." in fresh
    assert 'data-stale-on="2027-03-31" hidden' in fresh
    assert "Last checked on 31 January 2020." in stale
    assert "<strong>Not checked for more than 180 days.</strong>" in stale
    assert "hidden>" not in stale.split("<footer")[0].split("ps-stale")[1][:30]


def test_everything_invented_is_marked(made: Made) -> None:
    for path, _ in made.pages():
        if path.startswith(("super-complaints/", "matrix/", "organisations/ORG", "reports/")):
            assert "Invented." in words_of(made.folder, path), path


def test_the_worked_example_of_section_4(made: Made) -> None:
    """Received on Friday 25 November 2022: acknowledge by the end of Thursday 1 December."""
    words = words_of(made.folder, "what-is-a-super-complaint.html")
    assert "before the end of Thursday 1 December 2022" in words
    assert "How often progress reports must be sent. Not seen" in words


def test_pages_bear_the_name_of_the_site(made: Made) -> None:
    for path, text in made.pages():
        title = re.search("<title>(.*?)</title>", text, re.S)
        assert title and SITE_NAME in title[1], path


def test_every_filter_of_the_matrix_is_a_page(made: Made) -> None:
    only = {p.name for p in (made.folder / "matrix/SC-FICTION001/only").iterdir()}
    assert "kind-police-force.html" in only
    assert "status-not-answered.html" in only
    shown = (made.folder / "matrix/SC-FICTION001/only/status-not-answered.html").read_text()
    assert shown.count('class="ps-cell"') == 1
