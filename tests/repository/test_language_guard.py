"""No sentence, label or template that the program writes says more than the evidence.

Two walks: over every text constant in the modules and templates that write output, and over
everything generated for whole cases (findings, summaries, notes, the map, the report).
"""

import ast
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence import pipeline
from fourfold.evidence.model.wording import forbidden_words
from fourfold.evidence.store.package import open_data, read_findings
from lib.cases import package_of
from lib.folders import small_case

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fourfold" / "evidence"
# Modules that hold the words by which a victim's own text is read: input, never output.
READS_WORDS = {
    "support/vague_time",
    "support/diary_entry.py",
    "analyses/diary_words.py",
    "analyses/diary_positions.py",
    "analyses/act_labels.py",
    "readers/whatsapp",
    "model/wording.py",
}
GENERATED_COLUMNS = {
    "exhibits": ("state_note",),
    "parts": ("state_note",),
    "ledger": ("note",),
    "events": ("accuracy_meaning",),
    "occurrences": ("note", "rule"),
    "attributions": ("stated_by",),
    "chronology": ("summary",),
    "coincidences": ("explained_by",),
    "diary_checks": ("reason", "outcome"),
    "device_changes": ("kind", "explanations"),
    "gaps": ("kind", "source"),
}


def text_constants(module: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module but docstrings, names of files and patterns."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
        ):
            yield node.lineno, node.value


def writing_modules() -> list[Path]:
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if not any(path.relative_to(SOURCE).as_posix().startswith(known) for known in READS_WORDS)
    ]


@pytest.mark.parametrize("module", writing_modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_text_in_the_code_says_too_much(module: Path) -> None:
    said = [(line, text) for line, text in text_constants(module) if forbidden_words(text)]
    assert not said


def templates() -> list[Path]:
    return [
        p for p in sorted(SOURCE.rglob("*")) if p.suffix in {".html", ".js", ".typ", ".j2", ".toml"}
    ]


@pytest.mark.parametrize("template", templates(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_template_says_too_much(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/|<!--.*?-->", "", text, flags=re.S)
    if template.suffix == ".js":  # key names of the keyboard are not prose
        text = re.sub(r"""["']Home["']""", "", text)
    if template.suffix == ".toml":  # samples are evidence, and fictional
        text = text.split("[sample]")[0].split("sample =")[0]
    assert not forbidden_words(text)


def test_the_templates_were_found() -> None:
    assert {".html", ".js", ".typ", ".toml"} <= {t.suffix for t in templates()}


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner)


def generated(package: Path) -> Iterator[tuple[str, str]]:
    """Every text that a package holds and the program wrote."""
    yield from generated_findings(package)
    engine = open_data(package)
    tables = {row[0] for row in engine.rows("select view_name from duckdb_views()")}
    for table, columns in GENERATED_COLUMNS.items():
        for column in columns if table in tables else ():
            for (value,) in engine.rows(f"select distinct {column} from {table}"):
                yield from ((f"{table}.{column}", text) for text in texts_of(value))
    for (candidates,) in engine.rows("select candidates from diary_checks"):
        for candidate in json.loads(candidates or "[]"):
            yield "diary candidate", candidate["why"]


def generated_findings(package: Path) -> Iterator[tuple[str, str]]:
    for finding in read_findings(package):
        for field in ("title", "statement", "question", "method", "settings", "caveats", "kind"):
            for text in texts_of(getattr(finding, field)):
                yield f"{finding.finding_id} {field}", text
        for value in [*finding.values, *(v for s in finding.series.values() for v in s)]:
            yield f"{value.code} unit", value.unit


def said_too_much(package: Path) -> list[tuple[str, str]]:
    return [
        (where, text) for where, text in generated(package) if forbidden_words(quoted_out(text))
    ]


def quoted_out(text: str) -> str:
    """A text without what it quotes from the evidence (between double or curly quotes)."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’", "", text)


@pytest.mark.reality
@pytest.mark.parametrize("name", ["case-small", "case-typical"])
def test_nothing_generated_for_a_whole_case_says_too_much(name: str) -> None:
    assert len(list(generated(package_of(name)))) > 100
    assert not said_too_much(package_of(name))


def test_nothing_generated_says_too_much(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    pipeline.build(case, tmp_path / "out")
    assert len(list(generated(tmp_path / "out"))) > 50
    assert not said_too_much(tmp_path / "out")


def test_map_and_report_say_no_more(tmp_path: Path) -> None:
    from pypdf import PdfReader

    case = small_case(tmp_path / "case")  # whose evidence holds none of the words
    pipeline.build(case, tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "map.kmz") as archive:
        texts = [
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".kml")
        ]
    texts += [page.extract_text() for page in PdfReader(tmp_path / "out" / "report.pdf").pages]
    assert len(texts) > 1
    assert not [found for text in texts for found in forbidden_words(quoted_out(text))]


def test_the_guard_sees_what_it_should() -> None:
    assert forbidden_words("The suspect was at Mill Lane, near the victim's home.") == [
        "was at",
        "near",
        "home",
    ]
    assert forbidden_words("They met; the records are consistent with it.") == [
        "met",
        "consistent with",
    ]
    assert not forbidden_words("Records are not inconsistent with both handsets using that cell.")
    assert not forbidden_words("metadata, nearest-cell geometry, homepage")
