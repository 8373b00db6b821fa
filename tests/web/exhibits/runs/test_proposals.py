"""Acts that the rows propose: guarded words, decided once, by a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.evidence import pipeline
from fourfold.evidence.model.wording import forbidden_words
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Act, Case
from fourfold.web.exhibits.actions.proposals import (
    TooManyError,
    accept_proposals,
    decline_proposals,
)
from fourfold.web.exhibits.engine.proposing import propose
from fourfold.web.exhibits.engine.records import candidates_of
from fourfold.web.exhibits.models import EngineRun, Proposal
from fourfold.web.exhibits.rules import proposals as rules
from fourfold.web.exhibits.rules.proposals import Contact, Side
from fourfold.web.users.access import Refused
from fourfold.web.users.models import Role, User
from lib.runs import Demo, Put, finished_run

SignIn = Callable[[User], Client]
State = Proposal.State
LONDON = ZoneInfo("Europe/London")


def contact(**more: Any) -> Contact:
    facts: dict[str, Any] = {
        "kind": "call",
        "channel": "call",
        "outcome": "answered",
        "at": datetime(2026, 7, 10, 18, 14, 5, tzinfo=UTC),
        "precision_s": 1.0,
        "lasted_s": 42.0,
        "is_withheld": False,
        "is_clock_change_hour": False,
        "from_side": Side("tel:+447700900123", "S", "accepted"),
        "to_side": Side("tel:+447700900456", "V", "accepted"),
    }
    return Contact(**{**facts, **more})


def address(case: Case, name: str = "proposals") -> str:
    return reverse(f"exhibits:{name}", kwargs={"case_ref": case.ref})


@pytest.fixture
def client(signed_in: SignIn, investigator: User) -> Client:
    return signed_in(investigator)


def test_a_call_in_words() -> None:
    assert rules.contact_words(contact(), LONDON) == (
        "The records show a call from 07700 900123 (attributed to S) to 07700 900456 "
        "(attributed to V) on 10 July 2026 at 19:14:05 BST: answered, 42 s."
    )


@pytest.mark.parametrize(
    ("strength", "words"),
    [("assumed", "only assumed to be of S"), ("disputed", "said to be of S, which is disputed")],
)
def test_a_weak_attribution_is_said_to_be_weak(strength: str, words: str) -> None:
    weak = contact(from_side=Side("tel:+447700900123", "S", strength))

    assert words in rules.contact_words(weak, LONDON)


def test_a_time_known_to_the_minute_shows_no_seconds() -> None:
    assert "at 19:14 BST" in rules.contact_words(contact(precision_s=60), LONDON)


def test_a_name_with_a_forbidden_word_is_left_to_the_rows() -> None:
    odd = contact(from_side=Side("name:DEF/3:He was at home", "S", "accepted"))

    words = rules.contact_words(odd, LONDON)

    assert forbidden_words(words) == []
    assert "an identifier that the rows name (attributed to S)" in words


@pytest.mark.parametrize(
    ("from_id", "strength"), [("unknown", ""), ("", "accepted"), ("tel:+447700900123", "")]
)
def test_a_call_whose_caller_no_record_names_is_nobodys(from_id: str, strength: str) -> None:
    assert not rules.is_proposed(from_id, strength)


def test_a_withheld_number_is_said_to_be_withheld() -> None:
    words = rules.contact_words(contact(is_withheld=True), LONDON)

    assert "The number was withheld from the called phone" in words


def test_the_demonstration_proposes_guarded_words(demo_run: EngineRun) -> None:
    words = Proposal.objects.filter(run=demo_run).values_list("words", flat=True)

    assert len(words) > 150
    assert [text for text in words if forbidden_words(text)] == []


def test_a_diary_entry_is_the_victims_own_words(demo_run: EngineRun) -> None:
    entry = Proposal.objects.filter(run=demo_run, question="diary").latest("occurred_from_at")

    assert entry.quoted_words
    assert entry.words.startswith("An entry of the diary")


def test_a_private_entry_is_not_proposed(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_of_table = pipeline.rows_of_table

    def all_private(package: Path, table: str, *columns: Any) -> list[dict[str, Any]]:
        rows = rows_of_table(package, table, *columns)
        return [{**row, "is_private": True} for row in rows] if table == "diary_checks" else rows

    monkeypatch.setattr(pipeline, "rows_of_table", all_private)

    assert {found.question for found in candidates_of(demo.package)} == {"contact"}


def test_a_rerun_proposes_nothing_twice(
    demo: Demo, demo_run: EngineRun, put: Put, investigator: User
) -> None:
    before = Proposal.objects.count()
    accept_proposals(actor=investigator, case=demo_run.case, refs=[Proposal.objects.all()[0].ref])

    rerun = finished_run(demo.package, demo_run.case, put, investigator)

    assert Proposal.objects.count() == before
    assert set(Proposal.objects.filter(state=State.OPEN).values_list("run", flat=True)) == {
        rerun.pk
    }
    assert Proposal.objects.get(state=State.ACCEPTED).run == demo_run


def test_an_occurrence_that_more_records_state_is_the_same(demo: Demo, demo_run: EngineRun) -> None:
    first = candidates_of(demo.package)[0]
    joined = replace(first, row_ids=(*first.row_ids, "f" * 16))

    assert propose(demo_run, [joined]).new == 0


def test_accepting_records_an_act_with_its_rows(demo_run: EngineRun, investigator: User) -> None:
    proposal = Proposal.objects.filter(strength="accepted", quoted_words="").earliest("id")

    (act,) = accept_proposals(actor=investigator, case=demo_run.case, refs=[proposal.ref])

    source = act.sources.get()
    assert (act.summary, act.codes, act.actor_kind) == (proposal.words, ["b"], "suspect")
    assert (source.run_ref, source.trace_code) == (demo_run.ref, proposal.trace_code)
    assert source.row_ids == proposal.row_ids
    proposal.refresh_from_db()
    assert (proposal.state, proposal.act, proposal.decided_by) == ("accepted", act, investigator)


def test_an_act_from_an_assumed_number_leaves_open_who_did_it(
    demo_run: EngineRun, investigator: User
) -> None:
    proposal = Proposal.objects.filter(strength="assumed").earliest("id")

    (act,) = accept_proposals(actor=investigator, case=demo_run.case, refs=[proposal.ref])

    assert (act.actor_kind, act.actor_person) == ("unknown", None)


def test_a_diary_entry_becomes_an_act_in_her_words(demo_run: EngineRun, investigator: User) -> None:
    proposal = Proposal.objects.filter(question="diary").earliest("id")

    (act,) = accept_proposals(actor=investigator, case=demo_run.case, refs=[proposal.ref])

    assert act.victim_words == proposal.quoted_words


def test_what_was_decided_is_not_decided_again(demo_run: EngineRun, investigator: User) -> None:
    ref = Proposal.objects.earliest("id").ref
    decline_proposals(actor=investigator, case=demo_run.case, refs=[ref], reason="A wrong number.")

    assert accept_proposals(actor=investigator, case=demo_run.case, refs=[ref]) == []
    assert not Act.objects.exists()


def test_many_are_accepted_at_once_with_one_entry_each_in_the_ledger(
    demo_run: EngineRun, investigator: User
) -> None:
    refs = list(Proposal.objects.values_list("ref", flat=True))

    accept_proposals(actor=investigator, case=demo_run.case, refs=refs)

    assert Act.objects.filter(case=demo_run.case).count() == len(refs)
    entry = LedgerEntry.objects.get(act="act.accept")
    assert entry.detail == {"proposals": len(refs), "runs": [demo_run.ref]}


def test_more_than_five_thousand_are_too_many(case: Case, investigator: User) -> None:
    with pytest.raises(TooManyError):
        accept_proposals(actor=investigator, case=case, refs=["x"] * 5_001)


def test_an_analyst_may_look_and_not_accept(
    demo_run: EngineRun, make_user: Callable[..., User], supervisor: User
) -> None:
    analyst = make_user(Role.ANALYST)
    demo_run.case.assignments.create(
        user=analyst, assigned_by=supervisor, from_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with pytest.raises(Refused):
        accept_proposals(actor=analyst, case=demo_run.case, refs=["x"])


def test_accept_by_page(client: Client, demo_run: EngineRun) -> None:
    ref = Proposal.objects.earliest("id").ref

    client.post(address(demo_run.case, "proposals_decide"), {"decision": "accept", "proposal": ref})

    assert Act.objects.count() == 1


def test_a_whole_day_is_accepted_after_its_number_was_shown(
    client: Client, demo_run: EngineRun
) -> None:
    day = Proposal.objects.filter(question="contact").earliest("id").occurred_on
    of_day = Proposal.objects.filter(occurred_on=day).count()
    said = {"accept_day": day.isoformat()}

    page = client.post(address(demo_run.case, "proposals_decide"), said).content.decode()
    assert not Act.objects.exists()
    assert f'name="expected" value="{of_day}"' in page

    said = {"decision": "accept", "scope": "day", "day": day.isoformat(), "expected": of_day}
    client.post(address(demo_run.case, "proposals_decide"), said)
    assert Act.objects.count() == of_day


def test_what_is_no_day_accepts_nothing(client: Client, demo_run: EngineRun) -> None:
    number = Proposal.objects.count()
    said = {"decision": "accept", "scope": "day", "day": "tomorrow", "expected": number}

    client.post(address(demo_run.case, "proposals_decide"), said)

    assert not Act.objects.exists()


def test_a_filter_is_accepted_as_a_whole(client: Client, demo_run: EngineRun) -> None:
    number = Proposal.objects.filter(strength="accepted", means="call").count()
    said = {
        "decision": "accept", "scope": "filtered", "filter": "strength=accepted&means=call",
        "expected": number,
    }  # fmt: skip

    client.post(address(demo_run.case, "proposals_decide"), said)

    assert Act.objects.filter(means="call").count() == Act.objects.count() == number


def test_declining_wants_a_reason(client: Client, demo_run: EngineRun) -> None:
    ref = Proposal.objects.earliest("id").ref
    said = {"decision": "decline", "proposal": ref, "reason": " "}

    page = client.post(address(demo_run.case, "proposals_decide"), said).content.decode()

    assert "Enter why they are declined." in page
    assert Proposal.objects.get(ref=ref).state == State.OPEN


def test_declining_keeps_the_reason(client: Client, demo_run: EngineRun) -> None:
    ref = Proposal.objects.earliest("id").ref
    said = {"decision": "decline", "scope": "chosen", "proposal": ref, "reason": "About the dog."}

    client.post(address(demo_run.case, "proposals_decide"), said)

    assert Proposal.objects.get(ref=ref).decision_reason == "About the dog."


def test_filters_stand_in_the_address_without_any_number(
    client: Client, demo_run: EngineRun
) -> None:
    page = client.get(address(demo_run.case)).content.decode()

    assert "07700 900117 (" in page
    assert 'value="tel:' not in page


def test_a_proposal_of_another_case_is_not_decided(
    client: Client, demo_run: EngineRun, make_case: Callable[..., Case], investigator: User
) -> None:
    other = make_case(assigned=(investigator,))
    said = {"decision": "accept", "proposal": Proposal.objects.earliest("id").ref}

    client.post(address(other, "proposals_decide"), said)

    assert not Act.objects.exists()
