"""The named steps of coincidence and gaps are portable: Spark reads them as they stand."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from fourfold.evidence.analyses import coincidence, gaps
from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.model.case import Attribution, Case, Person
from lib.stores import store_with

# Where DuckDB and Spark read one text in two ways, so that a rerun there would differ.
TRAPS = {
    "integer division": r"//|\bdiv\b",
    "a decimal without exponent": r"(?<![\w.])\d+\.\d+(?!\d*e)",
    "a cast that only one engine has": r"::",
    "a filter on an aggregate": r"\bfilter\s*\(",
    "qualify": r"\bqualify\b",
    "a boolean summed": r"sum\(\s*\w+\s*[<>=]",
    "seconds as a double": r"\bepoch\s*\(",
}


class Recorder:
    """Passes everything on to a store and keeps the text of the named steps."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.steps: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def step(self, name: str, sql: str) -> None:
        self.steps[name] = sql
        self._store.step(name, sql)


def recorded() -> dict[str, str]:
    case = Case(
        folder=Path(),
        reference="T/1",
        people=(Person("S", "suspect"), Person("V", "victim")),
        attributions=(Attribution("tel:s", "S", "accepted"), Attribution("tel:v", "V", "accepted")),
    )
    start = datetime(2026, 10, 20, 9)
    events = [
        {
            "event_id": f"{kind}{n}{subject}", "row_ids": ["r1"], "kind": kind, "place_kind": place,
            "subject_id": subject, "started_at": (start + timedelta(hours=9 * n)).isoformat(),
            "time_relation": "at", "lat": 51.5, "lon": 0.1, "exhibit_id": "X1",
            "cell_id": None if place == "fix" else f"234-30-{n % 2}{subject == 'tel:s'}",
        }
        for n in range(30) for subject in ("tel:s", "tel:v")
        for kind, place in (("device_fix", "fix"), ("call", "cell"))
    ]  # fmt: skip
    store = store_with(events=events)
    fill_attributions(store, case)
    recorder = Recorder(store)
    for analysis in (coincidence, gaps):
        analysis.run(recorder, case)
    return recorder.steps


STEPS = recorded()


@pytest.mark.parametrize("name", STEPS)
def test_step_parses_and_round_trips(name: str) -> None:
    for engine in ("duckdb", "spark"):
        text = sqlglot.parse_one(STEPS[name], read=engine).sql(engine)
        assert sqlglot.parse_one(text, read=engine).sql(engine) == text


@pytest.mark.parametrize("name", STEPS)
def test_step_means_the_same_on_spark(name: str) -> None:
    """Translating from DuckDB changes nothing but where NULL sorts: no key here is NULL."""
    translated = sqlglot.parse_one(STEPS[name], read="duckdb").sql("spark")
    as_it_stands = sqlglot.parse_one(STEPS[name], read="spark").sql("spark")
    assert translated.replace(" NULLS LAST", "") == as_it_stands


@pytest.mark.parametrize("name", STEPS)
def test_step_avoids_what_engines_read_differently(name: str) -> None:
    text = re.sub(r"'[^']*'", "''", STEPS[name].lower())
    assert [trap for trap, pattern in TRAPS.items() if re.search(pattern, text)] == []


def test_all_steps_were_seen() -> None:
    assert len(STEPS) > 30
    assert "coincidence_fix_pairs" in STEPS
    assert "gaps_records" in STEPS
