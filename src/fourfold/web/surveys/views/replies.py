"""A reply: section by section, its review, sign-off, amendments, files."""

import logging
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.exhibits import storage
from fourfold.web.exhibits.views.sending import attachment, sent
from fourfold.web.supercomplaints.actions.documents import release
from fourfold.web.supercomplaints.files import FileRefusedError
from fourfold.web.surveys.actions import amending, replying
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.forms.answering import SectionAnswers
from fourfold.web.surveys.forms.steps import AmendmentForm, RespondentForm, SignForm
from fourfold.web.surveys.models import Question, ReplyFile, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.answers import problem_of, shown
from fourfold.web.surveys.rules.kinds import NONE, Given, Kind
from fourfold.web.surveys.selectors.completeness import is_late
from fourfold.web.surveys.selectors.filled import Filled, filled_of
from fourfold.web.surveys.selectors.loading import file_by_ref, reply_by_ref
from fourfold.web.surveys.selectors.sheets import Part, sheet_of
from fourfold.web.surveys.views.showing import may, today
from fourfold.web.users import access
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

log = logging.getLogger(__name__)
BROKEN = (
    "This file is missing or was changed after it was attached, so it is not sent."
    " Tell whoever runs this program."
)


def _frame(request: HttpRequest, filled: Filled) -> dict[str, object]:
    reply = filled.reply
    actor = actor_of(request)
    return {
        "reply": reply,
        "survey": reply.survey,
        "filled": filled,
        "why_not": why_not(reply),
        "until_on": reply.more_time_until_on or reply.survey.closes_on,
        "is_late": is_late(reply, reply.survey, today()),
        "may": may(actor, reply, "surveyreply.change", "surveyreply.sign", "surveyreply.amend"),
        "is_officer": access.see(actor, "survey.remind", reply.survey).allowed,
    }


def why_not(reply: SurveyReply) -> str:
    """Say why nobody can write in a reply today."""
    return states.why_not_write(
        reply.survey.state,
        reply.state,
        reply.more_time_until_on,
        reply.is_entered_by_authority,
        today(),
    )


@needs("surveyreply.open", reply_by_ref)
def reply(request: HttpRequest, reply: SurveyReply, **_: str) -> HttpResponse:
    """Show a reply: who answers, how far each section is, files, amendments."""
    filled = filled_of(reply)
    context = {
        **_frame(request, filled),
        "answers": _answers_in_words(filled),
        "amended_words": _amended_words(filled),
    }
    return render(request, "surveys/reply.html", context)


@needs("surveyreply.change", reply_by_ref)
def respondent(request: HttpRequest, reply: SurveyReply, **_: str) -> HttpResponse:
    """Name who answers for the force."""
    form = RespondentForm(sent(request), reply=reply)
    if request.method == "POST" and form.is_valid():
        try:
            replying.name_respondent(
                actor=actor_of(request), reply=reply, respondent=form.respondent(), today=today()
            )
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("surveys:reply", surveyreply_ref=reply.ref)
    context = {"reply": reply, "survey": reply.survey, "form": form}
    return render(request, "surveys/respondent.html", context, status=400 if form.errors else 200)


@needs("surveyreply.change", reply_by_ref)
def section(
    request: HttpRequest, reply: SurveyReply, surveysection_ref: str, **_: str
) -> HttpResponse:
    """Answer one section. What can be kept is kept, whatever is wrong beside it."""
    filled = filled_of(reply)
    part = _part(filled, surveysection_ref)
    is_sent = request.method == "POST"
    form = SectionAnswers(
        sent(request),
        request.FILES if is_sent else None,
        questions=part.questions,
        answers=filled.answers,
    )
    if is_sent and _saved(request, filled, form) and not form.errors:
        after = [each for each in filled.sheet.parts if each.number > part.number]
        if request.POST.get("then") != "next":
            return redirect(request.path)
        if not after:
            return redirect("surveys:review", surveyreply_ref=reply.ref)
        return redirect(
            "surveys:reply_section",
            surveyreply_ref=reply.ref,
            surveysection_ref=after[0].section.ref,
        )
    context = {
        **_frame(request, filled),
        "form": form,
        "part": part,
        "problems": _problems(part.questions, filled.answers),
        "is_last": part is filled.sheet.parts[-1],
    }
    return render(
        request, "surveys/reply_section.html", context, status=400 if form.errors else 200
    )


def _saved(request: HttpRequest, filled: Filled, form: SectionAnswers) -> bool:
    """Save what can be saved; say what was not."""
    form.is_valid()
    actor, reply = actor_of(request), filled.reply
    try:
        replying.save_answers(actor=actor, reply=reply, given=form.given, today=today())
        for question in form.questions:
            file = request.FILES.get(question.ref)
            if question.kind == Kind.FILE and file is not None:
                upload = replying.Upload(
                    name=file.name or "file", title=question.text[:200], chunks=file.chunks()
                )
                replying.attach(
                    actor=actor, reply=reply, question=question, upload=upload, today=today()
                )
    except (SurveyError, FileRefusedError) as error:
        form.add_error(None, str(error))
        return False
    for question in form.ticked_in_vain:
        number = filled.sheet.numbers[question.pk]
        messages.warning(
            request, f"Question {number} has an answer and a tick below it. The answer was kept."
        )
    if not form.errors:
        messages.success(request, "Saved. Answers are sent with the sign-off, not before.")
    return True


