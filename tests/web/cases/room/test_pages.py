"""Every page of the room answers, for a case with something in it, in few queries."""

import re
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.web.cases.actions import crimes, need_to_know
from fourfold.web.cases.models import Case, Offence
from fourfold.web.users import step_up
from fourfold.web.users.models import DeclaredInterest, User
from web.cases.room.conftest import Cast

SignIn = Callable[[User], Client]
QUERIES_MOST = 13
IN_CASE = (
    "case", "case_change", "case_close", "people", "contact", "people_versions",
    "person_new", "identifier_new", "place_new", "crimes", "crime_new", "course_decision",
    "access", "assign", "seal", "break_glass",
)  # fmt: skip


@pytest.fixture
def full(
    case: Case,
    cast: Cast,
    supervisor: User,
    colleague: User,
    stalking: Offence,
    harassment: Offence,
) -> Case:
    crime = crimes.CrimeFacts("42/0001/26", harassment, date(2026, 11, 20))
    crimes.add_crime(actor=supervisor, case=case, facts=crime, included=[stalking])
    need_to_know.break_glass(actor=colleague, case=case, reason="She called and nobody answers")
    DeclaredInterest.objects.create(
        user=colleague, kind="vehicle", normalised="TE00SEL", relation="brother"
    )
    return case


@pytest.fixture
def client(supervisor: User, signed_in: SignIn) -> Client:
    """The supervisor's browser, with a passkey used just now."""
    client = signed_in(supervisor)
    session = client.session
    session[step_up.KEY] = int(time.time())
    session.save()
    return client


@pytest.mark.parametrize("name", IN_CASE)
def test_page_in_a_case_answers_in_few_queries(full: Case, client: Client, name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(f"cases:{name}", kwargs={"case_ref": full.ref}))

    assert answer.status_code == 200
    assert len(_asked(queries)) <= QUERIES_MOST


@pytest.mark.parametrize("name", ["list", "notices"])
def test_page_outside_a_case_answers_in_few_queries(full: Case, client: Client, name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(f"cases:{name}"))

    assert answer.status_code == 200
    assert len(_asked(queries)) <= QUERIES_MOST


def _asked(queries: CaptureQueriesContext) -> list[str]:
    """Return the statements of the page; keeping the session is not the page's."""
    found = [query["sql"] for query in queries.captured_queries]
    return [sql for sql in found if not re.search(r"SAVEPOINT|django_session|usersessions_", sql)]
