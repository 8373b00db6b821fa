"""The matrix, whole and as a table for spreadsheets; and as it stood published on a day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.recommendations.forms.matrix import DayForm, FilterForm
from fourfold.web.recommendations.rules import matrix_table
from fourfold.web.recommendations.rules.matrix import BASIS_WORDS, Matrix, filters_from
from fourfold.web.recommendations.rules.standing import NOT_RECORDED_MEANS, silences
from fourfold.web.recommendations.selectors import matrix as selectors
from fourfold.web.recommendations.selectors.past import published_on_day
from fourfold.web.recommendations.selectors.recommendations import complaints_with_any
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.permissions import may


@require_safe
@needs("matrix.open")
def matrices(request: HttpRequest) -> HttpResponse:
    """List the super-complaints that have recommendations."""
    actor = actor_of(request)
    context = {
        "complaints": complaints_with_any(actor),
        "may_answer": may(actor.role, "answer.list"),
    }
    return render(request, "recommendations/matrices.html", context)


@require_safe
@needs("matrix.open", supercomplaint_by_ref)
def matrix(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show recommendations by addressees, as the viewer may know them."""
    found = _found(request, supercomplaint)
    context = {
        **_context(supercomplaint, found),
        "form": FilterForm(initial=vars(found.filters), choices=found.choices),
        "sees_sent": selectors.sees_sent(actor_of(request), supercomplaint),
        "day_form": DayForm(),
    }
    return render(request, "recommendations/matrix.html", context)


@require_safe
@needs("export.csv", supercomplaint_by_ref)
def matrix_csv(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Give the matrix as a table: a line for each cell."""
    found = _found(request, supercomplaint)
    rows = matrix_table.rows(found, request.build_absolute_uri("/"))
    return csv_response(
        csv_text(matrix_table.HEADER, rows), f"{supercomplaint.ref}-recommendations.csv"
    )


@require_safe
@needs("matrix.open", supercomplaint_by_ref)
def matrix_published(
    request: HttpRequest, supercomplaint: SuperComplaint, **_: str
) -> HttpResponse:
    """Show the public matrix as it stood at the end of a day."""
    form = DayForm(request.GET or None)
    today = timezone.localdate()
    on: date = form.cleaned_data["on"] if form.is_valid() else today
    found = published_on_day(supercomplaint, on)
    context = {**_context(supercomplaint, found), "day_form": form, "form": form, "on": on}
    status = 400 if form.errors else 200
    return render(request, "recommendations/matrix_published.html", context, status=status)


def csv_response(text: str, name: str) -> HttpResponse:
    """Return a table as a download."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: HttpRequest, supercomplaint: SuperComplaint) -> Matrix:
    return selectors.matrix_of(
        actor_of(request), supercomplaint, filters_from(request.GET.dict()), timezone.localdate()
    )


def _context(supercomplaint: SuperComplaint, found: Matrix) -> dict[str, Any]:
    is_past_record = supercomplaint.is_from_public_record
    return {
        "supercomplaint": supercomplaint,
        "tab": "matrix",
        "matrix": found,
        "states": silences(is_past_record=is_past_record),
        "not_recorded_means": NOT_RECORDED_MEANS if is_past_record else "",
        "basis_words": BASIS_WORDS,
    }
