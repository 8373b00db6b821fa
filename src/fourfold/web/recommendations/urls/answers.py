"""Answers of addressees: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.recommendations.views import answers, attaching, recording

ANSWER = "answers/<str:answer_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/", answers.answer_list, name="answers"),
    path(ANSWER, answers.answer, name="answer"),
    path(ANSWER + "change/", answers.answer_change, name="answer_change"),
    path(ANSWER + "submit/", answers.answer_submit, name="answer_submit"),
    path(ANSWER + "publish/", answers.answer_publish, name="answer_publish"),
    path(ANSWER + "published/", answers.answer_published, name="answer_published"),
    path(ANSWER + "updates/new/", attaching.update_new, name="update_new"),
    path(
        ANSWER + "updates/<str:update_ref>/change/", attaching.update_change, name="update_change"
    ),
    path(ANSWER + "evidence/new/", attaching.evidence_new, name="evidence_new"),
    path(ANSWER + "record/", recording.answer_record, name="answer_record"),
    path(ANSWER + "record/update/", recording.update_record, name="update_record"),
    path(ANSWER + "record/evidence/", recording.evidence_record, name="evidence_record"),
    path(ANSWER + "record/publish/", recording.record_publish, name="record_publish"),
]
