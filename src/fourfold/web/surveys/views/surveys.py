"""Surveys: the lists, a new one, its own page, its questions as a file, the preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.base.words import plural
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.surveys.actions import building
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.forms.answering import SectionAnswers
from fourfold.web.surveys.forms.building import (
    FROM_TEMPLATE,
    NewSurveyForm,
    QuestionFileForm,
    SurveyForm,
)
from fourfold.web.surveys.models import Survey
from fourfold.web.surveys.reference import stalking_template
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.questions import to_json
from fourfold.web.surveys.selectors import lists
from fourfold.web.surveys.selectors.loading import complaint_by_ref, survey_by_ref
from fourfold.web.surveys.selectors.sheets import sheet_of
from fourfold.web.surveys.views.showing import frame, today
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import Role


@needs("survey.list")
def survey_list(request: HttpRequest) -> HttpResponse:
    """List surveys: officers see surveys, those who are asked see their replies."""
    actor = actor_of(request)
    if actor.role == Role.RESPONDER:
        replies = lists.replies_of(actor, today())
        return render(request, "surveys/replies.html", {"replies": replies})
    return render(request, "surveys/list.html", {"surveys": lists.surveys_for(actor)})


@needs("survey.open", complaint_by_ref, look="survey.list")
def of_complaint(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """List the surveys of a super-complaint, for the authorities."""
    context = {
        "supercomplaint": supercomplaint,
        "tab": "surveys",
        "surveys": lists.surveys_for(actor_of(request), supercomplaint),
    }
    return render(request, "surveys/of_complaint.html", context)


@needs("survey.change", complaint_by_ref)
def survey_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Make a survey: empty, from the template, or as a copy."""
    actor = actor_of(request)
    form = NewSurveyForm(sent(request), earlier=lists.surveys_for(actor))
    if request.method == "POST" and form.is_valid():
        start = form.cleaned_data["start"]
        sections = stalking_template() if start == FROM_TEMPLATE else ()
        if start in form.earlier:
            sections = building.questions_of(actor=actor, source=form.earlier[start])
        survey = building.make_survey(
            actor=actor, supercomplaint=supercomplaint, facts=form.facts(), sections=sections
        )
        messages.success(request, "The survey is made. Nobody is asked yet.")
        return redirect("surveys:survey", survey_ref=survey.ref)
    context = {"supercomplaint": supercomplaint, "tab": "surveys", "form": form}
    return render(request, "surveys/new.html", context, status=400 if form.errors else 200)


@needs("survey.open", survey_by_ref)
def survey(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show a survey's questions."""
    context = {
        **frame(request, survey, "survey"),
        "sheet": sheet_of(survey),
        "is_draft": survey.state == states.DRAFT,
    }
    return render(request, "surveys/survey.html", context)


@needs("survey.change", survey_by_ref)
def survey_change(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Change title, introduction and days."""
    form = SurveyForm(sent(request), survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            building.change_survey(actor=actor_of(request), survey=survey, facts=form.facts())
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The survey is changed.")
            return redirect("surveys:survey", survey_ref=survey.ref)
    context = {**frame(request, survey, "survey"), "form": form}
    return render(request, "surveys/change.html", context, status=400 if form.errors else 200)


@needs("survey.open", survey_by_ref)
def preview(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show the survey as a force will see it."""
    sheet = sheet_of(survey)
    forms = [(part, SectionAnswers(questions=part.questions, answers={})) for part in sheet.parts]
    context = {**frame(request, survey, "survey"), "sheet": sheet, "forms": forms}
    return render(request, "surveys/preview.html", context)


@needs("survey.open", survey_by_ref, look="export.csv")
def questions_file(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Give the questions away as a file."""
    text = to_json(survey.title, sheet_of(survey).specs())
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{survey.ref}-questions.json"'
    return response


@needs("survey.change", survey_by_ref)
def questions_import(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Take in the questions of a file."""
    form = QuestionFileForm(sent(request), request.FILES if sent(request) is not None else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = building.load_questions(
                actor=actor_of(request), survey=survey, sections=form.cleaned_data["file"]
            )
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{plural(added, 'question')} added.")
            return redirect("surveys:survey", survey_ref=survey.ref)
    context = {**frame(request, survey, "survey"), "form": form}
    return render(request, "surveys/import.html", context, status=400 if form.errors else 200)
