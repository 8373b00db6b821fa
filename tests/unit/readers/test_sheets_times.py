"""Times of columns: orders, offsets, zones, clock changes, what cannot be decided."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.readers.sheets.pack import Pack, parse
from fourfold.evidence.readers.sheets.reader import PackReader
from fourfold.evidence.support.clock import from_wall_clock
from lib.packs import Staged, shared_store, staged
from lib.sources import source_of

UNDECIDED = "day and month cannot be told apart in this file; read as day, then month"


def pack(order: str = "learn", zone: str = "") -> Pack:
    return parse(
        f"""
name = "times"
version = "1"
title = "Times"
[fingerprint]
headers = ["from", "until"]
[times]
start = {{ column = "from" }}
end = {{ column = "until" }}
order = "{order}"
{f'zone = "{zone}"' if zone else ""}
[kinds.always]
kind = "device_event"
""",
        "times",
    )


def read(texts: list[str], order: str = "learn", **facts: Any) -> Staged:
    lines = [text if ";" in text else f"{text};" for text in texts]
    content = "\n".join(["from;until", *lines]) + "\n"
    return staged(source_of(content.encode(), **facts), pack(order))


def at(event: dict[str, Any], column: str = "started_at") -> str:
    return datetime.fromtimestamp(event[column] / 1e6, UTC).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "order", "utc"),
    [
        ("01/02/2026 09:00:00", "dmy", "2026-02-01 09:00:00"),
        ("1/2/2026 9:00", "dmy", "2026-02-01 09:00:00"),
        ("01-Feb-2026 09:00:01", "dmy", "2026-02-01 09:00:01"),
        ("01.02.26 09:00", "dmy", "2026-02-01 09:00:00"),
        ("01/02/2026 9:00:00 PM", "dmy", "2026-02-01 21:00:00"),
        ("2026-02-01 09:00:00", "dmy", "2026-02-01 09:00:00"),
        ("02/01/2026 09:00:00", "mdy", "2026-02-01 09:00:00"),
        ("2026/02/01 09:00:00", "ymd", "2026-02-01 09:00:00"),
        ("2026-02-01T09:00:00Z", "iso", "2026-02-01 09:00:00"),
        ("2026-07-01T09:00:00.500+05:30", "iso", "2026-07-01 03:30:00"),
        ("2026-07-01 09:00:00-08", "iso", "2026-07-01 17:00:00"),
        ("2026-07-01 09:00:00", "iso", "2026-07-01 08:00:00"),
        ("1769936400", "epoch_s", "2026-02-01 09:00:00"),
        ("1769936400500", "epoch_ms", "2026-02-01 09:00:00"),
    ],
)
def test_time_is_read_in_its_order(text: str, order: str, utc: str) -> None:
    (event,) = read([text], order).events
    assert at(event) == utc
    assert event["time_text"] == text


@pytest.mark.parametrize(
    ("text", "order", "basis", "zone", "precision_s"),
    [
        ("2026-07-01T09:00:00Z", "iso", "stated_utc", "UTC", 1.0),
        ("2026-07-01T09:00:00.500+05:30", "iso", "stated_offset", "+05:30", 0.001),
        ("2026-07-01 09:00", "iso", "assumed", "Europe/London", 60.0),
        ("01/07/2026 09:00", "dmy", "assumed", "Europe/London", 60.0),
        ("01/07/2026 09:00:00", "dmy", "assumed", "Europe/London", 1.0),
        ("1769936400500", "epoch_ms", "stated_utc", "UTC", 0.001),
    ],
)
def test_basis_zone_and_precision_are_stated(
    text: str, order: str, basis: str, zone: str, precision_s: float
) -> None:
    (event,) = read([text], order).events
    assert (event["time_basis"], event["zone_used"]) == (basis, zone)
    assert event["time_precision_s"] == precision_s


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("31/02/2026 09:00:00", "dmy"),
        ("13/13/2026 09:00:00", "dmy"),
        ("01/02/2026 09:00:00+01:00", "dmy"),
        ("01/02/0026 09:00:00", "dmy"),
        ("soon", "iso"),
        ("", "dmy"),
        ("99999999999999999999", "epoch_s"),
    ],
)
def test_time_that_cannot_be_read_sets_the_row_aside(text: str, order: str) -> None:
    reading = read([f"{text};x"], order)
    assert reading.set_aside == {"line=2": "no_time"}


def test_zone_of_the_exhibit_is_used_for_times_without_one() -> None:
    (event,) = read(["2026-07-01 09:00:00"], "iso", time_zone="America/New_York").events
    assert (at(event), event["time_basis"]) == ("2026-07-01 13:00:00", "zone_of_source")


@pytest.mark.parametrize(
    ("texts", "first", "note"),
    [
        (["01/02/2026 09:00:00", "13/02/2026 09:00:00"], "2026-02-01 09:00:00", None),
        (["01/02/2026 09:00:00", "02/13/2026 09:00:00"], "2026-01-02 09:00:00", None),
        (["01/02/2026 09:00:00", "03/04/2026 09:00:00"], "2026-02-01 09:00:00", UNDECIDED),
    ],
)
def test_order_is_learnt_from_the_whole_column(
    texts: list[str], first: str, note: str | None
) -> None:
    reading = read(texts)
    assert at(reading.events[0]) == first
    assert {event["decode_note"] for event in reading.events} == {note}
    assert reading.warnings == ([note] if note else [])


def test_dates_that_contradict_each_other_are_flagged_not_guessed() -> None:
    reading = read(["13/02/2026 09:00:00", "02/13/2026 09:00:00", "01/02/2026 09:00:00"])
    assert reading.set_aside == {"line=3": "no_time"}
    assert all("some dates read only" in event["decode_note"] for event in reading.events)


def test_repeated_hour_gives_the_first_reading_and_a_flag() -> None:
    before, within, after = read(
        ["2026-10-25 00:59:59", "2026-10-25 01:30:00", "2026-10-25 02:00:00"], "iso"
    ).events
    assert [at(e) for e in (before, within, after)] == [
        "2026-10-24 23:59:59",
        "2026-10-25 00:30:00",
        "2026-10-25 02:00:00",
    ]
    assert [e["is_clock_change_hour"] for e in (before, within, after)] == [False, True, False]


def test_end_in_the_repeated_hour_is_never_before_its_start() -> None:
    (event,) = read(["2026-10-25 01:50:00;2026-10-25 01:10:00"], "iso").events
    assert (at(event), at(event, "ended_at")) == ("2026-10-25 00:50:00", "2026-10-25 01:10:00")


def test_end_before_its_start_is_left_out_and_noted() -> None:
    (event,) = read(["2026-07-01 10:00:00;2026-07-01 09:00:00"], "iso").events
    assert event["ended_at"] is None
    assert event["decode_note"] == "the end stated lies before the start"


@pytest.mark.parametrize("order", ["dmy", "iso"])
def test_events_of_a_period_come_in_the_order_of_time(order: str, tmp_path: Path) -> None:
    form = "%d/%m/%Y %H:%M:%S" if order == "dmy" else "%Y-%m-%d %H:%M:%S"
    moments = [datetime(2026, 10, 25, hour % 24, hour % 60) for hour in range(0, 4_000, 7)]
    lines = "".join(f"{moment.strftime(form)};\n" for moment in moments)
    source = source_of(f"from;until\n{lines}".encode())
    store = shared_store()
    staging = PackReader(pack(order)).prepare(source, store, tmp_path)
    low, high = 1_792_890_000_000_000, 1_792_950_000_000_000
    every = f"select started_at, n from ({staging.events})"
    every += f" where started_at >= {low} and started_at < {high}"
    found = store.rows(f"select started_at, n from ({staging.events_between(low, high)})")
    assert found == store.rows(f"{every} order by started_at, n")
    assert 0 < len(found) < len(moments)


MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(MOMENTS, min_size=1, max_size=30),
    st.sampled_from(["Europe/London", "America/New_York"]),
)
def test_bulk_times_equal_the_clock_of_single_times(moments: list[datetime], zone: str) -> None:
    reading = read([m.strftime("%d/%m/%Y %H:%M:%S") for m in moments], "dmy", time_zone=zone)
    stated = [(e["started_at"], e["is_clock_change_hour"]) for e in reading.events]
    assert stated == [tuple(from_wall_clock(moment, zone)) for moment in moments]
