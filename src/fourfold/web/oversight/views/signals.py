"""Signals of misuse: what stands, what was reviewed, and the review."""

from datetime import UTC, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fourfold.web.oversight import actions, forms
from fourfold.web.oversight.rules.browsing import UK
from fourfold.web.oversight.rules.catalogue import KINDS
from fourfold.web.oversight.selectors import ledger
from fourfold.web.oversight.selectors.signals import Board, Shown, board
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import Role, User
from fourfold.web.users.selectors import user_by_ref

ENTRIES_SHOWN = 100


@needs("signal.list")
def signals(request: HttpRequest) -> HttpResponse:
    """Show the signals that stand now, and those reviewed."""
    actor = actor_of(request)
    form = _window_form(request)
    shown = board(actor, _until(form))
    context = {
        "board": shown,
        "form": form,
        "kinds": KINDS,
        "quiet": [kind for name, kind in KINDS.items() if not _stands(shown, name)],
        "sees_content": actor.role == Role.AUDITOR,
        "query": _window_query(form),
    }
    return render(request, "oversight/signals.html", context)


def _window_form(request: HttpRequest) -> forms.WindowForm:
    return forms.WindowForm(request.GET if "until-day" in request.GET else None)


def _window_query(form: forms.WindowForm) -> str:
    """Return the query that keeps the window, or nothing where it ends now."""
    day = form.day() if form.is_bound else None
    if day is None:
        return ""
    return f"?until-day={day.day}&until-month={day.month}&until-year={day.year}"


def _until(form: forms.WindowForm) -> datetime:
    """Return the end of the day that was asked for, or now if that is earlier."""
    day = form.day() if form.is_bound else None
    if day is None:
        return timezone.now()
    end = datetime.combine(day + timedelta(days=1), time(), UK).astimezone(UTC)
    return min(end, timezone.now())


def _stands(shown: Board, rule: str) -> bool:
    return any(one.signal.rule == rule for one in shown.standing)


@needs("signal.review", user_by_ref, look="ledger.read")
def signal(request: HttpRequest, user: User, rule: str, **_: str) -> HttpResponse:
    """Show one signal with the entries behind it; take the auditor's review."""
    return _signal(request, rule, user.ref)


@needs("signal.review", look="ledger.read")
def signal_of_nobody(request: HttpRequest, rule: str) -> HttpResponse:
    """Show a signal about nobody known: failed sign-ins."""
    return _signal(request, rule, "")


def _signal(request: HttpRequest, rule: str, about_ref: str) -> HttpResponse:
    actor = actor_of(request)
    window = _window_form(request)
    stands, was = board(actor, _until(window)).find(rule, about_ref)
    shown = stands or was
    if shown is None:
        raise Http404("There is no such signal now.")
    form = forms.ReviewForm(request.POST or None, initial={"last_seq": shown.signal.last_seq})
    if request.method == "POST" and stands and _review(request, form, stands):
        messages.success(request, "The review is kept. A new occurrence raises the signal anew.")
        return redirect("oversight:signals")
    context = {
        "shown": shown,
        "earlier": was if stands else None,
        "is_standing": stands is not None,
        "query": _window_query(window),
        "form": form,
        "rows": ledger.by_number(actor, shown.signal.seqs, ENTRIES_SHOWN),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "oversight/signal.html", context, status=status)


def _review(request: HttpRequest, form: forms.ReviewForm, shown: Shown) -> bool:
    """Keep a review if the form is whole and nothing was added since it was opened."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    if given["last_seq"] < shown.signal.last_seq:
        form.add_error(None, "Entries were added since you opened this page. Look at them first.")
        form.data = {**request.POST.dict(), "last_seq": str(shown.signal.last_seq)}
        return False
    try:
        actions.review_signal(
            actor=actor_of(request), shown=shown, outcome=given["outcome"], words=given["words"]
        )
    except (actions.TooFewWordsError, actions.NotReviewedHereError) as error:
        form.add_error("words", str(error))
        return False
    return True
