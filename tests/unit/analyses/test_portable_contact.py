"""The named steps of contact, devices and others are portable: Spark reads them as they stand."""

import re
from typing import Any

import pytest
import sqlglot

from fourfold.evidence.analyses import contact, devices, others
from fourfold.evidence.model.case import Knowledge
from lib.linking import F, S, V, call, case_of, linked, text, utc

# Where DuckDB and Spark read one text in two ways, so that a rerun there would differ.
TRAPS = {
    "integer division": r"//|\bdiv\b",
    "a decimal without exponent": r"(?<![\w.])\d+\.\d+(?!\d*e)",
    "a cast that only one engine has": r"::",
    "a filter on an aggregate": r"\bfilter\s*\(",
    "a list": r"\bunnest\b|\blist\w*\(|\[",
    "a boolean summed": r"sum\(\s*\w+\s*[<>=]",
    "seconds as a double": r"\bepoch\w*\s*\(",
}


def recorded() -> dict[str, str]:
    case = case_of(knowledge=(Knowledge("S", utc("10:30:00")),))
    events = [call("X1", "10:00:00", imei="001001000000010"), text("X1", "11:00:00", b=F)]
    store = linked([*events, call("X1", "12:00:00", a=V, b=S, subject=S)], case)
    steps: dict[str, str] = {}
    make = store.step

    def step(name: str, sql: str) -> None:
        steps[name] = sql
        make(name, sql)

    store.step = step  # type: ignore[method-assign]
    analyses: list[Any] = [contact, devices, others]
    for analysis in analyses:
        analysis.run(store, case)
    return steps


STEPS = recorded()


@pytest.mark.parametrize("name", STEPS)
def test_step_means_the_same_on_spark(name: str) -> None:
    """Translating from DuckDB changes nothing but where NULL sorts: no key here is NULL."""
    translated = sqlglot.parse_one(STEPS[name], read="duckdb").sql("spark")
    as_it_stands = sqlglot.parse_one(STEPS[name], read="spark").sql("spark")
    assert translated.replace(" NULLS LAST", "") == as_it_stands


@pytest.mark.parametrize("name", STEPS)
def test_step_avoids_what_engines_read_differently(name: str) -> None:
    text_alone = re.sub(r"'[^']*'", "''", STEPS[name].lower())
    assert [trap for trap, pattern in TRAPS.items() if re.search(pattern, text_alone)] == []


def test_all_steps_were_seen() -> None:
    assert {"contact_pairs", "chosen_contacts", "device_spans", "found_changes"} <= STEPS.keys()
