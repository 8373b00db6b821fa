"""The workbook as a file: same bytes, inert texts, no address, selections that still lead back."""

import base64
import hashlib
import json
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.wording import forbidden_words
from fourfold.evidence.renderers import workbook
from fourfold.evidence.renderers.workbook.answers import pack_findings
from fourfold.evidence.renderers.workbook.chunks import Chunks
from fourfold.evidence.renderers.workbook.embed import pack_tables
from fourfold.evidence.renderers.workbook.workbook import TEMPLATES
from fourfold.evidence.support.clock import micros
from lib.demo_package import HOSTILE, DemoPackage, demo_package, row_id_of
from lib.stores import store_with

CHUNK = re.compile(r'<script type="text/plain" data-chunk="([^"]+)">([^<]*)</script>')
NAME_OF_A_KEY = 'const FIRST_KEY = "Home";'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("workbook") / workbook.FILE
    workbook.render(demo_package(), path)
    return path.read_text("utf-8")


def chunks_of(page: str) -> dict[str, Any]:
    return {
        name: json.loads(zlib.decompress(base64.b64decode(text)))
        for name, text in CHUNK.findall(page)
    }


def test_render_same_package_gives_same_bytes(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        workbook.render(demo_package(), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_render_twice_from_one_store_gives_same_bytes(tmp_path: Path) -> None:
    package = demo_package()
    for name in ("a.html", "b.html"):
        workbook.render(package, tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stands_nowhere_outside_the_packed_data(page: str, text: str) -> None:
    assert text not in page


def test_every_script_element_is_ours(page: str) -> None:
    assert page.count("</script>") == len(CHUNK.findall(page)) + 1
    assert "<b>demo</b>" not in page  # the title of the case


def test_verbatim_comes_back_unchanged(page: str) -> None:
    unpacked = chunks_of(page)
    codes = unpacked["ledger.code"]
    assert unpacked["verbatim.0"][codes.index("R1.121")] == "120,<script>alert(1)</script>"


def test_page_names_no_address_and_allows_none(page: str) -> None:
    shell = CHUNK.sub("", page)
    assert re.findall(r"https?://[^\s\"'<]*", shell) == ["http://www.w3.org/2000/svg"]
    assert "default-src 'none'" in shell
    assert "unsafe-inline" not in shell


def test_policy_holds_the_hashes_of_script_and_style(page: str) -> None:
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page


def test_templates_keep_to_the_words_of_the_guard() -> None:
    files = sorted(p for p in TEMPLATES.rglob("*") if p.is_file())
    assert len(files) > 20
    found = {
        (file.name, words)
        for file in files
        for words in forbidden_words(file.read_text("utf-8").replace(NAME_OF_A_KEY, ""))
    }
    assert found == set()


def test_templates_never_write_markup_from_text() -> None:
    scripts = "".join(p.read_text("utf-8") for p in (TEMPLATES / "js").glob("*.js"))
    sinks = r"\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert re.findall(sinks, scripts) == []


def test_empty_case_renders(tmp_path: Path) -> None:
    package = DemoPackage(Case(folder=tmp_path, reference="none"), store_with(), [])
    workbook.render(package, tmp_path / workbook.FILE)
    meta = chunks_of((tmp_path / workbook.FILE).read_text("utf-8"))["meta"]
    assert meta["tables"]["events"]["rows"] == 0
    assert "contacts" not in meta["tables"]


def test_folder_of_this_machine_stays_out(page: str) -> None:
    assert "folder" not in chunks_of(page)["meta"]["case"]


def test_list_columns_hold_indexes_of_rows(page: str) -> None:
    unpacked = chunks_of(page)
    exhibit = unpacked["ledger.exhibit_id"]
    fixes = [
        rows
        for rows, kind in zip(unpacked["events.row_ids"], unpacked["events.kind"], strict=True)
        if kind == "device_fix"
    ]
    assert len(fixes) == 40
    assert {exhibit[row] for rows in fixes for row in rows} == {"X2"}


class Disorderly:
    """Tables whose engine gives values of a slice backwards unless it is told an order."""

    def __init__(self, tables: Any) -> None:
        self._tables = tables

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tables, name)

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._tables.rows(sql, parameters)
        if not sql.startswith("select string_agg(cast(n as varchar), ',')"):
            return found
        return [(",".join(reversed(part[0].split(","))), *part[1:]) for part in found]


def test_columns_are_asked_for_in_order_when_the_engine_did_not_keep_it() -> None:
    package = demo_package()
    packed = []
    for tables in (package.tables, Disorderly(package.tables)):
        with Chunks() as chunks:
            pack_tables(tables, [], chunks)  # type: ignore[arg-type]
            packed.append(dict(chunks))
    assert packed[0] == packed[1]


def finding_with(where: Where) -> Finding:
    value = Value("x", 1, "rows", where)
    return Finding(
        analysis="a", version="1", kind="k", question="q", title="t", statement="s", method="m",
        values=[value],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "condition", "expected"),
    [
        (
            "contacts",
            ("started_at", ">=", "2026-09-09T18:12:00Z"),
            micros(datetime(2026, 9, 9, 18, 12, tzinfo=UTC)),
        ),
        (
            "contacts",
            ("started_at", "<", datetime(2026, 9, 9)),
            micros(datetime(2026, 9, 9)),
        ),
        ("ledger", ("row_id", "=", row_id_of("ABC/1", 0)), 0),
        ("ledger", ("row_id", "in", [row_id_of("ABC/1", 1), "not a row"]), [1, -1]),
        ("events", ("event_id", "=", f"{row_id_of('ABC/1', 0)}.0"), 0),
        ("contacts", ("from_party", "=", "S"), "S"),
    ],
)
def test_conditions_carry_indexes_and_microseconds(
    table: str, condition: tuple[str, str, Any], expected: Any
) -> None:
    package = demo_package()
    with Chunks() as chunks:
        catalogue = pack_tables(package.tables, [], chunks)
    packed = pack_findings([finding_with(Where(table, [condition]))], package.tables, catalogue)
    assert packed[0]["values"][0]["where"]["conditions"] == [[*condition[:2], expected]]
