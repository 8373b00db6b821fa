"""Gaps: days without records, silences, and what others hold only for a time."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.analyses import gaps
from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.model.case import Attribution, Case, Knowledge, Order, Person
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.selection import to_sql
from fourfold.evidence.store.casestore import CaseStore
from lib.stores import store_with

PEOPLE = (Person("S", "suspect"), Person("V", "victim"))
HELD = (Attribution("tel:s", "S", "accepted"), Attribution("tel:v", "V", "accepted"))
CASE = Case(folder=Path(), reference="T/1", people=PEOPLE, attributions=HELD)


def call(subject: str, at: str, **more: Any) -> dict[str, Any]:
    moment = datetime.fromisoformat(at)
    local = moment + timedelta(hours=1)  # British summer time in these tests
    return {
        "kind": "call", "subject_id": subject, "started_at": at, "time_relation": "at",
        "local_day": local.date().isoformat(), "exhibit_id": "X1", **more,
    }  # fmt: skip


def answer(*events: dict[str, Any], case: Case = CASE) -> tuple[CaseStore, list[Finding]]:
    numbered = [
        {"event_id": f"e{n}", "row_ids": [f"r{n}"], **event} for n, event in enumerate(events)
    ]
    exhibits = [{"exhibit_id": "X1", "ref": "ABC/1", "state": "read"}]
    store = store_with(events=numbered, exhibits=exhibits)
    fill_attributions(store, case)
    return store, gaps.run(store, case)


def listed(store: CaseStore, kind: str, source: str) -> list[tuple[Any, ...]]:
    return store.rows(
        "select person, from_at, to_at, days, row_ids from gaps where kind = ? and source = ?"
        " order by gap_no",
        [kind, source],
    )


def test_days_without_a_record_between_others_are_a_gap() -> None:
    store, findings = answer(
        call("tel:s", "2026-07-01T10:00:00"), call("tel:v", "2026-07-02T10:00:00"),
        call("tel:v", "2026-07-03T10:00:00"), call("tel:s", "2026-07-04T10:00:00"),
        call("tel:v", "2026-07-01T10:00:00"), call("tel:v", "2026-07-04T10:00:00"),
    )  # fmt: skip
    assert listed(store, "not_covered", "any source") == [
        ("S", datetime(2026, 7, 1, 23), datetime(2026, 7, 3, 23), 2, ["r0", "r3"])
    ]
    assert findings[0].statement == (
        "Devices attributed to S: records on 2 of 4 days from 2026-07-01 to 2026-07-04; no record"
        " in the data supplied for 2 days."
    )


def test_a_day_is_one_of_the_display_zone() -> None:
    """23:30 UTC on 1 July is 2 July in London."""
    store, _ = answer(
        call("tel:s", "2026-06-30T10:00:00"), call("tel:s", "2026-07-01T23:30:00"),
        call("tel:v", "2026-06-30T10:00:00"), call("tel:v", "2026-07-01T10:00:00"),
        call("tel:v", "2026-07-02T10:00:00"),
    )  # fmt: skip
    (gap,) = listed(store, "not_covered", "any source")
    assert gap[:3] == ("S", datetime(2026, 6, 30, 23), datetime(2026, 7, 1, 23))


def test_the_period_is_that_of_all_devices_and_open_ends_are_gaps() -> None:
    store, _ = answer(
        call("tel:v", "2026-07-01T10:00:00"), call("tel:s", "2026-07-03T10:00:00"),
        call("tel:v", "2026-07-05T10:00:00"), call("tel:v", "2026-07-03T10:00:00"),
        call("tel:v", "2026-07-02T10:00:00"), call("tel:v", "2026-07-04T10:00:00"),
    )  # fmt: skip
    found = listed(store, "not_covered", "any source")
    assert [(g[0], g[3], g[4]) for g in found] == [("S", 2, ["r1"]), ("S", 2, ["r1"])]


def test_a_kind_of_record_is_missing_from_three_days_on() -> None:
    fixes = {"kind": "device_fix", "place_kind": "fix", "lat": 51.5, "lon": 0.1}
    days = [call("tel:s", f"2026-07-{day:02d}T10:00:00") for day in range(1, 9)]
    some = [call("tel:s", f"2026-07-{day:02d}T11:00:00", **fixes) for day in (1, 4, 8)]
    store, findings = answer(*days, *some)
    found = listed(store, "not_covered", "positions of devices")
    assert [(g[0], g[3]) for g in found] == [("S", 3), ("V", 8)]
    values = {v.name: v.value for v in findings[0].values}
    assert values["days_not_covered_by_positions_of_devices"] == 3, "2 and 3 July are too few"


def test_days_before_and_after_each_mark() -> None:
    case = Case(
        folder=Path(), reference="T/2", people=PEOPLE, attributions=HELD,
        knowledge=(Knowledge("S", datetime(2026, 7, 3, 9, tzinfo=UTC)),),
        orders=(Order("O1", "spo", "S", ("V",), datetime(2026, 7, 5, 9, tzinfo=UTC)),),
    )  # fmt: skip
    days = [call("tel:s", f"2026-07-{day:02d}T10:00:00") for day in (1, 2, 4, 7)]
    _, findings = answer(*days, case=case)
    values = {v.name: v.value for v in findings[0].values}
    assert values["days_before_S_was_told_to_stop"] == 2
    assert values["days_after_S_was_told_to_stop"] == 2
    assert values["days_before_service_of_order_O1"] == 3
    assert values["days_after_service_of_order_O1"] == 1


@pytest.mark.parametrize(("seen", "expected"), [((1, 2, 3, 7, 8), [3]), ((1, 5, 9), [])])
def test_a_silence_needs_a_source_that_otherwise_speaks(
    seen: tuple[int, ...], expected: list[int]
) -> None:
    store, _ = answer(*[call("tel:s", f"2026-07-{day:02d}T10:00:00") for day in seen])
    assert [gap[3] for gap in listed(store, "silence", "ABC/1")] == expected


def test_cameras_and_statements_are_not_records_of_a_device() -> None:
    _, findings = answer(
        call("tel:s", "2026-07-01T10:00:00", kind="camera_read"),
        call("tel:s", "2026-07-02T10:00:00", kind="statement"),
    )
    assert findings[0].statement == "The data supplied hold no dated record of any device."


def test_what_expires_is_reckoned_from_the_latest_record() -> None:
    store, findings = answer(
        call("tel:s", "2026-07-01T10:00:00"), call("tel:s", "2026-09-01T10:00:00"),
        call("card:1", "2026-08-20T10:00:00", kind="gate"),
        call("vrm:1", "2026-09-01T09:00:00", kind="camera_read", channel="anpr"),
    )  # fmt: skip
    found = store.rows(
        "select source, from_at, days, ask_by, row_ids from gaps where kind = 'expires'"
        " order by gap_no"
    )
    assert found == [
        ("CCTV", datetime(2026, 8, 3, 23), 29, "2026-09-01", ["r1"]),
        ("doorbell video", datetime(2026, 8, 1, 23), 31, "2026-09-01", ["r1"]),
        ("travel card records", datetime(2026, 8, 20, 23), 12, "2026-10-16", ["r1"]),
        ("call and cell data of providers", datetime(2026, 6, 30, 23), 63, "2027-07-01", ["r1"]),
    ]
    finding = findings[-1]
    assert finding.statement.startswith("Reckoned from the latest record, 2026-09-01.")
    assert "34 days before that: commonly gone by then" in finding.statement


def test_a_wild_date_does_not_stretch_the_case() -> None:
    days = [call("tel:s", f"2026-07-{day:02d}T10:00:00") for day in (1, 2, 3)]
    wild = [
        call("tel:s", "9999-12-31T10:00:00", local_day="9999-12-31"),
        call("tel:s", "1980-01-06T00:00:00"),
    ]
    _, findings = answer(*days, *wild)
    assert {v.name: v.value for v in findings[0].values}["days_in_period"] == 3
    assert any(caveat.startswith("2 days with records more than") for caveat in findings[0].caveats)
    assert findings[-1].statement.startswith("Reckoned from the latest record, 2026-07-03.")


def test_devices_stand_for_people_where_nobody_is_named() -> None:
    _, findings = answer(call("tel:s", "2026-07-01T10:00:00"), case=Case(Path(), "T/3"))
    assert findings[0].title == "Days with and without records: Identifier tel:s"


def test_exhibits_that_were_not_read_are_named() -> None:
    store = store_with(
        events=[{"event_id": "e0", "row_ids": ["r0"], **call("tel:s", "2026-07-01T10:00:00")}],
        exhibits=[
            {"exhibit_id": "X1", "ref": "ABC/1", "state": "read"},
            {"exhibit_id": "X2", "ref": "ABC/2", "state": "unknown_format"},
            {"exhibit_id": "X3", "ref": "ABC/3", "state": "unknown_format", "copy_of": "X2"},
        ],
    )
    fill_attributions(store, CASE)
    finding = gaps.run(store, CASE)[0]
    assert "Exhibits that could not be read are not counted: ABC/2." in finding.caveats


def test_every_value_leads_to_rows_and_texts_keep_to_the_records() -> None:
    events = [call("tel:s", f"2026-07-{day:02d}T10:00:00") for day in (1, 2, 3, 8, 9, 10, 11)]
    store, findings = answer(*events, call("tel:v", "2026-07-01T12:00:00"))
    for finding in findings:
        text = " ".join([finding.title, finding.statement, finding.method, *finding.caveats])
        assert not re.search(r"phone off|not there|was at|\bhome\b|\bnear\b", text)
        for value in finding.values:
            assert value.where is not None
            condition, parameters = to_sql(value.where)
            store.rows(f"select row_ids from {value.where.table} where {condition}", parameters)
    silences = next(f for f in findings if f.kind == "silences")
    assert [v.value for v in silences.values] == [1, 4, 4]
    assert "no record in the data supplied" in findings[0].statement


def test_the_module_is_an_analysis() -> None:
    assert gaps.NAME == "gaps"
    assert gaps.QUESTION.endswith("?")
