"""The two misuses of the issue, end to end: done by one person, standing for the auditor at once."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case, Identifier
from fourfold.web.users.actions import declare_interest
from fourfold.web.users.models import Role, User

SignIn = Callable[[User], Client]
PHONE = "07700 900123"


@pytest.fixture
def partner_case(make_case: Callable[..., Case]) -> Case:
    """A case that holds the number of the investigator's former partner."""
    case = make_case()
    Identifier.objects.create(case=case, kind="phone", text=PHONE, normalised="+447700900123")
    return case


@pytest.fixture
def partner(investigator: User) -> User:
    """The investigator, who has declared a former partner's number and name."""
    for kind, text in (("phone", PHONE), ("name", "Ada Okafor")):
        declare_interest(actor=investigator, kind=kind, text=text, relation="former partner")
    return investigator


def signals(client: Client) -> str:
    answer = client.get(reverse("oversight:signals"))
    assert answer.status_code == 200
    return answer.content.decode()


def standing(html: str) -> list[str]:
    """Return the titles of what stands."""
    return re.findall(r'ff-signal__title" id="signal-\d+">([^<]+)<', html)


@pytest.mark.parametrize("words", ["07700900123", "Okafor", "okafor, ada"])
def test_search_for_a_former_partner_stands_at_once(
    partner: User, auditor: User, signed_in: SignIn, words: str
) -> None:
    signed_in(partner).post(reverse("cases:search"), {"words": words})

    html = signals(signed_in(auditor))

    assert "A former partner was looked up" in standing(html)
    assert partner.name in html
    assert words not in html


def test_search_for_somebody_else_is_no_signal(
    partner: User, auditor: User, signed_in: SignIn
) -> None:
    signed_in(partner).post(reverse("cases:search"), {"words": "Brian Fell 07700 900124"})

    assert standing(signals(signed_in(auditor))) == []


def test_opening_the_case_of_a_former_partner_stands_though_refused(
    partner: User, partner_case: Case, auditor: User, signed_in: SignIn
) -> None:
    answer = signed_in(partner).get(reverse("cases:case", kwargs={"case_ref": partner_case.ref}))

    assert answer.status_code == 403
    assert "A former partner was looked up" in standing(signals(signed_in(auditor)))


def test_signal_shows_the_entries_behind_its_figures(
    partner: User, partner_case: Case, auditor: User, signed_in: SignIn
) -> None:
    signed_in(partner).get(reverse("cases:case", kwargs={"case_ref": partner_case.ref}))
    tried = LedgerEntry.objects.get(actor_ref=partner.ref, outcome="refused")
    client = signed_in(auditor)

    (link,) = set(re.findall(r'href="(/oversight/ledger/\?person=[^"]+)"', signals(client)))
    behind = client.get(link.replace("&amp;", "&")).content.decode()

    assert f'id="entry-{tried.seq}"' in behind
    assert partner_case.ref in behind


@pytest.fixture
def browsed(
    make_case: Callable[..., Case], supervisor: User, signed_in: SignIn
) -> tuple[User, list[Case]]:
    """A supervisor who has just opened sixty cases of the team."""
    cases = [make_case() for _ in range(60)]
    client = signed_in(supervisor)
    for case in cases:
        assert client.get(reverse("cases:case", kwargs={"case_ref": case.ref})).status_code == 200
    return supervisor, cases


def test_browse_of_sixty_cases_stands_at_once(
    browsed: tuple[User, list[Case]], auditor: User, signed_in: SignIn
) -> None:
    html = signals(signed_in(auditor))

    assert "Many cases opened" in standing(html)
    assert "60 different cases" in html
    assert "Cases opened without work in them" in standing(html)


def test_another_force_sees_nothing_of_it(
    browsed: tuple[User, list[Case]],
    make_user: Callable[..., User],
    other_force: object,
    signed_in: SignIn,
) -> None:
    supervisor, cases = browsed
    stranger = signed_in(make_user(Role.AUDITOR, force=other_force, team=None))

    assert standing(signals(stranger)) == []
    ledger = stranger.get(reverse("oversight:ledger")).content.decode()
    assert supervisor.ref not in ledger
    looks = stranger.get(reverse("oversight:case_looks", kwargs={"case_ref": cases[0].ref}))
    assert looks.status_code == 404
    where = {"rule": "bulk_browse", "user_ref": supervisor.ref}
    assert stranger.get(reverse("oversight:signal", kwargs=where)).status_code == 404
