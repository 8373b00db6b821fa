"""Every shipped pack reads its own invented sample as it says it does."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.evidence.errors import PackError
from fourfold.evidence.readers.sheets.catalogue import pack_readers, shipped_packs
from fourfold.evidence.readers.sheets.pack import Pack, parse
from fourfold.evidence.readers.sheets.reader import PackReader
from lib.packs import Staged
from lib.sources import source_of
from lib.thorough import examples

PACKS = {pack.name: pack for pack in shipped_packs()}


def micros(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1_000_000)


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return PACKS[request.param]


def test_pack_sample_gives_the_rows_it_states(pack: Pack) -> None:
    reading = Staged(PackReader(pack), source_of(pack.sample.encode()))
    counted = {s: reading.count(s) for s in ("used", "merged", "set_aside") if reading.count(s)}
    assert counted == pack.expected_rows
    assert len(reading.events) == reading.count("used")


def test_pack_sample_gives_the_events_it_states(pack: Pack) -> None:
    reading = Staged(PackReader(pack), source_of(pack.sample.encode()))
    assert pack.expected
    for expected in pack.expected:
        event = reading.by_locator[expected["locator"]]
        for column, value in expected.items():
            is_time = column in ("started_at", "ended_at")
            if column != "locator":
                stated = micros(value) if is_time else value
                assert event[column] == stated, (expected["locator"], column)


def test_pack_sample_is_recognised_by_its_own_pack_alone(pack: Pack) -> None:
    source = source_of(pack.sample.encode())
    assert [r.NAME for r in pack_readers(None) if r.recognises(source)] == [pack.name]


def test_pack_sample_sets_rows_aside_with_a_reason() -> None:
    pack = PACKS["uk_call_data"]
    reading = Staged(PackReader(pack), source_of(pack.sample.encode()))
    assert reading.set_aside == {"line=18": "not_an_event", "line=19": "no_time"}
    assert reading.merged == {"line=15": "line=14"}


def test_stated_zone_of_the_layout_wins_over_the_case_file_and_is_reported() -> None:
    pack = PACKS["uk_call_data"]
    source = source_of(pack.sample.encode(), time_zone="UTC")
    reading = Staged(PackReader(pack), source)
    assert reading.by_locator["line=8"]["started_at"] == micros("2026-07-01T08:00:00Z")
    assert any("case.toml states the zone UTC" in warning for warning in reading.warnings)


def test_return_about_a_handset_has_the_handset_as_its_subject() -> None:
    pack = PACKS["uk_call_data"]
    sample = pack.sample.replace("Type:,,,,MSISDN", "Type:,,,,IMEI")
    sample = sample.replace("Identity:,,,,447700900001", "Identity:,,,,001001000000010")
    reading = Staged(PackReader(pack), source_of(sample.encode()))
    assert {e["subject_id"] for e in reading.events} == {"imei:001001000000010"}
    assert reading.by_locator["line=8"]["direction"] is None
    assert reading.by_locator["line=14"]["direction"] == "outgoing"  # the record's type says so


def test_blank_number_of_a_data_session_is_not_a_withheld_caller() -> None:
    pack = PACKS["uk_call_data"]
    sample = pack.sample.replace("03:30:10,447700900001,,,Data", "03:30:10,,,,Data")
    event = Staged(PackReader(pack), source_of(sample.encode())).by_locator["line=17"]
    assert (event["kind"], event["from_id"], event["is_withheld"]) == ("data_session", None, False)


@pytest.mark.parametrize("end", ["", "\n"])
def test_return_without_rows_is_read_as_no_rows(end: str) -> None:
    pack = PACKS["uk_call_data"]
    head = pack.sample[: pack.sample.index("\n\n01/07/2026")] + end
    reading = Staged(PackReader(pack), source_of(head.encode()))
    assert (reading.rows, reading.events) == ([], [])


def test_return_that_states_another_number_of_records_is_reported() -> None:
    pack = PACKS["uk_call_data"]
    sample = pack.sample.replace("URN:,,,,URN/2026/0001", "Records Returned:,,,,13")
    reading = Staged(PackReader(pack), source_of(sample.encode()))
    assert "the return states 13 records, the file holds 12" in reading.warnings


def test_grid_positions_name_the_transformation() -> None:
    pack = PACKS["uk_call_data"]
    reading = Staged(PackReader(pack), source_of(pack.sample.encode()))
    assert any("EPSG:27700" in w and "stated accuracy" in w for w in reading.warnings)


HOSTILE = st.sampled_from(
    ["", " ", "0", "-1", "141", "'", "\\", "%", "=1+1", "99999999999999999999", "1e308", "nan",
     "inf", "infinity", "31/12/9999", "01/02/2026", "24:00:00", "99:99:99", "99999999:00:00",
     "Voice", "Data", "SMS-MT", "\u202e", "\U0001f600", "\0"]
)  # fmt: skip


@settings(max_examples=examples(12, 60), deadline=None)
@given(st.lists(st.lists(HOSTILE, min_size=34, max_size=37).map(",".join), max_size=6))
def test_any_field_of_call_data_balances(lines: list[str]) -> None:
    """Whatever stands in the columns: no exception, one fate per row, an event per used row."""
    pack = PACKS["uk_call_data"]
    head = pack.sample[: pack.sample.index("\n\n01/07/2026") + 1]
    reading = Staged(PackReader(pack), source_of((head + "\n".join(lines) + "\n").encode()))
    blank = [line for line in lines if not line.strip(" ,")]
    assert len(reading.rows) == len(lines) - len(blank)
    assert len(reading.events) == reading.count("used")
    states = reading.count("used") + reading.count("merged") + reading.count("set_aside")
    assert states == len(reading.rows)
    assert {reading.locator_of[e["n"]] for e in reading.events} == {
        r["locator"] for r in reading.rows if r["state"] == "used"
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('kind = "camera_read"', 'kind = "sighting"'), "kind of event that does not exist"),
        (('place_kind = "camera"', 'place_kind = "road"'), "kind of place that does not exist"),
        (('order = "dmy"', 'order = "ymdx"'), "ymdx"),
        (("[fingerprint]", "[fingerprints]"), "fingerprint"),
        (('name = "anpr_reads"', "name = "), "anpr_reads.toml"),
    ],
)
def test_pack_with_a_fault_is_refused_and_says_where(change: tuple[str, str], message: str) -> None:
    from importlib.resources import files

    text = (files("fourfold.evidence.readers") / "packs" / "anpr_reads.toml").read_text()
    with pytest.raises(PackError, match=message):
        parse(text.replace(*change), "anpr_reads.toml")
