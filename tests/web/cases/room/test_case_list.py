"""The case list: only what may be opened, filtered, sorted, in a fixed number of queries."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from fourfold.web.cases.models import Case
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
