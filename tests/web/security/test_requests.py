"""Requests that no page of ours would send: forged, misaddressed, oversized, repeated, misspelt."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.users.models import Role, User
from lib import site_walk
from lib.hostile_world import World
from web.policy.test_other_force import of_parties

ELSEWHERE = (
    "https://evil.example.org/", "//evil.example.org/", "///evil.example.org", "\\\\evil.example.org",
    "https:evil.example.org", "javascript:alert(1)", "/\\evil.example.org", "http:///evil.example.org",
    "https://testserver@evil.example.org/", " //evil.example.org", "data:text/html,x", "\x00//evil.org",
)  # fmt: skip
HOSTS = (
    "evil.example.org",
    "testserver.evil.example.org",
    "testserver@evil.example.org",
    "a b",
    "",
)
CHANGES = ("alter", "collect", "erase")
METHODS = ("HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PATCH", "PUT", "DELETE")


def walk_as(world: World, role: str, **more: object) -> list[tuple[str, Client]]:
    """Return every path with a client of a role that has just confirmed."""
    client = site_walk.client_of(world.people[role], **more)
    return [(a.path(world), client) for a in site_walk.addresses()]


def test_every_post_without_its_token_is_refused(demonstration: World) -> None:
    """Every URL: what answers 405 takes no POST; all else must refuse a forged one."""
    done = LedgerEntry.objects.filter(outcome="done").count
    before, open_doors = done(), []
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        for path, client in walk_as(demonstration, role, enforce_csrf_checks=True):
            if client.post(path, {}).status_code not in (403, 404, 405):
                open_doors.append((role, path))
    assert (open_doors, done()) == ([], before)


def test_a_form_sent_from_another_site_is_refused(world: World) -> None:
    client = site_walk.client_of(world.people[Role.SUPERVISOR], enforce_csrf_checks=True)
    client.get("/users/me/")
    token = client.cookies["csrftoken"].value
    answer = client.post(
        "/users/me/interests/",
        {"csrfmiddlewaretoken": token},
        headers={"Origin": "https://evil.example.org"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_answered(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/account/sign-in/", headers={"Host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(world: World, target: str) -> None:
    """Every page that sends on, asked with each spelling of somebody else's address."""
    client = site_walk.client_of(world.people[Role.INVESTIGATOR])
    for path in ("/", "/account/sign-in/", "/account/confirm/"):
        answer = client.get(path, {"next": target, "back": target, "url": target})
        assert "evil" not in answer.get("Location", "").split("?")[0]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_by_link_leads_to_our_own_page(demonstration: World, target: str) -> None:
    user = demonstration.people[Role.SUPERVISOR]
    answer = Client().post(f"/demonstration/as/{user.ref}/", {"next": target})
    assert answer["Location"].startswith("/") and "evil" not in answer["Location"]


def test_methods_that_no_page_knows_change_nothing(world: World) -> None:
    """HEAD, OPTIONS and what pages do not know leave nothing in the ledger but looks."""
    failed = []
    for number, (path, client) in enumerate(walk_as(world, Role.SUPERVISOR)):
        if path.startswith("/api/"):
            continue
        method = METHODS[number % len(METHODS)]
        if client.generic(method, path).status_code >= 500:
            failed.append((method, path))
    changes = LedgerEntry.objects.filter(outcome="done", op__in=CHANGES)
    assert (failed, list(changes.values_list("act", flat=True))) == ([], [])


def test_an_oversized_form_is_refused(world: World) -> None:
    client = site_walk.client_of(world.people[Role.INVESTIGATOR])
    body = b"text=" + b"a" * (11 * 1024 * 1024)
    answer = client.post("/users/me/interests/", body, "application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413)


def test_a_form_of_too_many_fields_is_refused(world: World) -> None:
    client = site_walk.client_of(world.people[Role.INVESTIGATOR])
    answer = client.post("/users/me/interests/", {f"f{n}": "1" for n in range(2_001)})
    assert answer.status_code in (400, 413)


def test_an_oversized_json_body_is_refused(world: World) -> None:
    client = site_walk.client_of(world.people[Role.INVESTIGATOR])
    body = b'{"victim_words": "' + b"a" * (11 * 1024 * 1024) + b'"}'
    answer = client.post("/api/reports", body, "application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("length", [2_000, 60_000])
def test_a_long_address_is_answered_without_a_fault(world: World, length: int) -> None:
    client = site_walk.client_of(world.people[Role.INVESTIGATOR])
    paths = [f"/cases/{'C' * length}/", f"/users/{'é' * length}/", f"/cases/?page={'9' * length}"]
    assert [p[:20] for p in paths if client.get(p).status_code >= 500] == []


def test_references_that_do_not_exist_and_of_others_answer_alike(
    world: World, other_force: object
) -> None:
    """Nobody can count or guess records: a stranger's and a missing one cannot be told apart."""
    force_users = User.objects.create_user(
        email="far@example.org",
        name="Far",
        role=Role.SUPERVISOR,
        force=other_force,  # type: ignore[arg-type]
    )
    client = site_walk.client_of(force_users)
    told_apart = []
    for address in site_walk.addresses():
        names = [name for name, _ in address.arguments if name.endswith("_ref")]
        if not names or address.route.startswith(("demonstration", "api/")):
            continue
        if of_parties(world, address):
            continue  # tests/web/policy/test_other_force.py: parties instead of a force
        there = address.path(world)
        reference = site_walk.reference_of(world, names[0])
        missing = there.replace(reference, reference[:-3] + "000")
        first, second = client.get(there), client.get(missing)
        if first.status_code != second.status_code or _words(first) != _words(second):
            told_apart.append((address.name, first.status_code, second.status_code))
    assert told_apart == []


def _words(answer: HttpResponse) -> str:
    """Return a page without the token that differs each time."""
    text = "" if answer.streaming else answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_the_same_form_sent_twice_is_done_once(world: World) -> None:
    """A declared interest sent twice stands once; the second sending is no fault."""
    user = world.people[Role.INVESTIGATOR]
    client = site_walk.client_of(user)
    before = user.declared_interests.count()
    form = {"kind": "phone", "text": "07700 900123", "relation": "own"}
    answers = [client.post("/users/me/interests/", form).status_code for _ in range(2)]
    assert (answers, user.declared_interests.count() - before) == ([302, 302], 1)


@pytest.mark.django_db
def test_error_pages_hold_nothing_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("07700 900123 /work/secret SELECT")

    monkeypatch.setattr("fourfold.web.base.views.connection.cursor", broken)
    answer = Client(raise_request_exception=False).get("/readyz")
    told = answer.content.decode()
    words = ("Traceback", "RuntimeError", "07700", "/work", "SELECT", "Django", str(Path.cwd()))
    assert (answer.status_code, [word for word in words if word in told]) == (500, [])
