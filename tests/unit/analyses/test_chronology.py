"""The chronology: order, condensed stretches, labels, occasions, private notes."""

import re
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.analyses import act_labels, chronology
from fourfold.evidence.model.case import Case, Knowledge, Order, Person
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.store.casestore import CaseStore
from lib.stores import store_with

S_TEL, V_TEL = "tel:+447700900123", "tel:+447700900456"
GUARD = re.compile(
    r"\bwas at\b|\bwas with\b|\bmet\b|\bfollowed\b|\bnear(?:by)?\b|\bproximity\b|\bproven\b"
    r"|\bhome\b|\bconsistent with\b",
    re.IGNORECASE,
)


def case_with(**facts: Any) -> Case:
    people = (Person("S", "suspect"), Person("V", "victim"), Person("W", "third_party"))
    return Case(folder=Path(), reference="T/1", people=people, **facts)


def occurrence(n: int, at: str, **facts: Any) -> dict[str, Any]:
    return {
        "occurrence_id": f"O{n}",
        "event_ids": [f"c{n}.0"],
        "row_ids": [f"c{n}"],
        "exhibit_ids": ["X1"],
        "kind": "call",
        "channel": "cellular",
        "outcome": "answered",
        "lasted_s": 142.7,
        "started_at": f"2026-07-{at}",
        "local_day": f"2026-07-{at[:2]}",
        "local_hour": int(at[3:5]),
        "time_relation": "at",
        "from_id": S_TEL,
        "to_ids": [V_TEL],
        "from_person": "S",
        "from_strength": "accepted",
        "to_person": "V",
        "to_strength": "disputed",
        **facts,
    }


def event(n: int, at: str | None, **facts: Any) -> dict[str, Any]:
    return {
        "event_id": f"r{n}.0",
        "row_ids": [f"r{n}"],
        "exhibit_id": "X2",
        "kind": "device_fix",
        "started_at": at and f"2026-07-{at}",
        "local_day": at and f"2026-07-{at[:2]}",
        "local_hour": at and int(at[3:5]),
        "time_relation": "at",
        "subject_id": "imei:004400000000001",
        "place_kind": "fix",
        "lat": 51.5,
        "lon": -0.9,
        **facts,
    }


def chronology_of(store: CaseStore, case: Case | None = None) -> list[dict[str, Any]]:
    chronology.run(store, case or case_with())
    return store.dicts("select * from chronology order by entry_no")


def findings_of(store: CaseStore, case: Case | None = None) -> dict[str, Finding]:
    return {finding.kind: finding for finding in chronology.run(store, case or case_with())}


def test_a_call_is_one_entry_with_a_sentence_and_its_rows():
    [entry] = chronology_of(store_with(occurrences=[occurrence(1, "01T10:00:00")]))
    assert entry == {
        "entry_no": 1,
        "started_at": datetime(2026, 7, 1, 10),
        "ended_at": None,
        "time_relation": "at",
        "is_clock_change_hour": False,
        "local_day": "2026-07-01",
        "local_hour": 10,
        "kind": "call",
        "channel": "cellular",
        "outcome": "answered",
        "from_party": "S",
        "to_party": "V",
        "summary": f"Call, 142 s, answered: from {S_TEL} (attributed to S, accepted) to {V_TEL}"
        " (attributed to V, disputed)",
        "text": None,
        "lat": None,
        "lon": None,
        "accuracy_m": None,
        "place_kind": "none",
        "act_codes": ["b"],
        "occasion_no": 1,
        "occurrence_id": "O1",
        "event_ids": ["c1.0"],
        "exhibit_ids": ["X1"],
        "row_ids": ["c1"],
    }


def test_a_message_to_many_from_nobody_known_says_so():
    facts = {"kind": "message", "channel": "sms", "outcome": None, "lasted_s": None, "text": "hi"}
    unknown = {"from_id": "withheld", "from_person": None, "is_withheld": True, "to_person": None}
    to_ids = [V_TEL, "tel:+447700900777"]
    made = occurrence(1, "01T10:00:00", **facts, **unknown, to_ids=to_ids)
    [entry] = chronology_of(store_with(occurrences=[made]))
    assert entry["summary"] == (
        "Message (sms), number withheld: from withheld (not attributed) to"
        f" {V_TEL} (not attributed) and 1 more"
    )
    assert (entry["text"], entry["act_codes"], entry["occasion_no"]) == ("hi", [], None)


