"""Replies: drafts, sign-off, amendments, late ones, replies on paper, reminders."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.models import WrittenOnceError
from fourfold.web.supercomplaints.models import Document, EvidenceEntry, Organisation
from fourfold.web.surveys.actions import amending, asking, building, chasing, replying
from fourfold.web.surveys.actions.replying import Upload
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Amendment, Reminder, ReplyAnswer
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.kinds import Given
from fourfold.web.surveys.selectors.completeness import grid_of
from fourfold.web.surveys.selectors.filled import answers_of, filled_of, first_answers_of
from fourfold.web.users.access import Refused
from web.surveys.conftest import TODAY, Scene


def test_a_draft_keeps_what_cannot_be_read_and_sign_off_waits(scene: Scene) -> None:
    survey = scene.open()
    reply = scene.answer(survey, How="about forty", Who=["Response"])
    total = filled_of(reply).total
    assert (total.answered, total.needed, total.problems) == (1, 1, 1)  # 1.2 waits for 1.1
    with pytest.raises(SurveyError, match="1 required answer and 1 answer that cannot be read"):
        scene.sign(survey)
    scene.answer(survey, Is="Yes", How="40")
    signed = scene.sign(survey)
    assert signed.signatory_name == "Ash Rowan"
    with pytest.raises(SurveyError, match="amendment"):
        scene.answer(survey, How="41")
    assert ReplyAnswer.history.filter(value="about forty").exists()


def test_an_amendment_never_loses_the_first_answer(scene: Scene) -> None:
    survey = scene.open()
    scene.answer(survey, Is="Yes", How="40")
    reply = scene.sign(survey)
    first = first_answers_of(reply)
    question = scene.question(survey, "How many days?")
    actor = scene.responders[0]
    for value in ("41", "42"):
        change = amending.Change(Given("answered", value), "A count was wrong.", "Ash Rowan, ACC")
        amending.amend(actor=actor, reply=reply, question=question, change=change)
    asking.close_survey(actor=scene.officer, survey=survey, today=TODAY)
    reply = scene.reply(survey)
    change = amending.Change(Given("not_held"), "The figure is not held.", "Ash Rowan, ACC")
    amending.amend(actor=actor, reply=reply, question=question, change=change)

    assert first_answers_of(reply) == first
    assert answers_of(reply)[question.pk] == Given("not_held")
    chain = [(a.from_value, a.to_value, a.is_after_closing) for a in Amendment.objects.all()]
    assert chain == [("40", "41", False), ("41", "42", False), ("42", "", True)]
    amendment = Amendment.objects.all()[0]
    with pytest.raises(WrittenOnceError):
        amendment.save()
    with pytest.raises(WrittenOnceError):
        amendment.delete()
    with pytest.raises(SurveyError, match="as it stands"):
        amending.amend(actor=actor, reply=reply, question=question, change=change)


def test_closing_writes_the_evidence_log_and_ends_writing(scene: Scene) -> None:
    survey = scene.open()
    scene.answer(survey, 0, Is="No")
    scene.sign(survey, 0)
    asking.close_survey(actor=scene.officer, survey=survey, today=TODAY)
    entry = EvidenceEntry.objects.get(surveys=survey)
    assert (entry.kind, entry.number, entry.to_on) == ("survey", 1, TODAY)
    assert "Asked: 3. Signed off: 1." in entry.summary
    with pytest.raises(SurveyError, match="closed"):
        scene.answer(survey, 1, Is="No")
    chasing.give_more_time(
        actor=scene.officer, reply=scene.reply(survey, 1), until_on=date(2026, 12, 10), today=TODAY
    )
    scene.answer(survey, 1, Is="No")
    assert scene.sign(survey, 1).state == "signed"
    with pytest.raises(SurveyError, match="Only an open survey"):
        asking.close_survey(actor=scene.officer, survey=survey, today=TODAY)


def test_a_draft_is_the_forces_own_and_no_force_sees_another(scene: Scene, client: Any) -> None:
    survey = scene.open()
    reply = scene.answer(survey, What_works="Words of Bracken")
    with pytest.raises(Http404):
        replying.save_answers(actor=scene.responders[1], reply=reply, given={}, today=TODAY)
    with pytest.raises(Refused, match="Only the force writes"):
        replying.save_answers(actor=scene.officer, reply=reply, given={}, today=TODAY)


def test_a_reply_on_paper_is_entered_by_the_authority_and_marked(scene: Scene) -> None:
    survey = scene.open()
    nobody = Organisation.objects.create(
        name="Sallow Police", kind="territorial_force", is_invented=True
    )
    asking.ask(actor=scene.officer, survey=survey, organisations=[nobody])
    scene.forces.append(nobody)
    scene.responders.append(scene.officer)
    grid = grid_of(survey, TODAY)
    assert [line.has_people for line in grid.lines] == [True, True, True, False]
    reply = scene.reply(survey, 3)
    chasing.enter_for(
        actor=scene.officer, reply=reply, came_as="A letter", came_on=date(2026, 11, 20)
    )
    scene.answer(survey, 3, Is="Yes")
    signed = scene.sign(survey, 3)
    assert (signed.is_entered_by_authority, signed.came_as) == (True, "A letter")
    with pytest.raises(SurveyError, match="begun its own reply"):
        scene.answer(survey, 0, Is="Yes")
        chasing.enter_for(
            actor=scene.officer, reply=scene.reply(survey, 0), came_as="x", came_on=None
        )


def test_a_file_is_sealed_given_by_the_force_and_kept_when_taken_off(scene: Scene) -> None:
    survey = scene.open()
    reply = scene.reply(survey)
    question = scene.question(survey, "Attach the guidance")
    file = replying.attach(
        actor=scene.responders[0], reply=reply, question=question, today=TODAY,
        upload=Upload("../guide.txt", "Guidance", [b"how we do it"]),
    )  # fmt: skip
    document = file.document
    assert (document.seen_by, document.given_by) == (Document.Seen.GIVER, scene.forces[0])
    assert "/" not in document.file_name
    assert filled_of(scene.reply(survey)).total.answered == 1
    replying.take_off(actor=scene.responders[0], file=file, today=TODAY)
    assert filled_of(scene.reply(survey)).total.answered == 0
    assert Document.objects.filter(pk=document.pk).exists()


def test_reminders_are_logged_with_their_words_and_the_ledger_holds_none(scene: Scene) -> None:
    survey = scene.open()
    reply = scene.reply(survey)
    letters = [chasing.Letter(reply, "Please answer, Marsh Marigold.")]
    assert chasing.remind(actor=scene.officer, survey=survey, letters=letters) == 1
    assert Reminder.objects.get().words.endswith("Marigold.")
    entry = LedgerEntry.objects.filter(act="survey.remind").latest("seq")
    assert entry.detail == {"reminded": [reply.ref]}


def test_questions_stand_once_forces_are_asked(scene: Scene) -> None:
    survey = scene.make()
    question = scene.question(survey, "Is there training?")
    with pytest.raises(SurveyError, match="waits for an answer here"):
        building.remove(actor=scene.officer, part=question)
    with pytest.raises(SurveyError, match="would stand before"):
        building.move(actor=scene.officer, part=question, by=1)
    asking.ask(actor=scene.officer, survey=survey, organisations=scene.forces)
    asking.open_survey(actor=scene.officer, survey=survey, today=TODAY)
    question.refresh_from_db()
    with pytest.raises(SurveyError, match="Forces answer these questions"):
        building.remove(actor=scene.officer, part=question)


def test_real_forces_are_never_asked_in_an_invented_case(scene: Scene) -> None:
    real = Organisation.objects.create(name="A real force", kind="territorial_force")
    with pytest.raises(SurveyError, match="Invented"):
        asking.ask(actor=scene.officer, survey=scene.make(), organisations=[real])


@pytest.mark.parametrize(
    ("survey", "reply", "more_time", "by_authority", "may"),
    [
        ("draft", "not_started", None, False, False),
        ("open", "started", None, False, True),
        ("open", "signed", None, False, False),
        ("closed", "started", None, False, False),
        ("closed", "started", date(2026, 11, 20), False, False),
        ("closed", "started", TODAY, False, True),
        ("published", "started", TODAY, False, True),
        ("closed", "not_started", None, True, True),
        ("draft", "not_started", None, True, False),
    ],
)
def test_when_a_reply_may_be_written(
    survey: str, reply: str, more_time: date | None, by_authority: bool, may: bool
) -> None:
    assert (states.why_not_write(survey, reply, more_time, by_authority, TODAY) == "") is may
