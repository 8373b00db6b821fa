"""Answers: one's own list, a page for each, writing, sending, publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.exhibits.views.sending import sent
from fourfold.web.recommendations.actions import answering, disclosing
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.forms.answers import AnswerForm, PublishForm
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.recommendations.rules import lateness, lifecycle
from fourfold.web.recommendations.rules.standing import (
    BY_CODE,
    NOT_RECORDED_MEANS,
    State,
    silence,
    state_of,
)
from fourfold.web.recommendations.selectors import answers as selectors
from fourfold.web.recommendations.selectors import owed
from fourfold.web.recommendations.selectors.loading import (
    answer_by_ref,
    recommendation_of_published,
)
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import Role, User
from fourfold.web.users.step_up import grave

TAB = "recommendations"


@require_safe
@needs("answer.list")
def answer_list(request: HttpRequest) -> HttpResponse:
    """List one's own organisation's answers; officers see which complaints are owed answers."""
    actor, today = actor_of(request), timezone.localdate()
    if actor.role == Role.COMPLAINTS_OFFICER:
        context: dict[str, Any] = {"complaints": owed.by_complaint(actor, today)}
        return render(request, "recommendations/answers_owed.html", context)
    lines = selectors.own_lines(actor, today)
    return render(request, "recommendations/answers.html", {"lines": lines, "states": BY_CODE})


@require_safe
@needs("answer.open", answer_by_ref)
def answer(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Show an answer: to its own organisation as it stands, to others as it was sent."""
    return render(request, "recommendations/answer.html", answer_context(actor_of(request), answer))


def answer_context(actor: User, answer: Answer) -> dict[str, Any]:
    """Return what the page of an answer shows; what was not sent, its own organisation alone."""
    is_own = answer.organisation.tenant_id == actor.force_id
    newest = selectors.newest_sent(answer)
    if is_own:
        selectors.load(answer)
    words = selectors.sent_words(answer) if is_own else _sent(newest)
    facts = selectors.facts_after(answer, newest) if is_own else None
    clock = selectors.clock_of(answer) if is_own else selectors.clock_of_sent(answer, newest)
    return {
        "supercomplaint": answer.recommendation.supercomplaint,
        "tab": TAB,
        "answer": answer,
        "recommendation": answer.recommendation,
        "words": words,
        "state": _state(words, answer.recommendation),
        "not_recorded_means": NOT_RECORDED_MEANS,
        "marks": lateness.marks(clock, timezone.localdate()),
        "checks": lifecycle.checks(facts) if facts else (),
        "documents": selectors.documents_of(actor, answer),
        "updates": list(answer.updates.all()) if is_own else [],
        "is_own": is_own,
        "newest": newest,
        "is_changed": bool(is_own and words and selectors.is_changed_since(words, newest)),
        "is_published": selectors.published_words(answer.ref) is not None,
        "may": {
            act: see(actor, act, answer)
            for act in ("answer.change", "answer.submit", "answer.publish", "answer.record",
                        "answer.publish_record")
        },
    }  # fmt: skip


def _state(words: Any, recommendation: Recommendation) -> State:
    if words:
        return BY_CODE[state_of(words.status, words.position)]
    return BY_CODE[silence(is_past_record=recommendation.supercomplaint.is_from_public_record)]


def _sent(newest: Any) -> Any:
    return selectors.words_of(newest) if newest else None


@require_safe
@needs("recommendation.open", recommendation_of_published)
def answer_published(
    request: HttpRequest, recommendation: Recommendation, *, answer_ref: str, **_: str
) -> HttpResponse:
    """Show an answer as the public reads it."""
    words = selectors.published_words(answer_ref)
    context = {
        "supercomplaint": recommendation.supercomplaint,
        "tab": TAB,
        "recommendation": recommendation,
        "words": words,
        "state": _state(words, recommendation),
    }
    return render(request, "recommendations/answer_published.html", context)


@needs("answer.change", answer_by_ref)
def answer_change(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Write the answer; saving asks for nothing."""
    form = AnswerForm(sent(request), answer=answer)
    if request.method == "POST" and form.is_valid():
        answering.change_answer(actor=actor_of(request), answer=answer, text=form.text())
        messages.success(request, "Saved. Nobody else sees it until you send it.")
        return to_answer(answer)
    context = {**_frame(answer), "form": form, "checks": checks_by_field(answer)}
    status = 400 if form.errors else 200
    return render(request, "recommendations/answer_change.html", context, status=status)


@needs("answer.submit", answer_by_ref)
@grave
def answer_submit(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Send the answer to those who collate, after a look at it."""
    checks = lifecycle.checks(selectors.lifecycle_facts(answer))
    if request.method == "POST":
        try:
            answering.submit_answer(
                actor=actor_of(request), answer=answer, today=timezone.localdate()
            )
        except lifecycle.NotReadyError as error:
            checks = error.checks
        else:
            messages.success(request, "The answer is sent. It is not published yet.")
            return to_answer(answer)
    words = selectors.sent_words(answer)
    context = {**_frame(answer), "checks": checks, "words": words}
    status = 409 if request.method == "POST" else 200
    return render(request, "recommendations/answer_submit.html", context, status=status)


@needs("answer.publish", answer_by_ref)
@grave
def answer_publish(request: HttpRequest, answer: Answer, **_: str) -> HttpResponse:
    """Publish the answer with the updates that are chosen."""

    def publish(chosen: frozenset[str]) -> None:
        disclosing.publish_answer(
            actor=actor_of(request), answer=answer, updates=chosen, today=timezone.localdate()
        )

    return publishing(request, answer, publish)


def publishing(request: HttpRequest, answer: Answer, publish: Any) -> HttpResponse:
    """Show what would be published, and do it where it was sent."""
    selectors.load(answer)
    waiting = [update for update in answer.updates.all() if update.published_at is None]
    form = PublishForm(
        sent(request), updates=waiting, initial={"updates": [each.ref for each in waiting]}
    )
    checks, fault = lifecycle.checks(selectors.lifecycle_facts(answer)), ""
    if request.method == "POST" and form.is_valid():
        try:
            publish(form.chosen())
        except lifecycle.NotReadyError as error:
            checks = error.checks
        except RecommendationError as error:
            fault = str(error)
        else:
            messages.success(request, "The answer is published.")
            return to_answer(answer)
    context = {
        **_frame(answer),
        "form": form,
        "checks": checks,
        "fault": fault,
        "words": selectors.sent_words(answer),
        "waiting": waiting,
        "evidence": [each for each in answer.evidence.all() if each.is_public],
        "withheld": sum(not each.is_public for each in answer.evidence.all()),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "recommendations/answer_publish.html", context, status=status)


def checks_by_field(answer: Answer) -> dict[str, str]:
    """Return what is lacking, by the field beside which it stands."""
    found = lifecycle.checks(selectors.lifecycle_facts(answer))
    return {check.field: check.words for check in found}


def to_answer(answer: Answer) -> HttpResponse:
    """Return to the page of an answer."""
    return redirect("recommendations:answer", answer_ref=answer.ref)


def _frame(answer: Answer) -> dict[str, Any]:
    return {
        "supercomplaint": answer.recommendation.supercomplaint,
        "tab": TAB,
        "answer": answer,
        "recommendation": answer.recommendation,
    }
