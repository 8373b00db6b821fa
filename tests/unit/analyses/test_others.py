"""Third parties of suspect and victim."""

from typing import Any

from fourfold.evidence.analyses import contact, others
from fourfold.evidence.model.case import Attribution, Case
from fourfold.evidence.model.finding import Finding
from fourfold.evidence.store.casestore import CaseStore
from lib.linking import F, S, V, call, case_of, linked, text

G = "tel:+447700900006"
EVENTS = [
    call("X1", "10:00:00", b=F),
    call("X1", "10:05:00", a=F, b=S, subject=S),
    text("X1", "10:10:00", a=F, b=V, subject=V),
    call("X1", "10:15:00", a=V, b=G, subject=V),
    call("X1", "10:20:00"),
    call("X1", "10:25:00", a="withheld", subject=V, is_withheld=True),
    call("X1", "10:30:00", b="withheld"),
]


def answered(events: list[dict[str, Any]], case: Case) -> tuple[CaseStore, list[Finding]]:
    store = linked(events, case)
    contact.run(store, case)
    return store, others.run(store, case)


def test_parties_of_either_side_are_counted_in_both_directions() -> None:
    store, [finding] = answered(EVENTS, case_of())
    assert store.rows(
        "select party, side_a_count, side_b_count, channels, is_shared from third_parties"
    ) == [
        (F, 2, 1, ["call", "sms"], True), (G, 0, 1, ["call"], False),
        ("withheld", 1, 1, ["call"], False),
    ]  # fmt: skip
    assert {v.name: v.value for v in finding.values} == {
        "third parties": 3, "in contact with both sides": 1,
    }  # fmt: skip


def test_two_numbers_of_one_person_share_through_the_person() -> None:
    stated = (
        Attribution(S, "S", "accepted"), Attribution(V, "V", "accepted"),
        Attribution(F, "P", "accepted"), Attribution(G, "P", "accepted"),
    )  # fmt: skip
    store, _ = answered([call("X1", "10:00:00", b=F), call("X1", "10:05:00", a=V, b=G, subject=V)],
                        case_of(*stated))  # fmt: skip
    assert store.rows("select party, identifier, person, is_shared from third_parties") == [
        ("P", F, "P", True), ("P", G, "P", True),
    ]  # fmt: skip


def test_nobody_named_takes_the_two_parties_with_most_contacts() -> None:
    bare = case_of(Attribution("tel:+447700900009", "X", "accepted"), people=())
    store, [finding] = answered(EVENTS, bare)
    assert "the two parties with most contacts (nobody is named)" in finding.statement
    assert finding.settings["side_a"] == [S]
    assert finding.settings["side_b"] == [V]
    assert store.rows("select party from third_parties where is_shared") == [(F,)]


def test_every_third_party_leads_back_to_its_rows() -> None:
    store, _ = answered(EVENTS, case_of())
    assert store.rows("select party, len(row_ids) from third_parties order by party")[0] == (F, 3)
