"""Who owes an answer, and that a reminder went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fourfold.web.recommendations.actions.reminding import record_reminder
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.rules import reminders
from fourfold.web.recommendations.selectors import owed as selectors
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import (
    organisation_by_ref,
    supercomplaint_by_ref,
)
from fourfold.web.users.access import actor_of, needs


@require_safe
@needs("answer.remind", supercomplaint_by_ref)
def owed(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show who owes what, and which reminder is due."""
    rows = selectors.of_complaint(supercomplaint, timezone.localdate())
    basis, steps = reminders.table()
    context = {
        "supercomplaint": supercomplaint,
        "tab": "recommendations",
        "rows": rows,
        "counts": selectors.counted(rows),
        "basis": basis,
        "steps": steps,
    }
    return render(request, "recommendations/owed.html", context)


@require_POST
@needs("answer.remind", supercomplaint_by_ref)
def remind(
    request: HttpRequest, supercomplaint: SuperComplaint, *, organisation_ref: str, **_: str
) -> HttpResponse:
    """Record that a reminder went."""
    organisation = organisation_by_ref(organisation_ref=organisation_ref)
    step = request.POST.get("step", "")
    if step not in {each.code for each in reminders.table()[1]}:
        raise Http404("There is no such record.")
    try:
        record_reminder(
            actor=actor_of(request),
            supercomplaint=supercomplaint,
            organisation=organisation,
            step=step,
            today=timezone.localdate(),
        )
    except RecommendationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Recorded: {organisation.name} was written to.")
    return redirect("recommendations:owed", supercomplaint_ref=supercomplaint.ref)
