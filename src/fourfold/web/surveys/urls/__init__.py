"""URLs of the app. Replies stand first: their word would else be read as a survey's reference."""

from django.urls import path

from fourfold.web.surveys.views import (
    analysis,
    publishing,
    questions,
    replies,
    running,
    surveys,
)

app_name = "surveys"
REPLY = "surveys/replies/<surveyreply_ref>/"
SURVEY = "surveys/<survey_ref>/"
OF_COMPLAINT = "super-complaints/<supercomplaint_ref>/surveys/"

urlpatterns = [
    path("surveys/", surveys.survey_list, name="list"),
    path(OF_COMPLAINT, surveys.of_complaint, name="of_complaint"),
    path(f"{OF_COMPLAINT}new/", surveys.survey_new, name="new"),
    path(REPLY, replies.reply, name="reply"),
    path(f"{REPLY}respondent/", replies.respondent, name="respondent"),
    path(f"{REPLY}sections/<surveysection_ref>/", replies.section, name="reply_section"),
    path(f"{REPLY}review/", replies.review, name="review"),
    path(f"{REPLY}sign/", replies.sign, name="sign"),
    path(f"{REPLY}questions/<question_ref>/amend/", replies.amend, name="amend"),
    path(f"{REPLY}files/<replyfile_ref>/", replies.file, name="file"),
    path(f"{REPLY}files/<replyfile_ref>/off/", replies.file_off, name="file_off"),
    path(SURVEY, surveys.survey, name="survey"),
    path(f"{SURVEY}change/", surveys.survey_change, name="change"),
    path(f"{SURVEY}preview/", surveys.preview, name="preview"),
    path(f"{SURVEY}questions.json", surveys.questions_file, name="questions_file"),
    path(f"{SURVEY}import/", surveys.questions_import, name="import"),
    path(f"{SURVEY}sections/new/", questions.section_new, name="section_new"),
    path(f"{SURVEY}sections/<surveysection_ref>/", questions.section, name="section"),
    path(
        f"{SURVEY}sections/<surveysection_ref>/step/", questions.section_step, name="section_step"
    ),
    path(
        f"{SURVEY}sections/<surveysection_ref>/questions/new/",
        questions.question_new,
        name="question_new",
    ),
    path(f"{SURVEY}questions/<question_ref>/", questions.question, name="question"),
    path(f"{SURVEY}questions/<question_ref>/step/", questions.question_step, name="question_step"),
    path(f"{SURVEY}asked/", running.asked, name="asked"),
    path(f"{SURVEY}asked/<surveyreply_ref>/", running.one_force, name="one_force"),
    path(f"{SURVEY}asked/<surveyreply_ref>/not/", running.ask_no_more, name="ask_no_more"),
    path(f"{SURVEY}open/", running.start, name="start"),
    path(f"{SURVEY}completeness/", running.completeness, name="completeness"),
    path(f"{SURVEY}reminders/", running.reminders, name="reminders"),
    path(f"{SURVEY}reminders.csv", running.reminders_table, name="reminders_file"),
    path(f"{SURVEY}close/", running.close, name="close"),
    path(f"{SURVEY}analysis/", analysis.analysis, name="analysis"),
    path(f"{SURVEY}analysis/cross/", analysis.cross, name="cross"),
    path(f"{SURVEY}analysis/<question_ref>/", analysis.analysis_of, name="analysis_of"),
    path(f"{SURVEY}replies.csv", analysis.replies_table, name="replies_file"),
    path(f"{SURVEY}annex/", publishing.annex, name="annex"),
    path(f"{SURVEY}annex/choose/", publishing.annex_choice, name="annex_choice"),
    path(f"{SURVEY}publish/", publishing.publish, name="publish"),
]
