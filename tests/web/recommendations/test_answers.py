"""Answers: the lifecycle (super-complaints.md section 4, "Recommendation lifecycle"), the walls."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fourfold.web.publication import content
from fourfold.web.publication.models import PublicFile, Published
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import answering, disclosing, recording
from fourfold.web.recommendations.models import Answer, SentAnswer
from fourfold.web.recommendations.rules import lateness, lifecycle
from fourfold.web.recommendations.rules.lateness import Clock
from fourfold.web.recommendations.rules.lifecycle import AnswerFacts, Position, Status
from fourfold.web.supercomplaints.models import Document
from fourfold.web.users import policy
from fourfold.web.users.access import Refused
from lib import recommendation_world as rw
from lib.site_walk import client_of

DAY = date(2025, 1, 1)
TAKEN_UP = (Position.ACCEPTED, Position.ACCEPTED_IN_PART)
ACTING = (Status.PLANNED, Status.IN_PROGRESS, Status.COMPLETE, Status.NO_DATE_POSSIBLE)
READY = AnswerFacts(position="accepted", status="planned", plan="We will.", due_on=DAY)
TEXTS = st.sampled_from(["", "  ", "Because."])
FACTS = st.builds(
    AnswerFacts,
    position=st.sampled_from(Position.values),
    status=st.sampled_from(Status.values),
    initial_response=TEXTS,
    plan=TEXTS,
    due_on=st.sampled_from([None, DAY]),
    no_date_reason=TEXTS,
    evidence_count=st.integers(0, 1),
    no_evidence_reason=TEXTS,
    sent_status=st.sampled_from(["", *Status.values[1:]]),
    has_new_update=st.booleans(),
)


@given(FACTS)
@settings(max_examples=25, deadline=None)
def test_section_4_lifecycle_what_can_be_sent_keeps_every_guard(facts: AnswerFacts) -> None:
    if lifecycle.checks(facts):
        return
    assert facts.position
    assert facts.status != Status.NOT_ANSWERED
    assert facts.status not in ACTING or facts.position in TAKEN_UP
    assert facts.position == Position.ACCEPTED or facts.initial_response.strip()
    assert facts.status not in lifecycle.WANT_DATE or facts.due_on
    is_undated = facts.status == Status.NO_DATE_POSSIBLE
    assert not is_undated or (facts.no_date_reason.strip() and facts.due_on is None)
    is_shown = facts.evidence_count or facts.no_evidence_reason.strip()
    assert facts.status != Status.COMPLETE or is_shown
    is_back = facts.sent_status == Status.COMPLETE and facts.status != Status.COMPLETE
    assert not is_back or facts.has_new_update


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"position": ""}, "position"),
        ({"position": "not_accepted", "initial_response": "No money."}, "status"),
        ({"position": "accepted_in_part"}, "initial_response"),
        ({"status": "not_answered"}, "status"),
        ({"plan": " "}, "plan"),
        ({"due_on": None}, "due_on"),
        ({"status": "no_date_possible", "due_on": None}, "no_date_reason"),
        ({"status": "no_date_possible", "no_date_reason": "Shared system."}, "due_on"),
        ({"status": "complete"}, "no_evidence_reason"),
        ({"sent_status": "complete"}, "status"),
    ],
)
def test_section_4_lifecycle_each_guard_names_its_field(more: dict[str, Any], field: str) -> None:
    facts = AnswerFacts(**{**vars(READY), **more})
    assert field in {check.field for check in lifecycle.checks(facts)}


class Lifecycle(RuleBasedStateMachine):
    """Whatever is written in whatever order, what was sent was fit to be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = AnswerFacts()
        self.sent: list[AnswerFacts] = []

    @rule(changes=st.fixed_dictionaries({}, optional={
        "position": st.sampled_from(Position.values), "status": st.sampled_from(Status.values),
        "plan": TEXTS, "due_on": st.sampled_from([None, DAY]), "no_date_reason": TEXTS,
        "initial_response": TEXTS, "evidence_count": st.integers(0, 2),
    }))  # fmt: skip
    def write(self, changes: dict[str, Any]) -> None:
        """Saving is never refused."""
        self.facts = AnswerFacts(**{**vars(self.facts), **changes})

    @rule()
    def add_update(self) -> None:
        """Say something new."""
        self.facts = AnswerFacts(**{**vars(self.facts), "has_new_update": True})

    @rule()
    def send(self) -> None:
        """Send, where it can be."""
        try:
            lifecycle.require_ready(self.facts)
        except lifecycle.NotReadyError as error:
            assert str(error).endswith(".")
            return
        self.sent.append(self.facts)
        after = {"sent_status": self.facts.status, "has_new_update": False}
        self.facts = AnswerFacts(**{**vars(self.facts), **after})

    @invariant()
    def nothing_unfit_was_sent(self) -> None:
        """An answer that goes back from complete came with an update."""
        for before, after in zip(self.sent, self.sent[1:], strict=False):
            went_back = before.status == Status.COMPLETE and after.status != Status.COMPLETE
            assert not went_back or after.has_new_update
        assert all(each.status != Status.NOT_ANSWERED for each in self.sent)


