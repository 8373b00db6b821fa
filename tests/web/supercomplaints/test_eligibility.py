"""super-complaints.md section 4: eligibility is decided jointly (regulation 6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.web.publication import content
from fourfold.web.publication.selectors.standing import every, one
from fourfold.web.supercomplaints import files
from fourfold.web.supercomplaints.actions import deciding, public_record
from fourfold.web.supercomplaints.errors import GuardError, SuperComplaintError
from fourfold.web.supercomplaints.models import Document, EligibilityView, SuperComplaint
from lib.runs import own_queries
from web.supercomplaints.conftest import DECIDED_ON, Parties

Hold = Callable[..., EligibilityView]


def letter_of(complaint: SuperComplaint, title: str) -> str:
    document = Document.objects.get(supercomplaint=complaint, title=title)
    assert document.seen_by == "parties"
    with files.opened(document.sha256) as file:
        return file.read().decode()


def test_section_4_no_decision_until_all_three_have_recorded_and_agree(
    parties: Parties, acknowledged: SuperComplaint, hold: Hold
) -> None:
    def decide() -> None:
        deciding.decide(actor=parties.chief, supercomplaint=acknowledged, on=DECIDED_ON)

    hold(acknowledged, "chief_inspector")
    hold(acknowledged, "college")
    with pytest.raises(GuardError, match="Not every authority"):
        decide()
    hold(acknowledged, "director_general", is_form_met=False)
    with pytest.raises(GuardError, match="do not all hold"):
        decide()
    assert not acknowledged.documents.filter(title="Decision on eligibility").exists()
    hold(acknowledged, "director_general")
    decide()
    acknowledged.refresh_from_db()
    assert (acknowledged.state, acknowledged.decided_on) == ("under_investigation", DECIDED_ON)


def test_section_4_regulation_6_5_eligible_tells_both_things(investigated: SuperComplaint) -> None:
    letter = letter_of(investigated, "Decision on eligibility")
    assert "will be investigated" in letter
    assert "reports on the progress" in letter


def test_section_4_regulation_6_6_ineligible_gives_the_reasons_of_each(
    parties: Parties, acknowledged: SuperComplaint, hold: Hold
) -> None:
    for code in parties.authorities:
        hold(acknowledged, code, is_form_met=False, reasons=f"Reason of {code}.")
    deciding.decide(actor=parties.chief, supercomplaint=acknowledged, on=DECIDED_ON)
    letter = letter_of(acknowledged, "Decision on eligibility")
    assert all(f"Reason of {code}." in letter for code in parties.authorities)
    acknowledged.refresh_from_db()
    assert acknowledged.state == "ineligible"


@pytest.mark.parametrize("bar", ["repeats_live", "repeats_ended"])
def test_section_4_regulation_6_3_and_4_a_bar_names_what_is_repeated(
    parties: Parties, acknowledged: SuperComplaint, hold: Hold, bar: str
) -> None:
    with pytest.raises(deciding.ViewError, match="Choose the super-complaint"):
        hold(acknowledged, "college", bar=bar)
    with pytest.raises(deciding.ViewError, match="repeat itself"):
        hold(acknowledged, "college", bar=bar, repeats=acknowledged)
    earlier = SuperComplaint.objects.create(title="Earlier", body=parties.body, state="closed")
    for code in parties.authorities:
        hold(acknowledged, code, bar=bar, repeats=earlier)
    deciding.decide(actor=parties.chief, supercomplaint=acknowledged, on=DECIDED_ON)
    acknowledged.refresh_from_db()
    assert acknowledged.state == "ineligible"


def test_section_4_reasons_are_in_writing_and_views_end_with_the_decision(
    parties: Parties, investigated: SuperComplaint, hold: Hold
) -> None:
    with pytest.raises(deciding.ViewError, match="before the decision"):
        hold(investigated, "college")


def test_section_4_a_view_without_reasons_is_none(acknowledged: SuperComplaint, hold: Hold) -> None:
    with pytest.raises(deciding.ViewError, match="in writing"):
        hold(acknowledged, "college", reasons="  ")


def test_section_2_the_acknowledgement_says_who_decides(acknowledged: SuperComplaint) -> None:
    letter = letter_of(acknowledged, "Acknowledgement")
    assert "received on 25 November 2022" in letter
    assert "1 December 2022" in letter
    assert "decide together" in letter


def test_the_authorities_see_each_others_views_and_nobody_else_does(
    parties: Parties, acknowledged: SuperComplaint, hold: Hold, signed_in: Callable[..., Any]
) -> None:
    hold(acknowledged, "college", reasons="Planted view.")
    path = f"/super-complaints/{acknowledged.ref}/eligibility/"
    assert b"Planted view." in signed_in(parties.chief).get(path).content
    assert signed_in(parties.complainant).get(path).status_code == 403
    assert signed_in(parties.people["force"]).get(path).status_code == 403


def test_publishing_the_record_gives_public_steps_and_nothing_of_the_parties(
    parties: Parties, acknowledged: SuperComplaint, hold: Hold
) -> None:
    hold(acknowledged, "college", reasons="Planted view.")
    public_record.publish_record(actor=parties.chief, supercomplaint=acknowledged)
    made = one(content.SuperComplaint, acknowledged.ref)
    assert made is not None
    assert (made.state, made.made_on) == ("acknowledged", "2022-11-25")
    assert [step.on for step in made.timeline] == ["2022-11-25", "2022-12-01"]
    said = repr(made)
    for planted in ("Planted view.", "Ada Example", "ada@example.org", "Forty cases."):
        assert planted not in said
    assert one(content.Organisation, parties.body.ref) is not None


def test_section_5_who_is_designated_is_published_with_what_is_known_of_the_day(
    parties: Parties,
) -> None:
    assert public_record.publish_register(actor=parties.chief) == 1
    (made,) = every(content.Designation)
    assert (made.organisation, made.designated_on, made.designated_words) == (
        "Teasel Trust", "", "June 2018",
    )  # fmt: skip


def test_a_draft_is_never_published(parties: Parties, draft: SuperComplaint) -> None:
    draft.is_shared_with_authorities = True
    draft.save()
    with pytest.raises(SuperComplaintError, match="never published"):
        public_record.publish_record(actor=parties.chief, supercomplaint=draft)


def test_every_page_opens_for_the_parties(
    parties: Parties, investigated: SuperComplaint, signed_in: Callable[..., Any]
) -> None:
    client = signed_in(parties.chief)
    here = f"/super-complaints/{investigated.ref}/"
    pages = ["/super-complaints/", here, f"{here}features/", f"{here}documents/",
             f"{here}procedure/", f"{here}eligibility/", "/organisations/",
             "/designations/"]  # fmt: skip
    client.get("/super-complaints/")  # the first page of a session writes the session
    for path in pages:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        assert len(own_queries(asked)) <= 15, path
    investigated.published_on = date(2024, 9, 27)
    investigated.save()
    responder = signed_in(parties.people["force"])
    assert responder.get(here).status_code == 200
    page = responder.get(f"{here}documents/")
    assert b"Case studies" not in page.content


def test_the_interface_answers_as_the_pages_do(
    parties: Parties, received: SuperComplaint, signed_in: Callable[..., Any]
) -> None:
    client, path = signed_in(parties.complainant), f"/api/super-complaints/{received.ref}"
    assert client.get("/api/super-complaints").json()["items"][0]["body"] == "Teasel Trust"
    assert client.get(path).json()["acknowledge_by_on"] == "2022-12-01"
    assert [each["event"] for each in client.get(f"{path}/steps").json()] == ["submit", "draft"]
    for key in ("other", "force"):
        stranger = signed_in(parties.people[key])
        assert stranger.get("/api/super-complaints").json()["items"] == []
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"{path}/steps").status_code == 404