def test_fixes_of_a_device_are_one_entry_per_stretch():
    fixes = [event(n, f"01T10:{n:02}:00") for n in range(5)]
    late = [event(7, "01T12:00:00"), event(8, "01T13:00:00", ended_at="2026-07-01T13:15:00")]
    far = [event(9, "01T14:15:00"), event(10, "01T15:15:01")]
    entries = chronology_of(store_with(events=[*far, *late, *fixes]))
    assert [e["row_ids"] for e in entries] == [
        ["r0", "r1", "r2", "r3", "r4"],
        ["r7", "r8", "r9"],
        ["r10"],
    ]
    assert entries[0]["summary"] == (
        "Position fix, 5 records: record of imei:004400000000001 (not attributed)"
    )
    assert (entries[0]["started_at"], entries[0]["ended_at"]) == (
        datetime(2026, 7, 1, 10, 0), datetime(2026, 7, 1, 10, 4),
    )  # fmt: skip
    assert (entries[0]["lat"], entries[0]["time_relation"]) == (None, "during")
    assert (entries[2]["lat"], entries[2]["time_relation"]) == (51.5, "at")


@pytest.mark.parametrize(
    "other",
    [
        {"subject_id": "imei:004400000000002"},
        {"exhibit_id": "X3"},
        {"kind": "network_fix"},
        {"place_kind": "searched"},
        {"local_day": "2026-07-02"},
    ],
)
def test_a_stretch_never_mixes(other: dict[str, str]):
    store = store_with(events=[event(1, "01T10:00:00"), event(2, "01T10:01:00", **other)])
    assert [e["row_ids"] for e in chronology_of(store)] == [["r1"], ["r2"]]


def test_a_stretch_ends_where_an_attribution_begins():
    stated = {
        "identifier": "imei:00440000000000", "person": "S", "strength": "assumed",
        "from_at": "2026-07-01T10:02:00",
    }  # fmt: skip
    fixes = [event(n, f"01T10:0{n}:00") for n in range(4)]
    entries = chronology_of(store_with(events=fixes, attributions=[stated]))
    assert [e["row_ids"] for e in entries] == [["r0", "r1"], ["r2", "r3"]]
    assert [e["from_party"] for e in entries] == ["imei:004400000000001", "S"]
    assert entries[1]["summary"].endswith("(attributed to S, assumed)")


def test_of_several_attributions_the_strongest_is_printed():
    stated = [
        {"identifier": "vrm:VO00AAA", "person": person, "strength": strength}
        for person, strength in (("W", "assumed"), ("S", "accepted"), ("V", "disputed"))
    ]
    seen = event(1, "01T10:00:00", kind="camera_read", subject_id="vrm:VO00AAA")
    [entry] = chronology_of(store_with(events=[seen], attributions=stated))
    assert entry["summary"] == "Camera record: record of vrm:VO00AAA (attributed to S, accepted)"


def test_what_the_case_states_stands_in_the_order_without_rows():
    told = Knowledge(
        "S", datetime(2026, 7, 1, 10, 0, 30, tzinfo=UTC), "V", "text", "He met me. Stop."
    )
    order = Order(
        "O1", "interim_spo", "S", ("V",), datetime(2026, 7, 1, 11, tzinfo=UTC),
        made_at=datetime(2026, 6, 1, tzinfo=UTC), court="A Court",
    )  # fmt: skip
    case = case_with(knowledge=(told,), orders=(order,))
    calls = [occurrence(1, "01T10:00:00"), occurrence(2, "01T10:30:00")]
    entries = chronology_of(store_with(occurrences=calls), case)
    assert [(e["kind"], e["row_ids"]) for e in entries] == [
        ("order", []), ("call", ["c1"]), ("knowledge", []), ("call", ["c2"]), ("order", []),
    ]  # fmt: skip
    assert entries[2]["summary"] == "Stated in case.toml for person S: told to stop"
    assert entries[2]["text"] == "by: V; how: text; words: He met me. Stop."
    assert (entries[2]["local_hour"], entries[2]["time_relation"]) == (11, "at")
    assert entries[4]["summary"] == "Stated in case.toml for person S: order O1 served"
    assert (entries[4]["time_relation"], entries[4]["ended_at"]) == (
        "within", datetime(2026, 7, 1, 11, 1),
    )  # fmt: skip


