"""Public answers, recorded by officers where nobody of the organisation signs in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fourfold.web.exhibits.views.sending import sent
from fourfold.web.recommendations.actions import recording as actions
from fourfold.web.recommendations.forms.answers import RecordForm
from fourfold.web.recommendations.models import Answer
from fourfold.web.recommendations.rules.lifecycle import NotReadyError
from fourfold.web.recommendations.selectors.loading import answer_by_ref
from fourfold.web.recommendations.views.answers import (
    TAB,
    checks_by_field,
    publishing,
    to_answer,
)
from fourfold.web.recommendations.views.attaching import attaching, updating
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave


@needs("answer.record", answer_by_ref)
def answer_record(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Record what an organisation answered in public."""
    form = RecordForm(sent(request), answer=answer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_answer(actor=actor_of(request), answer=answer, record=form.record())
        except NotReadyError as error:
            for check in error.checks:
                form.add_error(check.field, check.words)
        else:
            messages.success(request, "The public answer is recorded. It is not published yet.")
            return to_answer(answer)
    checks = {} if form.errors else checks_by_field(answer)
    context = {
        "supercomplaint": answer.recommendation.supercomplaint,
        "tab": TAB,
        "answer": answer,
        "recommendation": answer.recommendation,
        "form": form,
        "checks": checks,
    }
    status = 400 if form.errors else 200
    return render(request, "recommendations/answer_change.html", context, status=status)


@needs("answer.record", answer_by_ref)
def update_record(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Record a dated update from a public source."""
    return updating(request, answer, actions.record_update)


@needs("answer.record", answer_by_ref)
def evidence_record(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Record evidence from a public source."""
    return attaching(request, answer, actions.record_evidence)


@needs("answer.publish_record", answer_by_ref)
@grave
def record_publish(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Publish the record of a public answer."""

    def publish(chosen: frozenset[str]) -> None:
        actions.publish_record(actor=actor_of(request), answer=answer, updates=chosen)

    return publishing(request, answer, publish)
