"""The case list: only what may be opened, filtered, sorted, in a fixed number of queries."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from fourfold.web.cases.models import Case, Occasion
from fourfold.web.users.models import User

SignIn = Callable[[User], Client]


def _refs(client: Client, **query: str) -> list[str]:
    answer = client.get(reverse("cases:list"), query)
    assert answer.status_code == 200
    return re.findall(r'href="/cases/(C-\w{10})/"', answer.content.decode())


def test_list_shows_only_what_may_be_opened(
    case: Case, make_case: Callable[..., Case], investigator: User, signed_in: SignIn
) -> None:
    make_case()

    assert _refs(signed_in(investigator)) == [case.ref]


def test_list_filters_by_text_state_team_and_mine(
    case: Case, make_case: Callable[..., Case], supervisor: User, signed_in: SignIn
) -> None:
    other = make_case(operation_name="Op Sedge", assigned=(supervisor,))
    client = signed_in(supervisor)

    assert _refs(client, text="sedge") == [other.ref]
    assert _refs(client, text=case.ref) == [case.ref]
    assert _refs(client, mine="on") == [other.ref]
    assert _refs(client, state="closed") == []
    assert set(_refs(client, team=case.team.ref)) == {case.ref, other.ref}


def test_list_ignores_a_filter_it_does_not_understand(
    case: Case, supervisor: User, signed_in: SignIn
) -> None:
    assert _refs(signed_in(supervisor), team="T-0", sort="nonsense", page="x") == [case.ref]


def test_list_sorts_both_ways(
    case: Case, make_case: Callable[..., Case], supervisor: User, signed_in: SignIn
) -> None:
    first = make_case(operation_name="Op Alder")
    client = signed_in(supervisor)

    assert _refs(client, sort="operation") == [first.ref, case.ref]
    assert _refs(client, sort="-operation") == [case.ref, first.ref]


def test_course_of_conduct_is_named_only_from_two_occasions(
    case: Case, investigator: User, signed_in: SignIn
) -> None:
    client = signed_in(investigator)
    address = reverse("cases:case", kwargs={"case_ref": case.ref})
    Occasion.objects.create(case=case, state="confirmed", rule="by hand", grouped_by=investigator)

    one = client.get(address).content.decode()
    Occasion.objects.create(case=case, state="confirmed", rule="by hand", grouped_by=investigator)
    two = client.get(address).content.decode()

    assert "needs at least two" in one
    assert "2 occasions confirmed" in two
