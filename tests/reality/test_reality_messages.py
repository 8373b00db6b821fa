"""Message readers against the synthetic case with known truth and against chat-miner's samples."""

import json
import zipfile
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from fourfold.evidence.model.exhibit import Source
from fourfold.evidence.model.row import SetAside
from fourfold.evidence.readers import instagram_facebook, sms_backup, telegram
from fourfold.evidence.support.clock import iso_utc, micros
from lib.shared import reality, shared
from lib.sources import Reading, source_of

pytestmark = reality
READERS: dict[str, Any] = {
    "DEF/1": sms_backup,
    "DEF/2": sms_backup,
    "DEF/4": telegram,
    "DEF/5": instagram_facebook,
    "GHI/2": instagram_facebook,
}


@cache
def truth() -> Any:
    return json.loads(shared("case-typical", "truth.json").read_bytes())


def exhibit_truth(ref: str) -> Any:
    return next(e for e in truth()["exhibits"] if e["ref"] == ref)


def sources(ref: str) -> list[Source]:
    path = shared("case-typical", "case", *exhibit_truth(ref)["file"].split("/"))
    if path.suffix != ".zip":
        return [source_of(path, ref=ref)]
    with zipfile.ZipFile(path) as archive:
        members = [(n, archive.read(n)) for n in archive.namelist()]
    found = [source_of(data, part=name, ref=ref) for name, data in members]
    return [s for s in found if READERS[ref].recognises(s)]


@cache
def readings(ref: str) -> list[tuple[str, Reading]]:
    return [(f"{s.part}#" if s.part else "", Reading(READERS[ref], s)) for s in sources(ref)]


@pytest.mark.parametrize("ref", READERS)
def test_counts_are_the_truths(ref: str) -> None:
    expected, got = exhibit_truth(ref), [r for _, r in readings(ref)]
    assert {
        "rows_in": sum(r.counts["rows"] for r in got),
        "rows_used": sum(r.counts["used"] for r in got),
        "rows_merged": sum(r.counts["merged"] for r in got),
        "rows_set_aside": sum(r.counts["set_aside"] for r in got),
    } == {k: expected[k] for k in ("rows_in", "rows_used", "rows_merged", "rows_set_aside")}
    aside = [
        {"row": prefix + row.locator, "reason": meaning.reason}
        for prefix, r in readings(ref)
        for row, meaning in zip(r.rows, r.meanings, strict=True)
        if isinstance(meaning, SetAside)
    ]
    assert aside == [{k: a[k] for k in ("row", "reason")} for a in expected["set_aside_rows"]]
    merged = [
        {"row": prefix + r.rows[n].locator, "of": prefix + r.rows[first].locator}
        for prefix, r in readings(ref)
        for n, first in r.merged.items()
    ]
    assert merged == expected["merged_rows"]


@pytest.mark.parametrize("ref", READERS)
def test_every_record_states_the_truths_time_direction_and_text(ref: str) -> None:
    events = {
        prefix + row.locator: meaning[0]
        for prefix, r in readings(ref)
        for row, meaning in zip(r.rows, r.meanings, strict=True)
        if not isinstance(meaning, SetAside)
    }
    wrong, checked = [], 0
    for happening in truth()["events"]:
        for record in happening.get("rec", []):
            if record["x"] != ref or record.get("aside"):
                continue
            event, checked = events[record["r"]], checked + 1
            at = micros(datetime.fromisoformat(record["t"]))
            direction = {"i": "incoming", "o": "outgoing"}[record["d"]]
            if event.started_at != at or event.direction != direction:
                wrong.append((record["r"], iso_utc(event.started_at or 0), event.direction))
            is_said = happening.get("text") and event.state != "deleted"  # unsent words are gone
            if is_said and event.text != happening["text"]:
                wrong.append((record["r"], event.text, happening["text"]))
    assert wrong == []
    assert checked >= exhibit_truth(ref)["rows_used"]


@pytest.mark.parametrize("name", ["test_single_export.json", "test_batch_export.json"])
def test_chatminer_telegram(name: str) -> None:
    folder = ("chat-exports-chatminer", "telegram")
    expected = json.loads(shared(*folder, "target.json").read_bytes())
    got = Reading(telegram, source_of(shared(*folder, name))).events
    assert [iso_utc(e.started_at or 0) for e in got] == [f"{e['timestamp']}Z" for e in expected]
    # chat-miner puts spaces between pieces; the export's own text has none there
    assert [(e.text or "").replace(" ", "") for e in got] == [
        e["message"].replace(" ", "") for e in expected
    ]
    assert [e.from_id for e in got] == [f"name:X/1:{e['author']}" for e in expected]


def test_chatminer_instagram() -> None:
    folder = ("chat-exports-chatminer", "instagram")
    expected = json.loads(shared(*folder, "target.json").read_bytes())
    got = Reading(instagram_facebook, source_of(shared(*folder, "test_export.json"))).events
    assert [(iso_utc(e.started_at or 0), e.text, e.from_id) for e in got] == [
        (f"{e['timestamp']}Z", e["message"], f"name:X/1:{e['author']}") for e in expected
    ]
