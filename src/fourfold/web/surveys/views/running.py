"""Run a survey: whom to ask, open it, see how far it is, remind, close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.base.loading import by_ref
from fourfold.web.base.words import plural
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.surveys.actions import asking, chasing
from fourfold.web.surveys.actions.chasing import Letter
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.surveys.forms.steps import AskForm, MoreTimeForm, PaperForm
from fourfold.web.surveys.models import Reminder, Survey, SurveyReply
from fourfold.web.surveys.rules import states
from fourfold.web.surveys.rules.cells import table
from fourfold.web.surveys.selectors import letters, lists
from fourfold.web.surveys.selectors.completeness import Grid, Line, grid_of
from fourfold.web.surveys.selectors.loading import asked_by_ref, survey_by_ref
from fourfold.web.surveys.views.showing import frame, today
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("survey.change", survey_by_ref)
def asked(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show who is asked; ask more."""
    form = AskForm(sent(request), offered=lists.askable(survey))
    if request.method == "POST" and form.is_valid():
        try:
            added = asking.ask(actor=actor_of(request), survey=survey, organisations=form.chosen())
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{plural(added, 'organisation')} added.")
            return redirect("surveys:asked", survey_ref=survey.ref)
    missing = states.why_not_open(asking.readiness(survey), today())
    context = {
        **frame(request, survey, "asked"),
        "form": form,
        "replies": survey.replies.select_related("organisation"),
        "missing": missing,
        "is_draft": survey.state == states.DRAFT,
        "is_ended": survey.state in states.ENDED,
    }
    return render(request, "surveys/asked.html", context, status=400 if form.errors else 200)


@require_POST
@needs("survey.change", asked_by_ref)
def ask_no_more(
    request: HttpRequest, survey: Survey, surveyreply_ref: str, **_: str
) -> HttpResponse:
    """Take one organisation off the list."""
    reply = _reply(survey, surveyreply_ref)
    try:
        asking.ask_no_more(
            actor=actor_of(request), survey=survey, organisations=[reply.organisation]
        )
        messages.success(request, f"{reply.organisation.name} is not asked.")
    except SurveyError as error:
        messages.error(request, str(error))
    return redirect("surveys:asked", survey_ref=survey.ref)


