"""Diaries with known truth: intervals and outcomes, entry by entry; -s prints the tables.

The table of day parts and the thresholds were set with this truth in view: these tests
hold what was reached; they do not validate the method on diaries it has not seen.
"""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence import pipeline
from fourfold.evidence.analyses import coincidence, diary
from fourfold.evidence.readers import diary_csv, diary_json
from fourfold.evidence.support.clock import iso_utc, micros, parse_iso
from lib.shared import reality, shared
from lib.sources import Reading, source_of

pytestmark = reality
CASES = ("case-small", "case-typical")
MINUTE_US = 60_000_000
TOLERANCE_MIN = 15
# Truth's interval starts with the hour-out text; the words name the two weeks before writing.
OTHER_INTERVALS = {("case-small", 6)}
# Outcomes that need a source which no reader of this issue reads.
NOT_YET = {("case-typical", 18): ("no_data", "the e-mail (mail-5.eml) has no reader yet")}


@cache
def truth(case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shared(case, "truth.json").read_bytes())["diary"]
    return found


@cache
def read_intervals(case: str) -> dict[tuple[str, str], tuple[int, int]]:
    files = {
        "case-small": [("DEF/1", ["diary.csv"], diary_csv)],
        "case-typical": [
            ("DEF/9", ["victim", "diary.csv"], diary_csv),
            ("DEF/10", ["victim", "diary.json"], diary_json),
        ],
    }
    found = {}
    for ref, parts, reader in files[case]:
        source = source_of(shared(case, "case", "exhibits", *parts), ref=ref, person="V")
        reading = Reading(reader, source)
        assert reading.counts["used"] == len(reading.rows)
        for row, event in zip(reading.rows, reading.events, strict=True):
            assert event.started_at is not None and event.ended_at is not None
            found[ref, row.locator] = (event.started_at, event.ended_at)
    return found


@pytest.mark.parametrize(("case", "rows"), [("case-small", 6), ("case-typical", 20)])
def test_intervals_agree_with_truth_within_a_quarter_of_an_hour(case: str, rows: int) -> None:
    intervals = read_intervals(case)
    assert set(intervals) == {(t["exhibit"], t["row"]) for t in truth(case)}
    assert len(intervals) == rows
    far = set()
    for t in truth(case):
        read = intervals[t["exhibit"], t["row"]]
        wanted = [micros(parse_iso(text)[0]) for text in t["interval"]]
        off = max(abs(a - b) for a, b in zip(read, wanted, strict=True)) / MINUTE_US
        print(f"{case} {t['entry']:2} off {off:7.1f} min  {iso_utc(read[0])} {iso_utc(read[1])}  "
              f"{t['date_words']} | {t['time_words']}")  # fmt: skip
        if off > TOLERANCE_MIN:
            far.add((case, t["entry"]))
    assert far == {key for key in OTHER_INTERVALS if key[0] == case}


@cache
def checks(case: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The outcomes of the real pipeline, without the outputs."""
    folder = shared(case, "case")
    with tempfile.TemporaryDirectory() as work:
        loaded = pipeline.case_file.load_case(folder)
        run = pipeline.Run(loaded, Path(work) / "package", pipeline.Options())
        pipeline.take_in(run)
        pipeline.read(run)
        run.writer.finish()
        coincidence.run(run.tables, run.case)
        findings = diary.run(run.tables, run.case)
        rows = run.tables.dicts(
            "select d.*, l.locator, x.ref from diary_checks as d"
            " join ledger as l on l.row_id = d.entry_row_id"
            " join exhibits as x on x.exhibit_id = d.exhibit_id order by d.entry_no"
        )
        known = {row_id for (row_id,) in run.tables.rows("select row_id from ledger")}
        assert all(set(row["row_ids"]) <= known for row in rows)
        assert len(findings) == len(rows)
    return {(row["ref"], row["locator"]): row for row in rows}


@pytest.mark.parametrize("case", CASES)
def test_outcomes_are_acceptable(case: str) -> None:
    found = checks(case)
    wrong = []
    for t in truth(case):
        row = found[t["exhibit"], t["row"]]
        acceptable = t["acceptable"] or ["not_tested"]
        excepted, why = NOT_YET.get((case, t["entry"]), ("", ""))
        is_right = row["outcome"] in acceptable
        rate = "" if row["chance_rate"] is None else f"{row['chance_rate']:.0%}"
        print(f"{case} {t['entry']:2} {row['outcome']:17} {rate:>4} of {row['chance_trials']:3}  "
              f"{'' if is_right else f'({why}) '}{'/'.join(acceptable)}")  # fmt: skip
        if not is_right and row["outcome"] != excepted:
            wrong.append((t["entry"], row["outcome"], acceptable, row["reason"]))
    assert wrong == []


@pytest.mark.parametrize("case", CASES)
def test_the_supporting_records_are_among_the_candidates(case: str) -> None:
    """At least one record of a true supporting contact stands among the candidates that help."""
    events = {e["id"]: e for e in json.loads(shared(case, "truth.json").read_bytes())["events"]}
    found = checks(case)
    missing = []
    for t in truth(case):
        row = found[t["exhibit"], t["row"]]
        contacts = [
            events[e] for e in t["supporting_events"] if events[e]["kind"] in {"call", "sms"}
        ]
        if row["outcome"] != "supported" or not contacts:
            continue
        helping = {c["started_at"][:16] for c in json.loads(row["candidates"]) if c["helps"]}
        if not any(event["start"][:16] in helping for event in contacts):
            missing.append(t["entry"])
    assert missing == []