TestLifecycle = Lifecycle.TestCase
TestLifecycle.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize(
    ("clock", "days", "words"),
    [
        ({}, 10, ("10 days late",)),
        (
            {"answered_on": date(2024, 11, 23), "is_answered": True},
            1,
            ("1 day late when answered",),
        ),
        ({"answered_on": date(2024, 11, 22), "is_answered": True}, 0, ()),
        ({"is_answered": True}, 0, ()),  # the day of the answer was not seen
        ({"deadline_on": None}, 0, ()),
    ],
)
def test_section_4_s7_lateness_is_computed(
    clock: dict[str, Any], days: int, words: tuple[str, ...]
) -> None:
    whole = Clock(**{"deadline_on": date(2024, 11, 22), **clock})
    today = date(2024, 12, 2)
    assert (lateness.days_late(whole, today), lateness.marks(whole, today)) == (days, words)


@pytest.fixture
def world(db: None) -> rw.World:
    return rw.make((1,), with_part=False)


def test_sending_keeps_what_was_sent_and_nothing_later(world: rw.World) -> None:
    answer = world.sent(1, 0, plan="First-plan-8841")
    path = f"/answers/{answer.ref}/"
    text = answering.AnswerText(position="accepted", status="planned", plan="Later-plan-9952")
    answering.change_answer(actor=world.responders[0], answer=answer, text=text)
    for reader in (world.officer, world.collator):
        page = client_of(reader).get(path).content.decode()
        assert "First-plan-8841" in page
        assert "Later-plan-9952" not in page
    own = client_of(world.responders[0]).get(path).content.decode()
    assert "Later-plan-9952" in own
    assert "You have written since then" in own
    for other in (world.responders[1], world.complainant):
        assert client_of(other).get(path).status_code in (403, 404)


def test_saving_asks_for_nothing_and_sending_says_what_is_lacking(world: rw.World) -> None:
    answer, client = world.answer(1, 0), client_of(world.responders[0])
    path = f"/answers/{answer.ref}/"
    assert client.post(path + "change/", {"status": "complete"}).status_code == 302
    refused = client.post(path + "submit/")
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Say whether the recommendation is accepted." in page
    assert "Attach evidence that it is complete, or say why none is." in page
    assert not SentAnswer.objects.exists()


