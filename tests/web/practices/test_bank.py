"""The bank's pages: who sees a draft, what becomes public, whose adoption is whose."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from fourfold.web.practices.actions import adoptions, entries
from fourfold.web.practices.models import Adoption, Practice
from fourfold.web.practices.selectors import bank
from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users.models import Force, Role, User
from lib.site_walk import client_of

SignIn = Callable[[User], Client]
FACTS = {"state": "adapted", "local_changes": "At ten, not nine.", "evaluation_result": "3 of 9"}


def address(name: str, record: Practice | Adoption) -> str:
    kind = type(record).__name__.lower()
    return reverse(f"practices:{name}", kwargs={f"{kind}_ref": record.ref})


def adopted(responder: User, practice: Practice, **more: object) -> Adoption:
    organisation = Organisation.objects.get(tenant=responder.force)
    return adoptions.record_adoption(
        actor=responder, practice=practice, organisation=organisation, facts={**FACTS, **more}
    )


def test_a_draft_is_the_authorities_alone(
    officer: User, responder: User, practice: Practice, signed_in: SignIn
) -> None:
    assert signed_in(responder).get(address("practice", practice)).status_code == 404
    assert bank.visible_to(responder) == []
    page = signed_in(officer).get(address("practice", practice)).content.decode()
    assert "Not on the public site" in page


def test_what_is_published_stands_until_it_is_published_again(
    officer: User, practice: Practice
) -> None:
    entries.publish_practice(actor=officer, practice=practice)
    entries.change_practice(actor=officer, practice=practice, facts={"aim": "Speak late."})
    stood = standing.one(content.Practice, practice.ref)
    assert stood is not None and stood.aim == "Speak early."


def test_an_entry_without_a_source_is_not_published(officer: User, practice: Practice) -> None:
    practice.sources = []
    with pytest.raises(entries.NotReadyError, match="source"):
        entries.publish_practice(actor=officer, practice=practice)
    assert standing.every(content.Practice) == []


def test_an_adoption_is_its_own_organisations_until_published(
    officer: User, responder: User, practice: Practice, make_user: Callable[..., User],
    other_force: Force, signed_in: SignIn,
) -> None:  # fmt: skip
    entries.publish_practice(actor=officer, practice=practice)
    adoption = adopted(responder, practice)
    Organisation.objects.create(
        name="Sedge Police", kind="territorial_force", tenant=other_force, is_invented=True
    )
    other = make_user(Role.RESPONDER, force=other_force, team=None)
    for stranger in (officer, other):
        assert signed_in(stranger).get(address("adoption", adoption)).status_code == 404
    with pytest.raises(Http404):
        adoptions.publish_adoption(actor=other, adoption=adoption)
    with pytest.raises(entries.NotReadyError, match="day since when"):
        adoptions.publish_adoption(actor=responder, adoption=adoption)
    assert FACTS["local_changes"] not in signed_in(other).get(address("practice", practice)).text


def test_a_published_adoption_is_shown_and_taken_down(
    officer: User, responder: User, practice: Practice
) -> None:
    entries.publish_practice(actor=officer, practice=practice)
    client = client_of(responder)
    sent = {"state": "adapted", "since_on-day": "1", "since_on-month": "2",
            "since_on-year": "2026", "local_changes": "At ten.",
            "evidence": "A note\nhttps://example.org/note"}  # fmt: skip
    came = client.post(address("adoption_record", practice), sent)
    adoption = Adoption.objects.get()
    assert came.status_code == 302 and adoption.evidence == ["A note", "https://example.org/note"]
    assert client.post(address("adoption_publish", adoption)).status_code == 302
    (stood,) = standing.every(content.Adoption, within_ref=practice.ref)
    assert (stood.since, stood.local_changes) == ("2026-02-01", "At ten.")
    assert "At ten." in client.get(address("practice", practice)).text
    client.post(address("adoption_withdraw", adoption))
    assert standing.every(content.Adoption) == []


def test_the_list_is_narrowed_by_focus(officer: User, practice: Practice) -> None:
    Practice.objects.create(title="Another", focus=["Diversion"])
    client = client_of(officer)
    page = client.get(reverse("practices:list"), {"focus": "Prevention"}).content.decode()
    assert "A morning call" in page and "Another" not in page


def test_the_pages_of_an_officer_answer(officer: User, practice: Practice) -> None:
    client = client_of(officer)
    assert "Add an entry" in client.get(reverse("practices:new")).content.decode()
    wrong = client.post(address("change", practice), {"title": "", "does_it_work": "untested"})
    assert wrong.status_code == 400 and "Give the practice a title" in wrong.content.decode()
    sent = {"title": "Renamed", "does_it_work": "promising", "served_by": ["panel"]}
    assert client.post(address("change", practice), sent).status_code == 302
    assert "cannot be published yet" in client.get(address("publish", practice)).content.decode()
    practice.refresh_from_db()
    assert (practice.title, practice.served_by, practice.focus) == ("Renamed", ["panel"], [])
