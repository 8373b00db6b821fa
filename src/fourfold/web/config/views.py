"""Where people land, and the page that says why something is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.cases.models import Case
from fourfold.web.users.access import Refused, actor_of, open_to
from fourfold.web.users.models import Role

LANDING = {
    Role.AUDITOR: "oversight:signals",
    Role.ADMINISTRATOR: "users:list",
    Role.COMPLAINANT: "supercomplaints:list",
    Role.COMPLAINTS_OFFICER: "supercomplaints:list",
    Role.RESPONDER: "recommendations:plans",
}


@open_to("sends everyone on: to sign-in, or to the page of the role")
def home(request: HttpRequest) -> HttpResponse:
    """Send the user to the page of the role."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect(LANDING.get(Role(actor_of(request).role), "cases:list"))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say which rule refused, why, and what to do next."""
    decision = exception.decision if isinstance(exception, Refused) else None
    subject = exception.subject if isinstance(exception, Refused) else None
    glass = ""
    if isinstance(subject, Case) and decision is not None and decision.rule == "need-to-know":
        glass = reverse("cases:break_glass", kwargs={"case_ref": subject.ref})
    return render(
        request, "base/refused.html", {"decision": decision, "break_glass_url": glass}, status=403
    )
