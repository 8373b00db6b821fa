"""Calls and messages as records of several exhibits, linked: small tables for tests.

Numbers are from Ofcom's ranges for drama. S is a suspect, V a victim, F nobody of the case.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.linking.occurrences import fill_occurrences
from fourfold.evidence.model.case import Attribution, Case, Person
from fourfold.evidence.store.casestore import CaseStore
from lib.stores import store_with

S, V, F = "tel:+447700900001", "tel:+447700900002", "tel:+447700900003"
S_TWO = "tel:+447700900004"
V_PHONE = "imei:001001000000017"
DAY = "2026-07-01"


def moment(text: str) -> datetime:
    """A moment of DAY, such as 10:00:05, or a whole ISO text."""
    return datetime.fromisoformat(text if "T" in text else f"{DAY}T{text}")


def call(exhibit: str, at: str, a: str = S, b: str = V, **more: Any) -> dict[str, Any]:
    """A provider's record of a call, by default ringing 10 s and not answered."""
    lasted_s, ring_s = float(more.pop("lasted_s", 0)), float(more.pop("ring_s", 10))
    record = _record("call", "cellular", exhibit, at, a, b, more)
    outcome = "answered" if lasted_s else "no_answer"
    ended = moment(at) + timedelta(seconds=ring_s + lasted_s)
    return {
        "outcome": outcome, "lasted_s": lasted_s, "ring_s": ring_s, "ended_at": ended.isoformat(),
    } | record  # fmt: skip


def leg(outcome: str, via: str) -> dict[str, Any]:
    """What makes a record a forwarding leg."""
    return {"outcome": outcome, "via_id": via}


def text(exhibit: str, at: str, a: str = S, b: str = V, **more: Any) -> dict[str, Any]:
    """A provider's record of a text."""
    channel = more.pop("channel", "sms")
    return _record("message", channel, exhibit, at, a, b, more)


def handset(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same as a handset's log states it: no SIM, times in UTC."""
    return record | {"imsi": None, "time_basis": "stated_utc"} | more


def _record(
    kind: str, channel: str, exhibit: str, at: str, a: str, b: str, more: dict[str, Any]
) -> dict[str, Any]:
    started = moment(at).isoformat()
    name = f"{exhibit}-{started}-{more.pop('copy', '')}{a[-2:]}{b[-2:]}"
    subject = more.pop("subject", a)
    return {
        "event_id": f"{name}.0",
        "row_ids": [name],
        "exhibit_id": exhibit,
        "kind": kind,
        "channel": channel,
        "direction": "outgoing" if subject == a else "incoming",
        "started_at": started,
        "time_relation": "at",
        "time_precision_s": 1.0,
        "time_basis": "zone_of_source",
        "is_clock_change_hour": False,
        "subject_id": subject,
        "from_id": a,
        "to_ids": [b],
        "imsi": "234300000000001",
        "is_withheld": False,
    } | more


def case_of(*attributions: Attribution, **facts: Any) -> Case:
    """A case with suspect S and victim V and their numbers, unless others are given."""
    stated = attributions or (
        Attribution(S, "S", "accepted"),
        Attribution(S_TWO, "S", "assumed"),
        Attribution(V, "V", "accepted"),
        Attribution(V_PHONE, "V", "accepted"),
    )
    people = facts.pop("people", (Person("S", "suspect"), Person("V", "victim")))
    return Case(folder=Path("case"), reference="URN/0", people=people, attributions=stated, **facts)


def linked(
    events: list[dict[str, Any]], case: Case | None = None, **exhibits: dict[str, Any]
) -> CaseStore:
    """A store with these events, linked; their rows stand in this order in their files.

    exhibits: facts by exhibit id, such as person.
    """
    ids = sorted({event["exhibit_id"] for event in events})
    store = store_with(
        events=events,
        exhibits=[{"exhibit_id": x, "ref": f"R/{x}"} | exhibits.get(x, {}) for x in ids],
        ledger=[
            {"row_id": event["row_ids"][0], "code": f"R1.{place}"}
            for place, event in enumerate(events, start=1)
        ],
    )
    fill_attributions(store, case or case_of())
    fill_occurrences(store, case or case_of())
    return store


def shown(store: CaseStore, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of all occurrences in their order."""
    return store.rows(
        f"select {', '.join(columns)} from occurrences"
        " order by length(occurrence_id), occurrence_id"
    )


def utc(text: str) -> datetime:
    """An aware moment."""
    return moment(text).replace(tzinfo=UTC)