@grave
@needs("survey.start", survey_by_ref, look="survey.open")
def start(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Open the survey to those who are asked."""
    if request.method == "POST":
        try:
            asking.open_survey(actor=actor_of(request), survey=survey, today=today())
        except SurveyError as error:
            messages.error(request, str(error))
            return redirect("surveys:asked", survey_ref=survey.ref)
        messages.success(request, "The survey is open. Each force sees its own reply now.")
        return redirect("surveys:completeness", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "asked"),
        "ready": asking.readiness(survey),
        "missing": states.why_not_open(asking.readiness(survey), today()),
    }
    return render(request, "surveys/start.html", context)


@needs("survey.open", survey_by_ref)
def completeness(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show forces by sections."""
    wanted = request.GET.get("show", "")
    grid = grid_of(survey, today())
    context = {
        **frame(request, survey, "completeness"),
        "grid": grid,
        "show": wanted,
        "lines": [line for line in grid.lines if _is_shown(line, wanted)],
        "is_ended": survey.state in states.ENDED,
    }
    return render(request, "surveys/completeness.html", context)


def _is_shown(line: Line, wanted: str) -> bool:
    if wanted in SurveyReply.State.values:
        return line.reply.state == wanted
    if wanted == "late":
        return line.is_late
    return not line.has_people if wanted == "nobody" else True


@needs("survey.change", asked_by_ref)
def one_force(request: HttpRequest, survey: Survey, surveyreply_ref: str, **_: str) -> HttpResponse:
    """Give one force more time, or enter its reply for it."""
    reply = _reply(survey, surveyreply_ref)
    data, step = sent(request), request.POST.get("step", "")
    time_form = MoreTimeForm(data if step == "time" else None, prefix="time")
    paper_form = PaperForm(data if step == "paper" else None, prefix="paper")
    actor = actor_of(request)
    try:
        if step == "time" and time_form.is_valid():
            chasing.give_more_time(
                actor=actor, reply=reply, today=today(), **time_form.cleaned_data
            )
            messages.success(request, "The force may reply until then.")
            return redirect("surveys:completeness", survey_ref=survey.ref)
        if step == "paper" and paper_form.is_valid():
            chasing.enter_for(actor=actor, reply=reply, **paper_form.cleaned_data)
            messages.success(request, "Enter the reply now. It is marked as entered by you.")
            return redirect("surveys:reply", surveyreply_ref=reply.ref)
        if step == "back":
            chasing.hand_back(actor=actor, reply=reply)
            messages.success(request, "The force writes its reply itself.")
            return redirect("surveys:completeness", survey_ref=survey.ref)
    except SurveyError as error:
        messages.error(request, str(error))
    context = {
        **frame(request, survey, "completeness"),
        "reply": reply,
        "time_form": time_form,
        "paper_form": paper_form,
    }
    is_wrong = bool(time_form.errors or paper_form.errors)
    return render(request, "surveys/one_force.html", context, status=400 if is_wrong else 200)


@needs("survey.remind", survey_by_ref, look="survey.open")
def reminders(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show who has not replied, with a letter for each; log those that were taken."""
    grid = grid_of(survey, today())
    waiting = _letters(survey, grid)
    if request.method == "POST":
        picked = set(request.POST.getlist("replies"))
        taken = [letter for letter in waiting if letter.reply.ref in picked]
        if not taken:
            messages.error(request, "Choose at least one force.")
        else:
            try:
                number = chasing.remind(actor=actor_of(request), survey=survey, letters=taken)
                messages.success(request, f"{plural(number, 'letter')} logged.")
            except SurveyError as error:
                messages.error(request, str(error))
        return redirect("surveys:reminders", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "reminders"),
        "letters": waiting,
        "log": Reminder.objects.filter(reply__survey=survey)
        .select_related("reply__organisation", "by")
        .order_by("-at", "-pk")[:200],
        "is_draft": survey.state == states.DRAFT,
    }
    return render(request, "surveys/reminders.html", context)


@needs("survey.remind", survey_by_ref, look="export.csv")
def reminders_table(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Give the letters away as a table, to send them with another program."""
    rows = [
        (letter.reply.organisation.name, letter.reply.ref, letter.words)
        for letter in _letters(survey, grid_of(survey, today()))
    ]
    return csv_answer(table(("Force", "Reply", "Letter"), rows), f"{survey.ref}-letters.csv")


@grave
@needs("survey.close", survey_by_ref)
def close(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Close the survey."""
    if request.method == "POST":
        try:
            asking.close_survey(actor=actor_of(request), survey=survey, today=today())
            messages.success(request, _closed_words(survey))
        except SurveyError as error:
            messages.error(request, str(error))
        return redirect("surveys:completeness", survey_ref=survey.ref)
    context = {
        **frame(request, survey, "completeness"),
        "grid": grid_of(survey, today()),
        "why_not": states.why_not_close(survey.state),
    }
    return render(request, "surveys/close.html", context)


def _closed_words(survey: Survey) -> str:
    if survey.entry is None:
        return "The survey is closed. The evidence log is no longer written, so it has no line."
    return f"The survey is closed and stands in the evidence log ({survey.entry.ref})."


def csv_answer(text: str, name: str) -> HttpResponse:
    """Return a table as a download."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _letters(survey: Survey, grid: Grid) -> list[Letter]:
    return [
        Letter(line.reply, letters.letter(survey, line, today()))
        for line in grid.lines
        if chasing.is_waited_for(line.reply)
    ]


def _reply(survey: Survey, ref: str) -> SurveyReply:
    reply = by_ref(SurveyReply, ref, "organisation", survey=survey)
    reply.survey = survey
    return reply
