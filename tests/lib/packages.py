"""A small package with every table that analyses export, for tests of renderers."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fourfold.evidence.model.case import Attribution, Case, Person
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.store.engine import quoted
from lib.stores import store_with

FORMULA = '=HYPERLINK("http://evil.example","x")'
ROW_A, ROW_B, ROW_C = "a" * 16, "b" * 16, "c" * 16
CASE = Case(
    folder=Path("case"),
    reference="URN/2026/0004",
    title="OP MARLSTONE",
    has_case_file=True,
    people=(Person("S", "suspect", "Jorah Orrelby"), Person("V", "victim", "Isolde Castlequay")),
    attributions=(Attribution("tel:+447700900981", "S", "accepted", "Subscriber record"),),
)
EXHIBIT = {
    "exhibit_id": "X1", "exhibit_file": "exhibits/sms.xml", "ref": "ABC/1", "sha256": "e3b0" * 16,
    "size_bytes": 1234, "state": "read", "reader": "sms_backup", "reader_version": "1",
    "zone_used": "UTC", "rows_read": 3, "rows_used": 2, "rows_merged": 0, "rows_set_aside": 1,
    "events": 2, "first_at": "2026-07-01T10:00:00", "last_at": "2026-10-25T01:30:00",
    "authority": ["DPN/1"], "warnings": [],
}  # fmt: skip
LEDGER_ROW = {"exhibit_id": "X1", "exhibit_file": "exhibits/sms.xml"}
LEDGER = [
    LEDGER_ROW | {"row_id": ROW_A, "code": "R1.1", "locator": "sms[1]", "state": "used"},
    LEDGER_ROW | {"row_id": ROW_B, "code": "R1.2", "locator": "sms[2]", "state": "used"},
    LEDGER_ROW | {"row_id": ROW_C, "code": "R1.3", "locator": "sms[3]", "state": "set_aside",
                  "reason": "not_an_event", "note": "a draft, type 3"},
]  # fmt: skip
EXPORTED = {
    "contacts": "select 'O1' as occurrence_id, 'S' as from_party, 'V' as to_party,"
    " 'accepted' as strength, 'message' as kind, 'sms' as channel, 'received' as outcome,"
    " true as is_connected, false as is_withheld, timestamp '2026-07-01 10:00:00' as started_at,"
    " 0.0::double as lasted_s, true as is_night, [$a] as row_ids",
    "chronology": "select n as entry_no, timestamp '2026-10-25 00:30:00' + n * interval 1 hour as"
    " started_at, null::timestamp as ended_at, 'at' as time_relation, n = 1 as"
    " is_clock_change_hour, '2026-10-25' as local_day, 1 as local_hour, 'message' as kind,"
    " 'sms' as channel, 'received' as outcome, 'S' as from_party, 'V' as to_party,"
    " 'text to a number attributed to V' as summary, $formula as text, 51.5::double as lat,"
    " -0.1::double as lon, 10.0::double as accuracy_m, 'fix' as place_kind, ['a', 'b'] as"
    " act_codes, 1 as occasion_no, 'O' || n as occurrence_id, [$a] as event_ids, ['X1'] as"
    " exhibit_ids, [$a, $b] as row_ids from range(1, 4) as r(n)",
    "coincidences": "select 'C1' as coincidence_id, 'A' as class, 'tel:+447700900981' as"
    " subject_a, 'tel:+447700900281' as subject_b, 'S' as person_a, 'V' as person_b, 'accepted'"
    " as strength, timestamp '2026-07-02 10:00:00' as started_at, timestamp '2026-07-02 10:05:00'"
    " as ended_at, 4 as pairs, 12.5::double as min_distance_m, 20.0::double as uncertainty_m,"
    " 51.5::double as lat_a, -0.1::double as lon_a, 51.5::double as lat_b, -0.1::double as lon_b,"
    " null::varchar as cell_id, null::varchar as cell_id_b, 0.02::double as chance_rate,"
    " 56 as chance_trials, null::varchar as explained_by, [$a, $b] as row_ids",
    "contradictions": "select 'a' as subject_a, 'b' as subject_b, 'S' as person_a, 'V' as"
    " person_b, timestamp '2026-07-03 10:00:00' as started_at, timestamp '2026-07-03 11:00:00' as"
    " ended_at, 8000.0::double as least_distance_m, 'A' as class, [$b] as row_ids",
    "diary_checks": "select 1 as entry_no, 'X1' as exhibit_id, $a as entry_row_id, $formula as"
    " words, 'about six' as time_words, timestamp '2026-07-03 16:30:00' as from_at, timestamp"
    " '2026-07-03 17:30:00' as to_at, 'supported' as outcome, 'two calls stand in the window' as"
    " reason, true as is_private, 0.1::double as chance_rate, $candidates as candidates, [$a] as"
    " row_ids",
    "device_changes": "select 1 as change_no, 'same_imei_new_imsi' as kind, timestamp"
    " '2026-08-28 17:20:00' as at, timestamp '2026-08-28 12:00:00' as before_at,"
    " 'tel:+447700900546' as number, 'imei:001001952927538' as imei, 'imsi:234300000000001' as"
    " imsi, null::varchar as other, ['a SIM was lent', 'a second user'] as explanations, [$a] as"
    " row_ids",
    "gaps": "select 1 as gap_no, 'S' as person, 'call data of the number' as source, timestamp"
    " '2026-08-01 00:00:00' as from_at, timestamp '2026-08-09 00:00:00' as to_at, 8 as days,"
    " 'expires' as kind, timestamp '2027-08-01 00:00:00' as ask_by, [$a] as row_ids",
    "third_parties": "select 'M' as party, 'tel:+447700900795' as identifier, 'M' as person,"
    " 3 as side_a_count, 2 as side_b_count, timestamp '2026-07-01 10:00:00' as first_at, timestamp"
    " '2026-09-01 10:00:00' as last_at, ['sms'] as channels, true as is_shared, [$a] as row_ids",
}
CANDIDATES = (
    '[{"label": "missed call, number withheld", "started_at": "2026-07-03T16:41:00Z", "helps":'
    ' true, "why": "inside the window", "row_ids": ["aaaaaaaaaaaaaaaa"]}, {"label": "text to M",'
    ' "started_at": "2026-07-03T17:02:00Z", "helps": false, "why": "another person",'
    ' "row_ids": ["bbbbbbbbbbbbbbbb"]}]'
)


FROM_S = Where("contacts", [("from_party", "=", "S")])


def finding(**more: Any) -> Finding:
    """A finding with two values and one series."""
    facts: dict[str, Any] = {
        "analysis": "contact", "version": "1", "kind": "contact_counts",
        "question": "How often does the record show contact?", "title": "Contact from S to V",
        "statement": "The records show 2 contacts from a number attributed to S.",
        "method": "Occurrences are counted, not records.", "settings": {"night_from": 22},
        "finding_id": "F1", "caveats": ["Numbers may be withheld."], "pair": ("S", "V"),
        "period": ("2026-07-01T00:00:00Z", "2026-10-31T00:00:00Z"),
        "values": [
            Value("contacts", 2, "contacts", where=FROM_S, code="F1.1"),
            Value("share at night", 0.5, "of contacts", row_ids=[ROW_A], code="F1.2"),
        ],
        "series": {"per day": [Value("2026-07-01", 2, "contacts", row_ids=[ROW_A], code="F1.3")]},
    }  # fmt: skip
    return Finding(**(facts | more))


def package_with(
    *, exported: dict[str, str] | None = None, findings: list[Finding] | None = None, **tables: Any
) -> Any:
    """A package; `exported` maps a table to the query that makes it, by default all of them."""
    store = store_with(**({"exhibits": [EXHIBIT], "ledger": LEDGER} | tables))
    values = {"a": ROW_A, "b": ROW_B, "formula": FORMULA, "candidates": CANDIDATES}
    for table, query in (EXPORTED if exported is None else exported).items():
        filled = query
        for name, value in values.items():
            filled = filled.replace(f"${name}", quoted(value))
        store.run(f"create table {table} as {filled}")
        store.export(table)
    facts = {"version": "0.1", "display_zone": "Europe/London", "zone_rules": "2026.6", "notes": []}
    found = [finding()] if findings is None else findings
    return SimpleNamespace(case=CASE, tables=store, findings=found, facts=facts)
