"""Records of surveys by the references in a URL; `users.access` asks next who may see them."""

from typing import Any

from fourfold.web.base.loading import by_ref
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.surveys.models import (
    Question,
    ReplyFile,
    Survey,
    SurveyReply,
    SurveySection,
)


def _complaint(before: str = "") -> tuple[str, ...]:
    at = f"{before}supercomplaint"
    return (f"{at}__body", f"{at}__lead")


def complaint_by_ref(*, supercomplaint_ref: str, **_: Any) -> SuperComplaint:
    """Return the super-complaint of a URL."""
    return by_ref(SuperComplaint, supercomplaint_ref, "body", "lead")


def survey_by_ref(*, survey_ref: str, **_: Any) -> Survey:
    """Return the survey of a URL."""
    return by_ref(Survey, survey_ref, *_complaint(), "entry", "opened_by", "closed_by")


def section_by_ref(*, survey_ref: str, surveysection_ref: str, **_: Any) -> SurveySection:
    """Return the section of a URL."""
    related = _complaint("survey__")
    return by_ref(SurveySection, surveysection_ref, *related, survey__ref=survey_ref)


def question_by_ref(*, survey_ref: str, question_ref: str, **_: Any) -> Question:
    """Return the question of a URL."""
    related = _complaint("section__survey__")
    return by_ref(Question, question_ref, *related, section__survey__ref=survey_ref)


def reply_by_ref(*, surveyreply_ref: str, **_: Any) -> SurveyReply:
    """Return the reply of a URL."""
    return by_ref(SurveyReply, surveyreply_ref, "organisation__tenant", *_complaint("survey__"))


def asked_by_ref(*, survey_ref: str, surveyreply_ref: str, **_: Any) -> Survey:
    """Return the survey in which an organisation is asked, for the officers' side."""
    survey = survey_by_ref(survey_ref=survey_ref)
    by_ref(SurveyReply, surveyreply_ref, survey=survey)
    return survey


def file_by_ref(*, surveyreply_ref: str, replyfile_ref: str, **_: Any) -> ReplyFile:
    """Return a file of the reply of a URL."""
    related = ("reply__organisation__tenant", *_complaint("reply__survey__"), "document__given_by")
    return by_ref(ReplyFile, replyfile_ref, *related, reply__ref=surveyreply_ref)
