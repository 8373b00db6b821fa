"""Sessions and keys: nobody slips one in, keeps one, or uses one that has ended."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from fourfold.web.users import actions, middleware, sessions
from fourfold.web.users.models import ApiToken, Role, User
from lib import site_walk
from lib.hostile_world import World

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = """
import json
from django.conf import settings as s
from django.core.management import call_command
import django; django.setup()
call_command("check", deploy=True, fail_level="WARNING")
print(json.dumps({n: getattr(s, n) for n in (
    "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "ALLOWED_HOSTS")}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The settings as an instance behind HTTPS has them."""
    home = tmp_path_factory.mktemp("production")
    (home / "static").mkdir()
    environment = {
        **os.environ,
        "FOURFOLD_HOME": str(home),
        "FOURFOLD_HTTPS": "1",
        "FOURFOLD_STAFF_HOST": "staff.example.org",
        "FOURFOLD_FILES_HOST": "files.example.org",
        "DJANGO_SETTINGS_MODULE": "fourfold.web.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    words = [sys.executable, "-c", PRODUCTION]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_cookies_are_closed_in_production(production: dict[str, object]) -> None:
    assert production["SESSION_COOKIE_NAME"] == "__Host-session"
    assert production["CSRF_COOKIE_NAME"] == "__Host-csrf"
    flags = [name for name in production if "COOKIE" in name and not name.endswith("NAME")]
    assert {production[name] for name in flags} == {True, "Strict"}


def test_production_wants_https_and_says_so_for_a_year(production: dict[str, object]) -> None:
    wanted = {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "ALLOWED_HOSTS": ["staff.example.org", "files.example.org"],
    }
    assert {name: production[name] for name in wanted} == wanted


def test_the_session_cookie_is_out_of_reach_of_scripts(demonstration: World) -> None:
    client = Client()
    client.post(f"/demonstration/as/{demonstration.people[Role.SUPERVISOR].ref}/")
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")


def test_a_session_from_before_signing_in_is_of_no_use(demonstration: World) -> None:
    """Nobody can plant a session and wait for its owner to sign in."""
    client = Client()
    client.get("/account/sign-in/")
    before = client.session.session_key
    client.post(f"/demonstration/as/{demonstration.people[Role.SUPERVISOR].ref}/")
    planted = Client()
    planted.cookies["sessionid"] = before or "planted"
    assert client.session.session_key != before
    assert planted.get("/cases/").status_code == 302


def test_a_session_key_of_ones_own_choice_is_not_taken(demonstration: World) -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    client.post(f"/demonstration/as/{demonstration.people[Role.SUPERVISOR].ref}/")
    assert client.cookies["sessionid"].value != "a" * 32


def test_becoming_somebody_else_ends_the_session_before(demonstration: World) -> None:
    client = Client()
    client.post(f"/demonstration/as/{demonstration.people[Role.SUPERVISOR].ref}/")
    old = Client()
    old.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post(f"/demonstration/as/{demonstration.people[Role.INVESTIGATOR].ref}/")
    assert old.get("/cases/").status_code == 302


def test_signing_out_ends_the_session_and_clears_the_browser(world: World) -> None:
    client = site_walk.client_of(world.people[Role.SUPERVISOR])
    old = Client()
    old.cookies["sessionid"] = client.cookies["sessionid"].value
    answer = client.post("/account/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert old.get("/cases/").status_code == 302


def test_a_session_that_stood_idle_ends(world: World) -> None:
    client = site_walk.client_of(world.people[Role.SUPERVISOR])
    session = client.session
    session[middleware.LAST_SEEN] = int(time.time()) - middleware.IDLE_SECONDS - 1
    session.save()
    assert client.get("/cases/")["Location"].startswith("/account/sign-in/")


def test_a_session_ends_with_the_shift(world: World) -> None:
    """However busy it was: each request moves its expiry, none moves its beginning."""
    client = site_walk.client_of(world.people[Role.SUPERVISOR])
    client.get("/cases/")
    session = client.session
    session[sessions.BEGAN] -= 12 * 60 * 60 + 1
    session.save()
    assert client.get("/cases/")["Location"].startswith("/account/sign-in/")


def test_outside_a_demonstration_nobody_signs_in_without_a_passkey(world: World) -> None:
    client = Client()
    user = world.people[Role.SUPERVISOR]
    paths = (
        f"/demonstration/as/{user.ref}/",
        f"/demonstration/sign-in/{'x' * 43}/",
        "/demonstration/",
    )
    assert [client.post(path).status_code for path in paths] == [404, 404, 405]


@pytest.mark.django_db
def test_a_new_instance_has_no_account() -> None:
    assert User.objects.count() == 0


def bearer(secret: str) -> Client:
    """Return a program that holds a key."""
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def key(investigator: User) -> str:
    return actions.make_api_token(actor=investigator, name="Import")


def test_a_key_is_kept_as_its_hash_only(key: str) -> None:
    (kept,) = ApiToken.objects.values_list("sha256", "name")
    assert key not in kept and len(kept[0]) == 64


@pytest.mark.parametrize(
    "end",
    [
        lambda token: ApiToken.objects.filter(pk=token.pk).update(ended_at=timezone.now()),
        lambda token: ApiToken.objects.filter(pk=token.pk).update(
            expires_at=timezone.now() - timedelta(seconds=1)
        ),
        lambda token: User.objects.filter(pk=token.user_id).update(is_active=False),
    ],
    ids=["ended", "expired", "account closed"],
)
def test_a_key_that_ended_opens_nothing(key: str, end: Callable[[ApiToken], object]) -> None:
    assert bearer(key).get("/api/cases").status_code == 200
    end(ApiToken.objects.get())
    assert bearer(key).get("/api/cases").status_code == 401


def test_a_key_opens_no_page(key: str) -> None:
    """Keys are for programs: pages want the person."""
    assert bearer(key).get("/cases/").status_code == 302


def test_a_key_in_an_address_is_not_taken(key: str) -> None:
    answer = Client(raise_request_exception=False).get("/api/cases", {"token": key, "key": key})
    assert answer.status_code == 401


def test_a_wrong_key_opens_nothing(key: str) -> None:
    assert bearer(key[:-1] + ("A" if key[-1] != "A" else "B")).get("/api/cases").status_code == 401


def test_a_forged_call_in_a_session_is_refused(investigator: User) -> None:
    """The API in a signed-in session wants the token of a form; a key needs none."""
    client = site_walk.client_of(investigator, enforce_csrf_checks=True)
    assert client.post("/api/reports", {}, "application/json").status_code == 403
