"""Nothing was forgotten: sizes, catalogues, documents, words."""

import ast
import re
from pathlib import Path

import pytest

from fourfold.cli.arguments import OUTPUTS
from fourfold.cli.main import parser
from fourfold.evidence.analyses.catalogue import NAMES as ANALYSES
from fourfold.evidence.analyses.catalogue import WAVES, analyses
from fourfold.evidence.model import reasons, tables
from fourfold.evidence.readers.catalogue import ROW_READERS, row_readers
from fourfold.evidence.renderers.catalogue import NAMES as RENDERERS
from fourfold.evidence.renderers.catalogue import renderers

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "fourfold"
# Migrations are written by a program, and grow with the tables.
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent.name != "migrations")
MOST_LINES = 500
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler"}


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_module_is_small_named_well_and_documented(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert module.stem not in BANNED_NAMES
    assert ast.get_docstring(ast.parse(text))


def test_every_reader_states_name_version_and_what_it_reads() -> None:
    assert [r.NAME for r in row_readers()] == list(ROW_READERS)
    for reader in row_readers():
        assert re.fullmatch(r"\d+(\.\d+)*", reader.VERSION)
        assert reader.READS


def test_every_analysis_asks_a_question() -> None:
    assert len(analyses()) == len(ANALYSES)
    for analysis in analyses():
        assert analysis.QUESTION.endswith("?")


def test_every_analysis_runs_once() -> None:
    planned = [name for wave in WAVES for lane in wave for name in lane]
    assert sorted(planned) == sorted(ANALYSES)


def test_every_renderer_names_its_file() -> None:
    files = [renderer.FILE for renderer in renderers()]
    assert len(files) == len(RENDERERS) == len(set(files))
    assert OUTPUTS == RENDERERS


def test_package_document_names_every_table_and_column() -> None:
    document = (ROOT / "docs" / "package.md").read_text(encoding="utf-8")
    for name, schema in tables.TABLES.items():
        assert f"data/{name}.parquet" in document
        assert [c for c in schema if f"`{c}`" not in document] == []
    for word in (*reasons.ROW_REASONS, *reasons.FILE_STATES):
        assert f"`{word}`" in document


def test_every_verb_has_help_an_example_and_a_function() -> None:
    import argparse

    (verbs,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    assert len(verbs.choices) >= 10
    for name, sub in verbs.choices.items():
        assert sub.description, name
        assert "example:" in (sub.epilog or ""), name
        assert callable(sub.get_default("verb")), name


def test_links_in_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_no_real_number_stands_in_the_project() -> None:
    """Ofcom's drama ranges only (07700 900, 01632 960), and the NANP's 555-01xx."""
    pattern = re.compile(r"(?<![\d.])(?:\+44|0044|0)(7\d{9}|1632\d{6})(?!\d)")
    for path in [
        *SOURCE.rglob("*"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "docs").rglob("*.md"),
    ]:
        if path.is_file() and path.suffix in {".py", ".toml", ".md", ".js", ".html", ".csv"}:
            for found in pattern.findall(path.read_text(encoding="utf-8")):
                assert found.startswith(("7700900", "1632960")), f"{path}: {found}"
