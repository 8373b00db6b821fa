"""Recommendations: drafts, deadlines, issuing (super-complaints.md section 4, S6 and S7)."""

from datetime import date

import pytest
from django.http import Http404

from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.actions import drafting, issuing
from fourfold.web.recommendations.errors import (
    IssuedError,
    NotIssuableError,
    NotPublishedError,
    NumberTakenError,
)
from fourfold.web.recommendations.models import Answer, Recommendation
from fourfold.web.recommendations.rules import deadlines
from fourfold.web.supercomplaints import reports
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.users.access import Refused
from lib import recommendation_world as rw
from lib.site_walk import client_of

STALKING = date(2024, 9, 27)
Basis = Recommendation.DueBasis


@pytest.mark.parametrize(
    ("basis", "dated_on", "expected"),
    [
        (Basis.AFTER_PUBLICATION, None, date(2024, 11, 22)),
        (Basis.DATED, date(2025, 3, 27), date(2025, 3, 27)),
        (Basis.NOT_SEEN, None, None),
    ],
)
def test_section_4_s7_responses_are_due(
    basis: str, dated_on: date | None, expected: date | None
) -> None:
    assert deadlines.due_on(basis, published_on=STALKING, dated_on=dated_on) == expected


def test_section_4_s7_no_publication_no_deadline() -> None:
    assert deadlines.due_on(Basis.AFTER_PUBLICATION, published_on=None, dated_on=None) is None


@pytest.fixture
def world(db: None) -> rw.World:
    return rw.make((1, 2))


def test_issuing_asks_every_addressee_once_and_for_each_part(world: rw.World) -> None:
    asked = Answer.objects.filter(recommendation__number=1)
    assert asked.filter(part=None).count() == asked.filter(part__code="1.1").count() == 4
    assert set(Answer.objects.values_list("status", flat=True)) == {"not_answered"}
    found = Recommendation.objects.get(number=1)
    assert (found.issued_on, found.due_on) == (rw.PUBLISHED_ON, date(2024, 11, 22))
    public = standing.one(content.Recommendation, found.ref)
    assert public is not None
    assert public.due_on == "2024-11-22"
    assert [part.code for part in public.parts] == ["1.1"]
    assert len(public.addressees) == 4


def test_a_whole_kind_of_a_real_complaint_never_holds_an_invented_force(world: rw.World) -> None:
    Organisation.objects.create(name="A real one", kind="territorial_force")
    draft = rw.draft_of(world, 7)
    issuing.issue_recommendations(
        actor=world.officer, supercomplaint=world.supercomplaint, on=STALKING
    )
    assert not draft.answers.filter(organisation__is_invented=False).exists()


def test_a_draft_is_the_authorities_alone(world: rw.World) -> None:
    draft = rw.draft_of(world, 7, text="Unissued-words-7731")
    of = world.supercomplaint.ref
    paths = [f"/super-complaints/{of}/recommendations/", f"/super-complaints/{of}/matrix/",
             f"/super-complaints/{of}/matrix.csv"]  # fmt: skip
    client = client_of(world.responders[0])
    assert all(b"7731" not in client.get(path).content for path in paths)
    assert client.get(f"{paths[0]}{draft.ref}/").status_code == 404
    assert b"7731" in client_of(world.officer).get(f"{paths[0]}{draft.ref}/").content
    assert standing.one(content.Recommendation, draft.ref) is None


def test_issuing_waits_for_the_report_and_says_what_is_lacking(world: rw.World) -> None:
    rw.draft_of(world, 7, text="", addressee_kinds=())
    SuperComplaint.objects.update(published_on=None)
    world.supercomplaint.refresh_from_db()
    asked = {"actor": world.officer, "supercomplaint": world.supercomplaint, "on": STALKING}
    with pytest.raises(NotPublishedError):
        issuing.issue_recommendations(**asked)
    SuperComplaint.objects.update(published_on=STALKING)
    world.supercomplaint.refresh_from_db()
    with pytest.raises(NotIssuableError, match=r"has no text.*addresses nobody"):
        issuing.issue_recommendations(**asked)
    assert Recommendation.objects.filter(number=7, issued_on=None).exists()


def test_a_text_that_was_not_found_stays_so_until_it_is_found(world: rw.World) -> None:
    draft = rw.draft_of(world, 7, text="", confidence="not_found", note="Looked for in the annex.")
    issuing.issue_recommendations(
        actor=world.officer, supercomplaint=world.supercomplaint, on=STALKING
    )
    path = f"/super-complaints/{world.supercomplaint.ref}/recommendations/{draft.ref}/"
    page = client_of(world.responders[0]).get(path).content.decode()
    assert "The text was not found" in page
    assert "Looked for in the annex." in page
    public = standing.one(content.Recommendation, draft.ref)
    assert public is not None
    assert (public.is_found, public.text) == (False, "")


def test_what_is_issued_stands(world: rw.World) -> None:
    found = Recommendation.objects.get(number=1)
    changed = drafting.Draft(number=9, text="Other words", theme="New", addressees=())
    drafting.change_recommendation(actor=world.officer, recommendation=found, draft=changed)
    found.refresh_from_db()
    assert (found.number, found.theme) == (1, "New")
    assert found.text == "Do the thing of number 1."
    with pytest.raises(IssuedError):
        drafting.add_part(actor=world.officer, recommendation=found, code="1.2", text="More.")


def test_a_number_stands_once(world: rw.World) -> None:
    with pytest.raises(NumberTakenError):
        rw.draft_of(world, 1)


def test_only_officers_draft_and_issue(world: rw.World) -> None:
    with pytest.raises((Refused, Http404)):
        drafting.draft_recommendation(
            actor=world.responders[0],
            supercomplaint=world.supercomplaint,
            draft=drafting.Draft(number=8),
        )


def test_the_form_drafts_and_keeps_what_was_typed(world: rw.World) -> None:
    client = client_of(world.officer)
    path = f"/super-complaints/{world.supercomplaint.ref}/recommendations/new/"
    sent = {"number": "1", "text": "Typed-words-5512", "confidence": "own", "due_basis": "dated",
            "due_on-day": "27", "due_on-month": "3", "due_on-year": "2025"}  # fmt: skip
    answer = client.post(path, sent)
    assert answer.status_code == 400
    assert "Typed-words-5512" in answer.content.decode()
    assert client.post(path, {**sent, "number": "5"}).status_code == 302
    assert Recommendation.objects.get(number=5).due_on == date(2025, 3, 27)


def test_section_4_s5_the_report_lists_the_recommendations(world: rw.World) -> None:
    rw.draft_of(world, 7, text="", confidence="not_found", due_basis="not_seen")
    found = reports.parts_of(world.supercomplaint, "recommendations")
    assert [each.heading for each in found] == [f"Recommendation {n}" for n in (1, 2, 7)]
    assert "1.1 Publish how many." in found[0].paragraphs
    assert found[2].paragraphs[0] == "The text was not found."
    assert "no deadline seen" in found[2].paragraphs[-1]
