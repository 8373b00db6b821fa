"""Updates and evidence of an answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fourfold.web.exhibits.views.sending import sent
from fourfold.web.recommendations.actions import answering
from fourfold.web.recommendations.forms.answers import EvidenceForm, UpdateForm
from fourfold.web.recommendations.models import Answer, Update
from fourfold.web.recommendations.selectors.loading import answer_by_ref, update_by_ref
from fourfold.web.recommendations.views.answers import TAB, to_answer
from fourfold.web.supercomplaints.files import FileRefusedError
from fourfold.web.users.access import actor_of, needs


@needs("update.add", answer_by_ref)
def update_new(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Add a dated update."""
    return updating(request, answer, answering.add_update)


@needs("update.change", update_by_ref)
def update_change(request: HttpRequest, update: Update, **_: str) -> HttpResponse:
    """Correct an update."""
    form = UpdateForm(sent(request), today=timezone.localdate(), update=update)
    if request.method == "POST" and form.is_valid():
        answering.change_update(actor=actor_of(request), update=update, text=form.update())
        messages.success(request, "The update is changed. The version before is kept.")
        return to_answer(update.answer)
    return _page(request, "recommendations/update.html", update.answer, form, update=update)


@needs("answerevidence.add", answer_by_ref)
def evidence_new(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Attach evidence."""
    return attaching(request, answer, answering.attach_evidence)


def updating(request: HttpRequest, answer: Answer, add: Callable[..., Any]) -> HttpResponse:
    """Ask for an update, and add it."""
    form = UpdateForm(sent(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        add(actor=actor_of(request), answer=answer, text=form.update())
        messages.success(request, "The update is added.")
        return to_answer(answer)
    return _page(request, "recommendations/update.html", answer, form, update=None)


def attaching(request: HttpRequest, answer: Answer, attach: Callable[..., Any]) -> HttpResponse:
    """Ask for evidence, and attach it."""
    is_sent = request.method == "POST"
    form = EvidenceForm(request.POST, request.FILES) if is_sent else EvidenceForm()
    if is_sent and form.is_valid():
        try:
            attach(actor=actor_of(request), answer=answer, offer=form.offer())
        except FileRefusedError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, "The evidence is attached.")
            return to_answer(answer)
    return _page(request, "recommendations/evidence.html", answer, form)


def _page(request: HttpRequest, name: str, answer: Answer, form: Any, **more: Any) -> HttpResponse:
    context = {
        "supercomplaint": answer.recommendation.supercomplaint,
        "tab": TAB,
        "answer": answer,
        "recommendation": answer.recommendation,
        "form": form,
        **more,
    }
    return render(request, name, context, status=400 if form.errors else 200)