def test_the_words_of_a_private_note_never_appear():
    note = "time rule: hour; kept: private note"
    secret = event(
        1, "01T10:00:00", kind="statement", place_kind="none", text="He watched me. SECRET",
        decode_note=note, subject_id="person:V",
    )  # fmt: skip
    store = store_with(events=[secret])
    findings = chronology.run(store, case_with())
    [entry] = store.dicts("select * from chronology")
    assert entry["text"] is None
    assert entry["act_codes"] == []
    assert entry["summary"].startswith("Diary or statement entry (private note; text withheld)")
    assert "SECRET" not in f"{store.dicts('select * from chronology')}{findings}"


def test_labels_of_a_statement_come_from_its_words():
    said = event(
        1, "01T10:00:00", kind="statement", place_kind="none", subject_id="person:V",
        text="He was standing across the road watching the house. My car was keyed.",
    )  # fmt: skip
    [entry] = chronology_of(store_with(events=[said]))
    assert entry["act_codes"] == ["e", "f", "g"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("He followed me to work", ["a"]),
        ("A tracker under my car", ["d"]),
        ("He’s been hanging about", ["e"]),
        ("He rang and texted all evening", []),
        ("I watched television; he published a lie", []),
        ("The following day was quiet", []),
    ],
)
def test_each_label_needs_its_words(text: str, codes: list[str]):
    assert act_labels.labels_of_statement(text) == codes


def test_a_post_from_a_suspects_account_bears_the_label_of_posts():
    posts = [
        event(n, "01T10:00:00", kind="post", place_kind="none", from_id=account)
        for n, account in enumerate(["instagram:s", "instagram:v"])
    ]
    stated = [
        {"identifier": "instagram:s", "person": "S", "strength": "assumed"},
        {"identifier": "instagram:v", "person": "V", "strength": "assumed"},
    ]
    entries = chronology_of(store_with(events=posts, attributions=stated))
    assert [e["act_codes"] for e in entries] == [["c"], []]


def test_occasions_part_after_a_pause_of_more_than_six_hours():
    calls = [occurrence(n, at) for n, at in enumerate(
        ["01T18:00:00", "01T20:00:00", "02T02:00:00", "02T08:00:01"])]  # fmt: skip
    back = occurrence(9, "01T19:00:00", from_person="V", to_person="S")
    store = store_with(occurrences=[*calls, back])
    finding = findings_of(store)["occasions"]
    assert store.rows("select occasion_no, entries, row_ids, act_codes from occasions") == [
        (1, 3, ["c0", "c1", "c2"], ["b"]),
        (2, 1, ["c3"], ["b"]),
    ]
    assert finding.values[0].value == 2
    assert [value.value for value in finding.series["occasions"]] == [3, 1]
    assert "2 occasions, 0 of them of coincidences alone" in finding.statement
    assert any("s.7(3)" in caveat for caveat in finding.caveats)


def test_occasions_from_the_told_to_stop_moment_on_are_counted():
    told = Knowledge("S", datetime(2026, 7, 3, 10, 0, 30, tzinfo=UTC))
    calls = [
        occurrence(1, "01T10:00:00"),
        occurrence(2, "03T10:00:00"),
        occurrence(3, "05T10:00:00"),
    ]
    finding = findings_of(store_with(occurrences=calls), case_with(knowledge=(told,)))["occasions"]
    assert finding.values[2].name == (
        "of these, from the first told-to-stop moment (2026-07-03T10:00:30Z) on"
    )
    assert finding.values[2].value == 1


def test_a_stretch_of_data_sessions_keeps_that_their_cell_was_used_before():
    sessions = [
        event(n, f"01T10:0{n}:00", kind="data_session", time_relation="at_or_before")
        for n in range(2)
    ]
    [entry] = chronology_of(store_with(events=sessions))
    assert entry["time_relation"] == "at_or_before"
    assert entry["summary"].startswith("Data session, 2 records")


