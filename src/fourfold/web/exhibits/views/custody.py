"""The exhibits of a case: list, one exhibit, its facts, its hand-overs, its original."""

import logging
from pathlib import PurePosixPath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import custody
from fourfold.web.exhibits.forms.custody import ExhibitForm, HandOverForm
from fourfold.web.exhibits.forms.moments import initial_of
from fourfold.web.exhibits.models import Authority, Exhibit
from fourfold.web.exhibits.rules import content
from fourfold.web.exhibits.selectors import authorities
from fourfold.web.exhibits.selectors import exhibits as selectors
from fourfold.web.exhibits.selectors.controls import controls_by_role
from fourfold.web.exhibits.selectors.loading import exhibit_by_ref
from fourfold.web.exhibits.views.sending import attachment, sent
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.step_up import grave

log = logging.getLogger(__name__)


@needs("exhibit.list", case_by_ref)
def exhibit_list(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """List the exhibits of a case."""
    totals = selectors.totals(case)
    asked = request.GET
    lacks = asked.get("lacks", "") if asked.get("lacks", "") in selectors.LACKS else ""
    wanted = selectors.Wanted(asked.get("sort", ""), lacks, asked.get("page", ""))
    page = selectors.page_of(case, wanted, totals)
    context = {
        "case": case,
        "tab": "evidence",
        "page": page,
        "lacks": lacks,
        "totals": totals,
        "may": controls_by_role(actor_of(request), case, "upload.start"),
    }
    return render(request, "exhibits/custody/list.html", context)


@needs("exhibit.open", exhibit_by_ref)
def exhibit(request: HttpRequest, exhibit: Exhibit, **_: str) -> HttpResponse:
    """Show one exhibit."""
    wanted = ("exhibit.change", "exhibit.move", "exhibit.download")
    context = {
        "case": exhibit.case,
        "tab": "evidence",
        "exhibit": exhibit,
        "authorities": list(exhibit.authorities.all()),
        "entries": list(exhibit.continuity.select_related("recorded_by")),
        "kin": selectors.kin(exhibit),
        "is_program": exhibit.media_type in content.PROGRAMS,
        "may": controls_by_role(actor_of(request), exhibit, *wanted),
    }
    return render(request, "exhibits/custody/exhibit.html", context)


@needs("exhibit.change", exhibit_by_ref)
def exhibit_change(request: HttpRequest, exhibit: Exhibit, **_: str) -> HttpResponse:
    """Change what is recorded of an exhibit."""
    every, cited = authorities.for_exhibit(exhibit)
    form = ExhibitForm(
        sent(request), exhibit=exhibit, authorities=every, initial=_initial(exhibit, cited)
    )
    if request.method == "POST" and form.is_valid():
        custody.change_exhibit(
            actor=actor_of(request),
            exhibit=exhibit,
            facts=form.facts(),
            authorities=form.cleaned_data["authorities"],
        )
        messages.success(request, "The facts of the exhibit are saved.")
        return _to(exhibit)
    context = {"case": exhibit.case, "tab": "evidence", "exhibit": exhibit, "form": form}
    return render(
        request, "exhibits/custody/change.html", context, status=400 if form.errors else 200
    )


def _initial(exhibit: Exhibit, cited: list[Authority]) -> dict[str, object]:
    plain = ("exhibit_reference", "description", "producer", "received_from", "device",
             "identifier_text", "time_zone", "format_hint")  # fmt: skip
    return {
        **{name: getattr(exhibit, name) for name in plain},
        **initial_of("received", exhibit.received_at),
        "authorities": [each.ref for each in cited],
        "person": exhibit.person.ref if exhibit.person else None,
        "parent": exhibit.parent.ref if exhibit.parent else None,
    }


@needs("exhibit.move", exhibit_by_ref)
def exhibit_move(request: HttpRequest, exhibit: Exhibit, **_: str) -> HttpResponse:
    """Record a hand-over."""
    last = exhibit.continuity.last()
    initial = {"from_whom": last.to_whom if last else "", **initial_of("at", timezone.now())}
    form = HandOverForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        custody.record_hand_over(
            actor=actor_of(request), exhibit=exhibit, hand_over=form.hand_over()
        )
        messages.success(request, "The hand-over is recorded.")
        return _to(exhibit)
    context = {"case": exhibit.case, "tab": "evidence", "exhibit": exhibit, "form": form}
    return render(
        request, "exhibits/custody/move.html", context, status=400 if form.errors else 200
    )


@needs("exhibit.download", exhibit_by_ref, look="exhibit.open")
@grave
def exhibit_download(request: HttpRequest, exhibit: Exhibit, **_: str) -> HttpResponseBase:
    """Say what a download means; send the sealed original."""
    context = {"case": exhibit.case, "tab": "evidence", "exhibit": exhibit, "is_broken": False}
    if request.method != "POST":
        return render(request, "exhibits/custody/download.html", context)
    try:
        path = custody.release(actor=actor_of(request), exhibit=exhibit)
    except storage.SealBrokenError:
        log.error("the sealed original of %s does not have its hash", exhibit.ref)
        context["is_broken"] = True
        return render(request, "exhibits/custody/download.html", context, status=409)
    name = PurePosixPath(exhibit.path).name
    return attachment(request, path, name=name, size_bytes=exhibit.size_bytes)


def _to(exhibit: Exhibit) -> HttpResponse:
    return redirect("exhibits:exhibit", case_ref=exhibit.case.ref, exhibit_ref=exhibit.ref)
