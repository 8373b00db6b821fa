"""The shipped packs against synthetic cases with known truth, and public samples."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from fourfold.evidence.readers.sheets import learn
from fourfold.evidence.support.geo import distance_m
from lib.packs import Staged, staged
from lib.shared import reality, shared
from lib.sources import source_of

pytestmark = reality

CALL_DATA = [("case-small", "ABC/1"), ("case-small", "ABC/2")] + [
    ("case-typical", f"ABC/{n}") for n in (1, 2, 3, 4)
]
POSITION_TOLERANCE_M = 10
HOUR_US = 3_600_000_000


@cache
def truth_of(case: str) -> dict[str, Any]:
    return json.loads(shared(case, "truth.json").read_text(encoding="utf-8"))


@cache
def read(case: str, ref: str) -> tuple[dict[str, Any], Staged]:
    exhibit = next(x for x in truth_of(case)["exhibits"] if x["ref"] == ref)
    path = shared(case, "case", *exhibit["file"].split("/"))
    return exhibit, staged(source_of(path, ref=ref))


def records(case: str, ref: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every (true event, record of it) of an exhibit; truth says little of rows set aside."""
    return [
        (event, rec)
        for event in truth_of(case)["events"]
        for rec in event["rec"]
        if rec["x"] == ref and not rec.get("aside")
    ]


def micros(text: str) -> int:
    return round(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1_000_000)


@pytest.mark.parametrize(("case", "ref"), CALL_DATA)
def test_call_data_rows_and_repetitions_are_those_of_truth(case: str, ref: str) -> None:
    exhibit, reading = read(case, ref)
    assert len(reading.rows) == exhibit["rows_in"]
    assert reading.set_aside == {}
    assert reading.merged == {m["row"]: m["of"] for m in exhibit["merged_rows"]}
    assert reading.count("used") == exhibit["rows_in"] - exhibit["rows_merged"]


@pytest.mark.parametrize(("case", "ref"), CALL_DATA)
def test_call_data_records_state_time_direction_and_cells_of_truth(case: str, ref: str) -> None:
    _, reading = read(case, ref)
    wrong = []
    for _event, rec in records(case, ref):
        locator = reading.merged.get(rec["r"], rec["r"])
        event = reading.by_locator[locator]
        direction = {"o": "outgoing", "i": "incoming"}.get(rec.get("d", ""))
        started_at = event["started_at"]
        if rec.get("amb") and started_at + HOUR_US == micros(rec["t"]):
            started_at += HOUR_US  # the first reading of the repeated hour is given, and flagged
        stated = (started_at, event["direction"], event["cell_id"], event["end_cell_id"])
        end_cell = rec.get("cell2")  # truth leaves it out where it is the start cell again
        if end_cell is None and event["end_cell_id"] == event["cell_id"]:
            end_cell = event["cell_id"]
        if stated != (micros(rec["t"]), direction, rec.get("cell"), end_cell):
            wrong.append((rec, stated))
        if event["is_clock_change_hour"] != bool(rec.get("amb")):
            wrong.append((rec, "clock change"))
    assert wrong == []


@pytest.mark.parametrize(("case", "ref"), CALL_DATA)
def test_call_data_parties_are_those_of_truth(case: str, ref: str) -> None:
    _, reading = read(case, ref)
    wrong = []
    for event, rec in records(case, ref):
        stated = reading.by_locator[reading.merged.get(rec["r"], rec["r"])]
        is_hidden = bool(event.get("withheld")) and rec.get("d") == "i"
        from_id = "withheld" if is_hidden else f"tel:{event['from']}"
        to_ids = [f"tel:{event['to']}"] if "to" in event else None
        is_withheld = bool(event.get("withheld"))
        if (stated["from_id"], stated["to_ids"], stated["is_withheld"]) != (
            from_id,
            to_ids,
            is_withheld,
        ):
            wrong.append((rec, stated["from_id"], stated["to_ids"], stated["is_withheld"]))
    assert wrong == []


@pytest.mark.parametrize(("case", "ref"), CALL_DATA)
def test_call_data_outcomes_are_those_of_truth(case: str, ref: str) -> None:
    """The caller's own record of a call that ends in voicemail or is forwarded shows talk."""
    _, reading = read(case, ref)
    wrong = []
    for event, rec in records(case, ref):
        stated = reading.by_locator[reading.merged.get(rec["r"], rec["r"])]
        if event["kind"] != "call":
            continue
        leg = rec.get("legs", "")
        expected = event["outcome"]
        if expected in ("voicemail", "forwarded") and leg.startswith("1/"):
            expected = "busy" if event.get("blocked") else "no_answer"
        elif expected in ("voicemail", "forwarded") and not leg:
            expected = "answered"
        if stated["outcome"] != expected:
            wrong.append((event["outcome"], rec, stated["outcome"]))
        if stated["outcome"] == "forwarded" and stated["via_id"] != f"tel:{event['forwarded_to']}":
            wrong.append((rec, stated["via_id"]))
    assert wrong == []


