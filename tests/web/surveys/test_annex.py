"""What is published: by each question's switch, never a respondent, never an unchosen text."""

import json

import pytest

from fourfold.web.publication.models import Current
from fourfold.web.surveys.actions import amending, asking, building, publishing, replying
from fourfold.web.surveys.actions.replying import Respondent
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import ReplyAnswer, Survey
from fourfold.web.surveys.rules.kinds import Given
from fourfold.web.surveys.selectors.analysis import analysed, table_of
from web.surveys.conftest import TODAY, Scene


def filled(scene: Scene) -> Survey:
    survey = scene.open()
    for number, days in enumerate(("10", "20", "=1+1")):
        replying.name_respondent(
            actor=scene.responders[number], reply=scene.reply(survey, number), today=TODAY,
            respondent=Respondent(f"Fern Sedge {number}", "Inspector", "01632 960101"),
        )  # fmt: skip
        scene.answer(
            survey, number, Is="Yes", Who=["Detectives"], How=days, What_share="12",
            What_works=f"Planted text {number}",
        )  # fmt: skip
        if number < 2:
            scene.sign(survey, number)
    asking.close_survey(actor=scene.officer, survey=survey, today=TODAY)
    return survey


def everything(survey: Survey) -> str:
    published = Current.objects.get(kind="survey", ref=survey.ref).published
    files = b"".join(bytes(file.content) for file in published.files.all())
    return json.dumps(published.content, ensure_ascii=False) + files.decode()


def test_the_annex_holds_what_the_switches_allow_and_no_name(scene: Scene) -> None:
    survey = filled(scene)
    answer = ReplyAnswer.objects.get(value="Planted text 1")
    publishing.choose_texts(actor=scene.officer, survey=survey, answers=[answer.ref], files=[])
    made = publishing.publish_survey(actor=scene.officer, survey=survey, today=TODAY)
    text = everything(survey)

    assert made.within_ref == scene.complaint.ref
    assert (made.content["asked_count"], made.content["answered_count"]) == (3, 2)
    assert "Planted text 1" in text
    for planted in ("Planted text 0", "Planted text 2", "Fern Sedge", "Ash Rowan", "01632 960101",
                    "1+1", "What share is reviewed?\": "):  # fmt: skip
        assert planted not in text
    captions = [table["caption"] for table in made.content["tables"]]
    assert not any("share" in caption for caption in captions)  # kept back
    spread = next(t for t in made.content["tables"] if t["caption"].endswith(": spread"))
    assert ["Median", "15"] in [list(row) for row in spread["rows"]]
    assert "Smallest" not in json.dumps(spread)  # counts only: no single force's number
    answers = bytes(made.files.get(name="answers.csv").content).decode()
    assert "Bracken Police,Yes,Detectives" in answers
    assert "days" not in answers


def test_a_chosen_text_that_names_a_respondent_stops_publishing(scene: Scene) -> None:
    survey = scene.open()
    replying.name_respondent(
        actor=scene.responders[0], reply=scene.reply(survey), today=TODAY,
        respondent=Respondent("Fern Sedge", "Inspector", ""),
    )  # fmt: skip
    scene.answer(survey, Is="Yes", What_works="Ask fern sedge.")
    scene.sign(survey)
    with pytest.raises(SurveyError, match="Close the survey first"):
        publishing.publish_survey(actor=scene.officer, survey=survey, today=TODAY)
    asking.close_survey(actor=scene.officer, survey=survey, today=TODAY)
    answer = ReplyAnswer.objects.get(value="Ask fern sedge.")
    publishing.choose_texts(actor=scene.officer, survey=survey, answers=[answer.ref], files=[])
    with pytest.raises(SurveyError, match="names a respondent"):
        publishing.publish_survey(actor=scene.officer, survey=survey, today=TODAY)
    assert not Current.objects.filter(kind="survey").exists()


def test_a_question_kept_back_keeps_its_chosen_text_back(scene: Scene) -> None:
    survey = filled(scene)
    question = scene.question(survey, "What works?")
    answer = ReplyAnswer.objects.get(value="Planted text 1")
    publishing.choose_texts(actor=scene.officer, survey=survey, answers=[answer.ref], files=[])
    building.set_publication(actor=scene.officer, survey=survey, chosen={question: "nothing"})
    publishing.publish_survey(actor=scene.officer, survey=survey, today=TODAY)
    assert "Planted" not in everything(survey)


def test_the_table_of_all_replies_holds_signed_replies_only(scene: Scene) -> None:
    read = analysed(filled(scene))
    header, rows = table_of(read, read.sheet.questions)
    assert [row[0] for row in rows] == ["Bracken Police", "Heather Police"]
    assert {len(row) for row in rows} == {len(header)}
    assert "1.3 How many days?" in header
    assert "2.4 Offences [2025, 4A]" in header


def test_an_amended_text_is_read_again_before_it_is_published(scene: Scene) -> None:
    survey = filled(scene)
    answer = ReplyAnswer.objects.get(value="Planted text 1")
    publishing.choose_texts(actor=scene.officer, survey=survey, answers=[answer.ref], files=[])
    change = amending.Change(Given("answered", "Planted later"), "Reworded.", "Ash Rowan, ACC")
    amending.amend(
        actor=scene.responders[1], reply=scene.reply(survey, 1), question=answer.question,
        change=change,
    )  # fmt: skip
    publishing.publish_survey(actor=scene.officer, survey=survey, today=TODAY)
    assert "Planted" not in everything(survey)
