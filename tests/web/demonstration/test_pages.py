"""Signing in to a demonstration: by a link, once, by a button; by choosing a role; nowhere else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.models import Instance
from fourfold.web.demonstration import links, selectors
from fourfold.web.users import tokens
from fourfold.web.users.models import SignInToken, User

KIND = SignInToken.Purpose.DEMONSTRATION


@pytest.fixture
def demonstration(db: None) -> None:
    Instance.objects.update_or_create(pk=1, defaults={"is_demonstration": True})


def address_of(secret: str) -> str:
    return reverse("demonstration:sign_in", kwargs={"token": secret})


def test_a_preview_of_the_link_does_not_use_it_up(
    demonstration: None, investigator: User, client: Client
) -> None:
    address = address_of(tokens.make(investigator, KIND))
    for _ in range(2):
        assert investigator.name in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"] == str(investigator.pk)
    assert LedgerEntry.objects.filter(act="sign_in.demo", actor_ref=investigator.ref).exists()


def test_the_link_works_once(demonstration: None, investigator: User) -> None:
    address = address_of(tokens.make(investigator, KIND))
    assert Client().post(address).status_code == 302
    assert Client().post(address).status_code == 410
    assert Client().get(address).status_code == 410


def test_a_link_to_enrol_does_not_sign_in(demonstration: None, investigator: User) -> None:
    secret = tokens.make(investigator, SignInToken.Purpose.ENROL)
    assert Client().post(address_of(secret)).status_code == 410


def test_every_role_can_be_chosen(
    demonstration: None, investigator: User, supervisor: User, client: Client
) -> None:
    page = client.get(reverse("demonstration:roles")).content.decode()
    assert investigator.name in page
    address = reverse("demonstration:switch", kwargs={"user_ref": supervisor.ref})
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"] == str(supervisor.pk)


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_a_demonstration_none_of_it_exists(
    db: None, investigator: User, client: Client, method: str
) -> None:
    ask: Callable[[str], object] = getattr(client, method)
    paths = [
        reverse("demonstration:roles"),
        address_of(tokens.make(investigator, KIND)),
        reverse("demonstration:switch", kwargs={"user_ref": investigator.ref}),
    ]
    for path in paths:
        assert ask(path).status_code in (404, 405)  # type: ignore[attr-defined]
    assert "_auth_user_id" not in client.session


def test_the_table_holds_a_link_for_everybody(
    demonstration: None, investigator: User, supervisor: User
) -> None:
    lines = links.table("http://localhost:8000").splitlines()
    assert len(lines) == 2 + len(selectors.parts()) == 4
    assert all("/demonstration/sign-in/" in line for line in lines[2:])
    assert SignInToken.objects.filter(purpose=KIND).count() == 2
