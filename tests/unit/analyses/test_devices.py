"""Numbers, SIMs and handsets: combinations, changes, silences, hand-over candidates."""

from datetime import datetime, timedelta
from typing import Any

from fourfold.evidence.analyses import contact, devices
from fourfold.evidence.analyses.device_steps import SILENCE_HOURS
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.store.casestore import CaseStore
from lib.linking import S_TWO, S, V, call, case_of, linked

A, B = "001001000000010", "001001000000020"
SIM_ONE, SIM_TWO = "234300000000001", "234300000000002"


def used(
    at: str, number: str = S, imei: str = A, imsi: str = SIM_ONE, **more: Any
) -> dict[str, Any]:
    at = at if at.startswith("2026") else f"2026-07-{at}:00"
    return call("X1", at, a=number, imei=imei, imsi=imsi, **more)


def hourly(start: str, count: int, hours: float = 1, **more: Any) -> list[dict[str, Any]]:
    """Records of a line at even pauses."""
    first = datetime.fromisoformat(f"2026-07-{start}:00")
    step = timedelta(hours=hours)
    return [used((first + n * step).isoformat(), **more) for n in range(count)]


def answered(events: list[dict[str, Any]]) -> tuple[CaseStore, list[Finding]]:
    store, case = linked(events), case_of()
    contact.run(store, case)
    return store, devices.run(store, case)


def changes(events: list[dict[str, Any]], *kinds: str) -> list[tuple[Any, ...]]:
    store, _ = answered(events)
    rows = store.rows("select kind, number, p.before_at, p.at, imei, imsi"
                      " from device_changes as p order by change_no")  # fmt: skip
    return [row for row in rows if not kinds or row[0] in kinds]


def when(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-{text}:00")


def test_a_check_digit_written_as_zero_is_no_other_handset() -> None:
    assert changes([used("01T10:00"), used("01T11:00", imei=A[:14] + "7")]) == []


def test_the_same_number_on_another_sim_is_found() -> None:
    assert changes([used("01T10:00"), used("02T10:00", imsi=SIM_TWO)]) == [
        ("same_number_new_imsi", S, when("01T10:00"), when("02T10:00"), A[:14], SIM_TWO)
    ]


def test_the_same_sim_in_another_handset_is_found() -> None:
    assert [row[0] for row in changes([used("01T10:00"), used("02T10:00", imei=B)])] == [
        "same_imsi_new_imei"
    ]


def test_a_new_sim_and_a_new_handset_are_one_change() -> None:
    events = [used("01T10:00"), used("02T10:00", imei=B, imsi=SIM_TWO)]
    assert [row[0] for row in changes(events)] == ["same_number_new_imsi_new_imei"]


def test_another_numbers_sim_in_the_same_handset_is_found_even_in_turn() -> None:
    events = [
        used("01T10:00"), used("02T20:00", number=S_TWO, imsi=SIM_TWO), used("03T10:00"),
    ]  # fmt: skip
    store, findings = answered(events)
    assert store.rows("select kind, number, p.before_at, p.at, other from device_changes as p") == [
        ("same_imei_new_imsi", S_TWO, None, when("02T20:00"),
         f"{S}, IMSI {SIM_ONE}, both in use in turn")
    ]  # fmt: skip
    found = next(f for f in findings if f.kind == "device_same_imei_new_imsi")
    assert "the handset was lent, sold, given away or found" in found.statement


def test_a_record_that_states_no_imei_is_no_change() -> None:
    assert changes([used("01T10:00"), used("01T11:00", imei=None), used("01T12:00")]) == []


def test_a_silence_out_of_the_ordinary_is_found() -> None:
    events = hourly("01T00:00", 150) + hourly("09T18:00", 150)
    assert changes(events, "silence") == [
        ("silence", S, when("07T05:00"), when("09T18:00"), A[:14], SIM_ONE)
    ]


def test_a_pause_as_usual_is_no_silence() -> None:
    assert changes(hourly("01T00:00", 25, hours=SILENCE_HOURS), "silence") == []


def test_a_line_that_begins_and_one_that_ends_within_the_data_are_found() -> None:
    events = hourly("01T00:00", 3, hours=24) + [
        used(at, number=S_TWO, imei=B, imsi=SIM_TWO) for at in ("20T10:00", "21T10:00")
    ]
    found = [(kind, number) for kind, number, *_ in changes(events, "start", "stop")]
    assert found == [("stop", S), ("start", S_TWO)]


def test_a_number_that_takes_over_is_a_candidate_with_other_explanations() -> None:
    events = hourly("01T00:00", 10, hours=3)
    events += [used(f"{20 + n}T10:00", number=V, imei=B, imsi=SIM_TWO, b=S_TWO) for n in range(5)]
    events += [
        call("X1", f"2026-07-{3 + n:02d}T10:00:00", a="tel:+447700900007", subject=V, imei=B,
             imsi=SIM_TWO)
        for n in range(5)
    ]  # fmt: skip
    store, findings = answered(events)
    [row] = store.rows(
        "select number, p.at, other, explanations from device_changes as p"
        " where kind = 'hand_over_candidate'"
    )
    assert row[:3] == (S, when("03T10:00"), "tel:+447700900007 first contacts V, 5 contacts")
    assert len(row[3]) == 4
    found = next(f for f in findings if f.kind == "device_hand_over_candidate")
    assert found.caveats == ["A candidate to be checked, not a conclusion."]
    assert found.counts_tried["numbers compared"] >= 3


def test_every_change_leads_back_to_rows() -> None:
    store, findings = answered([used("01T10:00"), used("02T10:00", imsi=SIM_TWO)])
    known = {row for (rows,) in store.rows("select row_ids from events") for row in rows}
    listed = [row for f in findings for row in f.row_ids]
    assert listed
    assert set(listed) <= known


def test_no_line_is_an_answer_too() -> None:
    _, findings = answered([call("X1", "10:00:00", imsi=None)])
    assert [f.statement for f in findings] == [
        "No record in the data supplied states the IMSI or IMEI of a line."
    ]
