"""Question 1: contact per pair, before and after, with the rows behind every figure."""

from datetime import time
from typing import Any

import pytest

from fourfold.evidence.analyses import contact
from fourfold.evidence.analyses.contact_measures import TOP_PAIRS
from fourfold.evidence.model.case import Attribution, Case, Knowledge, Order
from fourfold.evidence.model.finding import Finding, Value
from fourfold.evidence.store.casestore import CaseStore
from lib.linking import S_TWO, F, S, V, call, case_of, linked, text, utc

BARE = case_of(Attribution("tel:+447700900009", "X", "accepted"), people=())

EVENTS = [
    call("X1", "2026-07-01T21:30:00", lasted_s=60),  # 22:30 local, night
    call("X1", "2026-07-02T08:00:00"),
    call("X1", "2026-07-02T09:00:00", is_withheld=True),
    text("X1", "2026-07-02T10:00:00", a=S_TWO, subject=S_TWO),
    call("X1", "2026-07-05T10:00:00", a=V, b=S, subject=S, lasted_s=5),
    text("X1", "2026-07-06T10:00:00", b=F),
]


def answered(
    events: list[dict[str, Any]] | None = None, case: Case | None = None
) -> tuple[CaseStore, list[Finding]]:
    case = case or case_of()
    store = linked(EVENTS if events is None else events, case)
    return store, contact.run(store, case)


def of_kind(findings: list[Finding], kind: str, pair: tuple[str, str] | None = None) -> Finding:
    [found] = [f for f in findings if f.kind == kind and pair in {None, f.pair}]
    return found


def values(listed: list[Value]) -> dict[str, Any]:
    return {value.name: value.value for value in listed}


def counted(store: CaseStore, value: Value) -> int:
    """How many rows of its table a value's selection holds."""
    assert value.where is not None
    conditions, parameters = ["true"], []
    for column, operator, wanted in value.where.conditions:
        is_bare = operator.startswith("is ")
        conditions.append(f"{column} {operator}" + ("" if is_bare else " ?"))
        parameters += [] if is_bare else [wanted]
    sql = f"select count(*) from {value.where.table} where {' and '.join(conditions)}"
    return int(store.rows(sql, parameters)[0][0])


def test_the_pair_of_suspect_and_victim_is_counted() -> None:
    _, findings = answered()
    found = values(of_kind(findings, "contact_pair", ("S", "V")).values)
    assert {k: found[k] for k in (
        "contacts", "call attempts", "answered calls", "calls not answered", "messages",
        "calls with number withheld", "contacts at night", "night share", "days with contact",
        "day with most contacts", "contacts on that day",
    )} == {
        "contacts": 4, "call attempts": 3, "answered calls": 1, "calls not answered": 2,
        "messages": 1, "calls with number withheld": 1, "contacts at night": 1,
        "night share": 0.25, "days with contact": 2, "day with most contacts": "2026-07-02",
        "contacts on that day": 3,
    }  # fmt: skip


def test_the_breakdowns_of_a_pair_add_up_to_its_total() -> None:
    _, findings = answered()
    series = of_kind(findings, "contact_pair", ("S", "V")).series
    for name in ("by_day", "by_hour", "by_weekday", "by_channel", "by_identifier", "by_strength"):
        assert sum(int(v.value or 0) for v in series[name]) == 4, name
    assert values(series["by_weekday"])["Wednesday"] == 1
    assert values(series["by_hour"])["22:00"] == 1
    assert values(series["by_channel"]) == {"call": 3, "sms": 1}
    assert values(series["by_identifier"]) == {S: 3, S_TWO: 1}
    assert values(series["by_strength"]) == {"accepted": 3, "assumed": 1}
    assert values(series["by_call_outcome"]) == {"answered": 1, "no_answer": 2}


def test_every_count_is_the_number_of_rows_that_its_selection_holds() -> None:
    store, findings = answered(case=_told())
    checked = 0
    for finding in findings:
        for value in [*finding.values, *(v for s in finding.series.values() for v in s)]:
            if value.unit in {"contacts", "occurrences"} and value.where is not None:
                assert counted(store, value) == value.value, (finding.title, value.name)
                checked += 1
    assert checked > 50


def test_the_longest_silence_lies_between_two_contacts() -> None:
    store, findings = answered()
    found = of_kind(findings, "contact_pair", ("S", "V"))
    silence = next(v for v in found.values if v.name == "longest silence")
    assert silence.value == 10.5
    assert silence.row_ids == [
        row for (rows,) in store.rows(
            "select row_ids from contacts where from_party = 'S' and to_party = 'V'"
            " order by started_at limit 2") for row in rows
    ]  # fmt: skip


def test_a_pair_without_contact_is_said_to_have_no_record() -> None:
    _, findings = answered(EVENTS[:4])
    found = of_kind(findings, "contact_pair", ("V", "S"))
    assert found.statement == "No record in the data supplied for contact from V to S."
    assert values(found.values) == {"contacts": 0}


def _told() -> Case:
    return case_of(
        knowledge=(Knowledge("S", utc("2026-07-02T08:30:00"), "V", "text message"),),
        orders=(Order("O1", "spo", "S", ("V",), utc("2026-07-02T09:30:00")),),
    )


