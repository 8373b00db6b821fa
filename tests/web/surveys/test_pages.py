"""The pages, from making a survey to publishing it; few queries with 43 forces."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.surveys.actions import asking, building
from fourfold.web.surveys.models import Amendment, Survey, SurveyReply
from fourfold.web.surveys.reference import stalking_template
from fourfold.web.users.models import Force, User
from lib.runs import own_queries
from web.surveys.conftest import TODAY, Scene

MOST_QUERIES = 15
SignIn = Callable[[User], Client]


def confirmed(client: Client) -> Client:
    session = client.session
    session["stepped_up_at"] = int(time.time())
    session.save()
    return client


def at(name: str, **refs: str) -> str:
    return reverse(f"surveys:{name}", kwargs=refs)


def test_the_whole_way(scene: Scene, signed_in: SignIn) -> None:  # noqa: PLR0915 - one way
    officer, force = confirmed(signed_in(scene.officer)), confirmed(signed_in(scene.responders[0]))
    made = officer.post(
        at("new", supercomplaint_ref=scene.complaint.ref),
        {"title": "How you train", "start": "", "closes_on-day": "31", "closes_on-month": "12",
         "closes_on-year": "2199"},
    )  # fmt: skip
    survey = Survey.objects.get()
    here = {"survey_ref": survey.ref}
    assert made.url == at("survey", **here)
    officer.post(at("section_new", **here), {"heading": "Training"})
    section = survey.sections.get()
    question = {"text": "Is there training?", "kind": "yes_no", "publish": "all",
                "is_required": "on", "may_not_know": "on"}  # fmt: skip
    inside = {**here, "surveysection_ref": section.ref}
    wrong = officer.post(at("question_new", **inside), {**question, "kind": "number"})
    assert "Enter what is counted" in wrong.content.decode()
    officer.post(at("question_new", **inside), question)
    officer.post(at("question_new", **inside), {**question, "text": "How many?", "kind": "number",
                                                "unit": "days", "is_required": ""})  # fmt: skip
    file = officer.get(at("questions_file", **here)).content
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer.post(at("import", **here), {"file": SimpleUploadedFile("q.json", file)})
    assert survey.sections.count() == 2
    officer.post(at("section_step", **here, surveysection_ref=survey.sections.last().ref),
                 {"step": "remove"})  # fmt: skip
    assert survey.sections.count() == 1
    officer.post(at("asked", **here), {"every_force": "on"})
    assert force.get(at("list")).content.decode().count("How you train") == 0
    officer.post(at("start", **here))
    survey.refresh_from_db()
    assert survey.state == "open"

    assert "How you train" in force.get(at("list")).content.decode()
    reply = SurveyReply.objects.get(organisation=scene.forces[0])
    mine = {"surveyreply_ref": reply.ref}
    part = at("reply_section", **mine, surveysection_ref=section.ref)
    first, second = section.questions.all()
    saved = force.post(part, {first.ref: "Yes", second.ref: "about 40"}, follow=True)
    assert "Before sign-off: Enter a number" in saved.content.decode()
    assert 'value="about 40"' in saved.content.decode()
    refused = force.post(at("sign", **mine), {"name": "A", "post": "B", "is_agreed": "on"})
    assert refused.status_code == 400
    force.post(part, {first.ref: "Yes", second.ref: "40", "then": "next"})
    force.post(at("sign", **mine), {"name": "Ash Rowan", "post": "ACC", "is_agreed": "on"})
    reply.refresh_from_db()
    assert reply.state == "signed"
    amended = {second.ref: "41", "reason": "Counted twice.", "asked_for_by": "Ash Rowan, ACC"}
    force.post(at("amend", **mine, question_ref=second.ref), amended)
    assert Amendment.objects.get().to_value == "41"
    page = force.get(at("reply", **mine)).content.decode()
    assert "From: 40 days" in page and "To: 41 days" in page

    officer.post(at("reminders", **here), {"replies": [
        each.ref for each in SurveyReply.objects.exclude(pk=reply.pk)]})  # fmt: skip
    others = SurveyReply.objects.filter(survey=survey).exclude(pk=reply.pk).order_by("pk")
    asked = {**here, "surveyreply_ref": others[0].ref}
    assert officer.get(at("reply", surveyreply_ref=others[0].ref)).status_code == 403
    time_given = {"step": "time", "time-until_on-day": "1", "time-until_on-month": "6",
                  "time-until_on-year": "2199"}  # fmt: skip
    early = officer.post(at("one_force", **asked), time_given, follow=True)
    assert "after the closing day" in early.content.decode()
    late = {**time_given, "time-until_on-day": "31", "time-until_on-month": "12"}
    officer.post(at("change", **here), {"title": survey.title, "closes_on-day": "1",
                 "closes_on-month": "12", "closes_on-year": "2199", "opens_on-day":
                 survey.opens_on.day, "opens_on-month": survey.opens_on.month,
                 "opens_on-year": survey.opens_on.year})  # fmt: skip
    officer.post(at("one_force", **asked), late)
    assert others[0].more_time_until_on.isoformat() == "2199-12-31"
    paper = {"step": "paper", "paper-came_as": "A letter"}
    entered = officer.post(at("one_force", **asked), paper, follow=True).content.decode()
    assert "Entered by the authority" in entered and "A letter" in entered
    officer.post(at("close", **here))
    officer.post(at("annex_choice", **here), {second.ref: "nothing"})
    officer.post(at("publish", **here))
    survey.refresh_from_db()
    assert survey.state == "published"
    for start, sections in ((survey.ref, 1), ("template", 11)):
        new = at("new", supercomplaint_ref=scene.complaint.ref)
        officer.post(new, {"title": "Again", "start": start})
        assert Survey.objects.latest("pk").sections.count() == sections
    for name in ("survey", "preview", "asked", "completeness", "reminders", "analysis", "cross",
                 "annex", "annex_choice", "change", "replies_file", "reminders_file"):  # fmt: skip
        assert officer.get(at(name, **here)).status_code == 200, name
    of_one = officer.get(at("analysis_of", **here, question_ref=first.ref), {"behind": "0"})
    assert "Bracken Police" in of_one.content.decode()
    both = {"first": first.ref, "second": first.ref, "row": "0", "column": "0"}
    assert "Bracken Police" in officer.get(at("cross", **here), both).content.decode()
    other = confirmed(signed_in(scene.responders[1]))
    assert other.get(at("reply", **mine)).status_code == 404
    assert other.get(part).status_code == 404
    body = signed_in(scene.body)
    assert body.get(at("reply", **mine)).status_code in (403, 404)
    assert body.get(at("analysis", **here)).status_code in (403, 404)


@pytest.fixture
def large(scene: Scene) -> Survey:
    """43 forces, and the template's 28 questions."""
    facts = building.SurveyFacts(title="Stalking", closes_on=TODAY)
    survey = building.make_survey(
        actor=scene.officer, supercomplaint=scene.complaint, facts=facts,
        sections=stalking_template(),
    )  # fmt: skip
    tenants = [Force.objects.create(name=f"Invented force {n}") for n in range(40)]
    Organisation.objects.bulk_create(
        Organisation(name=tenant.name, kind="territorial_force", tenant=tenant, is_invented=True)
        for tenant in tenants
    )
    forces = Organisation.objects.filter(kind="territorial_force", is_invented=True)
    assert asking.ask(actor=scene.officer, survey=survey, organisations=forces) == 43
    asking.open_survey(actor=scene.officer, survey=survey, today=TODAY)
    return survey


def test_pages_of_43_forces_ask_few_questions_of_the_database(
    scene: Scene, large: Survey, signed_in: SignIn
) -> None:
    client, here = confirmed(signed_in(scene.officer)), {"survey_ref": large.ref}
    force = signed_in(scene.responders[0])
    mine = {"surveyreply_ref": scene.reply(large).ref}
    question = large.sections.first().questions.first()
    pages: list[tuple[Any, str]] = [
        (client, at(name, **here))
        for name in ("survey", "asked", "completeness", "reminders", "analysis", "annex")
    ]
    pages.append((client, at("analysis_of", **here, question_ref=question.ref)))
    pages += [(client, at("list")), (force, at("list"))]
    pages += [(force, at("reply", **mine)), (force, at("review", **mine))]
    part = at("reply_section", **mine, surveysection_ref=large.sections.first().ref)
    pages.append((force, part))
    asked = {}
    for who, path in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = who.get(path)
        assert answer.status_code == 200, path
        asked[path.split("/")[-2]] = len(own_queries(queries))
    assert {page: n for page, n in asked.items() if n > MOST_QUERIES} == {}