def test_publishing_holds_chosen_updates_and_public_evidence_only(world: rw.World) -> None:
    answer, actor = world.written(1, 0, status="complete", due_on=None), world.responders[0]
    said = [
        answering.add_update(
            actor=actor, answer=answer, text=answering.UpdateText(DAY, f"Update-{word}")
        )
        for word in ("open-1177", "kept-2288")
    ]
    for word, is_public in (("open-3399", True), ("kept-4411", False)):
        answering.attach_evidence(
            actor=actor, answer=answer,
            offer=answering.EvidenceOffer(f"Evidence-{word}", is_public=is_public,
                                          file_name="a.txt", chunks=[word.encode()]),
        )  # fmt: skip
    seen = policy.permitted(world.officer, "document.open", Document.objects.all())
    assert not seen.exists()  # not sent yet: its giver's alone
    disclosing.publish_answer(actor=actor, answer=answer, updates=[said[0].ref], today=DAY)
    assert seen.count() == 2
    public = str(Published.objects.get(kind="answer").content)
    assert ("open-1177" in public, "open-3399" in public) == (True, True)
    assert ("kept-2288" in public, "kept-4411" in public) == (False, False)
    assert [bytes(file.content) for file in PublicFile.objects.all()] == [b"open-3399"]
    page = client_of(world.responders[1]).get(f"/answers/{answer.ref}/published/")
    assert "kept" not in page.content.decode()
    assert page.status_code == 200


def test_no_date_possible_is_a_value_of_its_own(world: rw.World) -> None:
    answer = world.published(1, 0, status="no_date_possible", due_on=None,
                             no_date_reason="The system is shared.")  # fmt: skip
    public = standing.one(content.Answer, answer.ref)
    assert public is not None
    assert (public.status, public.due_on) == ("no_date_possible", "")
    assert public.no_date_reason == "The system is shared."
    page = client_of(world.responders[1]).get(f"/answers/{answer.ref}/published/")
    assert "No date possible" in page.content.decode()


def test_officers_record_public_answers_only_where_nobody_signs_in(world: rw.World) -> None:
    text = answering.AnswerText(position="accepted", status="answered")
    record = recording.PublicRecord(text, "https://example.org/plan")
    with pytest.raises((Refused, Http404)):
        recording.record_answer(actor=world.officer, answer=world.answer(1, 0), record=record)
    answer = world.answer(1, 3)
    with pytest.raises(recording.NoSourceError):
        recording.record_answer(
            actor=world.officer, answer=answer, record=recording.PublicRecord(text, "")
        )
    recording.record_answer(actor=world.officer, answer=answer, record=record)
    assert answer.answered_on is None  # the day was not seen, so none is said
    recording.publish_record(actor=world.officer, answer=answer, updates=())
    public = standing.one(content.Answer, answer.ref)
    assert public is not None
    assert (public.answered_on, public.source_url) == ("", "https://example.org/plan")


def test_hostile_evidence_is_refused_with_a_sentence(world: rw.World) -> None:
    client, path = client_of(world.responders[0]), f"/answers/{world.answer(1, 0).ref}/"
    empty = SimpleUploadedFile("a.pdf", b"")
    for sent in ({"title": "T"}, {"title": "T", "file": empty},
                 {"title": "T", "url": "javascript:alert(1)"}):  # fmt: skip
        answer = client.post(path + "evidence/new/", sent)
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()
    assert not Answer.objects.filter(evidence__isnull=False).exists()


def test_the_update_form_moves_the_answer(world: rw.World) -> None:
    answer, client = world.answer(1, 0), client_of(world.responders[0])
    sent = {"on-day": "1", "on-month": "3", "on-year": "2025", "text": "Begun.",
            "status": "in_progress"}  # fmt: skip
    assert client.post(f"/answers/{answer.ref}/updates/new/", sent).status_code == 302
    answer.refresh_from_db()
    assert (answer.status, answer.last_updated_on) == ("in_progress", date(2025, 3, 1))


def test_own_list_and_list_of_officers(world: rw.World) -> None:
    own = client_of(world.responders[0]).get("/answers/").content.decode()
    assert "Do the thing of number 1." in own
    owed = client_of(world.officer).get("/answers/").content.decode()
    assert "Answering calls" in owed


def test_facts_of_the_lifecycle_are_read_from_the_answer(world: rw.World) -> None:
    from fourfold.web.recommendations.selectors.answers import facts_after

    answer = world.written(1, 0)
    sent = SimpleNamespace(status="complete", sent_at=answer.created_at)
    facts = facts_after(answer, sent)  # type: ignore[arg-type]
    assert (facts.sent_status, facts.has_new_update) == ("complete", False)
