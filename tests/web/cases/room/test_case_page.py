"""The frame of a case's pages."""

from django.template.loader import render_to_string
from django.test import RequestFactory

from fourfold.web.cases.models import Case
from fourfold.web.users.models import User


def test_frame_shows_reference_name_state_and_team(case: Case, investigator: User) -> None:
    request = RequestFactory().get("/")
    request.user = investigator

    html = render_to_string("cases/case_page.html", {"case": case, "tab": "case"}, request)

    assert case.ref in html
    assert "Op Teasel" in html
    assert "Open" in html
    assert "Harm reduction, north" in html