def _part(filled: Filled, ref: str) -> Part:
    found = [part for part in filled.sheet.parts if part.section.ref == ref]
    if not found:
        raise Http404("There is no such record.")
    return found[0]


def _problems(questions: list[Question], answers: Mapping[int, Given]) -> dict[int, str]:
    return {each.pk: problem_of(each.shape, answers.get(each.pk, NONE)) for each in questions}


def _answers_in_words(filled: Filled) -> dict[int, str]:
    return {
        each.pk: shown(each.shape, filled.answers.get(each.pk, NONE))
        for each in filled.sheet.questions
    }


def _amended_words(filled: Filled) -> dict[int, tuple[str, str]]:
    return {
        each.pk: (
            shown(each.question.shape, Given(each.from_state, each.from_value)),
            shown(each.question.shape, Given(each.to_state, each.to_value)),
        )
        for each in filled.amendments
    }


@needs("surveyreply.open", reply_by_ref)
def review(request: HttpRequest, reply: SurveyReply, **_: str) -> HttpResponse:
    """Show every answer, and what sign-off waits for."""
    filled = filled_of(reply)
    context = {
        **_frame(request, filled),
        "answers": _answers_in_words(filled),
        "problems": _problems(filled.sheet.questions, filled.answers),
    }
    return render(request, "surveys/review.html", context)


@grave
@needs("surveyreply.sign", reply_by_ref)
def sign(request: HttpRequest, reply: SurveyReply, **_: str) -> HttpResponse:
    """Sign a reply off."""
    filled = filled_of(reply)
    form = SignForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            replying.sign(
                actor=actor_of(request),
                reply=reply,
                name=form.cleaned_data["name"],
                post=form.cleaned_data["post"],
                today=today(),
            )
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The reply is signed off and with the authorities.")
            return redirect("surveys:reply", surveyreply_ref=reply.ref)
    context = {**_frame(request, filled), "form": form}
    return render(request, "surveys/sign.html", context, status=400 if form.errors else 200)


@needs("surveyreply.amend", reply_by_ref)
def amend(request: HttpRequest, reply: SurveyReply, question_ref: str, **_: str) -> HttpResponse:
    """Change an answer after sign-off; the change is logged."""
    filled = filled_of(reply, sheet_of(reply.survey))
    found = [each for each in filled.sheet.questions if each.ref == question_ref]
    if not found or found[0].kind == Kind.FILE:
        raise Http404("There is no such record.")
    question, data = found[0], sent(request)
    answer = SectionAnswers(data, questions=[question], answers=filled.answers)
    form = AmendmentForm(data)
    if request.method == "POST" and answer.is_valid() and form.is_valid():
        change = amending.Change(given=answer.given[question.pk], **form.cleaned_data)
        try:
            amending.amend(actor=actor_of(request), reply=reply, question=question, change=change)
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The amendment is logged. The first answer stays on record.")
            return redirect("surveys:reply", surveyreply_ref=reply.ref)
    is_wrong = bool(answer.errors or (form.is_bound and form.errors))
    context = {
        **_frame(request, filled),
        "question": question,
        "answer": answer,
        "form": form,
        "as_it_stands": shown(question.shape, filled.answers.get(question.pk, NONE)),
        "why_not_amend": states.why_not_amend(reply.state),
    }
    return render(request, "surveys/amend.html", context, status=400 if is_wrong else 200)


@needs("surveyreply.open", file_by_ref)
def file(request: HttpRequest, file: ReplyFile, **_: str) -> HttpResponseBase:
    """Let a file go, as a download; one that is missing or changed stays, and the page says so."""
    document = file.document
    try:
        path = release(actor=actor_of(request), document=document)
    except storage.SealBrokenError:
        log.error("a sealed document is missing or changed: %s", document.ref)
        messages.error(request, BROKEN)
        return redirect("surveys:reply", surveyreply_ref=file.reply.ref)
    return attachment(request, path, name=document.file_name, size_bytes=document.size_bytes)


@require_POST
@needs("surveyreply.change", file_by_ref)
def file_off(request: HttpRequest, file: ReplyFile, **_: str) -> HttpResponse:
    """Take a file off the reply."""
    try:
        replying.take_off(actor=actor_of(request), file=file, today=today())
        messages.success(request, "The file is taken off. It stays on record as handed over.")
    except SurveyError as error:
        messages.error(request, str(error))
    return redirect("surveys:reply", surveyreply_ref=file.reply.ref)
