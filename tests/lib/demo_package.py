"""A small package as renderers see it, with hostile texts, made without the pipeline."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fourfold.evidence.model.case import (
    Attribution,
    Authority,
    Case,
    Knowledge,
    Order,
    Person,
    Place,
    Term,
)
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.support.hashing import row_id
from lib.stores import store_with

SUSPECT = "tel:+447700900123"
VICTIM = "tel:+447700900456"
STRANGER = "tel:+447700900777"
START = datetime(2026, 9, 1, 7, 0)
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "\u202egnitset ekil skool ti\u202c read me backwards",
    '=HYPERLINK("http://example.invalid","click")',
    "שלום, why do you not answer? \U0001f6ab",
)
TEXTS = ("Please answer me.", "I only want to talk.", *HOSTILE)
CALLS_CSV = "ABC/1"
FIXES_JSON = "ABC/2"
ASIDE = "aside"  # rows of ABC/1 beyond the used ones


@dataclass
class DemoPackage:
    """What model.protocols.Package asks for."""

    case: Case
    tables: CaseStore
    findings: list[Finding]
    facts: dict[str, Any] = field(default_factory=dict)


def demo_case() -> Case:
    """Two people, two places (one sensitive), a warning, an order and an authority."""
    return Case(
        folder=Path("case"),
        reference="URN/2026/0004",
        title="OP TEASEL <b>demo</b>",
        has_case_file=True,
        people=(Person("S", "suspect", "Corin Hathersedge"), Person("V", "victim", "Maeve L.")),
        attributions=(
            Attribution(SUSPECT, "S", "accepted", "Subscriber record"),
            Attribution(VICTIM, "V", "accepted", "Statement of V"),
        ),
        places=(
            Place("v_new", 51.4556, -0.971, "Present address of V", 60.0, "V", True),
            Place("v_work", 51.4591, -0.9752, "Workplace of V", 60.0, "V"),
        ),
        knowledge=(
            Knowledge("S", datetime(2026, 9, 9, 18, 12, tzinfo=UTC), "V", "text", "Please stop."),
        ),
        orders=(
            Order(
                "O1",
                "interim_spo",
                "S",
                ("V",),
                datetime(2026, 9, 20, 14, 40, tzinfo=UTC),
                until=datetime(2027, 9, 20, tzinfo=UTC),
                court="Invented Magistrates' Court",
                terms=(Term("T1", "no_contact_direct", "Not to contact V by any means."),),
            ),
        ),
        authorities=(Authority("CD/2026/0004/S1", "communications_data"),),
    )


def demo_package() -> DemoPackage:
    """Build the package: 120 contacts, 40 device fixes, 6 cell records, 5 rows set aside."""
    contacts, fixes = _contacts(), _fixes()
    events = [*contacts, *fixes]
    ledger = [_ledger_row(e) for e in events] + [_aside(n) for n in range(5)]
    rows = [{"row_id": r["row_id"], "verbatim": r.pop("verbatim")} for r in ledger]
    store = store_with(
        events=[{k: v for k, v in e.items() if not k.startswith("_")} for e in events],
        occurrences=[_occurrence(n, e) for n, e in enumerate(contacts, 1)],
        ledger=ledger,
        rows=rows,
        exhibits=_exhibits(len(contacts), len(fixes)),
        attributions=[
            {
                "identifier": i,
                "person": p,
                "basis": b,
                "strength": "accepted",
                "stated_by": "case.toml",
            }
            for i, p, b in ((SUSPECT, "S", "Subscriber record"), (VICTIM, "V", "Statement of V"))
        ],
    )
    _export_tables(store)
    return DemoPackage(demo_case(), store, _findings(), {"version": "0.0.0", "seconds": 1.5})


def row_id_of(ref: str, number: int) -> str:
    """The id of the numbered row of an exhibit of this package."""
    if ref == FIXES_JSON:
        return row_id("b" * 64, f"/locations/{number}")
    return row_id("a" * 64, f"line={number + (122 if ref == ASIDE else 2)}")


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _contacts() -> list[dict[str, Any]]:
    out = []
    for n in range(120):
        at = START + timedelta(hours=5 * n, minutes=(7 * n) % 60)
        kind = "message" if n % 3 else "call"
        from_victim = n % 10 == 9
        text = TEXTS[n % len(TEXTS)] if kind == "message" else None
        out.append(
            {
                "_row": n,
                "_ref": CALLS_CSV,
                "_verbatim": f'{n},{at:%d/%m/%Y %H:%M:%S},{kind},"{text or ""}"',
                "event_id": f"{row_id_of(CALLS_CSV, n)}.0",
                "row_ids": [row_id_of(CALLS_CSV, n)],
                "exhibit_id": "X1",
                "reader": "demo_calls",
                "reader_version": "1",
                "kind": kind,
                "channel": "cellular" if kind == "call" else ("sms", "whatsapp")[n % 2],
                "direction": "incoming" if from_victim else "outgoing",
                "outcome": ("answered", "no_answer", "voicemail")[n % 9 // 3]
                if kind == "call"
                else "sent",
                "lasted_s": 60.0 if n % 9 == 0 else 0.0,
                "started_at": _iso(at),
                "time_relation": "at",
                "time_text": f"{at:%d/%m/%Y %H:%M:%S}",
                "time_basis": "stated_utc",
                "is_clock_change_hour": n == 60,
                "local_day": f"{at + timedelta(hours=1):%Y-%m-%d}",
                "local_hour": (at + timedelta(hours=1)).hour,
                "subject_id": SUSPECT,
                "from_id": VICTIM if from_victim else SUSPECT,
                "to_ids": [SUSPECT if from_victim else VICTIM],
                "place_kind": "cell" if n % 20 == 0 else "none",
                "lat": 51.456 + n / 20_000 if n % 20 == 0 else None,
                "lon": -0.98 if n % 20 == 0 else None,
                "azimuth_deg": 240.0 if n % 40 == 0 else None,
                "cell_id": "234-15-1-2" if n % 20 == 0 else None,
                "position_basis": "supplied" if n % 20 == 0 else "none",
                "text": text,
            }
        )
    return out


def _fixes() -> list[dict[str, Any]]:
    out = []
    for n in range(40):
        at = START + timedelta(hours=12 * n, minutes=11)
        out.append(
            {
                "_row": n,
                "_ref": FIXES_JSON,
                "_verbatim": f'{{"timestamp":"{at.isoformat()}Z","accuracy":{10 + n}}}',
                "event_id": f"{row_id_of(FIXES_JSON, n)}.0",
                "row_ids": [row_id_of(FIXES_JSON, n)],
                "exhibit_id": "X2",
                "reader": "demo_fixes",
                "reader_version": "2",
                "kind": "device_fix",
                "started_at": _iso(at),
                "time_relation": "at",
                "time_basis": "stated_utc",
                "local_day": f"{at:%Y-%m-%d}",
                "local_hour": at.hour,
                "subject_id": "imei:004401000000001",
                "place_kind": "fix",
                "lat": 51.4556 + (n % 8) * 0.0012,
                "lon": -0.971 - (n % 5) * 0.0017,
                "accuracy_m": 10.0 + n,
                "accuracy_meaning": "unknown",
                "position_basis": "supplied",
            }
        )
    return out


def _ledger_row(event: dict[str, Any]) -> dict[str, Any]:
    ref, n = event["_ref"], event["_row"]
    number = 1 if ref == CALLS_CSV else 2
    return {
        "row_id": row_id_of(ref, n),
        "code": f"R{number}.{n + 1}",
        "exhibit_id": f"X{number}",
        "exhibit_file": "exhibits/calls.csv" if number == 1 else "exhibits/Records.json",
        "locator": f"line={n + 2}" if number == 1 else f"/locations/{n}",
        "state": "used",
        "event_ids": [event["event_id"]],
        "verbatim": event["_verbatim"],
    }


def _aside(n: int) -> dict[str, Any]:
    return {
        "row_id": row_id_of(ASIDE, n),
        "code": f"R1.{121 + n}",
        "exhibit_id": "X1",
        "exhibit_file": "exhibits/calls.csv",
        "locator": f"line={122 + n}",
        "state": "set_aside",
        "reason": "outside_authority" if n < 3 else "malformed",
        "note": "after the period of CD/2026/0004/S1" if n < 3 else "9 cells instead of 4",
        "event_ids": [],
        "verbatim": f"{120 + n},{HOSTILE[0]}",
    }


def _exhibit(number: int, file: str, sha256: str, rows: int, aside: int) -> dict[str, Any]:
    return {
        "exhibit_id": f"X{number}",
        "exhibit_file": f"exhibits/{file}",
        "ref": f"ABC/{number}",
        "sha256": sha256 * 64,
        "size_bytes": 90 * rows + 70,
        "state": "read",
        "encoding": "utf-8",
        "reader": ("demo_calls", "demo_fixes", None)[number - 1],
        "reader_version": ("1", "2", None)[number - 1],
        "rows_read": rows + aside,
        "rows_used": rows,
        "rows_merged": 0,
        "rows_set_aside": aside,
        "events": rows,
        "first_at": _iso(START),
        "warnings": [],
    }


def _exhibits(calls: int, fixes: int) -> list[dict[str, Any]]:
    locked = {
        **_exhibit(3, "locked.zip", "c", 0, 0),
        "state": "encrypted",
        "state_note": "Ask the producer for the password.",
        "first_at": None,
    }
    return [
        _exhibit(1, "calls.csv", "a", calls, 5),
        _exhibit(2, "Records.json", "b", fixes, 0),
        locked,
    ]


def _occurrence(number: int, event: dict[str, Any]) -> dict[str, Any]:
    people = {SUSPECT: "S", VICTIM: "V"}
    same = (
        "row_ids", "kind", "channel", "outcome", "lasted_s", "started_at", "time_relation",
        "is_clock_change_hour", "local_day", "local_hour", "from_id", "to_ids", "text",
    )  # fmt: skip
    return {
        **{name: event[name] for name in same},
        "occurrence_id": f"O{number}",
        "event_ids": [event["event_id"]],
        "exhibit_ids": [event["exhibit_id"]],
        "from_person": people[event["from_id"]],
        "from_strength": "accepted",
        "to_person": people[event["to_ids"][0]],
        "to_strength": "accepted",
        "rule": "single",
        "is_ambiguous": False,
    }


def _export_tables(store: CaseStore) -> None:
    for name, sql in EXPORTED.items():
        store.run(f"create table {name} as {sql}")
        store.export(name)


EXPORTED = {
    "contacts": """
        select occurrence_id, event_ids, row_ids, from_person as from_party, to_person as to_party,
            from_id, to_ids[1] as to_id, 'accepted' as strength, kind,
            case when kind = 'call' then 'call' else channel end as channel, outcome,
            outcome = 'answered' as is_connected, false as is_withheld, started_at, lasted_s,
            local_day, local_hour,
            cast((date_diff('day', date '2026-08-31', cast(local_day as date))) % 7 as integer)
                as weekday,
            local_hour < 7 or local_hour >= 22 as is_night, text
        from occurrences order by started_at""",
    "chronology": """
        select row_number() over (order by e.started_at, e.event_id) as entry_no, e.started_at,
            e.ended_at, e.time_relation, e.is_clock_change_hour, e.local_day, e.local_hour, e.kind,
            e.channel, e.outcome, o.from_person as from_party, o.to_person as to_party,
            e.kind || ' recorded' as summary, e.text, e.lat, e.lon, e.accuracy_m, e.place_kind,
            case when o.occurrence_id is null then [] else ['contact'] end as act_codes,
            cast(null as integer) as occasion_no, o.occurrence_id, [e.event_id] as event_ids,
            [e.exhibit_id] as exhibit_ids, e.row_ids
        from events e left join occurrences o on o.event_ids[1] = e.event_id
        order by 1""",
    "coincidences": """
        select 'C1' as coincidence_id, 'A' as class, 'imei:004401000000001' as subject_a,
            'tel:+447700900456' as subject_b, 'S' as person_a, 'V' as person_b,
            'accepted' as strength, started_at, started_at as ended_at, 2 as pairs,
            12.5 as min_distance_m, 30.0 as uncertainty_m, lat as lat_a, lon as lon_a,
            lat as lat_b, lon as lon_b, cast(null as varchar) as cell_id,
            cast(null as varchar) as cell_id_b, 0.02 as chance_rate, 56 as chance_trials,
            cast(null as varchar) as explained_by, [event_id] as event_ids, row_ids
        from events where exhibit_id = 'X2' order by started_at limit 1""",
    "gaps": """
        select 1 as gap_no, 'S' as person, 'call data' as source,
            timestamp '2026-09-26 00:00:00' as from_at, timestamp '2026-10-01 00:00:00' as to_at,
            5 as days, 'not_covered' as kind, cast(null as timestamp) as ask_by,
            cast([] as varchar[]) as row_ids""",
}  # fmt: skip


def _value(code: str, name: str, value: int, *conditions: tuple[str, str, Any]) -> Value:
    pair = [("from_party", "=", "S"), ("to_party", "=", "V")]
    return Value(name, value, "occurrences", Where("contacts", [*pair, *conditions]), code=code)


def _findings() -> list[Finding]:
    aside = [row_id_of(ASIDE, 3), row_id_of(ASIDE, 4)]
    return [
        Finding(
            analysis="contact",
            version="1",
            kind="totals",
            question="How often was there contact?",
            title="Contact from S to V",
            finding_id="F1",
            pair=("S", "V"),
            values=[
                _value("F1.1", "contacts", 108),
                _value("F1.2", "at night", 33, ("is_night", "=", True)),
                _value(
                    "F1.3", "from the warning on", 71, ("started_at", ">=", "2026-09-09T18:12:00Z")
                ),
            ],
            statement="The records state 108 contacts from phone attributed to S to that of V.",
            method="Occurrences whose both sides are attributed, counted once each.",
            settings={"night_from_hour": 22},
            caveats=["Attribution is as stated in case.toml."],
            counts_tried={"pairs": 2},
            series={"per_channel": [_value("F1.4", "call", 36, ("channel", "=", "call"))]},
        ),
        Finding(
            analysis="ledger",
            version="1",
            kind="malformed",
            question="Which rows could not be read?",
            title="Rows that could not be read",
            finding_id="F2",
            values=[Value("set aside", 2, "rows", row_ids=aside, code="F2.1")],
            method="As listed in the ledger.",
            statement=f"2 rows are malformed {HOSTILE[0]}.",
        ),
    ]
