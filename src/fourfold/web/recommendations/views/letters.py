"""Letters built from the record: on the page, as text, as PDF. Nothing is sent from here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.publication import typeset
from fourfold.web.recommendations.rules import letters
from fourfold.web.recommendations.rules.letters import Facts
from fourfold.web.recommendations.selectors.letters import facts_for
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors.loading import (
    organisation_by_ref,
    supercomplaint_by_ref,
)
from fourfold.web.users.access import actor_of, needs
from fourfold.web.users.models import Role


@require_safe
@needs("letter.make", supercomplaint_by_ref)
def letter(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    *,
    organisation_ref: str,
    kind: str,
    **_: str,
) -> HttpResponse:
    """Show a letter."""
    facts = _facts(request, supercomplaint, organisation_ref, kind)
    context = {
        "supercomplaint": supercomplaint,
        "tab": "recommendations",
        "facts": facts,
        "title": letters.title(facts),
        "sections": letters.sections(facts),
        "table_of": letters.table(facts),
        "here": {
            "supercomplaint_ref": supercomplaint.ref,
            "organisation_ref": organisation_ref,
            "kind": kind,
        },
        "kinds": letters.TITLES,
        "is_officer": actor_of(request).role == Role.COMPLAINTS_OFFICER,
    }
    return render(request, "recommendations/letter.html", context)


@require_safe
@needs("letter.make", supercomplaint_by_ref)
def letter_text(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    *,
    organisation_ref: str,
    kind: str,
    **_: str,
) -> HttpResponse:
    """Give a letter as text."""
    facts = _facts(request, supercomplaint, organisation_ref, kind)
    response = HttpResponse(letters.text(facts), content_type="text/plain; charset=utf-8")
    return _named(response, f"{supercomplaint.ref}-{kind}.txt")


@require_safe
@needs("letter.make", supercomplaint_by_ref)
def letter_pdf(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    *,
    organisation_ref: str,
    kind: str,
    **_: str,
) -> HttpResponse:
    """Give a letter as tagged PDF."""
    facts = _facts(request, supercomplaint, organisation_ref, kind)
    sheet = typeset.Sheet(
        title=letters.title(facts),
        on=facts.on.isoformat(),
        parts=(*letters.sections(facts), letters.table(facts)),
        facts=(("From", facts.sender), ("Reference", supercomplaint.ref)),
        author=facts.sender,
        has_contents=False,
    )
    response = HttpResponse(typeset.pdf(sheet), content_type=typeset.MEDIA_TYPE)
    return _named(response, f"{supercomplaint.ref}-{kind}.pdf")


def _facts(
    request: HttpRequest, supercomplaint: SuperComplaint, organisation_ref: str, kind: str
) -> Facts:
    """Return the facts of a letter; a responder sees those to the own organisation alone."""
    actor, organisation = actor_of(request), organisation_by_ref(organisation_ref=organisation_ref)
    is_own = organisation.tenant_id == actor.force_id
    if kind not in letters.TITLES or not (is_own or actor.role == Role.COMPLAINTS_OFFICER):
        raise Http404("There is no such record.")
    name = "recommendations:list"
    path = reverse(name, kwargs={"supercomplaint_ref": supercomplaint.ref})
    return facts_for(
        supercomplaint,
        organisation,
        kind,
        on=timezone.localdate(),
        address=request.build_absolute_uri(path),
    )


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