def test_class_a_coincidences_that_no_habit_explains_join_occasions():
    store = store_with(
        occurrences=[occurrence(1, "01T10:00:00")],
        events=[event(1, "03T10:00:00"), event(2, "03T10:00:00", subject_id="imei:2")],
    )
    store.run(
        """create table coincidences as select * from (values
            ('C1', 'A', 'imei:004400000000001', 'imei:2', 'S', 'V', 'assumed', null),
            ('C2', 'A', 'imei:004400000000001', 'imei:2', 'S', 'V', 'assumed', 'habit'),
            ('C3', 'B', 'imei:004400000000001', 'imei:2', 'S', 'V', 'assumed', null),
            ('C4', 'A', 'imei:004400000000001', 'imei:2', 'S', 'W', 'assumed', null))
            as t(coincidence_id, class, subject_a, subject_b, person_a, person_b, strength,
                explained_by),
            (select timestamp '2026-07-03 10:00:00' as started_at,
                timestamp '2026-07-03 10:05:00' as ended_at,
                ['r1.0', 'r2.0'] as event_ids, ['r1', 'r2'] as row_ids)"""
    )
    finding = findings_of(store)["occasions"]
    entries = store.dicts("select * from chronology where kind = 'coincidence'")
    assert [e["summary"] for e in entries] == [
        "Time-and-place coincidence C1 (class A): fixes of imei:004400000000001 (attributed to S)"
        " and imei:2 (attributed to V), weaker attribution assumed"
    ]
    assert (entries[0]["occasion_no"], entries[0]["exhibit_ids"]) == (2, ["X2"])
    assert [value.value for value in finding.values] == [2, 1]


def test_events_without_a_time_are_counted_not_ordered():
    store = store_with(events=[event(1, None, kind="subscriber"), event(2, "01T10:00:00")])
    finding = findings_of(store)["account"]
    assert "1 events state no time and are not in the order" in finding.statement
    assert {v.name: v.value for v in finding.values} == {
        "entries": 1,
        "entries of kind device_fix": 1,
        "first record in the order": "2026-07-01T10:00:00Z",
        "last record in the order": "2026-07-01T10:00:00Z",
        "events without a time, not in the order": 1,
    }


def test_an_empty_case_has_findings_and_empty_tables():
    store = store_with()
    findings = findings_of(store)
    assert findings["account"].values[0].value == 0
    assert findings["occasions"].values[0].value == 0
    assert store.rows("select count(*) from chronology") == [(0,)]
    assert store.exported == ["chronology", "occasions"]


def test_the_order_of_rows_changes_nothing():
    calls = [occurrence(n, "01T10:00:00", event_ids=[f"c{n}.0"]) for n in range(3)]
    seen = [event(n, "01T10:00:00", kind="gate") for n in range(2)]
    results = []
    for order in permutations(range(3)):
        shuffled = [calls[n] for n in order]
        results.append(chronology_of(store_with(occurrences=shuffled, events=seen[::-1])))
    assert all(result == results[0] for result in results)
    assert [e["row_ids"] for e in results[0]] == [["c0"], ["c1"], ["c2"], ["r0"], ["r1"]]


def test_every_value_leads_to_its_rows():
    note = event(5, "02T10:00:00", kind="statement", subject_id="person:V", text="He followed me")
    store = store_with(
        occurrences=[occurrence(1, "01T10:00:00")], events=[event(1, "01T10:00:00"), note]
    )
    operators = {"=": "=", "!=": "<>", "is not null": "is not null"}
    for finding in chronology.run(store, case_with()):
        for value in [*finding.values, *finding.series.get("occasions", [])]:
            assert value.where is not None
            if value.unit != "entries":
                continue
            conditions = ["true"]
            for column, operator, wanted in value.where.conditions:
                if operator == "contains":
                    conditions.append(f"list_contains({column}, '{wanted}')")
                else:
                    conditions.append(f"{column} {operators[operator]} '{wanted}'")
            where = " and ".join(conditions)
            [(count,)] = store.rows(f"select count(*) from {value.where.table} where {where}")
            assert count == value.value


def test_generated_text_says_no_more_than_the_records():
    occurrences = [occurrence(1, "01T10:00:00"), occurrence(2, "05T10:00:00", kind="message")]
    kinds = ["data_session", "network_fix", "camera_read", "gate", "statement", "post", "photo",
             "device_event", "subscriber", "visit", "journey"]  # fmt: skip
    events = [
        event(n, "01T10:00:00", kind=kind, text="we met", place_kind=place)
        for n, (kind, place) in enumerate(
            (k, p) for k in kinds for p in ("fix", "searched", "received")
        )
    ]
    store = store_with(occurrences=occurrences, events=events)
    findings = chronology.run(store, case_with())
    texts = [summary for (summary,) in store.rows("select summary from chronology")]
    for finding in findings:
        texts += [str(finding.settings)]
        texts += [finding.title, finding.statement, finding.method, finding.question]
        texts += [*finding.caveats, *(value.name for value in finding.values)]
    assert len(texts) > 40
    assert [text for text in texts if GUARD.search(text)] == []