@pytest.mark.parametrize(("case", "ref"), CALL_DATA)
def test_call_data_positions_are_within_ten_metres_of_truth(case: str, ref: str) -> None:
    _, reading = read(case, ref)
    cells = truth_of(case)["cells"]
    furthest, without = 0.0, 0
    for event in reading.events:
        if not event["cell_id"]:
            assert event["place_kind"] == "none"
            continue
        supplied = [p for p in cells[event["cell_id"]]["supplied"] if p["lat"] is not None]
        if not supplied:
            assert event["lat"] is None
            without += 1
            continue
        furthest = max(
            furthest,
            min(distance_m(event["lat"], event["lon"], p["lat"], p["lon"]) for p in supplied),
        )
        assert event["azimuth_deg"] in {p["azimuth"] for p in supplied}
    assert 0 <= furthest < POSITION_TOLERANCE_M


def test_data_sessions_are_at_or_before() -> None:
    _, reading = read("case-typical", "ABC/2")
    assert {(e["kind"], e["time_relation"]) for e in reading.events} == {
        ("data_session", "at_or_before")
    }
    assert {e["is_withheld"] for e in reading.events} == {False}


def test_anpr_reads_are_those_of_truth() -> None:
    exhibit, reading = read("case-typical", "JKL/1")
    assert len(reading.rows) == reading.count("used") == exhibit["rows_in"]
    for event, rec in records("case-typical", "JKL/1"):
        stated = reading.by_locator[rec["r"]]
        assert stated["started_at"] == micros(rec["t"])
        assert stated["subject_id"] == f"vrm:{rec.get('read', event['vrm'])}"
        assert stated["via_id"] == f"camera:{event['camera']}"
        assert (stated["lat"], stated["lon"]) == (event["lat"], event["lon"])
        assert stated["accuracy_m"] == 15.0


@pytest.mark.parametrize(("name", "rows"), [("ego", 314), ("A", 42)])
def test_bandicoot_records_are_all_used(name: str, rows: int) -> None:
    reading = staged(source_of(shared("cdr-bandicoot", "demo", f"{name}.csv")))
    assert len(reading.rows) == reading.count("used") == rows


def test_bandicoot_antenna_list_is_not_taken_for_records() -> None:
    source = source_of(shared("cdr-bandicoot", "demo", "antennas.csv"))
    with pytest.raises(ValueError, match="not enough values"):
        staged(source)


@pytest.mark.parametrize(
    ("name", "rows", "first"),
    [
        ("e7_integers", 3, (52.52, 13.405, "2024-06-15T10:30:00Z")),
        ("gpslogger", 3, (52.52, 13.405, "2024-06-15T10:30:00Z")),
        ("nsew_suffixes", 3, (52.52, 13.405, "2024-06-15T10:30:00Z")),
        ("quoted_headers", 2, (32.8954383, -117.1930364, "2024-12-02T19:00:00Z")),
        ("semicolon_eu", 3, (52.52, 13.405, "2024-06-15T10:30:00Z")),
        ("unix_timestamps", 3, (52.52, 13.405, "2024-06-15T09:36:40Z")),
    ],
)
def test_learnt_pack_reads_every_location_dialect(
    name: str, rows: int, first: tuple[float, float, str]
) -> None:
    path = shared("location-exports-dawarich", "csv", f"{name}.csv")
    reading = staged(source_of(path), learn.propose(path).pack)
    assert len(reading.rows) == reading.count("used") == rows
    event = reading.events[0]
    assert (event["lat"], event["lon"], event["started_at"]) == (*first[:2], micros(first[2]))


def test_learnt_pack_reads_bandicoot_as_the_shipped_pack_does() -> None:
    path = shared("cdr-bandicoot", "demo", "ego.csv")
    assert (
        staged(source_of(path), learn.propose(path).pack).events == staged(source_of(path)).events
    )


def test_doorbell_log_gives_the_rows_times_and_person_of_truth() -> None:
    exhibit, reading = read("case-typical", "DEF/11")
    assert len(reading.rows) == exhibit["rows_in"] == 165
    assert (reading.count("used"), len(reading.events)) == (exhibit["rows_used"], exhibit["events"])
    stated = {
        rec["r"]: micros(rec["t"])
        for _, rec in records("case-typical", "DEF/11")
        if not rec.get("amb")
    }
    assert len(stated) > 100
    assert {r: reading.by_locator[r]["started_at"] for r in stated} == stated
    assert {e["channel"] for e in reading.events} == {"doorbell"}
