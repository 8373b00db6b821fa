"""The published annex: what each question gives, which texts are chosen, and publishing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.surveys.actions import building, publishing
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.models import Question, ReplyAnswer, ReplyFile, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.answers import is_free_text, shown
from fourfold.web.surveys.selectors.analysis import Analysed, analysed
from fourfold.web.surveys.selectors.annex import annex_of
from fourfold.web.surveys.selectors.loading import survey_by_ref
from fourfold.web.surveys.views.showing import frame, today
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("survey.analyse", survey_by_ref)
def annex(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show what would be published, and why not yet."""
    context = {
        **frame(request, survey, "annex"),
        "annex": annex_of(survey),
        "why_not": states.why_not_publish(survey.state),
    }
    return render(request, "surveys/annex.html", context)


@needs("survey.change", survey_by_ref)
def annex_choice(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Choose question by question, text by text and file by file what may be published."""
    read = analysed(survey)
    if request.method == "POST":
        actor = actor_of(request)
        chosen = {
            question: value
            for question in read.sheet.questions
            if (value := request.POST.get(question.ref, "")) in Question.Publish.values
            and value != question.publish
        }
        building.set_publication(actor=actor, survey=survey, chosen=chosen)
        publishing.choose_texts(
            actor=actor,
            survey=survey,
            answers=request.POST.getlist("answers"),
            files=request.POST.getlist("files"),
        )
        messages.success(request, "The choice is saved. Nothing is published by it.")
        return redirect("surveys:annex", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "annex"),
        "read": read,
        "choices": Question.Publish.choices,
        "texts": _texts(read),
        "files": _files(survey),
    }
    return render(request, "surveys/annex_choice.html", context)


def _texts(read: Analysed) -> list[tuple[str, list[tuple[ReplyAnswer, str]]]]:
    """Return the free texts of signed replies by question, as they stand now."""
    every = {each.reply.pk: each for each in read.signed}
    held = ReplyAnswer.objects.filter(reply__in=every.keys()).select_related("reply__organisation")
    by_question: dict[int, list[tuple[ReplyAnswer, str]]] = {}
    for answer in held.order_by("reply__organisation__name", "pk"):
        question = read.sheet.by_key[answer.question_id]
        filled = every[answer.reply_id]
        if is_free_text(question.shape) and answer.question_id in filled.visible:
            words = shown(question.shape, filled.answers[answer.question_id])
            by_question.setdefault(answer.question_id, []).append((answer, words))
    numbers = read.sheet.numbers
    return [
        (f"{numbers[question.pk]} {question.text}", by_question[question.pk])
        for question in read.sheet.questions
        if question.pk in by_question
    ]


def _files(survey: Survey) -> list[ReplyFile]:
    signed = {"reply__survey": survey, "reply__state": SurveyReply.State.SIGNED}
    found = ReplyFile.objects.filter(**signed, is_taken_off=False)
    return list(found.select_related("document", "reply__organisation").order_by("pk"))


@grave
@needs("survey.publish", survey_by_ref, look="survey.open")
def publish(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Publish the annex."""
    if request.method == "POST":
        try:
            made = publishing.publish_survey(actor=actor_of(request), survey=survey, today=today())
            messages.success(request, f"Version {made.version} of the annex is published.")
        except SurveyError as error:
            messages.error(request, str(error))
        return redirect("surveys:annex", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "annex"),
        "annex": annex_of(survey),
        "why_not": states.why_not_publish(survey.state),
    }
    return render(request, "surveys/publish.html", context)
