"""Coincidences of device records: what counts, what does not, and what is said of it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.analyses import coincidence
from fourfold.evidence.analyses.coincidence.analysis import run
from fourfold.evidence.analyses.coincidence.settings import Settings
from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.model.case import Attribution, Case, Person
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.model.selection import to_sql
from fourfold.evidence.store.casestore import CaseStore
from lib.stores import store_with

CASE = Case(
    folder=Path(),
    reference="T/1",
    people=(Person("S", "suspect"), Person("V", "victim"), Person("F", "third_party")),
    attributions=(
        Attribution("device:s", "S", "accepted"),
        Attribution("device:s2", "S", "disputed"),
        Attribution("device:v", "V", "assumed"),
        Attribution("tel:+447700900001", "S", "accepted"),
        Attribution("tel:+447700900002", "V", "accepted"),
    ),
)
HUNDRED_M = 100 / 111_195.0802  # degrees of latitude
FORBIDDEN = (
    r"\b(was at|was with|met|followed|near|nearby|proximity|proven|home)\b"
    r"|(?<!in)consistent with"
)


def fix(subject: str, at: str, lat: float = 51.5, lon: float = -0.1, **more: Any) -> dict[str, Any]:
    return {
        "kind": "device_fix", "place_kind": "fix", "subject_id": subject,
        "started_at": f"2026-07-{at}", "time_relation": "at", "lat": lat, "lon": lon,
        "accuracy_m": 10.0, **more,
    }  # fmt: skip


def record(subject: str, at: str, cell: str = "234-30-1", **more: Any) -> dict[str, Any]:
    return {
        "kind": "call", "place_kind": "cell", "subject_id": subject, "started_at": f"2026-07-{at}",
        "time_relation": "at", "cell_id": cell, **more,
    }  # fmt: skip


S_LINE, V_LINE = "tel:+447700900001", "tel:+447700900002"


def answer(
    *events: dict[str, Any], case: Case = CASE, settings: Settings | None = None
) -> tuple[CaseStore, list[Finding]]:
    numbered = [
        {"event_id": f"e{n:03d}", "row_ids": [f"r{n:03d}"], "exhibit_id": "X1", **event}
        for n, event in enumerate(events)
    ]
    store = store_with(events=numbered)
    fill_attributions(store, case)
    return store, run(store, case, settings)


def listed(store: CaseStore, class_name: str = "A") -> list[dict[str, Any]]:
    return store.dicts(
        "select * from coincidences where class = ? order by started_at", [class_name]
    )


def test_two_fixes_in_reach_are_one_coincidence_with_all_that_is_known_of_it() -> None:
    store, _ = answer(
        fix("device:s", "01T10:00:00"),
        fix("device:v", "01T10:03:00", 51.5 + HUNDRED_M / 2, accuracy_m=20.0),
    )
    (one,) = listed(store)
    assert (one["coincidence_id"], one["person_a"], one["person_b"]) == ("C1", "S", "V")
    assert (one["subject_a"], one["subject_b"]) == ("device:s", "device:v")
    assert one["strength"] == "assumed", "the weaker of both sides"
    assert (one["started_at"], one["ended_at"]) == (
        datetime(2026, 7, 1, 10),
        datetime(2026, 7, 1, 10, 3),
    )
    assert (one["pairs"], one["min_distance_m"], one["uncertainty_m"]) == (1, 50.0, 30.0)
    assert one["stays_within"] is True
    assert one["least_gap_s"] == 180
    assert (one["event_ids"], one["row_ids"]) == (["e000", "e001"], ["r000", "r001"])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (fix("device:v", "01T10:05:00"), 1),
        (fix("device:v", "01T10:05:00.000001"), 0),
        (fix("device:v", "01T09:55:00"), 1),
        (fix("device:v", "01T10:00:00", 51.5 + HUNDRED_M * 0.999), 1),
        (fix("device:v", "01T10:00:00", 51.5 + HUNDRED_M * 1.001), 0),
        (fix("device:s2", "01T10:00:00"), 0),
        (fix("device:nobody", "01T10:00:00"), 0),
        (fix("device:v", "01T10:00:00", kind="visit", place_kind="stated"), 0),
        (fix("device:v", "01T10:00:00", place_kind="searched"), 0),
        (fix("device:v", "01T10:00:00", lat=0.0, lon=0.0), 0),
    ],
)
def test_what_makes_a_pair(other: dict[str, Any], expected: int) -> None:
    elsewhere = fix("device:v", "20T10:00:00", 52.5)
    store, _ = answer(fix("device:s", "01T10:00:00"), other, elsewhere)
    assert sum(c["pairs"] for c in listed(store)) == expected


def test_devices_are_compared_where_nobody_is_said_to_hold_any() -> None:
    store, findings = answer(
        fix("device:x", "01T10:00:00"), fix("device:y", "01T10:00:00"), case=Case(Path(), "T/2")
    )
    (one,) = listed(store)
    assert (one["person_a"], one["person_b"], one["strength"]) == (None, None, None)
    finding = next(f for f in findings if f.kind == "coincidences_a")
    assert finding.pair == ("device:x", "device:y")


def test_records_of_nobody_are_left_out_and_counted() -> None:
    _, findings = answer(
        fix("device:s", "01T10:00:00"),
        fix("device:v", "01T10:00:00"),
        fix("device:nobody", "01T10:00:00"),
    )
    finding = next(f for f in findings if f.kind == "coincidences_a")
    assert "1 records attributed to nobody were not compared." in finding.caveats


def test_an_accuracy_that_is_not_stated_is_not_guessed() -> None:
    store, findings = answer(
        fix("device:s", "01T10:00:00"), fix("device:v", "01T10:00:00", accuracy_m=None)
    )
    (one,) = listed(store)
    assert (one["uncertainty_m"], one["stays_within"]) == (None, False)
    values = {v.name: v.value for v in findings[-1].values}
    assert values["accuracy_unknown"] == 1
    assert "For 1 an accuracy is not stated." in findings[-1].statement


@pytest.mark.parametrize(("second", "expected"), [("01T10:30:00", 1), ("01T10:30:01", 2)])
def test_pairs_join_while_the_pause_is_short(second: str, expected: int) -> None:
    store, _ = answer(
        fix("device:s", "01T10:00:00"), fix("device:v", "01T10:00:00"),
        fix("device:s", second), fix("device:v", second),
    )  # fmt: skip
    assert len(listed(store)) == expected


def test_an_attribution_that_ends_ends_the_person() -> None:
    until = datetime(2026, 7, 2, tzinfo=UTC)
    case = Case(
        folder=Path(), reference="T/3", people=CASE.people,
        attributions=(
            Attribution("device:v", "V", "accepted"),
            Attribution("device:s", "S", "accepted", to_at=until),
            Attribution("device:s", "F", "accepted", from_at=until),
        ),
    )  # fmt: skip
    store, _ = answer(
        fix("device:s", "01T10:00:00"), fix("device:v", "01T10:00:00"),
        fix("device:s", "03T10:00:00"), fix("device:v", "03T10:00:00"), case=case,
    )  # fmt: skip
    assert [(c["person_a"], c["person_b"]) for c in listed(store)] == [("S", "V"), ("V", "F")]


def test_records_on_one_cell_within_the_window() -> None:
    store, findings = answer(
        record(S_LINE, "01T10:00:00"), record(V_LINE, "01T10:30:00"),
        record(V_LINE, "01T10:00:00", "234-30-2"), record(V_LINE, "02T10:30:01"),
        record(S_LINE, "02T10:00:00"),
    )  # fmt: skip
    (one,) = listed(store, "B")
    assert (one["cell_id"], one["cell_id_b"], one["least_gap_s"]) == ("234-30-1", "234-30-1", 1800)
    assert (one["days_a"], one["days_b"], one["explained_by"]) == (1, 1, None)
    finding = next(f for f in findings if f.kind == "coincidences_b")
    assert "not inconsistent with both handsets using that cell" in finding.statement


def test_one_record_in_two_exhibits_is_one_record() -> None:
    copy = record(S_LINE, "01T10:00:00", exhibit_id="X2")
    store, _ = answer(record(S_LINE, "01T10:00:00"), copy, record(V_LINE, "01T10:01:00"))
    (one,) = listed(store, "B")
    assert one["pairs"] == 1
    assert one["row_ids"] == ["r000", "r001", "r002"]


def test_a_data_session_is_marked_and_its_slack_is_counted_apart() -> None:
    open_record = {"kind": "data_session", "time_relation": "at_or_before"}
    store, findings = answer(
        record(S_LINE, "01T10:00:00"), record(V_LINE, "01T10:20:00", **open_record),
        record(V_LINE, "01T10:55:00", **open_record), record(V_LINE, "01T11:05:00", **open_record),
    )  # fmt: skip
    (one,) = listed(store, "B")
    assert (one["pairs"], one["rests_on_session"]) == (1, True)
    values = {v.name: v.value for f in findings if f.kind == "coincidences_b" for v in f.values}
    assert values["resting_on_data_sessions"] == 1
    assert values["pairs_with_session_slack"] == 2, "10:55 less 30 min of slack is 25 min apart"


def test_cells_of_neighbouring_sites_are_class_c_and_never_evidential() -> None:
    apart = HUNDRED_M * 9
    store, findings = answer(
        record(S_LINE, "01T10:00:00", "234-30-1", lat=51.5, lon=-0.1),
        record(V_LINE, "01T10:10:00", "234-30-2", lat=51.5 + apart, lon=-0.1),
        record(V_LINE, "01T10:10:00", "234-30-3", lat=51.5 + apart * 2, lon=-0.1),
        record(V_LINE, "01T10:10:00", "234-30-4"),
    )
    (one,) = listed(store, "C")
    assert (one["cell_id"], one["cell_id_b"], one["min_distance_m"]) == (
        "234-30-1",
        "234-30-2",
        900.0,
    )
    finding = next(f for f in findings if f.kind == "coincidences_c")
    assert finding.evidence_class == "C"
    assert finding.statement.startswith("For investigation only")
    assert any("never for an evidential report" in caveat for caveat in finding.caveats)


def test_class_c_is_cut_at_its_limit_and_says_how_many_there_were() -> None:
    cells = [
        record(V_LINE, "01T10:10:00", f"234-30-{n}", lat=51.5 + n * HUNDRED_M, lon=0.1)
        for n in range(2, 9)
    ]
    first = record(S_LINE, "01T10:00:00", "234-30-1", lat=51.5, lon=0.1)
    store, findings = answer(first, *cells, settings=Settings(site_list_limit=3))
    assert [c["min_distance_m"] for c in listed(store, "C")] == [200.0, 300.0, 400.0]
    finding = next(f for f in findings if f.kind == "coincidences_c")
    assert finding.counts_tried["coincidences_before_the_limit"] == 7


def habit(days: range) -> list[dict[str, Any]]:
    return [
        event
        for day in days
        for event in (
            fix("device:s", f"{day:02d}T10:00:00"),
            fix("device:v", f"{day:02d}T10:02:00"),
        )
    ]


def test_a_habit_of_both_shows_in_the_chance_control() -> None:
    store, findings = answer(*habit(range(1, 29)))
    middle = listed(store)[14]
    assert middle["chance_rate"] == 1.0
    assert middle["chance_trials"] == 18, "9 shifts stay inside the records, in both directions"
    assert (middle["days_a"], middle["days_b"]) == (27, 27)
    assert (
        middle["explained_by"] == "records of both devices show this place on 5 or more other days"
    )
    values = {v.name: v.value for v in findings[-1].values}
    assert (values["days_compared"], values["days_with_coincidence"]) == (28, 28)
    assert values["shifted_hits_day"] == values["shifted_days_day"] > 0


def test_a_single_agreement_among_other_days_has_no_chance_hits() -> None:
    apart = [fix("device:s", f"{day:02d}T10:00:00", 51.6) for day in range(2, 29)]
    there = [fix("device:v", f"{day:02d}T10:00:00", 51.7) for day in range(2, 29)]
    store, _ = answer(
        fix("device:s", "01T10:00:00"), fix("device:v", "01T10:00:00"), *apart, *there
    )
    (one,) = listed(store)
    assert (one["chance_rate"], one["chance_hits"]) == (0.0, 0)
    assert one["chance_trials"] == 2 * 6, "1, 2, 3, 7, 14 and 21 days later, both directions"
    assert one["explained_by"] is None


def test_a_trial_without_records_of_the_other_device_does_not_count() -> None:
    store, _ = answer(fix("device:s", "01T10:00:00"), fix("device:v", "01T10:00:00"))
    (one,) = listed(store)
    assert (one["chance_rate"], one["chance_trials"]) == (None, 0)


def test_habits_are_moved_by_the_clock_on_the_wall() -> None:
    """09:00 in London is 08:00 UTC before 25 October 2026 and 09:00 UTC after it."""

    def pair(at: str) -> list[dict[str, Any]]:
        return [
            {**fix(subject, "01T00:00:00"), "started_at": at}
            for subject in ("device:s", "device:v")
        ]

    store, _ = answer(*pair("2026-10-20T08:00:00"), *pair("2026-10-27T09:00:00"))
    assert [(c["chance_rate"], c["chance_trials"]) for c in listed(store)] == [(1.0, 2), (1.0, 2)]


def test_fixes_far_apart_make_stretches_longest_first() -> None:
    far = 51.5 + HUNDRED_M * 60
    events = [
        event
        for minute in (0, 10, 20, 30, 50, 60)
        for event in (fix("device:s", f"01T10:{minute:02d}:00" if minute < 60 else "01T11:00:00"),
                      fix("device:v", f"01T10:{minute:02d}:30" if minute < 60 else "01T11:00:30",
                          51.5 if minute == 30 else far))
    ]  # fmt: skip
    store, findings = answer(*events)
    stretches = store.dicts("select * from contradictions")
    assert [(s["started_at"].minute, s["ended_at"].minute, s["fixes"]) for s in stretches] == [
        (0, 20, 3),
        (50, 0, 2),
    ]
    assert stretches[0]["least_distance_m"] == 6000.0
    assert len(stretches[0]["row_ids"]) == 6
    finding = findings[-1]
    assert finding.kind == "contradictions"
    assert {v.name: v.value for v in finding.values}["hours"] == 0.5


def test_a_fix_in_reach_of_any_other_is_no_contradiction() -> None:
    store, _ = answer(
        fix("device:s", "01T10:00:00"),
        fix("device:v", "01T10:01:00", 52.5),
        fix("device:v", "01T10:02:00"),
    )
    assert store.rows("select count(*) from contradictions") == [(0,)]


def test_a_crowd_is_refused_and_said_so() -> None:
    store, findings = answer(*habit(range(1, 29)), settings=Settings(comparison_limit=5))
    assert listed(store) == []
    refused = [f for f in findings if f.kind == "not_compared"]
    assert any(
        "class A" in f.statement and "more than the limit of 5" in f.statement for f in refused
    )
    assert not any(f.kind == "coincidences_a" for f in findings)


def test_one_side_alone_is_said_to_be_so() -> None:
    _, findings = answer(fix("device:s", "01T10:00:00"))
    assert [f.statement for f in findings] == [
        "The data supplied hold fixes of devices only for S.",
        "The data supplied hold records with a cell for nobody.",
    ]


def test_an_empty_case_has_tables_and_findings() -> None:
    store, findings = answer()
    assert [f.kind for f in findings] == ["not_compared", "not_compared"]
    assert store.exported == ["coincidences", "contradictions"]
    assert store.rows("select count(*) from coincidences") == [(0,)]


def everything() -> list[dict[str, Any]]:
    start = datetime(2026, 7, 1, 9)
    calls = [
        {**record(line, "01T09:00:00", f"234-30-{n % 3}", lat=51.5, lon=-0.1),
         "started_at": (start + timedelta(hours=7 * n)).isoformat()}
        for n in range(40) for line in (S_LINE, V_LINE)
    ]  # fmt: skip
    far = [fix("device:s", "15T12:00:00", 52.0), fix("device:v", "15T12:00:00", 52.5)]
    return [*habit(range(1, 12)), *calls, *far]


def test_the_order_of_events_changes_nothing() -> None:
    events = [{"event_id": f"k{n:03d}", **event} for n, event in enumerate(everything())]
    one, findings = answer(*events)
    other, again = answer(*reversed(events))
    for table in ("coincidences", "contradictions"):
        sql = f"select * exclude (row_ids) from {table}"
        assert one.rows(sql) == other.rows(sql) != []
    assert [(f.statement, f.values) for f in findings] == [(f.statement, f.values) for f in again]


def test_every_value_leads_to_rows_and_counts_are_those_of_its_selection() -> None:
    store, findings = answer(*everything())
    kinds = {"coincidences_a", "coincidences_b", "coincidences_c", "contradictions"}
    assert {f.kind for f in findings} == kinds
    for finding in findings:
        for value in finding.values:
            assert value.where is not None
            condition, parameters = to_sql(value.where)
            rows = store.rows(
                f"select row_ids from {value.where.table} where {condition}", parameters
            )
            assert all(row_ids for (row_ids,) in rows)
            if value.unit in ("coincidences", "stretches"):
                assert value.value == len(rows), value.name


def test_texts_say_no_more_than_the_records() -> None:
    texts = []
    for events in (everything(), [], [fix("device:s", "01T10:00:00")]):
        for finding in answer(*events)[1]:
            texts += [finding.title, finding.statement, finding.method, *finding.caveats]
    assert [text for text in texts if re.search(FORBIDDEN, text)] == []


def test_the_module_is_an_analysis() -> None:
    assert (coincidence.NAME, coincidence.run) == ("coincidence", run)
    assert coincidence.QUESTION.endswith("?")
