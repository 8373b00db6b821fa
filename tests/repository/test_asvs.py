"""The security documents speak of what exists: every module and every test that they name."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECURITY = ROOT / "docs" / "security"
ASVS = tomllib.loads((SECURITY / "asvs.toml").read_text(encoding="utf-8"))["requirement"]
STATES = {"met", "partly", "not_yet", "operator", "not_applicable"}
ID = re.compile(r"V(1[0-7]|[1-9])\.\d{1,2}\.\d{1,2}")
TEST_ID = re.compile(r"tests/[\w/]+\.py::test_\w+")
LEVELS = {1: 70, 2: 183, 3: 92}  # of version 5.0.0
DOCUMENTS = ("threat-model.md", "accepted-risks.md")


@cache
def defined_in(path: str) -> set[str]:
    """Return the names of the tests that a file defines."""
    file = ROOT / path
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def missing(test_ids: list[str]) -> list[str]:
    """Return the test ids that name no test."""
    pairs = [(each, each.partition("::")) for each in test_ids]
    return [each for each, (path, _, name) in pairs if name not in defined_in(path)]


def named(document: str) -> list[str]:
    return TEST_ID.findall((SECURITY / document).read_text(encoding="utf-8"))


def test_every_requirement_of_the_standard_stands_once() -> None:
    ids = [row["id"] for row in ASVS]
    assert (len(ids), len(set(ids))) == (345, 345)
    assert [each for each in ids if not ID.fullmatch(each)] == []
    assert {n: sum(row["level"] == n for row in ASVS) for n in LEVELS} == LEVELS


def test_every_state_is_known() -> None:
    assert {row["status"] for row in ASVS} <= STATES


def test_every_row_says_by_what_or_why_not() -> None:
    assert [fault for row in ASVS for fault in faults_of(row)] == []


def faults_of(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a row lacks: a module, a test, a reason."""
    found = []
    if row["status"] in ("met", "partly"):
        found += [path for path in row.get("by", [""]) if not (ROOT / path).exists() or not path]
        found += missing(row.get("tested_by", ["no test"]))
    if row["status"] != "met" and not row.get("why_not"):
        found.append("no reason")
    return [(row["id"], each) for each in found]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document: str) -> None:
    assert missing(named(document)) == []


def test_every_measure_of_the_threat_model_names_a_test() -> None:
    """Rows of its measures: the last column holds at least one test, or says what is not built."""
    text = (SECURITY / "threat-model.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| M")]
    bare = [row for row in rows if not TEST_ID.search(row) and "not built" not in row]
    assert (len(rows) > 30, bare) == (True, [])


def test_measures_are_numbered_once() -> None:
    text = (SECURITY / "threat-model.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^\| (M\d+) ", text, re.MULTILINE)
    assert sorted(set(numbers)) == sorted(numbers)
    assert set(re.findall(r"\bM\d+\b", text)) == set(numbers)
