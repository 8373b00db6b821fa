"""The directory of support services: kept by complaints officers, seen once it is published."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.publication import content
from fourfold.web.publication.actions import services as actions
from fourfold.web.publication.actions.services import ServiceFacts
from fourfold.web.publication.models import SupportService
from fourfold.web.publication.selectors import services as selectors
from fourfold.web.publication.selectors import standing
from fourfold.web.users.access import Refused
from fourfold.web.users.models import Role, User
from lib.site_walk import client_of

FACTS = ServiceFacts("Invented Helpline", "Listens.", "01632 960200", area="England and Wales",
                     checked_on=date(2026, 11, 1), source="A call")  # fmt: skip
SENT = {
    "name": "Invented Helpline", "what": "Listens.", "phone": "01632 960200", "area": "Everywhere",
    "source": "A call", "order": "5", "checked_on-day": "1", "checked_on-month": "11",
    "checked_on-year": "2026",
}  # fmt: skip


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user(Role.COMPLAINTS_OFFICER)


@pytest.fixture
def client(officer: User) -> Client:
    return client_of(officer)


def public() -> list[content.SupportService]:
    return standing.every(content.SupportService)


def test_what_is_added_is_public_only_once_the_directory_is_published(officer: User) -> None:
    service = actions.add_service(actor=officer, facts=FACTS)
    assert public() == []
    actions.publish_directory(actor=officer)
    assert [each.ref for each in public()] == [service.ref]
    assert public()[0].checked_on == "2026-11-01"


def test_a_service_off_the_list_is_taken_down_with_the_next_publishing(officer: User) -> None:
    service = actions.add_service(actor=officer, facts=FACTS)
    actions.publish_directory(actor=officer)
    actions.list_service(actor=officer, service=service, is_listed=False)
    assert len(public()) == 1
    assert selectors.directory(officer)[0].state == "Off the list, still public"
    assert actions.publish_directory(actor=officer) == actions.Changes(0, 1)
    assert public() == []
    assert SupportService.objects.count() == 1


def test_publishing_again_writes_nothing(officer: User) -> None:
    actions.add_service(actor=officer, facts=FACTS)
    actions.publish_directory(actor=officer)
    assert not selectors.pending()
    assert actions.publish_directory(actor=officer) == actions.Changes(0, 0)


def test_nobody_else_keeps_the_directory(make_user: Callable[..., User]) -> None:
    for role in (Role.RESPONDER, Role.COMPLAINANT, Role.ADMINISTRATOR, Role.INVESTIGATOR):
        with pytest.raises(Refused):
            actions.add_service(actor=make_user(role), facts=FACTS)
    assert not SupportService.objects.exists()


def test_the_ledger_keeps_who_changed_the_directory(officer: User) -> None:
    actions.add_service(actor=officer, facts=FACTS)
    actions.publish_directory(actor=officer)
    held = LedgerEntry.objects.filter(actor_ref=officer.ref).order_by("seq")
    assert [(e.act, e.detail) for e in held] == [
        ("service.change", {"change": "added"}),
        ("service.publish", {"published": 1, "withdrawn": 0}),
    ]


def test_pages_add_change_list_and_publish(client: Client) -> None:
    assert client.post(reverse("publication:service_new"), SENT).status_code == 302
    service = SupportService.objects.get()
    page = reverse("publication:service", kwargs={"supportservice_ref": service.ref})
    assert client.post(page, {**SENT, "hours": "Always"}).status_code == 302
    assert client.post(page, {"listing": "off"}).status_code == 302
    service.refresh_from_db()
    assert (service.hours, service.is_listed, service.order) == ("Always", False, 5)
    client.post(page, {"listing": "on"})
    assert b"Not published yet" in client.get(reverse("publication:services")).content
    client.post(reverse("publication:services_publish"))
    assert b"Public" in client.get(reverse("publication:services")).content
    assert b"Invented Helpline" in client.get(reverse("publication:help")).content


def test_publishing_asks_for_a_passkey(officer: User) -> None:
    client = client_of(officer, stepped_up=False)
    answer: Any = client.post(reverse("publication:services_publish"))
    assert answer.headers["Location"].startswith("/account/confirm/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"phone": ""}, "Enter a telephone number"), ({"name": ""}, "Enter the name"),
     ({"website": "ftp://example.org"}, "https://"), ({"source": ""}, "where these facts"),
     ({"checked_on-day": "31"}, "does not exist")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, wrong: dict[str, str], words: str
) -> None:
    answer = client.post(reverse("publication:service_new"), {**SENT, **wrong})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert words in text
    assert "Everywhere" in text
    assert not SupportService.objects.exists()


def test_two_services_cannot_have_one_name(client: Client, officer: User) -> None:
    actions.add_service(actor=officer, facts=FACTS)
    answer = client.post(reverse("publication:service_new"), {**SENT, "name": "invented helpline"})
    assert "already" in answer.content.decode()