def test_contact_is_compared_before_and_after_each_moment() -> None:
    _, findings = answered(case=_told())
    found = [f for f in findings if f.kind == "contact_before_after" and f.pair == ("S", "V")]
    assert [(values(f.values)["contacts before"], values(f.values)["contacts after"])
            for f in found] == [(2, 2), (3, 1)]  # fmt: skip
    assert "text message, by V" in found[0].title
    assert "service of order O1" in found[1].title
    assert found[1].settings["moment_kind"] == "order"


def test_a_moment_counts_as_after() -> None:
    at = "2026-07-02T08:00:00"
    case = case_of(knowledge=(Knowledge("S", utc(at)),))
    found = of_kind(answered(case=case)[1], "contact_before_after", ("S", "V"))
    assert values(found.values)["contacts before"] == 1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(1, 4, "higher after"), (4, 1, "lower after"), (3, 4, "no marked change"), (1, 1, "too few")],
)
def test_a_change_of_rate_is_named_by_the_printed_rule(before: int, after: int, words: str) -> None:
    events = [call("X1", f"2026-07-01T{10 + n:02d}:00:00") for n in range(before)]
    events += [call("X1", f"2026-07-20T{10 + n:02d}:00:00") for n in range(after)]
    # Records of others cover both windows.
    events += [text("X1", f"2026-{day}T09:00:00", b=F) for day in ("06-20", "07-30")]
    case = case_of(knowledge=(Knowledge("S", utc("2026-07-10T00:00:00")),))
    found = of_kind(answered(events, case)[1], "contact_before_after", ("S", "V"))
    assert words in found.statement
    assert values(found.values)["mean per day before"] == round(before / 14, 3)


def test_days_without_records_are_not_days_without_contact() -> None:
    case = case_of(knowledge=(Knowledge("S", utc("2026-07-02T08:30:00")),))
    found = of_kind(answered(case=case)[1], "contact_before_after", ("S", "V"))
    assert "2 contacts" in found.statement
    # 21:30 to 08:30 are covered before, not 14 days.
    assert values(found.values)["mean per day before"] == round(2 / (11 / 24), 3)


def test_a_bare_folder_is_answered_by_number_for_the_most_frequent_pairs() -> None:
    others = [f"tel:+4477009001{n:02d}" for n in range(TOP_PAIRS + 4)]
    events = [
        text("X1", f"2026-07-{1 + k:02d}T10:00:00", b=other)
        for n, other in enumerate(others) for k in range(n + 1)
    ]  # fmt: skip
    _, findings = answered(events, BARE)
    pairs = [f.pair for f in findings if f.kind == "contact_pair"]
    assert pairs == [(S, other) for other in reversed(others[4:])]
    overview = of_kind(findings, "contact_overview")
    assert f"the {TOP_PAIRS} most frequent are answered" in overview.statement


def test_strength_is_the_weaker_of_both_sides_and_empty_where_one_is_missing() -> None:
    store, _ = answered()
    assert store.rows(
        "select from_party, to_party, strength from contacts order by started_at"
    ) == [("S", "V", "accepted")] * 3 + [
        ("S", "V", "assumed"), ("V", "S", "accepted"), ("S", F, None),
    ]  # fmt: skip


def test_a_message_to_several_gives_a_contact_for_each() -> None:
    store, _ = answered([text("X1", "10:00:00", to_ids=[V, F])])
    assert store.rows("select from_party, to_party, strength from contacts order by to_party") == [
        ("S", "V", "accepted"), ("S", F, None),
    ]  # fmt: skip


def test_a_withheld_call_without_the_callers_record_counts_for_nobody() -> None:
    events = [call("X2", "10:00:00", a="withheld", subject=V, is_withheld=True)]
    _, findings = answered(events)
    assert values(of_kind(findings, "contact_withheld_unresolved").values) == {"contacts": 1}
    assert values(of_kind(findings, "contact_pair", ("S", "V")).values) == {"contacts": 0}


@pytest.mark.parametrize(
    ("local", "is_night"),
    [(time(21, 59), False), (time(22, 0), True), (time(5, 59), True), (time(6, 0), False)],
)
def test_night_is_from_22_to_6(local: time, is_night: bool) -> None:
    at = utc(f"2026-01-05T{local}")  # winter: local time is UTC
    store, _ = answered([call("X1", at.replace(tzinfo=None).isoformat())])
    assert store.rows("select is_night, local_hour from contacts") == [(is_night, local.hour)]


def test_no_contacts_at_all_are_an_answer_too() -> None:
    fix = call("X1", "10:00:00") | {"kind": "device_fix"}
    _, findings = answered([fix], _told())
    assert values(of_kind(findings, "contact_overview").values)["pairs"] == 0


def test_clock_offsets_are_printed() -> None:
    store = linked(EVENTS)
    store.run("delete from clock_offsets")
    store.run("insert into clock_offsets values"
              " ('R/X1', 'R/X2', 'call:cellular', -420.0, 0.5, 8, -420.0, ['r1'])")  # fmt: skip
    found = of_kind(contact.run(store, case_of()), "clock_offsets")
    assert "R/X2 against R/X1 -420.0 s (spread 0.5 s, 8 pairs)" in found.statement
