"""super-complaints.md section 4: the state machine, as data and as it moves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.web.supercomplaints.actions import deciding, recording, submitting
from fourfold.web.supercomplaints.actions.moving import Move, move
from fourfold.web.supercomplaints.errors import GuardError, NotFromHereError, SuperComplaintError
from fourfold.web.supercomplaints.models import (
    Designation,
    EligibilityView,
    InvestigationReport,
    Section,
    Step,
    SuperComplaint,
)
from fourfold.web.supercomplaints.models.procedure import Basis
from fourfold.web.supercomplaints.rules import procedure
from fourfold.web.supercomplaints.rules.procedure import EVENTS, STATES, Facts, View
from fourfold.web.supercomplaints.selectors import procedure as selectors
from web.supercomplaints.conftest import ACKNOWLEDGED_AT, RECEIVED_AT, Parties

CODES = [code for code, _ in SuperComplaint.State.choices]
AUTHORITIES = procedure.AUTHORITIES["police"]
VIEWS = st.builds(
    View,
    authority=st.sampled_from(AUTHORITIES),
    is_form_met=st.booleans(),
    bar=st.sampled_from(["none", "repeats_live", "repeats_ended"]),
    has_reasons=st.sampled_from([True, True, True, False]),
)
FACTS = st.builds(
    Facts,
    is_designated=st.booleans(),
    actor_authority=st.sampled_from(["", *AUTHORITIES]),
    views=st.lists(VIEWS, max_size=4, unique_by=lambda view: view.authority).map(tuple),
    report_contents=st.sampled_from([frozenset(), frozenset(procedure.REPORT_CONTENTS)]),
    is_report_agreed=st.booleans(),
)


def test_section_4_every_state_stands_once_and_says_what_it_rests_on() -> None:
    numbers = [state.number for state in STATES]
    assert numbers == ["S0", "S1", "S2", "S3a", "S3b", "S4", "S5", "S6", "S7", "S8", "S9", "S10"]
    assert {state.code for state in STATES} == set(CODES)
    every = [said for state in STATES for said in (state.duty, state.limit)]
    every += [event.said for event in EVENTS]
    every += [guard.said for event in EVENTS for guard in event.guards]
    assert {said.basis for said in every} <= {"law", "guidance", "practice", "not_seen"}
    assert all(said.source for said in every if said.basis != "not_seen")


def test_section_4_no_state_is_out_of_reach_and_only_ends_lead_nowhere() -> None:
    reached, new = {""}, {""}
    while new:
        new = {
            event.to_state for event in EVENTS for state in new if state in event.from_states
        } - reached
        reached |= new
    assert reached - {""} == set(CODES)
    for state in STATES:
        assert state.is_end == (not procedure.events_from(state.code))


def test_section_4_what_was_not_seen_is_not_given_as_a_limit() -> None:
    by_number = {state.number: state for state in STATES}
    assert {number: by_number[number].limit.basis for number in ("S1", "S2", "S4", "S5", "S7")} == {
        "S1": "law", "S2": "not_seen", "S4": "not_seen", "S5": "not_seen", "S7": "practice",
    }  # fmt: skip


@given(way=st.lists(st.tuples(st.sampled_from(EVENTS), FACTS), max_size=25))
@settings(max_examples=30)
def test_section_4_no_event_happens_without_its_guards_and_steps_retell_the_state(
    way: list[tuple[procedure.Event, Facts]],
) -> None:
    """A walk by the data alone: where an event is let through, its conditions hold."""
    state, steps = "preparing", [("", "preparing")]
    for event, facts in way:
        if state not in event.from_states or procedure.unmet(event, facts):
            continue
        steps.append((state, event.to_state))
        state = event.to_state
        _hold(event, facts)
    assert all(before[1] == after[0] for before, after in pairwise(steps))
    assert steps[-1][1] == state


def _hold(event: procedure.Event, facts: Facts) -> None:
    if event.code == "submit":
        assert facts.is_designated
    if event.code in ("acknowledge", "publish"):
        assert facts.actor_authority == "chief_inspector"
    if event.code.startswith("find_"):
        own = {view.authority: view for view in facts.views if view.has_reasons}
        assert set(own) >= set(AUTHORITIES)
        held = {view.is_form_met and view.bar == "none" for view in own.values()}
        assert held == {event.code == "find_eligible"}
    if event.code == "publish":
        assert set(procedure.REPORT_CONTENTS) <= facts.report_contents
        assert facts.is_report_agreed


@given(facts=FACTS)
@settings(max_examples=25)
def test_section_4_eligible_and_ineligible_never_both(facts: Facts) -> None:
    ways = [procedure.BY_CODE[code] for code in ("find_eligible", "find_ineligible")]
    assert sum(not procedure.unmet(event, facts) for event in ways) <= 1


def test_section_4_the_service_police_regime_has_two_authorities() -> None:
    own = (View("chief_inspector", True, "none", True),)
    both = (*own, View("service_commissioner", True, "none", True))
    assert procedure.wanting(Facts("service_police", views=own)) == ("service_commissioner",)
    assert procedure.agreed(Facts("service_police", views=both)) is True


def test_section_4_only_the_chief_inspector_acknowledges(
    parties: Parties, received: SuperComplaint
) -> None:
    for code in ("director_general", "college"):
        with pytest.raises(GuardError, match="Chief Inspector"):
            deciding.acknowledge(
                actor=parties.people[code], supercomplaint=received, at=ACKNOWLEDGED_AT
            )
    received.refresh_from_db()
    assert received.state == "received"
    assert received.documents.filter(kind="letter").count() == 0


def test_section_4_acknowledged_in_time_then_a_second_time_is_refused(
    parties: Parties, acknowledged: SuperComplaint
) -> None:
    step = acknowledged.steps.get(event="acknowledge")
    assert (step.is_late, step.basis, step.on) == (False, "law", date(2022, 12, 1))
    assert acknowledged.acknowledge_by_on == date(2022, 12, 1)
    with pytest.raises(NotFromHereError, match="Reload"):
        deciding.acknowledge(actor=parties.chief, supercomplaint=acknowledged, at=ACKNOWLEDGED_AT)


def test_section_4_late_acknowledgement_is_flagged_on_step_and_page(
    parties: Parties, received: SuperComplaint, signed_in: Callable[..., Any]
) -> None:
    at = ACKNOWLEDGED_AT + timedelta(days=1)
    step = deciding.acknowledge(actor=parties.chief, supercomplaint=received, at=at)
    assert step.is_late
    assert "ACK_LATE" in step.words
    page = signed_in(parties.complainant).get(f"/super-complaints/{received.ref}/procedure/")
    assert "ACK_LATE" in page.content.decode()
    assert "Late</strong>" in page.content.decode()


def test_section_4_acknowledged_before_receipt_or_in_the_future_is_refused(
    parties: Parties, received: SuperComplaint
) -> None:
    for at in (RECEIVED_AT - timedelta(hours=1), RECEIVED_AT + timedelta(days=9_000)):
        with pytest.raises(SuperComplaintError, match="between the receipt and now"):
            deciding.acknowledge(actor=parties.chief, supercomplaint=received, at=at)


def test_section_4_publishing_waits_for_a_whole_agreed_report(
    parties: Parties, investigated: SuperComplaint
) -> None:
    """Regulation 8: (a) steps, (b) conclusions, (c) further action, (d) recommendations."""
    chief, complaint = parties.chief, investigated
    move(actor=chief, supercomplaint=complaint, made=Move("conclude", date(2024, 9, 1)))
    publish = Move("publish", date(2024, 9, 27))
    with pytest.raises(GuardError, match="lacks"):
        move(actor=chief, supercomplaint=complaint, made=publish)
    report = InvestigationReport.objects.create(supercomplaint=complaint, title="Report")
    for order, kind in enumerate(procedure.REPORT_CONTENTS):
        Section.objects.create(report=report, kind=kind, order=order, heading="H", text="T")
    with pytest.raises(GuardError, match="not agreed"):
        move(actor=chief, supercomplaint=complaint, made=publish)
    report.state = InvestigationReport.State.AGREED
    report.save()
    move(actor=chief, supercomplaint=complaint, made=publish)
    complaint.refresh_from_db()
    assert (complaint.published_on, complaint.responses_due_on) == (
        date(2024, 9, 27), date(2024, 11, 22),
    )  # fmt: skip
    _to_the_end(parties, complaint)


def _to_the_end(parties: Parties, complaint: SuperComplaint) -> None:
    """Sections S7 to S10: the rest of the stalking timeline, told again by the steps."""
    for event, on in (
        ("await_responses", date(2024, 9, 27)), ("respond", date(2024, 11, 22)),
        ("publish_responses", date(2025, 1, 8)), ("monitor", date(2025, 1, 8)),
        ("report_monitoring", date(2025, 8, 1)), ("close", date(2026, 3, 31)),
    ):  # fmt: skip
        recording.move_on(actor=parties.chief, supercomplaint=complaint, made=Move(event, on))
    steps = list(complaint.steps.order_by("pk"))
    assert [step.to_state for step in steps][-1] == complaint.state == "closed"
    assert all(a.to_state == b.from_state for a, b in pairwise(steps))
    assert (date(2025, 1, 8) - complaint.responses_due_on).days == 47
    with pytest.raises(SuperComplaintError, match="own page"):
        recording.move_on(
            actor=parties.chief, supercomplaint=complaint, made=Move("publish", date.today())
        )


def test_section_4_an_ineligible_one_moves_no_further(
    parties: Parties, acknowledged: SuperComplaint, hold: Callable[..., EligibilityView]
) -> None:
    for code in parties.authorities:
        hold(acknowledged, code, is_form_met=False)
    deciding.decide(actor=parties.chief, supercomplaint=acknowledged, on=date(2023, 1, 26))
    for event in EVENTS[1:]:
        if event.act in ("supercomplaint.submit",):
            continue
        with pytest.raises(NotFromHereError):
            move(
                actor=parties.chief,
                supercomplaint=acknowledged,
                made=Move(event.code, date.today()),
            )


def test_section_6_a_past_super_complaint_keeps_what_was_not_seen_as_missing(
    parties: Parties,
) -> None:
    facts = recording.RecordFacts(
        "A past one", parties.body, "published", made_words="Nov 2022",
        gaps=("The day of the report was not seen.",),
    )  # fmt: skip
    steps = [recording.StepFacts("Submitted", on_words="Nov 2022", source="example.org")]
    made = recording.record(actor=parties.chief, facts=facts, steps=steps)
    assert (made.made_on, made.published_on, made.is_from_public_record) == (None, None, True)
    step = made.steps.get()
    assert (step.basis, step.event, step.on) == (Basis.RECORD, "record", None)
    with pytest.raises(SuperComplaintError, match="draft"):
        recording.record(
            actor=parties.chief, facts=recording.RecordFacts("x", parties.body, "preparing")
        )


def test_one_that_is_carried_here_is_not_recorded_over(
    parties: Parties, received: SuperComplaint
) -> None:
    facts = recording.RecordFacts("Changed", parties.body, "closed")
    with pytest.raises(SuperComplaintError, match="carried here"):
        recording.record(actor=parties.chief, facts=facts, supercomplaint=received)


def test_section_4_the_clock_of_the_acknowledgement_runs_and_passes(
    parties: Parties, received: SuperComplaint
) -> None:
    (clock,) = selectors.running(received, date(2022, 12, 1))
    assert (clock.by_on, clock.basis, clock.is_past) == (date(2022, 12, 1), "law", False)
    (clock,) = selectors.running(received, date(2022, 12, 2))
    assert clock.is_past


def test_steps_are_written_once(received: SuperComplaint) -> None:
    from fourfold.web.base.models import WrittenOnceError

    with pytest.raises(WrittenOnceError):
        Step.objects.filter(supercomplaint=received).first().save()  # type: ignore[union-attr]


def test_section_4_submitted_twice_is_refused(parties: Parties, received: SuperComplaint) -> None:
    with pytest.raises(NotFromHereError):
        submitting.submit(actor=parties.complainant, supercomplaint=received, at=RECEIVED_AT)
    assert received.documents.filter(kind="complaint").count() == 2


def test_missing_holidays_stop_neither_submission_nor_acknowledgement(
    parties: Parties, draft: SuperComplaint
) -> None:
    at = datetime(2011, 11, 25, 12, 0, tzinfo=UTC)
    Designation.objects.update(designated_on=date(2010, 1, 1))
    submitting.submit(actor=parties.complainant, supercomplaint=draft, at=at)
    assert draft.acknowledge_by_on is None
    step = deciding.acknowledge(actor=parties.chief, supercomplaint=draft, at=ACKNOWLEDGED_AT)
    assert not step.is_late
