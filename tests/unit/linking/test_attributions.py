"""Whose identifier it is: stated, assumed from exhibits, by period and by service."""

from typing import Any

from fourfold.evidence.linking.attributions import fill_attributions
from fourfold.evidence.linking.periods import FIRST_US, LAST_US, Period, without_overlap
from fourfold.evidence.model.case import Attribution, Case
from lib.linking import F, S, V, call, case_of, text, utc
from lib.stores import store_with


def attributed(
    events: list[dict[str, Any]], case: Case, exhibits: list[dict[str, Any]] | None = None
) -> list[tuple[Any, ...]]:
    """(from, strength, to, strength) of each event in their order."""
    store = store_with(events=events, exhibits=exhibits or [{"exhibit_id": "X1", "ref": "R/1"}])
    fill_attributions(store, case)
    return store.rows(
        "select a.from_person, a.from_strength, a.to_person, a.to_strength"
        " from attributed_events as a join events as e using (event_id) order by e.started_at"
    )


def test_an_attribution_holds_from_its_start_up_to_its_end() -> None:
    case = case_of(Attribution(S, "S", "accepted", "", utc("10:00:00"), utc("11:00:00")))
    rows = attributed([call("X1", at) for at in ("09:59:59", "10:00:00", "11:00:00")], case)
    assert [row[0] for row in rows] == [None, "S", None]


def test_an_imei_is_compared_on_fourteen_digits() -> None:
    case = case_of(Attribution("imei:001001000000017", "V", "accepted"))
    assert attributed([call("X1", "10:00:00", b="imei:001001000000010")], case)[0][2] == "V"


def test_a_name_is_resolved_by_its_exhibit_or_by_its_service() -> None:
    case = case_of(
        Attribution("name:R/1:Sam", "S", "accepted"),
        Attribution("name:facebook:Vee", "V", "assumed"),
    )
    rows = attributed(
        [
            text("X1", "10:00:00", a="name:R/1:Sam", b="name:R/1:Vee", channel="facebook"),
            text("X1", "10:00:01", a="name:R/2:Sam", b="name:R/2:Vee", channel="whatsapp"),
        ],
        case,
    )
    assert rows == [("S", "accepted", "V", "assumed"), (None, None, None, None)]


def test_an_exhibit_said_to_come_from_a_person_attributes_its_owner() -> None:
    exhibits = [{"exhibit_id": "X1", "ref": "R/1", "person": "V"}]
    owners = ("person:V", "exhibit:R/1", "device:R/1:77")
    events = [call("X1", f"10:00:0{n}", a=F, b=owner) for n, owner in enumerate(owners)]
    rows = attributed(events, case_of(Attribution(S, "S", "accepted")), exhibits)
    assert [row[2:] for row in rows] == [("V", "assumed")] * 3


def test_an_attribution_of_the_device_in_the_case_file_wins() -> None:
    exhibits = [{"exhibit_id": "X1", "ref": "R/1", "person": "V", "device": "imei:001001000000017"}]
    case = case_of(Attribution("imei:001001000000019", "S", "disputed"))
    rows = attributed([call("X1", "10:00:00", a=F, b="imei:001001000000017")], case, exhibits)
    assert rows[0][2:] == ("S", "disputed")


def test_an_attribution_says_who_stated_it() -> None:
    exhibits = [{"exhibit_id": "X1", "ref": "R/1", "person": "V"}]
    store = store_with(events=[call("X1", "10:00:00", b="person:V")], exhibits=exhibits)
    fill_attributions(store, case_of(Attribution(S, "S", "accepted", "his own words")))
    assert store.rows("select identifier, basis, stated_by from attributions") == [
        (S, "his own words", "case.toml"),
        ("person:V", "the exhibit is said to come from this person", "R/1"),
    ]


def test_the_first_attributed_of_several_recipients_stands_for_all() -> None:
    rows = attributed([text("X1", "10:00:00", to_ids=[F, V, S])], case_of())
    assert rows[0][2] == "V"


def test_overlapping_statements_give_the_strongest_at_each_moment() -> None:
    stated = [
        Period(S, FIRST_US, LAST_US, "A", "assumed"), Period(S, 10, 20, "B", "accepted"),
        Period(S, 15, 30, "C", "disputed"),
    ]  # fmt: skip
    assert [(p.from_us, p.to_us, p.person) for p in without_overlap(stated)] == [
        (FIRST_US, 10, "A"), (10, 20, "B"), (20, 30, "C"), (30, LAST_US, "A"),
    ]  # fmt: skip
