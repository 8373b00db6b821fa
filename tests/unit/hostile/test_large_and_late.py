"""Monstrous fields stay used, and times and zones that cannot be meant are told."""

import re

import pytest

from fourfold.evidence.model import limits
from lib.outcomes import outcomes
from unit.hostile.samples import (
    CALLS,
    DIARY,
    GPX,
    META,
    RECORDS,
    SAMPLES,
    SMS,
    TELEGRAM,
    TIMELINE,
    WHATSAPP,
    call_data,
    call_row,
)

BIG = b"x" * (20 << 20)
LINES = (b"y" * 100 + b"\n") * 60_000


def test_very_large_fields_stay_used() -> None:
    files = {
        "calls.csv": (CALLS.replace(b"INVENTED SITE", BIG, 1), 5),
        "quoted.csv": (CALLS.replace(b"INVENTED SITE", b'"' + BIG + b'"', 1), 5),
        "lines.csv": (CALLS.replace(b"INVENTED SITE", b'"' + LINES + b'"', 1), 5),
        "sms.xml": (SMS.replace(b"Pick up 1", BIG), 3),
        "telegram.json": (TELEGRAM.replace(b"Call me", BIG, 1), 3),
        "meta.json": (META.replace(b"Call me", BIG, 1), 3),
        "chat.txt": (WHATSAPP.replace(b"Are you there", BIG), 3),
        "chat2.txt": (WHATSAPP.replace(b"Are you there", LINES), 3),
        "diary.csv": (DIARY.replace(b"third time", BIG), 3),
    }
    found = outcomes({name: data for name, (data, _) in files.items()})
    for name, (_, rows) in files.items():
        assert (found[name].used, found[name].aside) == (rows, {}), name
        longest = max(len(event["text"] or "") for event in found[name].events)
        assert longest < limits.TEXT_CHARS + 200
    for name in ("sms.xml", "telegram.json", "meta.json", "diary.csv"):
        texts = [event["text"] for event in found[name].events]
        assert any("[cut: 20,9" in text for text in texts), f"{name}: the cut is not said"


def test_rows_that_differ_beyond_the_cut_are_not_merged() -> None:
    rows = [call_row(n, site=f"{'x' * 70_000}{n // 2}") for n in range(4)]
    found = outcomes({"calls.csv": call_data(*(f'"{r[:10]}"{r[10:]}' for r in rows))})["calls.csv"]
    assert (found.used, found.merged) == (2, 2)


def test_a_file_beyond_what_is_read_as_a_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WHOLE_BYTES", 100)
    found = outcomes({"t.json": TELEGRAM, "track.gpx": GPX, "sms.xml": SMS})
    assert [found[name].state for name in ("t.json", "track.gpx")] == ["too_large"] * 2
    assert "ask for the export in parts" in found["t.json"].note
    assert found["sms.xml"].used == 3  # streams, whatever its size


@pytest.mark.parametrize(
    "stated", ["0001-01-01T00:00:00Z", "1601-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00"]
)
def test_impossible_years_are_no_time(stated: str) -> None:
    text = stated.encode()
    files = {
        "track.gpx": GPX.replace(b"2026-07-21T09:01:00Z", text),
        "Records.json": RECORDS.replace(b"2026-07-21T09:01:00.123Z", text),
        "Timeline.json": TIMELINE.replace(b"2026-07-21T01:00:00.000+01:00", text),
    }
    for found in outcomes(files).values():
        assert found.aside == {"no_time": 1}


def test_an_impossible_end_is_dropped_and_told() -> None:
    data = TIMELINE.replace(b"2026-07-21T01:30:00.000+01:00", b"9999-12-31T23:59:59Z")
    event = outcomes({"t.json": data})["t.json"].events
    without_end = [e for e in event if e["ended_at"] is None]
    assert len(without_end) == 1
    assert "the end stated" in without_end[0]["decode_note"]


def test_units_of_epoch_numbers_are_doubted_aloud() -> None:
    files = {
        "sms.xml": SMS.replace(b"1757527953001", b"1757527953"),  # seconds
        "meta.json": META.replace(b"1784624400001", b"1784624400"),  # seconds, read as stated
    }
    found = outcomes(files)
    assert found["sms.xml"].warnings == (
        "the time stated has too few digits for milliseconds; read as seconds",
    )
    assert found["meta.json"].warnings[0].startswith("some times lie before 1990")
    assert any(
        "the year stated is 1970" in (e["decode_note"] or "") for e in found["meta.json"].events
    )


def test_undecided_order_of_day_and_month_is_a_warning() -> None:
    early = re.compile(rb"\b2(\d/07)")
    files = {"chat.txt": WHATSAPP, "diary.csv": DIARY}
    found = outcomes({name: early.sub(rb"0\1", data) for name, data in files.items()})
    assert found["chat.txt"].warnings == (
        "day and month cannot be told apart in this file; read day first",
    )
    assert "the other way round" in found["diary.csv"].warnings[0]
    assert all(e["decode_note"] for outcome in found.values() for e in outcome.events)


def test_a_zone_that_contradicts_the_file_is_a_warning() -> None:
    zoned = ("calls.csv", "diary.json", "telegram.json", "Timeline.json")
    toml = '[case]\nreference = "T"\n' + "".join(
        f'[[exhibit]]\nfile = "{name}"\ntime_zone = "America/New_York"\n' for name in zoned
    )
    files = {sample.name: sample.data for sample in SAMPLES}
    wrong, right = outcomes(files, toml), outcomes(files)
    for name in zoned:
        assert any("America/New_York" in warning for warning in wrong[name].warnings), name
        assert not any("zone" in warning for warning in right[name].warnings), name


def test_positions_of_a_moved_mast_stay_as_supplied() -> None:
    rows = [call_row(1), call_row(2, start="22/07/2026,09:00:00", easting="472500")]
    events = outcomes({"calls.csv": call_data(*rows)})["calls.csv"].events
    assert len({event["cell_id"] for event in events}) == 1
    assert len({(event["lat"], event["lon"]) for event in events}) == 2
