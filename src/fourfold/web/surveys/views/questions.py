"""Sections and questions of a survey: add, change, move, take out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.exhibits.views.sending import sent
from fourfold.web.surveys.actions import building
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.forms.building import QuestionForm, SectionForm
from fourfold.web.surveys.models import Question, Survey, SurveySection
from fourfold.web.surveys.selectors.loading import (
    question_by_ref,
    section_by_ref,
    survey_by_ref,
)
from fourfold.web.surveys.selectors.sheets import sheet_of
from fourfold.web.surveys.views.showing import frame
from fourfold.web.users.access import actor_of, needs


@needs("survey.change", survey_by_ref)
def section_new(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Add a section."""
    return _section(request, survey, None)


@needs("survey.change", section_by_ref)
def section(request: HttpRequest, section: SurveySection, **_: str) -> HttpResponse:
    """Change a section."""
    return _section(request, section.survey, section)


def _section(request: HttpRequest, survey: Survey, section: SurveySection | None) -> HttpResponse:
    form = SectionForm(sent(request), section=section)
    if request.method == "POST" and form.is_valid():
        try:
            building.save_section(
                actor=actor_of(request), survey=survey, section=section, **form.cleaned_data
            )
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The section is saved.")
            return redirect("surveys:survey", survey_ref=survey.ref)
    context = {**frame(request, survey, "survey"), "form": form, "section": section}
    return render(request, "surveys/section.html", context, status=400 if form.errors else 200)


@needs("survey.change", section_by_ref)
def question_new(request: HttpRequest, section: SurveySection, **_: str) -> HttpResponse:
    """Add a question."""
    return _question(request, section, None)


@needs("survey.change", question_by_ref)
def question(request: HttpRequest, question: Question, **_: str) -> HttpResponse:
    """Change a question."""
    return _question(request, question.section, question)


def _question(
    request: HttpRequest, section: SurveySection, question: Question | None
) -> HttpResponse:
    survey = section.survey
    sheet = sheet_of(survey)
    form = QuestionForm(sent(request), sheet=sheet, section=section, question=question)
    if request.method == "POST" and form.is_valid():
        try:
            building.save_question(
                actor=actor_of(request),
                section=section,
                spec=form.spec(),
                show_if=form.waited(),
                question=question,
            )
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The question is saved.")
            if request.POST.get("then") == "another":
                return redirect(
                    "surveys:question_new", survey_ref=survey.ref, surveysection_ref=section.ref
                )
            return redirect("surveys:survey", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "survey"),
        "form": form,
        "section": section,
        "question": question,
    }
    return render(request, "surveys/question.html", context, status=400 if form.errors else 200)


@require_POST
@needs("survey.change", section_by_ref)
def section_step(request: HttpRequest, section: SurveySection, **_: str) -> HttpResponse:
    """Move a section or take it out."""
    return _step(request, section, section.survey)


@require_POST
@needs("survey.change", question_by_ref)
def question_step(request: HttpRequest, question: Question, **_: str) -> HttpResponse:
    """Move a question or take it out."""
    return _step(request, question, question.section.survey)


def _step(request: HttpRequest, part: SurveySection | Question, survey: Survey) -> HttpResponse:
    step, actor = request.POST.get("step", ""), actor_of(request)
    try:
        if step == "remove":
            building.remove(actor=actor, part=part)
            messages.success(request, "It is taken out. Its versions are kept.")
        elif step in ("up", "down"):
            building.move(actor=actor, part=part, by=-1 if step == "up" else 1)
    except SurveyError as error:
        messages.error(request, str(error))
    return redirect("surveys:survey", survey_ref=survey.ref)
