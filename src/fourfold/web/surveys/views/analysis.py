"""What the replies add up to: every figure leads to the replies behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.base.charts import Bar, Chart, Heading, bars
from fourfold.web.surveys.models import Question, Survey
from fourfold.web.surveys.rules import analysis as analysis_rules
from fourfold.web.surveys.rules.analysis import Count, Cross
from fourfold.web.surveys.rules.cells import table
from fourfold.web.surveys.rules.kinds import COUNTED, NUMERIC, Kind
from fourfold.web.surveys.selectors.analysis import Analysed, Said, analysed, table_of
from fourfold.web.surveys.selectors.loading import question_by_ref, survey_by_ref
from fourfold.web.surveys.views.running import csv_answer
from fourfold.web.surveys.views.showing import frame
from fourfold.web.users.access import needs


@needs("survey.analyse", survey_by_ref)
def analysis(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show every question with its figures."""
    read = analysed(survey)
    summed = [
        (
            part,
            [(each, read.counts(each), read.spread(each)) for each in part.questions],
        )
        for part in read.sheet.parts
    ]
    context = {
        **frame(request, survey, "analysis"),
        "read": read,
        "summed": summed,
        "counted": _counted(read),
    }
    return render(request, "surveys/analysis.html", context)


@needs("survey.analyse", question_by_ref)
def analysis_of(request: HttpRequest, question: Question, **_: str) -> HttpResponse:
    """Show one question: table, chart, spread, and the replies behind each figure."""
    survey = question.section.survey
    read = analysed(survey)
    counts = read.counts(question)
    wanted = _number(request.GET.get("behind", ""), len(counts))
    said = read.said(question)
    if wanted is not None:
        behind = set(counts[wanted].keys)
        said = [each for each in said if each.filled.reply.pk in behind]
    context = {
        **frame(request, survey, "analysis"),
        "read": read,
        "question": question,
        "number": read.sheet.numbers[question.pk],
        "counts": counts,
        "wanted": counts[wanted].label if wanted is not None else "",
        "spread": read.spread(question),
        "said": said,
        "chart": _chart(read, question, counts),
        "counted": _counted(read),
    }
    return render(request, "surveys/analysis_of.html", context)


@needs("survey.analyse", survey_by_ref)
def cross(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Show two questions against each other."""
    read = analysed(survey)
    counted = {each.ref: each for each in _counted(read)}
    first, second = (counted.get(request.GET.get(name, "")) for name in ("first", "second"))
    crossed = read.cross(first, second) if first and second else None
    place = (request.GET.get("row", ""), request.GET.get("column", ""))
    behind: list[Said] = []
    if crossed is not None and first is not None and (at := _place(crossed, place)) is not None:
        keys = set(crossed.cells.get(at, ()))
        behind = [each for each in read.said(first) if each.filled.reply.pk in keys]
    context = {
        **frame(request, survey, "analysis"),
        "read": read,
        "counted": list(counted.values()),
        "first": first,
        "second": second,
        "crossed": crossed,
        "behind": behind,
        "has_place": bool(place[0] and place[1]),
    }
    return render(request, "surveys/cross.html", context)


@needs("survey.analyse", survey_by_ref, look="export.csv")
def replies_table(request: HttpRequest, survey: Survey, **_: str) -> HttpResponse:
    """Give every signed reply away as a table."""
    read = analysed(survey)
    header, rows = table_of(read, read.sheet.questions)
    return csv_answer(table(header, rows), f"{survey.ref}-replies.csv")


def _counted(read: Analysed) -> list[Question]:
    return [each for each in read.sheet.questions if each.kind in COUNTED]


def _chart(read: Analysed, question: Question, counts: list[Count]) -> Chart | None:
    if question.kind in NUMERIC:
        return _chart_of_numbers(read, question)
    if question.kind not in COUNTED:
        return None
    items = [Bar(each.label, each.number) for each in counts]
    return bars(Heading("Forces by answer", rows_are="Answer"), items)


def _chart_of_numbers(read: Analysed, question: Question) -> Chart | None:
    """Draw each force's number, in the order of their names: nobody is ranked."""
    numbers = dict(analysis_rules.values(question.shape, read.stands(question)))
    items = [
        Bar(each.reply.organisation.name, float(numbers[each.reply.pk]))
        for each in read.signed
        if each.reply.pk in numbers
    ]
    unit = "%" if question.kind == Kind.PERCENT else question.unit
    return bars(Heading(f"Answers by force ({unit})", rows_are="Force"), items) if items else None


def _number(text: str, below: int) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) >= below:
        raise Http404("There is no such record.")
    return int(text)


def _place(crossed: Cross, place: tuple[str, str]) -> tuple[str, str] | None:
    rows, columns = crossed.rows, crossed.columns
    at = [_number(text, len(names)) for text, names in zip(place, (rows, columns), strict=True)]
    if at[0] is None or at[1] is None:
        return None
    return rows[at[0]], columns[at[1]]
