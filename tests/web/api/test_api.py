"""Programs: the same door as pages, by a user's key."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.models import Case
from fourfold.web.users import tokens
from fourfold.web.users.models import Force, Role, Team, User

Call = Callable[..., Any]


@pytest.fixture
def call() -> Call:
    """Call the interface with a user's key; return status and answer."""

    def ask(user: User, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        key = tokens.make_api_token(user, "test")
        answer = Client().generic(
            method,
            f"/api{path}",
            data=b"" if body is None else __import__("json").dumps(body),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {key}",
        )
        return answer.status_code, answer.json()

    return ask


def test_without_a_key_nothing(db: None) -> None:
    assert Client().get("/api/cases").status_code == 401


def test_a_session_of_another_site_cannot_write(
    investigator: User, signed_in: Callable[[User], Client]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(investigator).cookies
    answer = client.post("/api/reports", data="{}", content_type="application/json")
    assert answer.status_code == 403


def test_an_ended_key_opens_nothing(investigator: User) -> None:
    key = tokens.make_api_token(investigator, "test")
    investigator.api_tokens.update(expires_at="2020-01-01T00:00Z")
    answer = Client().get("/api/cases", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert answer.status_code == 401


def test_a_list_holds_what_the_page_holds(
    investigator: User, case: Case, make_case: Call, call: Call
) -> None:
    make_case()
    status, found = call(investigator, "GET", "/cases")
    assert status == 200
    assert [each["ref"] for each in found["items"]] == [case.ref]


def test_a_look_is_recorded_as_a_program_s(investigator: User, case: Case, call: Call) -> None:
    call(investigator, "GET", f"/cases/{case.ref}")
    entry = LedgerEntry.objects.get(act="case.open")
    assert (entry.channel, entry.actor_ref, entry.case_ref) == ("api", investigator.ref, case.ref)


def test_a_refusal_says_its_rule_and_is_recorded(
    investigator: User, make_case: Call, call: Call
) -> None:
    closed = make_case()
    status, told = call(investigator, "GET", f"/cases/{closed.ref}")
    assert (status, told["rule"]) == (403, "need-to-know")
    assert LedgerEntry.objects.get(act="case.open").outcome == "refused"


def test_another_force_s_case_is_as_if_it_did_not_exist(
    investigator: User, make_case: Call, other_force: Force, call: Call
) -> None:
    theirs = make_case(force=other_force, team=Team.objects.create(force=other_force, name="South"))
    assert call(investigator, "GET", f"/cases/{theirs.ref}") == call(
        investigator, "GET", "/cases/C-0000000000"
    )


def test_a_report_is_taken_and_matched(investigator: User, call: Call) -> None:
    told = {
        "victim_words": "He rang again.",
        "identifiers": [{"whose": "suspect", "kind": "phone", "text": "07700 900123"}],
    }
    _, first = call(investigator, "POST", "/reports", told)
    status, second = call(investigator, "POST", "/reports", told)
    assert (status, second["fixated"]) == (201, "not_asked")
    _, matches = call(investigator, "GET", f"/reports/{second['ref']}/matches")
    assert [each["ref"] for each in matches["open"]] == [first["ref"]]


def test_acts_become_occasions_and_a_course(investigator: User, case: Case, call: Call) -> None:
    for day in ("2026-10-01T10:00Z", "2026-10-03T10:00Z"):
        told = {"occurred_from_at": day, "codes": ["b"], "means": "call"}
        assert call(investigator, "POST", f"/cases/{case.ref}/acts", told)[0] == 201
    assert call(investigator, "POST", f"/cases/{case.ref}/occasions/propose")[1] == {"proposed": 2}
    _, occasions = call(investigator, "GET", f"/cases/{case.ref}/occasions")
    for occasion in occasions["items"]:
        path = f"/cases/{case.ref}/occasions/{occasion['ref']}/confirm"
        assert call(investigator, "POST", path)[1]["state"] == "confirmed"
    _, course = call(investigator, "GET", f"/cases/{case.ref}/course")
    assert (course["is_course_of_conduct"], course["confirmed_occasions"]) == (True, 2)


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_text_that_no_database_keeps_is_a_clear_error(
    text: str, investigator: User, call: Call
) -> None:
    status, told = call(investigator, "POST", "/reports", {"victim_words": text})
    assert status == 422
    assert told["faults"][0]["where"][-1] == "victim_words"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_cases_get_none(
    role: str, make_user: Callable[..., User], case: Case, call: Call
) -> None:
    user = make_user(role)
    assert call(user, "GET", "/cases")[0] == 403
    assert call(user, "GET", f"/cases/{case.ref}")[0] == 403
